import { headerValue } from '../cbhttp/resolve.ts';
import type { WireResponse } from '../ports.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import { joinChunks } from '../stream/bytes.ts';
import { durationText } from '../stream/durationText.ts';
import type { ExchangeEnd } from '../stream/exchange.ts';
import { isNearTimeout } from '../stream/verdict/timeLimit.ts';
import { explainError, type Explained } from './explain.ts';
import { explainResponse, JUDGED_BYTES } from './explainResponse.ts';
import { timeLimitFailures } from './platform.ts';

/** Keeps of one exchange what is needed to say in words how it failed. */
export interface ExchangeWatch {
  onResponse(response: WireResponse, hasRecords: boolean): void;
  onChunk(chunk: Uint8Array): void;
  /** What went wrong, the likeliest reason first; nothing if all is well. */
  explain(end: ExchangeEnd, elapsedMs: number): readonly Explained[];
}

/** @param timeoutSeconds of the function in cloudbaserc.json; null where it is not known */
export function watchExchange(request: PreparedRequest, timeoutSeconds: number | null): ExchangeWatch {
  const { route, functionName, wire } = request;
  const at = { route, functionName, profile: request.profile.name };
  let received: WireResponse | undefined;
  let isEventStream = false;
  let size = 0;
  const beginning: Uint8Array[] = [];
  return {
    onResponse(response, hasRecords) {
      [received, isEventStream] = [response, hasRecords];
    },
    onChunk(chunk) {
      if (isEventStream || size >= JUDGED_BYTES) return;
      beginning.push(chunk.slice(0, JUDGED_BYTES - size));
      size += chunk.length;
    },
    explain({ reason, error }, elapsedMs) {
      if (error !== null) {
        const isCut = (reason === 'reset' || reason === 'truncated') && route !== 'local';
        const told = explainError(error, at);
        if (!isCut || timeoutSeconds === null || !isNearTimeout(elapsedMs, timeoutSeconds)) return [told];
        const row = timeLimitFailures['function-timeout'];
        const message = row.message(durationText(elapsedMs), timeoutSeconds);
        const { advice } = row;
        return [
          { ...told, advice: [] },
          { code: 'function-timeout', message, details: [], advice, page: null },
        ];
      }
      if (reason !== 'complete' || received === undefined) return [];
      const explained = explainResponse({
        ...at,
        url: wire.url,
        accept: headerValue(wire.headers, 'accept') ?? '',
        status: received.status,
        headers: received.headers,
        isEventStream,
        proxy: received.connection.proxy,
        body: joinChunks(beginning),
      });
      return explained === null ? [] : [explained];
    },
  };
}
