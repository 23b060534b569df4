import type { HeaderList, WireResponse } from '../ports.ts';
import { redactText } from '../profiles/redact.ts';
import type { ExchangeEnd } from '../stream/exchange.ts';
import type { FollowListener } from '../stream/resume/followStream.ts';
import type { StreamFormat } from '../stream/streamFormat.ts';
import { ByteMask, type TimedChunk } from './byteMask.ts';
import { allHidden, keptHeaders, keptUrl, sentCookieSecrets, setCookieSecrets } from './hiddenTexts.ts';
import { encodeFrame, type FrameKind } from './journal.ts';
import { packEnd, type PackedFrames } from './packedFrames.ts';

/** What a {@link JournalWriter} needs. */
export interface JournalOptions {
  /** Bytes of the journal after which no chunk is written any more. */
  readonly maxBytes: number;
  /** What must not be written, as far as it is known now. */
  readonly hidden: () => readonly string[];
  readonly write: (frame: Uint8Array) => void;
  /** What a chunk waits for before the next one is read. */
  readonly pressure: () => Promise<void> | undefined;
}

/** Writes down what a run is told, without its secrets, so that it can be told again. */
export class JournalWriter implements FollowListener {
  readonly #options: JournalOptions;
  #mask = new ByteMask([]);
  /** Values of cookies that were sent and set. */
  #cookies: string[] = [];
  #length = 0;
  #keptBytes = 0;
  #isCut = false;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Bytes written. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of the body that are kept, the first ones; null where all are. */
  get keptBytes(): number | null {
    return this.#isCut ? this.#keptBytes : null;
  }

  /** The body that goes out with the request. */
  sentBody(bytes: Uint8Array): void {
    const mask = new ByteMask(this.#options.hidden());
    for (const chunk of [...mask.add(0, bytes), ...mask.end()]) this.#write('sentBody', 0, chunk.bytes);
  }

  onSend(headers: HeaderList): void {
    this.#cookies.push(...sentCookieSecrets(headers));
  }

  onRedirect(atMs: number, response: WireResponse, nextUrl: string): void {
    this.#learn(response);
    const redirect = { status: response.status, url: keptUrl(nextUrl, this.#hidden()) };
    this.#tell('redirect', atMs, redirect);
  }

  onResponse(atMs: number, response: WireResponse, hasRecords: boolean, format: StreamFormat | null): void {
    this.flush();
    this.#learn(response);
    this.#mask = new ByteMask(this.#hidden());
    const { status, statusText, httpVersion, headers, connection } = response;
    const hidden = this.#hidden();
    const shown = { headers: keptHeaders(headers, hidden), statusText: redactText(statusText, hidden) };
    const kept = { status, httpVersion, connection, ...shown };
    this.#tell('response', atMs, { response: kept, hasRecords, format });
  }

  onChunk(atMs: number, chunk: Uint8Array): Promise<void> | undefined {
    if (this.#isCut) return undefined;
    this.#writeChunks(this.#mask.add(atMs, chunk));
    return this.#options.pressure();
  }

  onWait(atMs: number, untilMs: number, attempt: number, attempts: number): void {
    this.flush();
    this.#tell('wait', atMs, { untilMs, attempt, attempts });
  }

  onResume(atMs: number, lastEventId: string): void {
    this.#tell('resume', atMs, { lastEventId: redactText(lastEventId, this.#hidden()) });
  }

  onEnd(atMs: number, end: ExchangeEnd): void {
    this.flush();
    this.#tell('end', atMs, packEnd(end, this.#hidden()));
  }

  /** Writes what was held back for the secret it might have begun. */
  flush(): void {
    this.#writeChunks(this.#mask.end());
  }

  #hidden(): readonly string[] {
    return allHidden(this.#options.hidden(), this.#cookies);
  }

  #learn({ headers }: WireResponse): void {
    this.#cookies.push(...setCookieSecrets(headers));
  }

  #tell<K extends keyof PackedFrames>(kind: K, atMs: number, told: PackedFrames[K]): void {
    this.#write(kind, atMs, new TextEncoder().encode(JSON.stringify(told)));
  }

  #writeChunks(chunks: readonly TimedChunk[]): void {
    for (const { atMs, bytes } of chunks) {
      this.#isCut ||= this.#length + bytes.length > this.#options.maxBytes;
      if (this.#isCut) return;
      this.#keptBytes += bytes.length;
      this.#write('chunk', atMs, bytes);
    }
  }

  #write(kind: FrameKind, atMs: number, payload: Uint8Array): void {
    const frame = encodeFrame({ kind, atMs, payload });
    this.#length += frame.length;
    this.#options.write(frame);
  }
}
