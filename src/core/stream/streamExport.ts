import { formatMessage, type Translate } from '../message.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import type { WireResponse } from '../ports.ts';
import type { Channel } from './assembly/channel.ts';
import type { EventStore } from './eventStore.ts';
import type { ExchangeEnd } from './exchange.ts';
import { textOf, type StreamRecord } from './record.ts';
import { PIECE_BYTES, recordPieces } from './recordPieces.ts';
import {
  errorLine,
  recordLine,
  requestLine,
  responseLine,
  roundMs,
  type TranscriptLine,
} from './transcript.ts';
import type { Verdict } from './verdict/verdict.ts';

/** A stream and what is told of it when it is written down. */
export interface ExportedStream {
  readonly request: PreparedRequest;
  /** What the request is called in its file. */
  readonly label: string;
  readonly response: WireResponse;
  readonly responseAtMs: number;
  readonly store: EventStore;
  /** Null while it goes on. */
  readonly end: { readonly exchange: ExchangeEnd; readonly atMs: number } | null;
  readonly channels: readonly Channel[];
  readonly verdicts: readonly Verdict<string>[];
}

/** Of a larger record so many bytes are read for what is said about it: at least one character. */
const BEGINNING_BYTES = 4;

/** UTF-16 units that take a moment to look through. */
const REST_LENGTH = 10_000;

/**
 * The exchange so far as JSON Lines, each with its LF: the lines that `cbhttp send --json` prints. In pieces that take
 * a moment each, some of them empty, so that whoever writes them can rest in between, also in the middle of a record.
 */
export function* exportJsonLines(stream: ExportedStream, translate?: Translate): Generator<string> {
  const { store, end } = stream;
  // What comes while this is written has a place after the end, or none.
  const { length } = store;
  yield jsonLine(requestLine(stream.request));
  yield jsonLine(responseLine(stream.responseAtMs, stream.response));
  for (let row = 0; row < length; row++) yield* recordLines(store, row);
  if (end === null) return;
  const { reason, error, bytes } = end.exchange;
  if (error !== null) yield jsonLine(errorLine(error, translate));
  yield jsonLine({ kind: 'end', atMs: roundMs(end.atMs), reason, events: store.eventCount, bytes });
}

/** The text stands last in the line, so it can be put there piece by piece. */
function* recordLines(store: EventStore, row: number): Generator<string> {
  const isLarge = isLargeRecord(store, row);
  const stored = store.get(row, isLarge ? BEGINNING_BYTES : Infinity);
  if (stored === undefined) return;
  const { atMs, eventIndex, record } = stored;
  if (!isLarge) {
    yield jsonLine(recordLine(atMs, eventIndex, record));
    return;
  }
  const [quotes, lineEnd] = ['"', '"}\n'];
  yield jsonLine(recordLine(atMs, eventIndex, withoutText(record))).slice(0, -lineEnd.length);
  for (const piece of recordPieces(store, row))
    yield JSON.stringify(piece).slice(quotes.length, -quotes.length);
  yield lineEnd;
}

/** The exchange so far as a Markdown document: what was asked, what came when, what it adds up to. In pieces as above. */
export function* exportMarkdown(stream: ExportedStream, translate: Translate): Generator<string> {
  const { request, response, store, end, channels, verdicts } = stream;
  const { length } = store;
  yield `# ${stream.label}\n\n`;
  const sent = `${request.wire.method} ${request.shownUrl}\n${headerLines(request.shownHeaders)}`;
  yield* fenced(() => [sent], 'http');
  const status = `HTTP/${response.httpVersion} ${response.status} ${response.statusText}`.trimEnd();
  yield* fenced(() => [`${status}\n${headerLines(response.headers)}`], 'http');
  for (const { title, evidence } of verdicts) {
    const details = evidence.map((one) => `  - ${formatMessage(one, translate)}\n`).join('');
    yield `- **${formatMessage(title, translate)}**\n${details}`;
  }
  if (verdicts.length > 0) yield '\n';
  for (const channel of channels) {
    const name = channel.label === '' ? channel.kind : `${channel.kind}: ${channel.label}`;
    yield `## ${name}\n\n`;
    const { length: textLength } = channel;
    yield* fenced(() => channelPieces(channel, textLength), '');
  }
  yield `## ${translate('Events')}\n\n`;
  for (let row = 0; row < length; row++) yield* recordSection(store, row);
  if (end !== null) yield `${end.exchange.reason}, ${(end.atMs / 1000).toFixed(3)} s\n`;
}

