import type { Message } from '../../message.ts';

/** What can be wrong with an event stream. */
export type LintCode =
  | 'almost-json'
  | 'bom'
  | 'charset'
  | 'content-type'
  | 'escaped-line-break'
  | 'field-name'
  | 'invalid-utf8'
  | 'mixed-line-ends'
  | 'no-blank-line'
  | 'no-colon'
  | 'no-data'
  | 'nul-in-id'
  | 'retry'
  | 'unknown-field';

/** `error`: readers lose or misread something; `warning`: most likely not what was meant; `info`: worth knowing. */
export type LintSeverity = 'error' | 'warning' | 'info';

/** One finding of the wire linter. */
export interface LintItem {
  readonly code: LintCode;
  readonly severity: LintSeverity;
  /** Where it begins, in bytes from the beginning of the stream. */
  readonly byteOffset: number;
  /** The event it stands in, or else the next one; 0-based among the events. */
  readonly eventIndex: number;
  /** The record it stands in; null where it is in none, or its block has not ended yet. */
  readonly row: number | null;
  readonly message: Message;
}

/** Items kept of each code; more are only counted. */
export const MAX_ITEMS_PER_CODE = 200;

/** The findings about one stream: counted exactly, kept up to a limit, so that a hostile stream costs little. */
export class LintList {
  readonly #items: LintItem[] = [];
  readonly #kept = new Map<LintCode, number>();
  readonly #counts = new Map<LintCode, number>();

  /** In the order they were found. */
  get items(): readonly LintItem[] {
    return this.#items;
  }

  /** How many were found of each code, also of those that are not kept. */
  get counts(): ReadonlyMap<LintCode, number> {
    return this.#counts;
  }

  /** How many more items of this code would be kept. */
  room(code: LintCode): number {
    return MAX_ITEMS_PER_CODE - (this.#kept.get(code) ?? 0);
  }

  /** Counts the item and keeps it if there is room; the same object, so that its finder may still complete it. */
  add(item: LintItem): void {
    const room = this.room(item.code);
    if (room > 0) {
      this.#items.push(item);
      this.#kept.set(item.code, MAX_ITEMS_PER_CODE - room + 1);
    }
    this.count(item.code);
  }

  /** Counts findings that are not kept. */
  count(code: LintCode, number = 1): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + number);
  }
}
