import { headerValue } from '../cbhttp/resolve.ts';
import { msg, type Message } from '../message.ts';
import type { HeaderList } from '../ports.ts';
import type { Explained } from './explain.ts';
import { failures } from './failures.ts';
import { gatewayFailures, gatewayPage, readGatewayError } from './gateway.ts';
import { scfFailures } from './platform.ts';
import { adviceIn, type Circumstances, type ResponseRow } from './row.ts';
import { unexpectedFailures } from './unexpected.ts';

/** Bytes of a body that are enough to tell what it is. */
export const JUDGED_BYTES = 100_000;
/** Characters of a server's own words. */
const MAX_SAID = 200;

/** A whole response, and what is known of its request. */
export interface ResponseFacts extends Circumstances {
  readonly url: string;
  /** `Accept` of the request. */
  readonly accept: string;
  readonly status: number;
  readonly headers: HeaderList;
  readonly isEventStream: boolean;
  /** The proxy on the way, by its origin; null for none. */
  readonly proxy: string | null;
  /** The body's first {@link JUDGED_BYTES}, content codings removed. */
  readonly body: Uint8Array;
}

/** What a response is that is no answer to its request; null for one that is, whatever its status. */
export function explainResponse(facts: ResponseFacts): Explained | null {
  if (facts.isEventStream) return null;
  return (
    refusedByProxy(facts) ??
    refusedByGateway(facts) ??
    refusedByPlatform(facts) ??
    unexpectedPage(facts) ??
    unexpectedJson(facts) ??
    undecodable(facts)
  );
}

/** A plain http request goes to the proxy itself, whose refusal then looks like an answer. */
function refusedByProxy(facts: ResponseFacts): Explained | null {
  const { status, proxy, url, headers } = facts;
  if (status !== 407 || proxy === null || !url.startsWith('http:')) return null;
  if (headerValue(headers, 'proxy-authenticate') === undefined) return null;
  const row = failures['proxy-credentials-wanted'];
  return told('proxy', row, row.message(proxy), facts);
}

function refusedByGateway(facts: ResponseFacts): Explained | null {
  if (facts.route === 'local' || !/json/.test(mediaType(facts)) || facts.body.length >= JUDGED_BYTES)
    return null;
  const error = readGatewayError(new TextDecoder().decode(facts.body));
  if (error === null) return null;
  const { code, message, requestId } = error;
  const row = gatewayFailures[code];
  return {
    ...told(code, row, row.message(code), facts),
    details: [msg('The gateway says: {0}', message.slice(0, MAX_SAID)), msg('Request id: {0}', requestId)],
    page: gatewayPage(code),
  };
}

/** A status of SCF, unless a header tells that the function itself, or a proxy, chose it (RFC 9110, 15.5). */
function refusedByPlatform(facts: ResponseFacts): Explained | null {
  const { status, route, headers } = facts;
  const code = `scf-${status}`;
  if ((route !== 'gateway' && route !== 'service') || !isScf(code)) return null;
  if (status === 405 && headerValue(headers, 'allow') !== undefined) return null;
  if (status === 407 && headerValue(headers, 'proxy-authenticate') !== undefined) return null;
  return told(code, scfFailures[code], scfFailures[code].message(), facts);
}

function isScf(code: string): code is keyof typeof scfFailures {
  return Object.hasOwn(scfFailures, code);
}

function unexpectedPage(facts: ResponseFacts): Explained | null {
  const type = mediaType(facts);
  if (type !== 'text/html' && type !== 'application/xhtml+xml') return null;
  if (isAccessServiceNotice(facts)) {
    const row = unexpectedFailures['access-service-notice'];
    return told('access-service-notice', row, row.message(), facts);
  }
  const wanted = wantedInsteadOf(type, facts.accept);
  if (wanted === null) return null;
  const row = unexpectedFailures['html-instead-of-data'];
  return told('html-instead-of-data', row, row.message(wanted), facts);
}

/** [D] says that default domains may show a notice, not what it looks like: by its words, or where data was wanted. */
function isAccessServiceNotice({ route, url, accept, body }: ResponseFacts): boolean {
  const isDefaultDomain = /\.(?:app\.tcloudbase\.com|service\.tcloudbase\.com)$/.test(new URL(url).hostname);
  if (route !== 'service' && !isDefaultDomain) return false;
  if (isDefaultDomain && wantedInsteadOf('text/html', accept) !== null) return true;
  return /默认域名|default domain/i.test(new TextDecoder().decode(body.subarray(0, 8192)));
}

function unexpectedJson(facts: ResponseFacts): Explained | null {
  const type = mediaType(facts);
  if (!/json/.test(type) || wantedInsteadOf(type, facts.accept) !== 'text/event-stream') return null;
  const row = unexpectedFailures['json-instead-of-stream'];
  return told('json-instead-of-stream', row, row.message(wordsOf(facts.body)), facts);
}

/** The type that a request asks for, a stream before JSON; null where it takes this one, too (RFC 9110, 12.5.1). */
function wantedInsteadOf(type: string, accept: string): string | null {
  const asked = accept.split(',').map((one) => one.split(';', 1)[0]?.trim().toLowerCase() ?? '');
  const taken = new Set(['*/*', `${type.split('/', 1)[0] ?? ''}/*`, type]);
  if (asked.some((one) => taken.has(one))) return null;
  return (
    asked.find((one) => one === 'text/event-stream') ?? asked.find((one) => one.endsWith('json')) ?? null
  );
}

/** What an error in JSON says, by the usual names; empty where it says nothing. */
function wordsOf(body: Uint8Array): string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return ''; // cut off, or no JSON
  }
  for (const name of ['error', 'message', 'errorMessage', 'errmsg', 'error_description', 'msg']) {
    if (typeof value !== 'object' || value === null) break;
    const found: unknown = (value as Record<string, unknown>)[name];
    if (typeof found === 'string') return found.slice(0, MAX_SAID);
    if (typeof found === 'object' && found !== null) value = found;
  }
  return '';
}

/** Text that is not in the charset it names: UTF-8 where it names none (RFC 8259, 8.1; WHATWG Encoding). */
function undecodable(facts: ResponseFacts): Explained | null {
  const { headers, body } = facts;
  const contentType = headerValue(headers, 'content-type') ?? '';
  if (!/^text\/|json|xml|javascript/i.test(contentType) || body.includes(0)) return null;
  const named = /charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  const charset = named ?? 'UTF-8';
  const decoder = strictDecoder(charset);
  if (decoder === null) {
    const row = unexpectedFailures['unknown-charset'];
    return told('unknown-charset', row, row.message(charset), facts);
  }
  try {
    decoder.decode(body, { stream: body.length >= JUDGED_BYTES });
    return null;
  } catch {
    const row = unexpectedFailures['wrong-charset'];
    return told('wrong-charset', row, row.message(charset), facts);
  }
}

function strictDecoder(charset: string) {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return null; // none of that name
  }
}

function mediaType({ headers }: ResponseFacts): string {
  return (headerValue(headers, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function told(code: string, row: ResponseRow, message: Message, at: Circumstances): Explained {
  return { code, message, details: [], advice: adviceIn(row, at), page: row.page ?? null };
}
