import type { Writable } from 'node:stream';
import { adviceLines, type Explained } from '../core/failures/explain.ts';
import { watchExchange } from '../core/failures/watchExchange.ts';
import { formatMessage, type Translate } from '../core/message.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import type { ExchangeListener } from '../core/stream/exchange.ts';

/** A failure as lines for people: what happened, then what to do. */
export function failureText(explained: Explained, translate: Translate): string {
  const { message, details } = explained;
  const more = [...details, ...adviceLines(explained)].map((one) => `  ${formatMessage(one, translate)}`);
  return [formatMessage(message, translate), ...more].join('\n');
}

/**
 * Shows an exchange in a terminal: events and body on stdout as they arrive, everything about them on stderr, so
 * that a pipe gets the answer alone.
 * @param timeoutSeconds of the function in cloudbaserc.json; null where it is not known
 */
export function printForPeople(
  request: PreparedRequest,
  streams: { readonly stdout: Writable; readonly stderr: Writable },
  translate: Translate,
  timeoutSeconds: number | null = null,
): ExchangeListener {
  const watch = watchExchange(request, timeoutSeconds);
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
    onResponse: (_atMs, response, hasRecords) => {
      isStream = hasRecords;
      watch.onResponse(response, hasRecords);
      say(`HTTP/${response.httpVersion} ${response.status} ${response.statusText}`);
      for (const [name, value] of response.headers) say(`${name}: ${value}`);
      say('');
    },
    onChunk: (_atMs, chunk) => {
      if (isStream) return;
      watch.onChunk(chunk);
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
        case 'resumed': {
          const after = record.lastEventId === '' ? '' : ` Last-Event-ID: ${record.lastEventId}`;
          say(`${translate('Sent again after a break.')}${after}`);
          break;
        }
        case 'incomplete':
          show(atMs, translate('incomplete event:'), record.data);
          break;
      }
    },
    onEnd: (atMs, end) => {
      if (!endsWithNewline) say('');
      for (const explained of watch.explain(end, atMs)) say(failureText(explained, translate));
      const time = `${(atMs / 1000).toFixed(3)} s`;
      say(translate('{0} after {1}: {2} events, {3} bytes', end.reason, time, events, end.bytes));
    },
  };
}
