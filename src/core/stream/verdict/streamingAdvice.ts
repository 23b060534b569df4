import { headerValue } from '../../cbhttp/resolve.ts';
import { unexpectedFailures } from '../../failures/unexpected.ts';
import { msg, type Message } from '../../message.ts';
import type { HeaderList } from '../../ports.ts';
import type { Route } from '../../profiles/profile.ts';
import type { StreamingFacts, StreamingKind } from './streamingVerdict.ts';

/** True if the response was sent with a content coding. */
export function isCompressed(headers: HeaderList): boolean {
  const coding = headerValue(headers, 'content-encoding') ?? '';
  return coding !== '' && coding.toLowerCase() !== 'identity';
}

/** What to change so that events arrive as they are written: the likeliest first. */
export function adviseOnStreaming(
  verdict: StreamingKind,
  { headers, route }: Pick<StreamingFacts, 'headers' | 'route'>,
): readonly Message[] {
  switch (verdict) {
    case 'not-a-stream':
      return adviceOnContent(headerValue(headers, 'content-type') ?? '');
    case 'no-events':
    case 'waiting':
    case 'too-short-to-tell':
    case 'streams':
      return adviceOnHeaders(headers);
    case 'burst':
    case 'buffered':
    case 'compressed':
      return [
        ...adviceOnHeaders(headers),
        msg(
          'Write each event as soon as it is there, not all at the end; functions-framework: context.sse().send(…).',
        ),
        msg('Send the headers at once (Node: res.flushHeaders()), with X-Accel-Buffering: no.'),
        ...adviceOnRoute(route),
      ];
  }
}

function adviceOnContent(contentType: string): Message[] {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const advice: Message[] = [];
  const { 'html-instead-of-data': html, 'json-instead-of-stream': json } = unexpectedFailures;
  if (type === 'text/html') advice.push(...html.advice);
  else if (type.endsWith('json')) advice.push(...json.advice);
  return [...advice, msg('Have the function answer with Content-Type: text/event-stream.')];
}

function adviceOnHeaders(headers: HeaderList): Message[] {
  const advice: Message[] = [];
  if (isCompressed(headers)) {
    advice.push(
      msg(
        'Turn compression off for text/event-stream, in the function and in proxies; Cache-Control: no-transform asks proxies not to compress.',
      ),
    );
  }
  if (headerValue(headers, 'content-length') !== undefined) {
    advice.push(msg('Send no Content-Length with a stream.'));
  }
  return advice;
}

function adviceOnRoute(route: Route | null): Message[] {
  switch (route) {
    case 'local':
      return [];
    case 'gateway':
      return [
        msg(
          'Send the same request to the local function: if it streams there, the gateway or a proxy on the way buffers.',
        ),
      ];
    case 'service':
      return [
        msg(
          'Send the same request to the local function: if it streams there, the HTTP access service, its domain’s CDN or a proxy buffers.',
        ),
      ];
    case null:
      return [msg('Ask the server without proxies between: if it streams there, one of them buffers.')];
  }
}