/** The first `length` UTF-16 units of an assembled text, in pieces that never part a character. */
export function* channelPieces(channel: Channel, length = channel.length): Generator<string> {
  for (let from = 0; from < length;) {
    const piece = channel.slice(from, Math.min(length, from + PIECE_BYTES));
    const isParted = from + piece.length < length && (piece.charCodeAt(piece.length - 1) & 0xfc00) === 0xd800;
    const whole = isParted ? piece.slice(0, -1) : piece;
    yield whole;
    from += whole.length;
  }
}

function* recordSection(store: EventStore, row: number): Generator<string> {
  const isLarge = isLargeRecord(store, row);
  const stored = store.get(row, isLarge ? BEGINNING_BYTES : Infinity);
  if (stored === undefined) return;
  const { record, eventIndex } = stored;
  const text = (): Iterable<string> => (isLarge ? recordPieces(store, row) : [textOf(record)]);
  const time = `${(stored.atMs / 1000).toFixed(3)} s`;
  switch (record.kind) {
    case 'comment':
      yield `\`${time}\` : `;
      for (const piece of text()) yield inline(piece);
      yield '\n\n';
      return;
    case 'retry':
      yield `\`${time}\` retry ${record.ms} ms\n\n`;
      return;
    case 'resumed':
      yield `\`${time}\` resumed${record.lastEventId === '' ? '' : ` after id ${inline(record.lastEventId)}`}\n\n`;
      return;
    case 'incomplete':
      yield `\`${time}\` incomplete\n\n`;
      yield* fenced(text, '');
      return;
    case 'event': {
      const type = record.type === 'message' ? '' : ` ${inline(record.type)}`;
      const id = record.id === '' ? '' : ` id ${inline(record.id)}`;
      const language = /^\s*[[{]/.test(record.data) ? 'json' : '';
      yield `\`${time}\` #${eventIndex}${type}${id}\n\n`;
      yield* fenced(text, language);
    }
  }
}

/** A retry line too long for its number is none that is worth the trouble. */
function isLargeRecord(store: EventStore, row: number): boolean {
  return store.byteEnd(row) - store.byteOffset(row) > PIECE_BYTES && store.kind(row) !== 'retry';
}

function withoutText(record: StreamRecord): StreamRecord {
  switch (record.kind) {
    case 'comment':
      return { ...record, text: '' };
    case 'event':
    case 'incomplete':
      return { ...record, data: '' };
    case 'retry':
    case 'resumed':
      return record;
  }
}

/** A fenced block that no text can end: it is looked through first. */
function* fenced(text: () => Iterable<string>, language: string): Generator<string> {
  let longest = 2;
  /** Backticks at the end of what was looked through. */
  let open = 0;
  for (const piece of text()) {
    let end = 0;
    for (const { 0: ticks, index } of piece.matchAll(/`+/g)) {
      open = index === 0 ? open + ticks.length : ticks.length;
      longest = Math.max(longest, open);
      end = index + ticks.length;
    }
    if (end < piece.length) open = 0;
    if (piece.length > REST_LENGTH) yield '';
  }
  const fence = '`'.repeat(longest + 1);
  yield `${fence}${language}\n`;
  yield* text();
  yield `\n${fence}\n\n`;
}

function inline(text: string): string {
  return text.replace(/[\\`*_[\]<>#]/g, '\\$&').replace(/\s+/g, ' ');
}

function headerLines(headers: readonly (readonly [string, string])[]): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n');
}

function jsonLine(line: TranscriptLine): string {
  return `${JSON.stringify(line)}\n`;
}
