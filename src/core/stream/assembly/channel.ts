/** UTF-16 units and pieces after which the newest pieces become one block. */
const BLOCK_LENGTH = 16_384;
const BLOCK_PIECES = 1024;

/** What a text is: the answer, the thinking before it, a tool call's arguments, a refusal to answer. */
export type ChannelKind = 'content' | 'reasoning' | 'tool' | 'refusal';

/** One text of a stream, growing as its deltas come. */
export interface Channel {
  /** Short and unique within its stream: `content`, `tool`, and from the second of a kind on `tool-2`. */
  readonly key: string;
  readonly kind: ChannelKind;
  /**
   * A tool's name; of the other kinds the message, item, block or choice it belongs to where there is more than one
   * of the kind. May be empty, at most 200 UTF-16 units. Can still change while the stream runs.
   */
  readonly label: string;
  /** UTF-16 units. */
  readonly length: number;
  /** The text from one UTF-16 offset up to another, not included; the end where none is given. */
  slice(from: number, to?: number): string;
  /** When it began and when its newest delta came, in ms since the request was sent. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

/**
 * A channel that can be written. Deltas stay in pieces until there are enough for a block, so that appending costs
 * no more the longer the text is, and reading part of it copies little else.
 */
export class TextChannel implements Channel {
  readonly key: string;
  readonly kind: ChannelKind;
  readonly firstAtMs: number;
  lastAtMs: number;
  label = '';
  /** Of a tool call: the ID under which its result is handed back. */
  callId = '';
  readonly #blocks: string[] = [];
  readonly #blockStarts: number[] = [];
  #pieces: string[] = [];
  /** Where the pieces begin: the length of all blocks. */
  #piecesStart = 0;
  #length = 0;

  constructor(key: string, kind: ChannelKind, atMs: number) {
    this.key = key;
    this.kind = kind;
    this.firstAtMs = atMs;
    this.lastAtMs = atMs;
  }

  get length(): number {
    return this.#length;
  }

  append(delta: string, atMs: number): void {
    this.lastAtMs = atMs;
    this.#pieces.push(delta);
    this.#length += delta.length;
    if (this.#length - this.#piecesStart < BLOCK_LENGTH && this.#pieces.length < BLOCK_PIECES) return;
    this.#blocks.push(this.#pieces.join(''));
    this.#blockStarts.push(this.#piecesStart);
    this.#pieces = [];
    this.#piecesStart = this.#length;
  }

  slice(from: number, to: number = this.#length): string {
    const start = Math.max(from, 0);
    const end = Math.min(to, this.#length);
    if (start >= end) return '';
    const parts: string[] = [];
    for (let index = this.#blockAt(start); index < this.#blocks.length; index++) {
      const blockStart = this.#blockStarts[index] ?? 0;
      if (blockStart >= end) break;
      parts.push(cut(this.#blocks[index] ?? '', start - blockStart, end - blockStart));
    }
    if (end > this.#piecesStart) {
      if (this.#pieces.length > 1) this.#pieces = [this.#pieces.join('')];
      parts.push(cut(this.#pieces[0] ?? '', start - this.#piecesStart, end - this.#piecesStart));
    }
    return parts.length === 1 ? (parts[0] ?? '') : parts.join('');
  }

  /** Index of the block that holds an offset; the number of blocks where it stands in the pieces. */
  #blockAt(offset: number): number {
    if (offset >= this.#piecesStart) return this.#blocks.length;
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#blockStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** `slice` without counting from the end: offsets outside the text mean its ends. */
function cut(text: string, from: number, to: number): string {
  return text.slice(Math.max(from, 0), Math.max(to, 0));
}
