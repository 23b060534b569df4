import { CbError } from '../errors.ts';
import { failures } from '../failures/failures.ts';
import type { WireResponse } from '../ports.ts';
import type { ExchangeEnd } from '../stream/exchange.ts';
import type { FollowListener } from '../stream/resume/followStream.ts';
import type { Frame } from './journal.ts';
import type { PackedFrames } from './packedFrames.ts';

/** The end that `packEnd` packed. */
export function unpackEnd({ reason, bytes, error }: PackedFrames['end']): ExchangeEnd {
  if (error === null) return { reason, bytes, error: null };
  const kind = error.kind in failures ? error.kind : 'network';
  return { reason, bytes, error: new CbError(error.code, error.display, { kind }) };
}

/**
 * Tells a listener what a frame says.
 * @param body of responses: what comes of it is told by frames
 */
export function tellFrame(
  { kind, atMs, payload }: Frame,
  listener: FollowListener,
  body: AsyncIterable<Uint8Array>,
): void | Promise<void> {
  switch (kind) {
    case 'chunk':
      return listener.onChunk(atMs, payload);
    case 'redirect': {
      const { status, url } = unpack<'redirect'>(payload);
      const response = { status, statusText: '', httpVersion: '', headers: [], connection: UNKNOWN, body };
      listener.onRedirect?.(atMs, response, url);
      return;
    }
    case 'response': {
      const { response, hasRecords, format } = unpack<'response'>(payload);
      listener.onResponse(atMs, { ...response, body }, hasRecords, format);
      return;
    }
    case 'wait': {
      const { untilMs, attempt, attempts } = unpack<'wait'>(payload);
      listener.onWait?.(atMs, untilMs, attempt, attempts);
      return;
    }
    case 'resume':
      listener.onResume?.(atMs, unpack<'resume'>(payload).lastEventId);
      return;
    case 'end':
      listener.onEnd(atMs, unpackEnd(unpack<'end'>(payload)));
      return;
    case 'sentBody':
      return;
  }
}

const UNKNOWN: WireResponse['connection'] = {
  isReused: false,
  dnsMs: null,
  connectMs: null,
  proxyMs: null,
  tlsMs: null,
  remoteAddress: null,
  proxy: null,
  tlsVersion: null,
  isVerified: true,
};

/** @throws SyntaxError where it is no JSON */
function unpack<K extends keyof PackedFrames>(payload: Uint8Array): PackedFrames[K] {
  return JSON.parse(new TextDecoder().decode(payload)) as PackedFrames[K];
}
