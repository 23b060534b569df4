import type { SectionLines } from '../sectionLines.ts';

/** The 0-based line of a section that holds an offset, counted from the section's start. */
export function lineAt({ starts }: SectionLines, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
