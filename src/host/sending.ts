/** Loaded on the first send: what it takes to make a request of a text, day.js among it. */
import path from 'node:path';
import type * as vscode from 'vscode';
import { referredName, requestKeys } from '../core/cbhttp/document.ts';
import { askOnce } from '../core/cbhttp/variables/askOnce.ts';
import type { ExchangeMemory } from '../core/cbhttp/variables/exchange.ts';
import { keptEventsOf } from '../core/cbhttp/variables/keptEvents.ts';
import { planSend } from '../core/cbhttp/variables/planSend.ts';
import { assembledText } from '../core/cbhttp/variables/recordExchange.ts';
import { exchangeSize, MAX_BODY_BYTES, rememberExchange } from '../core/cbhttp/variables/rememberExchange.ts';
import { isCbError } from '../core/errors.ts';
import {
  askAhead,
  prepareRequest,
  type PreparedRequest,
  type PrepareOptions,
} from '../core/profiles/prepare.ts';
import { acceptEncoding } from '../net/contentCoding.ts';
import type { LocatedRequest } from './documents.ts';
import type { WorkspaceExchanges } from './exchangeMemory.ts';
import { placeOf, requestPorts, type RequestPortsDeps } from './requestPorts.ts';
import type { Run } from './run.ts';

export { isCbError } from '../core/errors.ts';
export { prepareForCode } from '../core/code/prepareForCode.ts';
export { profilesOnRoute } from '../core/profiles/sentRoute.ts';

/** ms of one slice, and of all that a stream's text is waited for. */
const SLICE_MS = 8;
const WAIT_MS = 500;

/** The requests to send before, by `@ref` and `@force-ref`; none where {@link prepare} will say what is wrong. */
export function requestsBefore(located: LocatedRequest, memory: ExchangeMemory): LocatedRequest[] {
  const { textDocument, document } = located;
  try {
    return planSend(document, located.placed, memory)
      .slice(0, -1)
      .map((placed) => {
        const key = requestKeys(document)[placed.index] ?? '';
        return { textDocument, document, placed, request: placed.request, key };
      });
  } catch (error) {
    if (!isCbError(error)) throw error;
    return [];
  }
}

/** What preparing needs for a document's requests that are sent together: nothing is asked twice. */
export function sharedOptions(
  uri: vscode.Uri,
  deps: RequestPortsDeps,
): Required<Pick<PrepareOptions, 'ports' | 'absolutePath' | 'acceptEncoding'>> {
  const { root } = placeOf(uri);
  const absolutePath = (named: string): string => path.resolve(root.fsPath, named);
  return { ports: askOnce(requestPorts(uri, deps)), absolutePath, acceptEncoding };
}

/**
 * Asks what requests need before the first is sent.
 * @returns the request that cannot be sent, and why; null where all can
 */
export async function askForAll(
  requests: readonly LocatedRequest[],
  options: PrepareOptions,
): Promise<{ readonly located: LocatedRequest; readonly error: Error } | null> {
  const all = requests.map(({ placed }) => placed);
  for (const [index, located] of requests.entries()) {
    try {
      await askAhead(located.document, located.placed, all.slice(0, index), options);
    } catch (error) {
      return { located, error: error instanceof Error ? error : new Error(String(error)) };
    }
  }
  return null;
}

/** Prepares a request whose referred requests were sent. @throws CbError like `planSend` and `prepareRequest` */
export async function prepare(
  { document, placed }: LocatedRequest,
  options: PrepareOptions,
): Promise<PreparedRequest> {
  planSend(document, placed, options.ports.memory);
  return prepareRequest(document, placed, options);
}

/**
 * Keeps what came of a run that has ended, for requests that use it: nothing where the request has no name or no
 * response came. Waits a little for a stream's text.
 */
export async function keepExchange(
  { textDocument, request }: LocatedRequest,
  run: Run,
  exchanges: WorkspaceExchanges,
): Promise<void> {
  const { prepared, response } = run;
  // Chunks are only a way to show a body.
  const stream = run.stream?.store.format === 'chunks' ? undefined : run.stream;
  const name = referredName(request);
  if (name === null || prepared === undefined || response === undefined) return;
  const { status, headers } = response.received;
  const isWhole = stream?.store.format !== 'event-stream';
  const isKept = isWhole && run.byteLength <= MAX_BODY_BYTES;
  const body = isKept ? run.bytes(0, run.byteLength) : null;
  const events = stream === undefined ? null : keptEventsOf(stream.store);
  if (stream !== undefined) await finishText(stream);
  const text = stream === undefined ? '' : assembledText(stream.analysis.assembly);
  const { reason } = run.ended?.exchange ?? {};
  const received = {
    status,
    headers,
    body,
    stream: events === null ? null : { events, text },
    // A stream that the user has cancelled was enough for them.
    isComplete: reason === 'complete' || (reason === 'cancelled' && stream !== undefined),
  };
  const exchange = rememberExchange(prepared, received);
  exchanges.add(textDocument.uri, name, exchange, exchangeSize(exchange, events));
}

/** Goes on with a stream's analysis until its text is whole, in slices; not for ever where the stream is large. */
async function finishText({ analysis }: NonNullable<Run['stream']>): Promise<void> {
  const now = (): number => performance.now();
  const stopAt = now() + WAIT_MS;
  while (!analysis.advance(SLICE_MS, now) && now() < stopAt) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
