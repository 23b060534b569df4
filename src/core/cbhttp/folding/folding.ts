import type { CbDocument, Section } from '../document.ts';
import { lineAt } from '../navigate/lineAt.ts';
import { lineText, splitLines, type SectionLines } from '../sectionLines.ts';

/** Lines that fold into their first; 0-based, the last one included. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  /** `comment`: folded by "Fold All Block Comments"; `region`: a whole section. */
  readonly kind: 'region' | 'comment' | 'block';
}

/** Everything that folds: sections, runs of comments, scripts, and in bodies whatever is indented. */
export function foldsOf(document: CbDocument): readonly Fold[] {
  const folds: Fold[] = [];
  for (const [index, section] of document.sections.entries()) {
    const line = document.lines[index] ?? 0;
    for (const { startLine, endLine, kind } of sectionFolds(section)) {
      folds.push({ startLine: startLine + line, endLine: endLine + line, kind });
    }
  }
  return folds;
}

const foldsOfSection = new WeakMap<Section, readonly Fold[]>();

/** A section's folds, lines counted from its first. */
function sectionFolds(section: Section): readonly Fold[] {
  let folds = foldsOfSection.get(section);
  if (folds === undefined) {
    folds = readFolds(section);
    foldsOfSection.set(section, folds);
  }
  return folds;
}

function readFolds(section: Section): Fold[] {
  const lines = splitLines(section.text);
  let last = lines.count - 1;
  while (last > 0 && isBlank(lines, last)) last--;
  const folds: Fold[] = [];
  if (section.text.startsWith('###')) add(folds, 0, last, 'region');
  for (const { span } of section.foreign)
    add(folds, lineAt(lines, span.start), lineAt(lines, span.end), 'block');
  const afterHeads = addComments(folds, section, lines);
  addIndented(folds, lines, afterHeads, last);
  folds.sort((a, b) => a.startLine - b.startLine);
  return folds.filter((fold, at) => fold.startLine !== folds[at - 1]?.startLine);
}

function add(folds: Fold[], startLine: number, endLine: number, kind: Fold['kind']): void {
  if (endLine > startLine) folds.push({ startLine, endLine, kind });
}

/** Runs of comments above the body of the last request. @returns the body's first line */
function addComments(folds: Fold[], section: Section, lines: SectionLines): number {
  const last = section.requests.at(-1);
  const end = last?.bodySpan ? lineAt(lines, last.bodySpan.start) : lines.count;
  let start = -1;
  for (let line = section.titleSpan === null ? 0 : 1; line <= end; line++) {
    const isComment = line < end && /^[ \t]*(?:#|\/\/)/.test(lineText(lines, line));
    if (isComment && start === -1) start = line;
    if (isComment || start === -1) continue;
    add(folds, start, line - 1, 'comment');
    start = -1;
  }
  return end;
}

/** What stands deeper than the line above it folds into that line, with the closing bracket left to be seen. */
function addIndented(folds: Fold[], lines: SectionLines, first: number, last: number): void {
  const open: { readonly line: number; readonly indent: number }[] = [];
  let previous = -1;
  for (let line = first; line <= last + 1; line++) {
    const text = line > last ? '' : lineText(lines, line);
    const indent = line > last ? -1 : text.search(/[^ \t]/);
    if (indent === -1 && line <= last) continue; // blank
    for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
      add(folds, top.line, previous, 'block');
      open.pop();
    }
    open.push({ line, indent });
    previous = line;
  }
}

function isBlank(lines: SectionLines, line: number): boolean {
  return lineText(lines, line).trim() === '';
}
