import { formatMessage, type Translate } from '../message.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import type { WireResponse } from '../ports.ts';
import type { Channel } from './assembly/channel.ts';
import type { EventStore } from './eventStore.ts';
import type { ExchangeEnd } from './exchange.ts';
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

/** The exchange so far as JSON Lines, each with its LF: the lines that `cbhttp send --json` prints. */
export function* exportJsonLines(stream: ExportedStream, translate?: Translate): Generator<string> {
  const { store, end } = stream;
  yield jsonLine(requestLine(stream.request));
  yield jsonLine(responseLine(stream.responseAtMs, stream.response));
  for (let row = 0; row < store.length; row++) {
    const stored = store.get(row);
    if (stored !== undefined) yield jsonLine(recordLine(stored.atMs, stored.eventIndex, stored.record));
  }
  if (end === null) return;
  const { reason, error, bytes } = end.exchange;
  if (error !== null) yield jsonLine(errorLine(error, translate));
  yield jsonLine({ kind: 'end', atMs: roundMs(end.atMs), reason, events: store.eventCount, bytes });
}

/** The exchange so far as a Markdown document, in pieces: what was asked, what came when, what it adds up to. */
export function* exportMarkdown(stream: ExportedStream, translate: Translate): Generator<string> {
  const { request, response, store, end, channels, verdicts } = stream;
  yield `# ${stream.label}\n\n`;
  yield fenced(`${request.wire.method} ${request.shownUrl}\n${headerLines(request.shownHeaders)}`, 'http');
  const status = `HTTP/${response.httpVersion} ${response.status} ${response.statusText}`.trimEnd();
  yield fenced(`${status}\n${headerLines(response.headers)}`, 'http');
  for (const { title, evidence } of verdicts) {
    const details = evidence.map((one) => `  - ${formatMessage(one, translate)}\n`).join('');
    yield `- **${formatMessage(title, translate)}**\n${details}`;
  }
  if (verdicts.length > 0) yield '\n';
  for (const channel of channels) {
    const name = channel.label === '' ? channel.kind : `${channel.kind}: ${channel.label}`;
    yield `## ${name}\n\n${fenced(channel.slice(0), '')}`;
  }
  yield `## ${translate('Events')}\n\n`;
  for (let row = 0; row < store.length; row++) yield recordSection(store, row);
  if (end !== null) yield `${end.exchange.reason}, ${(end.atMs / 1000).toFixed(3)} s\n`;
}

function recordSection(store: EventStore, row: number): string {
  const stored = store.get(row);
  if (stored === undefined) return '';
  const { record, eventIndex } = stored;
  const time = `${(stored.atMs / 1000).toFixed(3)} s`;
  switch (record.kind) {
    case 'comment':
      return `\`${time}\` : ${inline(record.text)}\n\n`;
    case 'retry':
      return `\`${time}\` retry ${record.ms} ms\n\n`;
    case 'incomplete':
      return `\`${time}\` incomplete\n\n${fenced(record.data, '')}`;
    case 'event': {
      const type = record.type === 'message' ? '' : ` ${inline(record.type)}`;
      const id = record.id === '' ? '' : ` id ${inline(record.id)}`;
      const language = /^\s*[[{]/.test(record.data) ? 'json' : '';
      return `\`${time}\` #${eventIndex}${type}${id}\n\n${fenced(record.data, language)}`;
    }
  }
}

/** A fenced block that no text can end. */
function fenced(text: string, language: string): string {
  let longest = 2;
  for (const [ticks] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, ticks.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}\n\n`;
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
