import type { EventStore, ResumePoint } from '../eventStore.ts';
import { PackedNumbers } from '../packedNumbers.ts';

/** What became of a stream where it went on after a break. */
export interface ResumeFinding {
  readonly point: ResumePoint;
  /** Events that came again: their id had been seen before. */
  readonly duplicates: number;
  /** Events between the last one before and the first new one; null where ids do not tell. */
  readonly missing: number | null;
  /** The first new id; empty while none came. */
  readonly nextId: string;
  /** Events that came, those that came again included. */
  readonly events: number;
  /** True where the first event is the stream's very first one again. */
  readonly isFromStart: boolean;
}

/** Ids gathered in a step: some milliseconds. */
const IDS_PER_STEP = 2000;

/** Looks for events that came twice, or are missing, where a stream went on after a break. */
export class ResumeWatch {
  readonly #store: EventStore;
  /** Ids seen before the break. */
  readonly #ids = new Set<string>();
  #gathered = 0;
  #row = 0;
  /** The last two ids that were new. */
  #newest: readonly string[] = [];
  readonly #duplicates = new PackedNumbers(Uint32Array);
  readonly #findings: { -readonly [K in keyof ResumeFinding]: ResumeFinding[K] }[] = [];

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** For each break, in order, as far as it was looked at. */
  get findings(): readonly ResumeFinding[] {
    return this.#findings;
  }

  /** True for an event whose id was seen before the break. */
  isDuplicate(row: number): boolean {
    const index = this.#duplicates.countBelow(row);
    return index < this.#duplicates.length && this.#duplicates.at(index) === row;
  }

  /**
   * Gets ready for a stream that is to go on, in steps; what is left then is made up for.
   * @returns true when it is
   */
  gather(): boolean {
    this.#gatherUpTo(Math.min(this.#store.seenIdCount, this.#gathered + IDS_PER_STEP));
    return this.#gathered === this.#store.seenIdCount;
  }

  /** Looks at the rows that are new since the last call. */
  advance(): void {
    const { resumes, length } = this.#store;
    if (resumes.length === 0) return;
    for (; this.#row < length; this.#row++) {
      const point = resumes[this.#findings.length];
      if (point === undefined) this.#look(this.#row);
      else if (this.#row < point.row) this.#row = point.row - 1;
      else this.#begin(point);
    }
  }

  #gatherUpTo(count: number): void {
    for (; this.#gathered < count; this.#gathered++) this.#ids.add(this.#store.seenId(this.#gathered));
  }

  #begin(point: ResumePoint): void {
    this.#gatherUpTo(point.idCount);
    if (this.#findings.length === 0) this.#newest = this.#before(point);
    const found = { duplicates: 0, missing: null, nextId: '', events: 0, isFromStart: false };
    this.#findings.push({ point, ...found });
  }

  /** An event behind a break. */
  #look(row: number): void {
    const finding = this.#findings.at(-1);
    if (finding === undefined || this.#store.kind(row) !== 'event') return;
    const id = this.#store.id(row);
    if (finding.events++ === 0) finding.isFromStart = this.#isFirstEvent(row);
    if (id !== '' && this.#ids.has(id)) {
      finding.duplicates++;
      this.#duplicates.push(row);
    } else if (id !== '') {
      if (finding.nextId === '') {
        finding.nextId = id;
        finding.missing = missingBetween(this.#newest, id);
      }
      this.#newest = [...this.#newest.slice(-1), id];
    }
  }

  /** The last two ids before the break, those of one event after the other. */
  #before({ idCount }: ResumePoint): readonly string[] {
    return [idCount - 2, idCount - 1].filter((index) => index >= 0).map((index) => this.#store.seenId(index));
  }

  #isFirstEvent(row: number): boolean {
    const store = this.#store;
    const first = store.eventCount > 0 ? store.eventRow(0) : row;
    if (first === row) return false;
    const length = store.byteEnd(row) - store.byteOffset(row);
    return (
      length === store.byteEnd(first) - store.byteOffset(first) &&
      length < 1_000_000 &&
      store.text(row) === store.text(first)
    );
  }
}

/** Numbers left out between ids that count, by the step they counted in; null where they do not count. */
function missingBetween(before: readonly string[], next: string): number | null {
  const after = countOf(next);
  const last = countOf(before.at(-1) ?? '');
  if (after === null || last?.prefix !== after.prefix) return null;
  const earlier = before.length > 1 ? countOf(before[0] ?? '') : null;
  const step = earlier?.prefix === last.prefix ? Math.max(1, last.number - earlier.number) : 1;
  const distance = after.number - last.number;
  return distance > 0 && distance % step === 0 ? distance / step - 1 : null;
}

/** `evt-41` as a prefix and a number; null where no number ends it that can be counted with. */
function countOf(id: string): { readonly prefix: string; readonly number: number } | null {
  let from = id.length;
  while (from > 0 && /\d/.test(id.charAt(from - 1))) from--;
  const digits = id.length - from;
  return digits === 0 || digits > 15 ? null : { prefix: id.slice(0, from), number: Number(id.slice(from)) };
}
