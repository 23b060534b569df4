import { headerValue } from '../../cbhttp/resolve.ts';
import { msg } from '../../message.ts';
import type { HeaderList } from '../../ports.ts';
import type { LintCode, LintItem, LintSeverity } from './lintItem.ts';
import { decodeUtf8 } from '../recordBytes.ts';

/** Bytes of a body that tell what it is. */
const START_BYTES = 256;

/**
 * What Content-Type says and the body does not do, or the other way round (HTML standard, 9.2.3 and 9.2.5).
 * @param body its beginning, as much as there is
 */
export function lintHeaders(headers: HeaderList, body: Uint8Array): readonly LintItem[] {
  const contentType = headerValue(headers, 'content-type') ?? '';
  const isEventStream = contentType.split(';', 1)[0]?.trim().toLowerCase() === 'text/event-stream';
  const start = decodeUtf8(body.subarray(0, START_BYTES))
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (!isEventStream) {
    if (!isEventStreamStart(start)) return [];
    const message =
      contentType === ''
        ? msg(
            'The body looks like an event stream, but has no Content-Type: readers will not take it for one.',
          )
        : msg(
            'The body looks like an event stream, but its Content-Type is {0}: readers will not take it for one.',
            contentType,
          );
    return [finding('content-type', 'error', message)];
  }
  const items: LintItem[] = [];
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    const message = msg('charset={0} has no effect: an event stream is always read as UTF-8.', charset);
    items.push(finding('charset', 'warning', message));
  }
  if (/^[{[<]/.test(start)) {
    const message = msg(
      'Content-Type is text/event-stream, but the body begins with "{0}".',
      start.slice(0, 1),
    );
    items.push(finding('content-type', 'error', message));
  }
  return items;
}

function isEventStreamStart(start: string): boolean {
  return /^(?:data|event|id|retry)?:/.test(start);
}

function finding(code: LintCode, severity: LintSeverity, message: LintItem['message']): LintItem {
  return { code, severity, byteOffset: 0, eventIndex: 0, row: null, message };
}
