const FENCE = /^\s*(`{3,}|~{3,})(.*)$/;
/** The beginning of a line that may still become a list's item. */
const MAYBE_LIST_ITEM = /^(?:[-*+]|\d{1,9}[.)]?)$/;
const LIST_ITEM = /^(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;

/** Emphasis marks in one block above which marked takes seconds: its search for pairs is quadratic. */
const MAX_EMPHASIS_MARKS = 2000;
const MAX_BLOCK_LENGTH = 50_000;
/** Quotes and lists nested deeper than anybody reads; at some thousands marked overflows the stack. */
const NESTED = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){60}/m;

/**
 * Cuts growing Markdown into blocks that render the same alone: at a blank line outside of code fences before a line
 * that is neither indented nor goes on with a list. The blocks and the tail, joined, are the text. Link definitions hold
 * for their own block only.
 */
export class MarkdownBlocks {
  /** What may still change. */
  #tail = '';
  /** UTF-16 offset in the tail of the first line whose end has not come. */
  #at = 0;
  #isAfterBlank = false;
  /** The marks of the fence the line at `#at` is in, or null. */
  #fence: string | null = null;

  /** The unfinished block. */
  get tail(): string {
    return this.#tail;
  }

  /** Adds text and returns the blocks that are finished now, each with the blank lines after it. */
  append(text: string): string[] {
    this.#tail += text;
    const blocks: string[] = [];
    let from = 0;
    for (let end = this.#lineEnd(); end > 0; end = this.#lineEnd()) {
      const line = this.#tail.slice(this.#at, end - 1).trimEnd();
      if (this.#isBorder(line, from)) {
        blocks.push(this.#tail.slice(from, this.#at));
        from = this.#at;
      }
      this.#isAfterBlank = line === '';
      this.#passFence(line);
      this.#at = end;
    }
    const started = this.#tail.slice(this.#at);
    if (!MAYBE_LIST_ITEM.test(started) && this.#isBorder(started, from)) {
      blocks.push(this.#tail.slice(from, this.#at));
      from = this.#at;
    }
    this.#tail = this.#tail.slice(from);
    this.#at -= from;
    return blocks;
  }

  #lineEnd(): number {
    return this.#tail.indexOf('\n', this.#at) + 1;
  }

  #isBorder(line: string, from: number): boolean {
    if (!this.#isAfterBlank || this.#fence !== null || this.#at === from) return false;
    if (line === '' || /^\s/.test(line)) return false;
    const start = this.#tail.slice(from, from + 12).trimStart();
    return !(LIST_ITEM.test(line) && LIST_ITEM.test(start));
  }

  #passFence(line: string): void {
    const [, marks, info] = FENCE.exec(line) ?? [];
    if (marks === undefined || info === undefined) return;
    if (this.#fence === null) {
      const isInlineCode = marks.startsWith('`') && info.includes('`');
      if (!isInlineCode) this.#fence = marks;
    } else if (marks.startsWith(this.#fence) && info.trim() === '') {
      this.#fence = null;
    }
  }
}

/** True for a block that would cost the Markdown parser its stack or seconds of time; nobody wrote it to be read. */
export function isTooNested(block: string): boolean {
  if (NESTED.test(block)) return true;
  if (FENCE.test(block.split('\n', 1)[0] ?? '')) return false;
  if (block.length > MAX_BLOCK_LENGTH) return true;
  let marks = 0;
  for (const character of block) {
    if ((character === '*' || character === '_') && ++marks > MAX_EMPHASIS_MARKS) return true;
  }
  return false;
}
