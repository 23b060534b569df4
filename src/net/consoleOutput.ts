import type { Writable } from 'node:stream';
import { formatMessage, type Translate } from '../core/message.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import type { ExchangeListener } from '../core/stream/exchange.ts';

/**
 * Shows an exchange in a terminal: events and body on stdout as they arrive, everything about them on stderr, so
 * that a pipe gets the answer alone.
 */
export function printForPeople(
  request: PreparedRequest,
  streams: { readonly stdout: Writable; readonly stderr: Writable },
  translate: Translate,
): ExchangeListener {
  const say = (text: string): void => void streams.stderr.write(`${text}\n`);
  const show = (atMs: number, label: string, text: string): void => {
    const lines = text.split('\n');
    const head = `[${(atMs / 1000).toFixed(3).padStart(8)} s] ${label}`;
    streams.stdout.write(
      lines.length === 1 ? `${head} ${text}\n` : `${head}\n${lines.map((line) => `    ${line}\n`).join('')}`,
    );
  };
  let events = 0;
  let isStream = false;
  let endsWithNewline = true;
  say(`${request.wire.method} ${request.shownUrl}`);
  return {
    onResponse: (_atMs, response, isEventStream) => {
      isStream = isEventStream;
      say(`HTTP/${response.httpVersion} ${response.status} ${response.statusText}`);
      for (const [name, value] of response.headers) say(`${name}: ${value}`);
      say('');
    },
    onChunk: (_atMs, chunk) => {
      if (isStream) return;
      streams.stdout.write(chunk);
      if (chunk.length > 0) endsWithNewline = chunk[chunk.length - 1] === 10;
    },
    onRecord: (atMs, record) => {
      switch (record.kind) {
        case 'event': {
          const id = record.id === '' ? '' : ` id=${record.id}`;
          const type = record.type === 'message' ? '' : ` ${record.type}`;
          show(atMs, `#${events++}${type}${id}`, record.data);
          break;
        }
        case 'comment':
          show(atMs, ':', record.text);
          break;
        case 'retry':
          show(atMs, 'retry', `${record.ms} ms`);
          break;
        case 'incomplete':
          show(atMs, translate('incomplete event:'), record.data);
          break;
      }
    },
    onEnd: (atMs, end) => {
      if (!endsWithNewline) say('');
      if (end.error !== null) say(formatMessage(end.error.display, translate));
      const time = `${(atMs / 1000).toFixed(3)} s`;
      say(translate('{0} after {1}: {2} events, {3} bytes', end.reason, time, events, end.bytes));
    },
  };
}
