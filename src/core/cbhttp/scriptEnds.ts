import { lineText, type SectionLines } from './sectionLines.ts';

/** Finds the last line of blocks that are not read: scripts of other tools, and comments. */
export class ScriptEnds {
  readonly #lines: SectionLines;
  readonly #lastEnds = new Map<IsEnd, number>();

  /** @param lines those of one section: no block goes further */
  constructor(lines: SectionLines) {
    this.#lines = lines;
  }

  /** The last line of `< {% … %}`, `> {% … %}` or `{{ … }}` if one opens in line `index`, else null. */
  find(index: number): number | null {
    const line = lineText(this.#lines, index).trim();
    if (/^[<>][ \t]*\{%/.test(line)) {
      if (line.includes('%}', line.indexOf('{%') + 2)) return index;
      return this.#scan(index, isScriptEnd) ?? this.#lines.count - 1;
    }
    return CODE_BLOCK.test(line) ? this.#scan(index, isCodeEnd) : null;
  }

  /** The last line of a comment in slash and star that begins in line `index`, or null where it has no end. */
  findComment(index: number): number | null {
    const line = lineText(this.#lines, index).trim();
    if (line.includes('*/', 2)) return endsComment(line) ? index : null;
    const alone = line === '/*' ? this.#scan(index, isCommentEnd) : null;
    return alone ?? this.#scan(index, endsComment);
  }

  /** The first line after `index` that ends a block, or null. */
  #scan(index: number, isEnd: IsEnd): number | null {
    const last = this.#lastEnds.get(isEnd) ?? this.#findLast(isEnd);
    if (index >= last) return null;
    for (let next = index + 1; next < last; next++) {
      if (isEnd(lineText(this.#lines, next))) return next;
    }
    return last;
  }

  /** The section's last line that could end a block: found once, so that openers without end cost nothing. */
  #findLast(isEnd: IsEnd): number {
    let index = this.#lines.count - 1;
    while (index >= 0 && !isEnd(lineText(this.#lines, index))) index--;
    this.#lastEnds.set(isEnd, index);
    return index;
  }
}

type IsEnd = (line: string) => boolean;

/** As httpYac opens a block of code: alone on its line, perhaps with the event it is for. */
const CODE_BLOCK = /^\{\{(?:@js[ \t]+)?[+@]?(?:request|streaming|response|after|responseLogging)?$/i;

const isScriptEnd: IsEnd = (line) => line.includes('%}');
const isCodeEnd: IsEnd = (line) => line.trim() === '}}';
/** As httpYac ends a comment that a line with nothing but the opener begins. */
const isCommentEnd: IsEnd = (line) => line.trim() === '*/';
const endsComment: IsEnd = (line) => line.trimEnd().endsWith('*/');
