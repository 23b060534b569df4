/** The lines of a section, without what ends them. */
export interface SectionLines {
  readonly text: string;
  /** See `Section.lineStarts`. */
  readonly starts: readonly number[];
  /** Where each line ends. */
  readonly ends: readonly number[];
  /** How many lines there are; the empty one after a last line end is not among them. */
  readonly count: number;
}

/** Splits a section: LF, CRLF and CR end a line, as in VS Code. A leading BOM belongs to no line. */
export function splitLines(text: string): SectionLines {
  const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
  const ends: number[] = [];
  let lf = text.indexOf('\n');
  let cr = text.indexOf('\r');
  while (lf !== -1 || cr !== -1) {
    const isLf = cr === -1 || (lf !== -1 && lf < cr);
    const end = isLf ? lf : cr;
    const next = !isLf && lf === cr + 1 ? end + 2 : end + 1;
    ends.push(end);
    starts.push(next);
    if (lf !== -1 && lf < next) lf = text.indexOf('\n', next);
    if (cr !== -1 && cr < next) cr = text.indexOf('\r', next);
  }
  ends.push(text.length);
  const isEnded = ends.length > 1 && starts.at(-1) === text.length;
  return { text, starts, ends, count: isEnded ? ends.length - 1 : ends.length };
}

/** A line's text, without its end; empty where there is no such line. */
export function lineText({ text, starts, ends }: SectionLines, index: number): string {
  return text.slice(starts[index] ?? text.length, ends[index] ?? text.length);
}
