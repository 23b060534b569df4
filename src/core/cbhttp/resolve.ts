import { CbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { BodySource, HeaderList } from '../ports.ts';
import { base64, encodeBasic } from './basicAuth.ts';
import { encodeBody } from './body/encodeBody.ts';
import { graphQlFragments } from './body/graphQlFragments.ts';
import { checkDirective, parseDuration } from './directives.ts';
import {
  directiveOf,
  fileFunction,
  shift,
  type CbDocument,
  type Directive,
  type Header,
  type PlacedRequest,
  type Span,
} from './document.ts';
import { COMPUTED_HEADERS } from './lines.ts';
import type { Substitution } from './variables/substitution.ts';

/** `on`: every response is shown as it comes; `off`: none is taken for an event stream; `auto`: by Content-Type. */
export type StreamMode = 'on' | 'off' | 'auto';

/** How the document wants an answer shown that is no stream, as `wx.cloud.callHTTPFunction` reads it. */
export interface BodyReading {
  /** `@data-type`: `json` where it can be read as JSON, `text` never; null for what its Content-Type says. */
  readonly dataType: 'json' | 'text' | null;
  /** `@response-type`: text or bytes; null for what it is. */
  readonly responseType: 'text' | 'arraybuffer' | null;
}

/** Where a request goes, with its variables replaced, not yet addressed. */
export interface ResolvedTarget {
  readonly target: string;
  /** `@function` of the request or of the file, for targets that are a path. */
  readonly functionName: string | undefined;
  readonly route: string | undefined;
  readonly qualifier: string | undefined;
  /** The `Host` header. */
  readonly host: string | undefined;
}

/** A request with its variables replaced, not yet addressed. */
export interface ResolvedRequest extends ResolvedTarget, BodyReading {
  /** HTTP method. */
  readonly method: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array | BodySource | null;
  readonly stream: StreamMode;
  /** ms; undefined where no directive says so. */
  readonly timeoutMs: number | undefined;
  readonly connectTimeoutMs: number | undefined;
  readonly idleTimeoutMs: number | undefined;
  readonly followsRedirects: boolean;
  /** Whether the profile's cookies are sent, and new ones kept. */
  readonly usesCookieJar: boolean;
  /** How often to connect again by itself after a break, at most. */
  readonly reconnects: number;
}

/**
 * Replaces the variables of what says where a request goes.
 * @returns undefined while the substitution misses something
 * @throws CbError what the substitution throws; `parse` (a directive's value); `span` set
 */
export function resolveTarget(
  document: CbDocument,
  placed: PlacedRequest,
  substitution: Substitution,
): ResolvedTarget | undefined {
  const { request, offset } = placed;
  const fill = makeFiller(substitution);
  const targetSpan = shift(request.targetSpan, offset);
  let target = fill.text(request.target, targetSpan);
  const written = request.headers.find(({ name }) => name.toLowerCase() === 'host');
  const host =
    written === undefined ? undefined : fill.text(written.value, shift(written.valueSpan, offset)).trim();
  const ownFunction = directiveOf(request, 'function');
  const ofFile = ownFunction === undefined ? fileFunction(document) : null;
  const functionName =
    ofFile === null ? fill.directive(ownFunction, offset) : fill.directive(ofFile.directive, ofFile.offset);
  const route = fill.directive(directiveOf(request, 'route'), offset);
  const qualifier = fill.directive(directiveOf(request, 'qualifier'), offset);
  if (target.startsWith('/') && !host && !functionName && substitution.isKnown('host', targetSpan)) {
    target = fill.text('{{host}}', targetSpan) + target; // httpYac's way to give all paths of a file one host
  }
  return fill.isMissing() ? undefined : { target, functionName, route, qualifier, host };
}

/**
 * Replaces the variables of a request and makes its body's bytes.
 * @returns undefined while the substitution misses something
 * @throws CbError what the substitution and reading a body's files throw; `invalid-header`, `unsupported`, `parse`;
 * `span` set
 */
export function resolveRequest(
  document: CbDocument,
  placed: PlacedRequest,
  substitution: Substitution,
): ResolvedRequest | undefined {
  const { request, offset } = placed;
  const fill = makeFiller(substitution);
  const where = resolveTarget(document, placed, substitution);
  const values = request.headers.map(({ value, valueSpan }) =>
    fill.text(value, shift(valueSpan, offset)).trim(),
  );
  const directive = (word: string): string | undefined => fill.setting(directiveOf(request, word), offset);
  const settings = {
    stream: streamMode(directive('stream')),
    timeoutMs: parseDuration(directive('timeout') ?? ''),
    connectTimeoutMs: parseDuration(directive('connect-timeout') ?? ''),
    idleTimeoutMs: parseDuration(directive('idle-timeout') ?? ''),
    followsRedirects: directiveOf(request, 'no-redirect') === undefined,
    usesCookieJar: directiveOf(request, 'no-cookie-jar') === undefined,
    reconnects: wholeNumber(directive('reconnect')) ?? 0,
    dataType: oneOf(directive('data-type'), 'json', 'text'),
    responseType: oneOf(directive('response-type'), 'text', 'arraybuffer'),
  };

  const written = request.headers.map(({ name }, index) => [name, values[index] ?? ''] as const);
  const isGraphQl =
    request.method === 'GRAPHQL' || headerValue(written, 'x-request-type')?.toLowerCase() === 'graphql';
  const fragments = isGraphQl ? graphQlFragments(document) : null;
  const body = encodeBody(placed, headerValue(written, 'content-type') ?? '', fragments, substitution);
  if (where === undefined || body === undefined || fill.isMissing()) return undefined;

  for (const [index, header] of request.headers.entries()) {
    checkValue(values[index] ?? '', header, offset);
    refuseComputed(values[index] ?? '', header, offset);
  }
  const headers = joinCookies(written)
    .filter(([name, value]) => !COMPUTED_HEADERS.has(name.toLowerCase()) && !isForOtherTools(name, value))
    .map(([name, value]) => [name, isAuthorization(name) ? encodeWrittenBasic(value) : value] as const);
  if (request.method === 'SSE' || request.method === 'EVENTSOURCE')
    addAbsent(headers, 'Accept', 'text/event-stream');
  if (request.method === 'GRAPHQL') addAbsent(headers, 'Content-Type', 'application/json');
  // All in one literal: V8 makes a class of its own for each object that is spread.
  return {
    target: where.target,
    functionName: where.functionName,
    route: where.route,
    qualifier: where.qualifier,
    host: where.host,
    method: httpMethod(request.method),
    headers,
    body,
    stream: settings.stream,
    timeoutMs: settings.timeoutMs,
    connectTimeoutMs: settings.connectTimeoutMs,
    idleTimeoutMs: settings.idleTimeoutMs,
    followsRedirects: settings.followsRedirects,
    usesCookieJar: settings.usesCookieJar,
    reconnects: settings.reconnects,
    dataType: settings.dataType,
    responseType: settings.responseType,
  };
}

/** Replaces texts one after another and remembers whether one of them misses something. */
interface Filler {
  text(text: string, use: Span): string;
  /** The value, checked once it is complete. @throws CbError `parse` */
  directive(directive: Directive | undefined, offset: number): string | undefined;
  /** The value of one that does not say where to send: a wrong one has its warning, and no effect. */
  setting(directive: Directive | undefined, offset: number): string | undefined;
  isMissing(): boolean;
}

function makeFiller(substitution: Substitution): Filler {
  let isMissing = false;
  const fill = (text: string, use: Span): string | undefined => {
    const replaced = substitution.replace(text, use);
    isMissing ||= replaced === undefined;
    return replaced;
  };
  return {
    text: (text, use) => fill(text, use) ?? '',
    setting: (directive, offset) =>
      directive === undefined ? undefined : fill(directive.value, shift(directive.valueSpan, offset)),
    directive(directive, offset) {
      if (directive === undefined) return undefined;
      const value = fill(directive.value, shift(directive.valueSpan, offset));
      const wrong = value === undefined ? null : checkDirective(directive.word, value);
      if (wrong !== null) throw new CbError('parse', wrong, { span: shift(directive.span, offset) });
      return value;
    },
    isMissing: () => isMissing,
  };
}

function checkValue(value: string, header: Header, offset: number): void {
  // eslint-disable-next-line no-control-regex -- RFC 9110, 5.5: no control characters but tab
  if (!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) return;
  const message = msg('The value of {0} holds a line break or a control character.', header.name);
  throw new CbError('invalid-header', message, { span: shift(header.valueSpan, offset) });
}

/** The first value of a header, whatever its letter case (RFC 9110, 5.1), or undefined. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  return headers.find(([written]) => written.toLowerCase() === name)?.[1];
}

/** Adds a header unless one of that name is there. */
export function addAbsent(headers: (readonly [string, string])[], name: string, value: string): void {
  if (headerValue(headers, name.toLowerCase()) === undefined) headers.push([name, value]);
}

function httpMethod(keyword: string): string {
  if (keyword === 'GRAPHQL') return 'POST';
  return keyword === 'SSE' || keyword === 'EVENTSOURCE' ? 'GET' : keyword;
}

function streamMode(value: string | undefined): StreamMode {
  return value === 'on' || value === 'off' ? value : 'auto';
}

function wholeNumber(value = ''): number | undefined {
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

function oneOf<T extends string>(value: string | undefined, ...values: readonly T[]): T | null {
  return values.find((one) => one === value) ?? null;
}

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}

/** `Basic user pass` and `Basic user:pass` become base64; anything else stays. */
function encodeWrittenBasic(value: string): string {
  const [, rest = ''] = /^Basic[ \t]+(\S.*)$/i.exec(value) ?? [];
  if (rest.lastIndexOf(':') > 0) return `Basic ${base64(new TextEncoder().encode(rest))}`;
  const [, user, password = ''] = /^(\S+)[ \t]+(.*)$/.exec(rest) ?? [];
  return user === undefined ? value : encodeBasic(user, password);
}

/**
 * What other tools write as a header and do not send, since it would show a password to the server.
 * `Digest user pass`: they send the first request without it and answer the 401; the digest itself is not available
 * yet. `ClientCert: pfx: … passphrase: …`: a certificate for the connection, not available either.
 */
function isForOtherTools(name: string, value: string): boolean {
  if (/^(?:x-)?clientcert$/i.test(name)) return /^(?:cert|pfx):/.test(value);
  return isAuthorization(name) && /^Digest[ \t]+(?![\w-]+[ \t]*=)(?:[^\s:]+:|\S+[ \t]+\S)/i.test(value);
}

/**
 * `AWS id secret …`, which other tools sign with: as a header it would show the secret key to the server. And
 * `openid …` and `oauth2 …`, which in httpYac stand for a token that it fetches first.
 */
function refuseComputed(value: string, { name, valueSpan }: Header, offset: number): void {
  if (!isAuthorization(name)) return;
  const span = shift(valueSpan, offset);
  if (/^AWS[ \t]+\S/i.test(value)) {
    const message = msg('Requests cannot be signed for AWS; the secret key is not sent.');
    throw new CbError('unsupported', message, { span });
  }
  if (/^(?:openid|oauth2)(?:[ \t]|$)/i.test(value)) {
    const message = msg('No token is fetched by OAuth 2 here. Write "Bearer" and a token instead.');
    throw new CbError('unsupported', message, { span });
  }
}

/** One field for all cookies (RFC 6265, 5.4), where the first one stands. */
function joinCookies(headers: HeaderList): (readonly [string, string])[] {
  const isCookie = ([name]: readonly [string, string]): boolean => name.toLowerCase() === 'cookie';
  const first = headers.findIndex(isCookie);
  const all = headers.filter(isCookie).map(([, value]) => value);
  if (all.length < 2) return [...headers];
  return headers.flatMap((header, index) => {
    if (!isCookie(header)) return [header];
    return index === first ? [[header[0], all.join('; ')] as const] : [];
  });
}
