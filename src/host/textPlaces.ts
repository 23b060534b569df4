import * as vscode from 'vscode';

/** Turns UTF-16 offsets of a text into the editor's places: its lines are looked for once, and only if asked. */
export function placesIn(text: string): (offset: number) => vscode.Position {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length)];
    const line = lastAtMost(starts, offset);
    return new vscode.Position(line, offset - (starts[line] ?? 0));
  };
}

/** Index of the last one of an ascending list that is not greater. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
