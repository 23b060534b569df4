import type { BodySource, ConnectionFacts } from '../core/ports.ts';

/** A request as one connection sends it. */
export interface ConnectionRequest {
  readonly method: string;
  readonly url: URL;
  /** What stands on the request line: path and query, or the whole URL for a proxy. */
  readonly target: string;
  /** Names and values in turn; values hold one character per byte. `Host` is among them. */
  readonly headers: readonly string[];
  readonly body: Uint8Array | BodySource | null;
  readonly signal: AbortSignal;
}

/** A response whose body is still coming, content codings and all. */
export interface ConnectionResponse {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  /** As of the request. */
  readonly headers: readonly string[];
  /** Throws what broke it; leaving the loop early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Whether the body ends only with the connection; then {@link breakage} says if it was broken off. */
  readonly breakage: () => Error | undefined;
}

/** An open connection, for one exchange after another. Whoever has it closes it. */
export interface Connection {
  readonly facts: ConnectionFacts;
  /** The same for every exchange but the first. */
  readonly factsReused: ConnectionFacts;
  /** Resolves with the response's headers; rejects with what broke, or with the signal's reason. */
  send(request: ConnectionRequest): Promise<ConnectionResponse>;
  /** False once it is closed, or the other side wants no more requests on it. */
  readonly isOpen: boolean;
  /** Whether something came back since the last request was sent. */
  readonly hasAnswered: boolean;
  /** Once it is closed; at once where it is. */
  onClose(listener: () => void): void;
  /** An idle connection keeps no process alive. */
  setIdle(isIdle: boolean): void;
  close(): void;
}

/** What is told of a connection that an earlier exchange had opened. */
export function reused(facts: ConnectionFacts): ConnectionFacts {
  return { ...facts, isReused: true, dnsMs: null, connectMs: null, proxyMs: null, tlsMs: null };
}
