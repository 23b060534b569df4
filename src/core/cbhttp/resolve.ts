import { CbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { HeaderList } from '../ports.ts';
import { encodeBasic } from './basicAuth.ts';
import { encodeBody, encodeGraphQl } from './body.ts';
import { checkDirective, parseDuration } from './directives.ts';
import type { CbDocument, CbRequest } from './document.ts';
import { COMPUTED_HEADERS } from './lines.ts';
import { substituteFor, type VariableSources } from './variables.ts';

/** `on`: every response is shown as it comes; `off`: none is taken for an event stream; `auto`: by Content-Type. */
export type StreamMode = 'on' | 'off' | 'auto';

/** A request with its variables replaced, not yet addressed. */
export interface ResolvedRequest {
  /** HTTP method. */
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array | null;
  /** `@function` of the request or of the file, for targets that are a path. */
  readonly functionName: string | undefined;
  readonly route: string | undefined;
  readonly qualifier: string | undefined;
  readonly stream: StreamMode;
  /** ms; undefined where no directive says so. */
  readonly timeoutMs: number | undefined;
  readonly connectTimeoutMs: number | undefined;
  readonly idleTimeoutMs: number | undefined;
}

/**
 * Replaces the variables of a request and makes its body's bytes.
 * @throws CbError `unresolved-variable`, `invalid-header`, `unsupported`, `parse` (a directive's value), `span` set
 */
export function resolveRequest(
  document: CbDocument,
  request: CbRequest,
  sources: VariableSources,
): ResolvedRequest {
  const substitute = substituteFor(document, sources);
  const directive = (word: string): string | undefined => {
    const found = request.directives.findLast((one) => one.word === word);
    if (found === undefined) return undefined;
    const value = substitute(found.value, found.valueSpan);
    const wrong = checkDirective(word, value);
    if (wrong !== null) throw new CbError('parse', wrong, { span: found.span });
    return value;
  };

  const headers = new Map<number, [string, string]>();
  for (const [index, header] of request.headers.entries()) {
    if (COMPUTED_HEADERS.has(header.name.toLowerCase())) continue;
    const value = substitute(header.value, header.valueSpan).trim();
    // eslint-disable-next-line no-control-regex -- RFC 9110, 5.5: no control characters but tab
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
      throw new CbError(
        'invalid-header',
        msg('The value of {0} holds a line break or a control character.', header.name),
        { span: header.valueSpan },
      );
    }
    headers.set(index, [header.name, isAuthorization(header.name) ? encodeWrittenBasic(value) : value]);
  }
  const list = [...headers.values()];
  const isGraphQl =
    request.method === 'GRAPHQL' || headerValue(list, 'x-request-type')?.toLowerCase() === 'graphql';
  const sent = list.filter(([name]) => !isGraphQl || name.toLowerCase() !== 'x-request-type');
  if (request.method === 'SSE' || request.method === 'EVENTSOURCE')
    addAbsent(sent, 'Accept', 'text/event-stream');
  if (isGraphQl) addAbsent(sent, 'Content-Type', 'application/json');

  let body: Uint8Array | null = null;
  if (request.body !== null && request.bodySpan !== null) {
    const text = substitute(request.body, request.bodySpan);
    body = isGraphQl
      ? encodeGraphQl(text, request.bodySpan)
      : encodeBody(text, headerValue(sent, 'content-type') ?? '', request.bodySpan);
  }

  return {
    method: httpMethod(request.method),
    target: substitute(request.target, request.targetSpan),
    headers: sent,
    body,
    functionName: directive('function') ?? document.fileFunction?.value,
    route: directive('route'),
    qualifier: directive('qualifier'),
    stream: streamMode(directive('stream')),
    timeoutMs: parseDuration(directive('timeout') ?? ''),
    connectTimeoutMs: parseDuration(directive('connect-timeout') ?? ''),
    idleTimeoutMs: parseDuration(directive('idle-timeout') ?? ''),
  };
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

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}

/** `Basic user pass` and `Basic user:pass` become base64; anything else stays. */
function encodeWrittenBasic(value: string): string {
  const match = /^Basic[ \t]+([^\s:]*)(?::|[ \t]+)(.*)$/i.exec(value);
  if (match === null) return value;
  return encodeBasic(match[1] ?? '', match[2] ?? '');
}
