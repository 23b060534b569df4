import type { HeaderList } from '../ports.ts';

/** A line that a function wrote. */
export interface WrittenLine {
  /** ms since 1970. */
  readonly atMs: number;
  readonly stream: string;
  readonly text: string;
}

/** What is known of the request whose lines are looked for. */
export interface RequestSpan {
  /** As {@link requestIdsOf} finds them. */
  readonly ids: readonly string[];
  /** When it was sent, in ms since 1970. */
  readonly fromMs: number;
  /** When its exchange ended; null while it goes on. */
  readonly toMs: number | null;
}

/** Why a line is taken for the request's: it holds its id, or was written meanwhile; null where it is not. */
export type LineRelation = 'id' | 'time' | null;

/** Which of the lines: all, or those of the request. */
export type LineView = 'all' | 'request';

/** Fields that carry a request's id: the gateway's own first. Source: facts sheet, section 1; the others are custom. */
const ID_FIELDS = [
  'x-request-id',
  'x-cloudbase-request-id',
  'x-scf-request-id',
  'x-tcb-request-id',
  'x-correlation-id',
];
/** UTF-16 units below which an id is found in lines that do not mean it. */
const MIN_ID = 4;
const MAX_ID = 200;
/** ms after its end in which a request's last line may still be on its way through a pipe. */
const GRACE_MS = 100;

/** The ids of a request, those of the answer first, each once. */
export function requestIdsOf(sent: HeaderList, received: HeaderList): readonly string[] {
  const ids = [received, sent].flatMap((headers) =>
    ID_FIELDS.flatMap((field) =>
      headers.flatMap(([name, value]) => (name.toLowerCase() === field ? [value.trim()] : [])),
    ),
  );
  return [...new Set(ids)].filter((id) => id.length >= MIN_ID && id.length <= MAX_ID);
}

/** True for a text with one of the ids in it that is not part of a longer word: `req-1` is not in `req-12`. */
export function holdsId(text: string, ids: readonly string[]): boolean {
  return ids.some((id) => {
    for (let at = text.indexOf(id); at !== -1; at = text.indexOf(id, at + 1)) {
      if (!isWord(text[at - 1]) && !isWord(text[at + id.length])) return true;
    }
    return false;
  });
}

/**
 * The last lines of a function, and which of them belong to one request. Numbers of lines hold as long as
 * {@link listId} stays the same.
 */
export class RequestLines {
  readonly #capacity: number;
  #lines: WrittenLine[] = [];
  #relations: LineRelation[] = [];
  /** Positions of those of the request. */
  #ofRequest: number[] = [];
  #idCount = 0;
  #span: RequestSpan | null = null;
  #listId = 0;

  /** @param capacity lines that are kept; a tenth of them goes at once */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Counts up whenever lines have other numbers than before, or belong to the request and did not. */
  get listId(): number {
    return this.#listId;
  }

  /** Lines of the request that hold its id. */
  get idCount(): number {
    return this.#idCount;
  }

  count(view: LineView): number {
    return view === 'all' ? this.#lines.length : this.#ofRequest.length;
  }

  /** The 0-based `number`th line of a view; undefined beyond its end. */
  line(view: LineView, number: number): (WrittenLine & { readonly relation: LineRelation }) | undefined {
    const at = view === 'all' ? number : (this.#ofRequest[number] ?? -1);
    const line = this.#lines[at];
    return line && { ...line, relation: this.#relations[at] ?? null };
  }

  add(line: WrittenLine): void {
    this.#lines.push(line);
    this.#judge(this.#lines.length - 1);
    if (this.#lines.length <= this.#capacity) return;
    this.#lines = this.#lines.slice(Math.ceil(this.#capacity / 10));
    this.#judgeAll();
  }

  /** Tells what is known of the request now. */
  follow(span: RequestSpan): void {
    const former = this.#span;
    const isSame =
      former?.fromMs === span.fromMs &&
      former.toMs === span.toMs &&
      former.ids.join('\n') === span.ids.join('\n');
    if (isSame) return;
    this.#span = span;
    this.#judgeAll();
  }

  #judgeAll(): void {
    this.#listId++;
    this.#relations = [];
    this.#ofRequest = [];
    this.#idCount = 0;
    this.#lines.forEach((_, at) => this.#judge(at));
  }

  #judge(at: number): void {
    const line = this.#lines[at];
    const relation = line === undefined ? null : relationOf(line, this.#span);
    this.#relations[at] = relation;
    if (relation === null) return;
    this.#ofRequest.push(at);
    if (relation === 'id') this.#idCount++;
  }
}

function relationOf({ atMs, text }: WrittenLine, span: RequestSpan | null): LineRelation {
  if (span === null) return null;
  if (holdsId(text, span.ids)) return 'id';
  return atMs >= span.fromMs && atMs <= (span.toMs ?? Infinity) + GRACE_MS ? 'time' : null;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\w-]/.test(character);
}
