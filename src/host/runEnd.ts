import * as vscode from 'vscode';
import { headerValue } from '../core/cbhttp/resolve.ts';
import { CbError, isCbError } from '../core/errors.ts';
import { adviceLines, explainError, type Explained } from '../core/failures/explain.ts';
import { explainResponse, JUDGED_BYTES } from '../core/failures/explainResponse.ts';
import { ANYWHERE, type Circumstances } from '../core/failures/row.ts';
import { formatMessage } from '../core/message.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import { redactText } from '../core/profiles/redact.ts';
import type { ByteLog } from '../core/stream/byteLog.ts';
import type { ExchangeEnd } from '../core/stream/exchange.ts';
import type { RunSnapshot } from '../protocol/messages.ts';
import type { Run } from './run.ts';
import { say } from './translate.ts';

/** A run's end as its panel shows it. */
export type ShownEnd = NonNullable<RunSnapshot['end']>;

/** A run that has ended, as far as its end is told by it. */
export type EndedRun = Pick<Run, 'prepared' | 'response' | 'unexpected' | 'stream' | 'sentAtMs'>;

/** Bytes shown of an answer that came in place of a stream's rest. */
const EXCERPT_BYTES = 300;

/**
 * How a run ended, in the user's language.
 * @param apart the body of an answer that is no stream
 * @param notes what is to be said besides
 */
export function describeEnd(
  end: ExchangeEnd,
  run: EndedRun,
  apart: Pick<ByteLog, 'read'>,
  notes: readonly string[],
): ShownEnd {
  return withNotes(withAnswer(explainEnd(end, run), run, apart), notes);
}

function explainEnd({ reason, error }: ExchangeEnd, { prepared, unexpected }: EndedRun): ShownEnd {
  const explained = error === null ? unexpected : explainError(error, circumstancesOf(prepared));
  if (explained === null) return { reason, message: '', advice: [] };
  const advice = [...explained.details, ...adviceLines(explained)];
  return { reason, message: say(explained.message), advice: advice.map(say) };
}

/** What came in place of a resumed stream's rest says why. */
function withAnswer(shown: ShownEnd, run: EndedRun, apart: Pick<ByteLog, 'read'>): ShownEnd {
  if (run.stream === undefined || run.sentAtMs === 0) return shown;
  if (shown.reason === 'complete' && run.response?.received.status === 204) {
    return { ...shown, message: vscode.l10n.t('The server answered 204: nothing more is to come.') };
  }
  const excerpt = apart.read(0, EXCERPT_BYTES);
  if (excerpt.length === 0) return shown;
  const text = redactText(new TextDecoder().decode(excerpt).trim(), run.prepared?.secrets ?? []);
  return { ...shown, advice: [...shown.advice, text] };
}

/** The first note is the message where there is none. */
function withNotes(shown: ShownEnd, notes: readonly string[]): ShownEnd {
  const [message = '', ...others] = shown.message === '' ? notes : [shown.message, ...notes];
  return { ...shown, message, advice: [...shown.advice, ...others] };
}

function circumstancesOf(prepared: PreparedRequest | undefined): Circumstances {
  if (prepared === undefined) return ANYWHERE;
  const { route, functionName, profile } = prepared;
  return { route, functionName, profile: profile.name };
}

/** What a whole response is instead of an answer to its request; null for one that is, and where none came. */
export function explainReceived(
  run: Pick<Run, 'prepared' | 'response' | 'byteLength' | 'bytes'>,
): Explained | null {
  const { prepared, response } = run;
  if (prepared === undefined || response === undefined) return null;
  const { received, format } = response;
  return explainResponse({
    ...circumstancesOf(prepared),
    url: prepared.wire.url,
    accept: headerValue(prepared.wire.headers, 'accept') ?? '',
    status: received.status,
    headers: received.headers,
    isEventStream: format === 'event-stream',
    proxy: received.connection.proxy,
    body: run.bytes(0, Math.min(run.byteLength, JUDGED_BYTES)),
  });
}

/** What became of a request that could not be prepared, or whose listener threw. */
export function refusedEnd(error: unknown, isCancelled: boolean): ExchangeEnd {
  if (isCancelled || (isCbError(error) && error.code === 'cancelled')) {
    return { reason: 'cancelled', error: null, bytes: 0 };
  }
  const reason = error instanceof Error ? error.message : String(error);
  const shown = isCbError(error) ? error : new CbError('network', { text: '{0}', args: [reason] });
  return { reason: 'error', error: shown, bytes: 0 };
}

/** What the log says of an end. */
export function endLine(
  atMs: number,
  { reason, error, bytes }: ExchangeEnd,
  eventCount: number | null,
): string {
  const events = eventCount === null ? '' : `${eventCount} events, `;
  const detail = error === null ? '' : ` ${formatMessage(error.display)}`;
  return `${reason}, ${events}${bytes} bytes, ${Math.round(atMs)} ms.${detail}`;
}

/** The function that refused the connection, and the port it was asked at; null where that is not what happened. */
export function refusingFunction(
  prepared: PreparedRequest | undefined,
  end: ExchangeEnd | undefined,
): { readonly functionName: string; readonly port: number } | null {
  if (end?.error?.code !== 'connection-refused' || prepared?.route !== 'local') return null;
  const { hostname, port } = new URL(prepared.wire.url);
  const isHere = hostname === '127.0.0.1' || hostname === 'localhost';
  if (!isHere || prepared.functionName === null) return null;
  return { functionName: prepared.functionName, port: Number(port) };
}
