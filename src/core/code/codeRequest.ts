import type { CodeBody } from './codeBody.ts';
import type { MarkedSecret } from './secretMarks.ts';
import type { Template } from './template.ts';

/** A header field in generated code. */
export interface CodeHeader {
  readonly name: string;
  readonly value: Template;
}

/** A request as every generator takes it: what is sent, its secrets still named. */
export interface CodeRequest {
  readonly method: string;
  /** Absolute; where `view` is `function`, of the function itself: `http://function/path?query`. */
  readonly url: Template;
  /** Without those that our own client adds to each request. */
  readonly headers: readonly CodeHeader[];
  readonly body: CodeBody | null;
  /** True where an event stream is likely to come: by `@stream`, Accept, or `"stream": true` in the body. */
  readonly streams: boolean;
  readonly followsRedirects: boolean;
  /** ms, 0 = none: the whole exchange, the connection, silence. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly dataType: 'json' | 'text' | null;
  readonly responseType: 'text' | 'arraybuffer' | null;
  /** Null where the request goes to no function. */
  readonly functionName: string | null;
  /** Of the profile; may be empty. */
  readonly envId: string;
  readonly tls: {
    readonly ca: string | null;
    readonly cert: string | null;
    readonly key: string | null;
    readonly passphrase: Template;
    readonly rejectUnauthorized: boolean;
  };
  /** URL of a proxy without user and password, `none`, or null for what the environment says. */
  readonly proxy: string | null;
  /** `user:password` of the proxy; empty for none. */
  readonly proxyUser: Template;
  /** The environment variables that the code uses. */
  readonly secrets: readonly MarkedSecret[];
}

/** The first value of a header by its lower-case name; undefined where there is none. */
export function codeHeader(request: Pick<CodeRequest, 'headers'>, name: string): Template | undefined {
  return request.headers.find((header) => header.name.toLowerCase() === name)?.value;
}

/** The headers without those of the given lower-case names. */
export function headersWithout(headers: readonly CodeHeader[], ...names: readonly string[]): CodeHeader[] {
  return headers.filter(({ name }) => !names.includes(name.toLowerCase()));
}
