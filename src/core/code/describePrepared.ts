import { headerValue } from '../cbhttp/resolve.ts';
import type { HeaderList } from '../ports.ts';
import type { PreparedRequest } from '../profiles/prepare.ts';
import { isSecretName } from '../profiles/plainSecrets.ts';
import { isSecretHeader } from '../profiles/redact.ts';
import { bodyText, isJson, readCodeBody, type CodeBody, type NamedFiles } from './codeBody.ts';
import type { CodeHeader, CodeRequest } from './codeRequest.ts';
import { splitAuthorization, type SecretMarks } from './secretMarks.ts';
import { withPlaceholders, type Template } from './template.ts';

/** What code is made of a request. */
export interface CodeOptions {
  /**
   * `address`: the request as it goes out. `function`: as the function gets it, for clients that find the function by
   * its name and prove who they are in their own way.
   */
  readonly view: 'address' | 'function';
  /** False puts a variable in the place of each secret: none is read, asked for or fetched then. */
  readonly withSecrets: boolean;
}

/** Headers our client adds where the request has none; with these values they are told from written ones. */
export const OWN = { userAgent: 'cbhttp-own', acceptEncoding: 'x-cbhttp-own' } as const;

/** The origin that stands for a function in its own view. */
export const FUNCTION_ORIGIN = 'https://function';

/**
 * A prepared request as generators take it, its marks as secrets.
 * @param files those that were named and not read
 * @throws what reading its body throws
 */
export async function describePrepared(
  prepared: PreparedRequest,
  marks: SecretMarks,
  files: NamedFiles,
  { view, withSecrets }: CodeOptions,
): Promise<CodeRequest> {
  const { wire, profile } = prepared;
  const shown = withSecrets ? marks : withoutKnown(prepared, marks);
  const headers = describeHeaders(wire.headers, view, shown, withSecrets);
  const body = await readCodeBody(wire.body, headerValue(wire.headers, 'content-type') ?? '', files, shown);
  const url = shown.split(withoutRoute(wire.url, prepared, view), 'url');
  const proxy = splitProxy(wire.proxy);
  const proxyUser = proxy.user === '' || withSecrets ? proxy.user : marks.mark('proxy', 'CBHTTP_PROXY_USER');
  const { ca, cert, key, passphrase, rejectUnauthorized } = wire.tls;
  return {
    method: wire.method,
    url,
    headers,
    body,
    streams: isStream(prepared, body),
    followsRedirects: prepared.followsRedirects,
    timeoutMs: prepared.timeoutMs,
    connectTimeoutMs: wire.connectTimeoutMs,
    idleTimeoutMs: prepared.idleTimeoutMs,
    dataType: prepared.dataType ?? null,
    responseType: prepared.responseType ?? null,
    functionName: prepared.functionName,
    envId: profile.envId,
    tls: { ca, cert, key, passphrase: marks.split(passphrase ?? '', 'raw'), rejectUnauthorized },
    proxy: proxy.url,
    proxyUser: marks.split(proxyUser, 'raw'),
    secrets: marks.secrets,
  };
}

/** Without the fields our client adds; credentials that stand in the request itself as variables. */
function describeHeaders(
  headers: HeaderList,
  view: CodeOptions['view'],
  marks: SecretMarks,
  withSecrets: boolean,
): CodeHeader[] {
  return headers
    .filter(([name, value]) => {
      const lower = name.toLowerCase();
      if (value === OWN.userAgent || value === OWN.acceptEncoding) return false;
      if (lower === 'accept' && value === '*/*') return false;
      return view === 'address' || (lower !== 'x-tcb-webfn' && lower !== 'x-qualifier');
    })
    .map(([name, value]) => {
      const isAuthorization = /^(?:proxy-)?authorization$/i.test(name);
      const split = isAuthorization ? splitAuthorization(value, marks) : marks.split(value, 'raw');
      const hides = !withSecrets && (isSecretHeader(name) || isSecretName(name)) && value !== '';
      if (!hides || split.some(({ kind }) => kind !== 'text')) return { name, value: split };
      const scheme = isAuthorization ? (/^[\w-]+ +(?=\S)/.exec(value)?.[0] ?? '') : '';
      const variable = marks.variableFor(name, `CBHTTP_${name}`);
      const secret = { kind: 'secret', variable, encoding: 'raw' } as const;
      return { name, value: scheme === '' ? [secret] : [{ kind: 'text', text: scheme } as const, secret] };
    });
}

/** Marks that also find the secrets of earlier exchanges, which no port gives. */
function withoutKnown({ secrets }: PreparedRequest, marks: SecretMarks): SecretMarks {
  const known = secrets.filter(
    (secret) => secret !== '' && !marks.isIn(secret) && !isMarkOfBasic(secret, marks),
  );
  if (known.length === 0) return marks;
  const markKnown = (text: string): string => {
    let marked = text;
    for (const [index, secret] of known.entries()) {
      if (!marked.includes(secret)) continue;
      const mark = marks.mark(`earlier secret ${index + 1}`, 'CBHTTP_EARLIER_SECRET');
      marked = marked.replaceAll(secret, mark);
    }
    return marked;
  };
  return { ...marks, split: (text, encoding) => marks.split(markKnown(text), encoding) };
}

function isMarkOfBasic(secret: string, marks: SecretMarks): boolean {
  return splitAuthorization(`Basic ${secret}`, marks).some(({ kind }) => kind === 'base64');
}

/** In the function's view, what the HTTP API's route puts before its path is not of the function. */
function withoutRoute(url: string, { functionName }: PreparedRequest, view: CodeOptions['view']): string {
  const prefix = `${FUNCTION_ORIGIN}/v1/functions/${encodeURIComponent(functionName ?? '')}`;
  if (view === 'address' || !url.startsWith(prefix)) return url;
  const rest = url.slice(prefix.length);
  return FUNCTION_ORIGIN + (rest.startsWith('/') ? rest : `/${rest}`);
}

function splitProxy(proxy: string | null): { readonly url: string | null; readonly user: string } {
  if (proxy === null || !URL.canParse(proxy)) return { url: proxy, user: '' };
  const url = new URL(proxy);
  if (url.username === '' && url.password === '') return { url: proxy, user: '' };
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, user };
}

function isStream({ stream, wire }: PreparedRequest, body: CodeBody | null): boolean {
  if (stream !== 'auto') return stream === 'on';
  if (/\btext\/event-stream\b/i.test(headerValue(wire.headers, 'accept') ?? '')) return true;
  const text: Template | null = body !== null && isJson(body) ? bodyText(body) : null;
  return text !== null && asksForStream(withPlaceholders(text));
}

/** `"stream": true`, as the APIs of models have it. */
function asksForStream(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && 'stream' in value && value.stream === true;
  } catch {
    return false; // no JSON
  }
}
