// ECMA-48: CSI sequences, which set colours and move the cursor, and OSC sequences, which set titles and links.
// eslint-disable-next-line no-control-regex -- that is what they are made of
const SEQUENCES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\))/g;

/** A line of a program's output without what only a terminal understands. */
export function withoutColors(line: string): string {
  return line.includes('\x1b') ? line.replace(SEQUENCES, '') : line;
}
