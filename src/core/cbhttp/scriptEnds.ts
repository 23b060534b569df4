/** Finds the last line of script blocks of other tools: `< {% … %}`, `> {% … %}` and `{{ … }}`. */
export class ScriptEnds {
  readonly #lineText: (index: number) => string;
  readonly #start: number;
  readonly #end: number;
  #lastCodeEnd: number | undefined;

  /**
   * @param lineText a line of the document
   * @param start the section's first line
   * @param end the line after its last one: no block goes further
   */
  constructor(lineText: (index: number) => string, start: number, end: number) {
    this.#lineText = lineText;
    this.#start = start;
    this.#end = end;
  }

  /** The block's last line if one starts in line `index`, else null. */
  find(index: number, line: string, inBody: boolean): number | null {
    const opener = /^[<>][ \t]*\{%/.exec(inBody ? line : line.trimStart());
    if (opener !== null) {
      if (line.indexOf('%}', line.indexOf('{%') + 2) !== -1) return index;
      return this.#scan(index + 1, (next) => next.includes('%}')) ?? this.#end - 1;
    }
    if (!/^\s*\{\{[@+]?[a-z]*\s*$/i.test(line)) return null;
    if (index >= this.#findLastCodeEnd()) return null;
    return this.#scan(index + 1, isCodeEnd);
  }

  #scan(from: number, isEnd: (line: string) => boolean): number | null {
    for (let index = from; index < this.#end; index++) {
      if (isEnd(this.#lineText(index))) return index;
    }
    return null;
  }

  /** The section's last line that could close a code block: found once, so that openers without end cost nothing. */
  #findLastCodeEnd(): number {
    if (this.#lastCodeEnd === undefined) {
      let index = this.#end - 1;
      while (index >= this.#start && !isCodeEnd(this.#lineText(index))) index--;
      this.#lastCodeEnd = index;
    }
    return this.#lastCodeEnd;
  }
}

function isCodeEnd(line: string): boolean {
  return line.trim() === '}}';
}
