import { msg, type Message } from '../message.ts';
import { placedRequests, requestKeys, type CbDocument, type CbRequest } from './document.ts';

/** Where a request's lenses stand: above its request line. */
export interface RequestLens {
  readonly request: CbRequest;
  /** See `requestKeys`. */
  readonly key: string;
  /** 0-based line and UTF-16 columns of the request line in the document. */
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

/** One place for each request, in order. What a lens says is found out only for those that are seen. */
export function lensesOf(document: CbDocument): readonly RequestLens[] {
  const keys = requestKeys(document);
  return placedRequests(document).map(({ request, section, sectionLine, index }) => {
    const lineStart = section.lineStarts[request.line] ?? 0;
    const { start, end } = request.requestLineSpan;
    return {
      request,
      key: keys[index] ?? '',
      line: sectionLine + request.line,
      startColumn: start - lineStart,
      endColumn: end - lineStart,
    };
  });
}

/** How the last send of a request went. */
export interface LastResult {
  /** HTTP status; null where no response came. */
  readonly status: number | null;
  readonly outcome: 'complete' | 'cancelled' | 'timeout' | 'failed';
  readonly elapsedMs: number;
  /** Null where the response was no event stream. */
  readonly eventCount: number | null;
}

/** `200 · 1.2 s · 45 events`, part by part. */
export function describeResult({ status, outcome, elapsedMs, eventCount }: LastResult): readonly Message[] {
  const parts: Message[] = [];
  if (status !== null) parts.push({ text: '{0}', args: [status] });
  if (outcome === 'cancelled') parts.push(msg('cancelled'));
  if (outcome === 'timeout') parts.push(msg('timed out'));
  if (outcome === 'failed') parts.push(msg('failed'));
  parts.push(describeDuration(elapsedMs));
  if (eventCount !== null) parts.push(eventCount === 1 ? msg('1 event') : msg('{0} events', eventCount));
  return parts;
}

function describeDuration(ms: number): Message {
  const text =
    ms < 999.5 ? `${Math.round(ms)} ms` : ms < 59_950 ? `${(ms / 1000).toFixed(1)} s` : describeMinutes(ms);
  return { text: '{0}', args: [text] };
}

function describeMinutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
