/** What core needs from outside. Adapters stand in `net/` and `host/`. */

/** Header fields in order, names as received or written; a name may repeat (RFC 9110, 5.3). */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A request as it goes out: nothing left to resolve. */
export interface WireRequest {
  readonly method: string;
  /** Absolute `http:` or `https:` URL, encoded as WHATWG URL does. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array | null;
  /** ms to wait for the connection, TLS included; 0 = no limit. */
  readonly connectTimeoutMs: number;
}

/** A response whose headers have arrived and whose body is still coming. */
export interface WireResponse {
  readonly status: number;
  readonly statusText: string;
  /** As negotiated: `1.1`, `2`. */
  readonly httpVersion: string;
  readonly headers: HeaderList;
  /**
   * The body's chunks as they come off the connection, content codings removed. Iterating throws a CbError
   * with one of the exchange codes; leaving the loop early closes the connection.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends requests. */
export interface Transport {
  /**
   * Resolves when the response's headers are there.
   * @throws CbError `connect-timeout`, `connection-refused`, `dns`, `unreachable`, `tls`, `reset`, `protocol`,
   * `network`; the signal's reason when aborted
   */
  send(request: WireRequest, options: { readonly signal: AbortSignal }): Promise<WireResponse>;
}

/** A monotonic clock. */
export interface Clock {
  /** ms since an arbitrary fixed moment, with fractions. */
  now(): number;
  /** Calls back once after `ms`; the returned function calls it off. */
  after(ms: number, callback: () => void): () => void;
}

/** Keeps bytes outside memory, on the local disk: its calls block, so each is about a megabyte. */
export interface Spill {
  /** Writes bytes to the end. @throws what the disk says */
  append(bytes: Uint8Array): void;
  /** Bytes that were written. @throws what the disk says */
  read(offset: number, length: number): Uint8Array;
  /** Closes and deletes it. */
  dispose(): void;
}

/** Opens a new, empty {@link Spill}. @throws what the disk says */
export type OpenSpill = () => Spill;

/** A credential's owner: it goes to this environment at this origin and nowhere else. */
export interface CredentialBinding {
  readonly profile: string;
  readonly envId: string;
  /** WHATWG origin, e.g. `https://my-env.api.tcloudbasegateway.com`. */
  readonly origin: string;
}

/** Where credentials are kept. */
export interface SecretStore {
  /** The credential entered for exactly this binding, or undefined. May ask the user; an abort ends the question. */
  credential(
    binding: CredentialBinding,
    options: { readonly signal: AbortSignal },
  ): Promise<string | undefined>;
}
