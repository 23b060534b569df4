import { lastAtOrBelow } from '../document.ts';
import type { SectionLines } from '../sectionLines.ts';

/** The 0-based line of a section that holds an offset, counted from the section's start. */
export function lineAt({ starts }: SectionLines, offset: number): number {
  return lastAtOrBelow(starts, offset);
}
