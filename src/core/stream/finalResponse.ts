import { headerValue } from '../cbhttp/resolve.ts';
import { failed } from '../failures/failed.ts';
import type { CookieJar, HeaderList, Transport, WireRequest, WireResponse } from '../ports.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import { MAX_REDIRECTS, nextRequest } from '../profiles/redirect.ts';
import { joinChunks } from './bytes.ts';

/** Bytes of a body that are read for their own sake: what says why a token is refused, what precedes a redirect. */
const MAX_READ = 65_536;

/** What sending takes besides the request. */
export interface SendingPorts {
  readonly transport: Transport;
  /** The cookies of a profile; without it none are kept. */
  readonly cookieJar?: (profile: string) => Promise<CookieJar>;
}

/** What is told before the response that counts. */
export interface SendingHooks {
  readonly signal: AbortSignal;
  /** Before each request that goes out, with all its headers. */
  readonly onSend: (headers: HeaderList) => void;
  readonly onRedirect: (response: WireResponse, nextUrl: string) => void;
}

/**
 * Sends a request and, unless it says otherwise, what redirects make of it, with the profile's cookies; and once more
 * with another token where the first is no longer good.
 * @throws CbError `too-many-redirects`; what the transport, `nextRequest` and `reauthorize` throw
 */
export async function finalResponse(
  prepared: PreparedRequest,
  { transport, cookieJar }: SendingPorts,
  { signal, onSend, onRedirect }: SendingHooks,
): Promise<WireResponse> {
  const jar = prepared.usesCookieJar ? await cookieJar?.(prepared.profile.name) : undefined;
  let { wire, reauthorize, secrets } = prepared;
  for (let redirects = 0; ;) {
    const sent = withCookies(wire, jar);
    onSend(sent.headers);
    let response = await transport.send(sent, { signal });
    jar?.store(wire.url, setCookies(response));
    if (response.status === 401 && reauthorize !== undefined && isJson(response)) {
      const { text, body } = await peek(response.body);
      const other = await reauthorize(response, text, { signal });
      reauthorize = undefined;
      if (other !== null) {
        ({ wire, secrets } = other);
        await skip(body);
        continue;
      }
      response = { ...response, body };
    }
    const next = prepared.followsRedirects ? nextRequest(wire, response, secrets) : null;
    if (next === null) return response;
    if (++redirects > MAX_REDIRECTS) {
      throw failed('too-many-redirects', [MAX_REDIRECTS, new URL(next.url).origin]);
    }
    onRedirect(response, next.url);
    await skip(response.body);
    wire = next;
    reauthorize = undefined; // what it would give is the first request
  }
}

/** A cookie that was written stands for a kept one of its name: of two, servers read the first or the last. */
function withCookies(wire: WireRequest, jar: CookieJar | undefined): WireRequest {
  const kept = jar?.cookieFor(wire.url) ?? '';
  if (kept === '') return wire;
  const written = headerValue(wire.headers, 'cookie') ?? '';
  const names = new Set(written.split(';').map(cookieName));
  const added = kept.split('; ').filter((cookie) => !names.has(cookieName(cookie)));
  const all = [...(written === '' ? [] : [written]), ...added];
  const others = wire.headers.filter(([name]) => name.toLowerCase() !== 'cookie');
  return { ...wire, headers: [...others, ['Cookie', all.join('; ')]] };
}

function cookieName(cookie: string): string {
  return (cookie.split('=', 1)[0] ?? '').trim();
}

function setCookies({ headers }: WireResponse): string[] {
  return headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
}

function isJson({ headers }: WireResponse): boolean {
  return /json/i.test(headerValue(headers, 'content-type') ?? '');
}

/** A body's beginning as text, and the body as it was. */
async function peek(
  body: AsyncIterable<Uint8Array>,
): Promise<{ readonly text: string; readonly body: AsyncIterable<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let failure: { readonly error: unknown } | undefined;
  let isWhole = false;
  let size = 0;
  while (size < MAX_READ && !isWhole && failure === undefined) {
    try {
      const next = await iterator.next();
      if (next.done === true) {
        isWhole = true;
      } else {
        chunks.push(next.value);
        size += next.value.length;
      }
    } catch (error) {
      failure = { error }; // told to whoever reads so far
    }
  }
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    yield* chunks;
    if (failure !== undefined) throw failure.error;
    if (!isWhole) yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return { text: new TextDecoder().decode(joinChunks(chunks)), body: whole() };
}

/** Reads a short body to its end, so that its connection can be used again; a long one is left, which closes it. */
async function skip(body: AsyncIterable<Uint8Array>): Promise<void> {
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_READ) return;
    }
  } catch {
    // What became of it is of no matter.
  }
}
