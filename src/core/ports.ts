/** What core needs from outside. Adapters stand in `net/` and `host/`. */

/** Header fields in order, names as received or written; a name may repeat (RFC 9110, 5.3). */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A body that is read as it is sent, and anew for each attempt: a redirect or a fresh connection sends it again. */
export interface BodySource {
  readonly byteLength: number;
  /** The bytes in pieces. Iterating throws CbError `body-file` where a file cannot be read or has another length. */
  open(): AsyncIterable<Uint8Array>;
}

/** How a profile wants TLS done; files by their absolute paths. Only in trusted workspaces. */
export interface TlsSettings {
  /** PEM file of certificate authorities trusted besides the system's. */
  readonly ca: string | null;
  /** Client certificate and its key: PEM files, or a PKCS #12 file as `cert` alone. */
  readonly cert: string | null;
  readonly key: string | null;
  /** Of the key; a secret. */
  readonly passphrase: string | null;
  /** False takes any certificate; shown wherever the exchange is. */
  readonly rejectUnauthorized: boolean;
}

/** A request as it goes out: nothing left to resolve. */
export interface WireRequest {
  readonly method: string;
  /** Absolute `http:` or `https:` URL, encoded as WHATWG URL does. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array | BodySource | null;
  /** ms to wait for the connection, proxy and TLS included; 0 = no limit. */
  readonly connectTimeoutMs: number;
  readonly tls: TlsSettings;
  /** The profile's: URL of a proxy, `none`, or null for what the editor and the environment say. */
  readonly proxy: string | null;
}

/** How the connection came about; times are durations in ms, null where that step was not taken. */
export interface ConnectionFacts {
  /** True if an earlier exchange had opened it: then no step was taken. */
  readonly isReused: boolean;
  readonly dnsMs: number | null;
  /** TCP, after DNS. */
  readonly connectMs: number | null;
  /** What the proxy took to open the tunnel. */
  readonly proxyMs: number | null;
  readonly tlsMs: number | null;
  /** `address:port` of the server, or of the proxy. */
  readonly remoteAddress: string | null;
  /** The proxy's origin, without credentials; null for none. */
  readonly proxy: string | null;
  /** As negotiated, e.g. `TLSv1.3`; null without TLS. */
  readonly tlsVersion: string | null;
  /** False if the certificate was not checked, by the profile's `rejectUnauthorized`. */
  readonly isVerified: boolean;
}

/** A response whose headers have arrived and whose body is still coming. */
export interface WireResponse {
  readonly status: number;
  readonly statusText: string;
  /** As negotiated: `1.0`, `1.1`, `2`. */
  readonly httpVersion: string;
  readonly headers: HeaderList;
  readonly connection: ConnectionFacts;
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

/** How a profile's credential becomes an `Authorization` field; the settings' `auth` but `none`. */
export type CredentialKind =
  'apiKey' | 'publishableKey' | 'accessToken' | 'anonymous' | 'secretKey' | 'cliLogin';

/** A credential that a request needs. */
export interface CredentialRequest {
  readonly kind: CredentialKind;
  readonly binding: CredentialBinding;
  /** Where tokens are got: the HTTP API's origin and path prefix, without a slash at the end. */
  readonly authBase: string;
  /** How token requests travel: as the request itself does. */
  readonly connection: Pick<WireRequest, 'connectTimeoutMs' | 'tls' | 'proxy'>;
}

/** Where credentials are kept, and tokens got. */
export interface CredentialStore {
  /**
   * The bearer token for exactly this binding; undefined where there is none and the user gives none. May ask the
   * user and may send a token request, never two at once for one binding.
   * @param options.refused a token that the service has just refused: another is got, or undefined where there is none
   * @throws CbError `token-refused`, `cli-login`, `cancelled`, and what {@link Transport.send} throws
   */
  token(
    request: CredentialRequest,
    options: { readonly signal: AbortSignal; readonly refused?: string },
  ): Promise<string | undefined>;
}

/** Remembers which origins the user let a workspace's secrets go to. */
export interface OriginConsent {
  /**
   * True where what is secret may go to this origin: it went there before, or the user, asked once with the origins
   * shown, says so.
   */
  allows(use: SecretUse, options: { readonly signal: AbortSignal }): Promise<boolean>;
}

/** What is about to leave the machine. */
export interface SecretUse {
  readonly binding: CredentialBinding;
  /** As shown: `$secret name`, `$processEnv NAME`, or the credential's kind. */
  readonly what: string;
}

/** Cookies of one profile (RFC 6265). */
export interface CookieJar {
  /** The `Cookie` field's value for a URL; empty for none. */
  cookieFor(url: string): string;
  /** Takes `Set-Cookie` fields in; what is no valid cookie for that URL is left out. */
  store(url: string, setCookies: readonly string[]): void;
}
