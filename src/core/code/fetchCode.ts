import { msg, type Message, type Translate } from '../message.ts';
import { codeHeader, headersWithout, type CodeRequest } from './codeRequest.ts';

import { comment } from './comments.ts';
import { EVENT_STREAM_PARSER } from './eventStreamSource.ts';
import { hasBodyOfGet, jsBody, type JsBody } from './jsBody.ts';
import { jsString, jsText } from './javaScript.ts';
import { jsHeaders, NON_LATIN_HELPER, needsHelper } from './jsHeaders.ts';
import { secretComments } from './secretComments.ts';

/** Fields that a browser sets itself or does not let a page set (Fetch standard, "forbidden request-header"). */
const FORBIDDEN =
  /^(?:accept-charset|accept-encoding|access-control-.*|connection|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|upgrade|via|proxy-.*|sec-.*)$/i;

/** The request as a module for browsers and Node 18 or newer. @param streams it reads an event stream */
export function fetchCode(request: CodeRequest, translate: Translate, streams: boolean): string {
  const body = hasBodyOfGet(request) ? null : jsBody(request);
  const lines = [...secretComments(request, '// ', translate)];
  for (const note of notes(request, body)) lines.push(...comment(note, '// ', translate));
  const head: string[] = [];
  if (body !== null && body.imports.length > 0) {
    head.push(`import { ${body.imports.join(', ')} } from 'node:fs/promises';`, '');
  }
  if (needsHelper(request)) head.push(NON_LATIN_HELPER);
  if (streams) head.push(EVENT_STREAM_PARSER);
  const call = [
    ...(body?.before ?? []),
    `const response = await fetch(${jsText(request.url)}${initOf(request, body)});`,
    '',
    ...(streams ? STREAM_END : plainEnd(request)),
  ];
  return `${[...lines, ...(lines.length > 0 ? [''] : []), ...head, ...call].join('\n')}\n`;
}

function initOf(request: CodeRequest, body: JsBody | null): string {
  const headers = body?.isForm === true ? headersWithout(request.headers, 'content-type') : request.headers;
  const members: string[] = [];
  if (request.method !== 'GET') members.push(`method: ${jsString(request.method)}`);
  if (headers.length > 0) members.push(`headers: ${jsHeaders(headers, '  ', 'fetch')}`);
  if (body !== null) {
    // fetch gives a text without a type one of its own.
    const isBare = codeHeader(request, 'content-type') === undefined && body.isText;
    members.push(`body: ${isBare ? `new TextEncoder().encode(${body.expression})` : body.expression}`);
  }
  if (!request.followsRedirects) members.push(`redirect: 'manual'`);
  if (request.timeoutMs > 0) members.push(`signal: AbortSignal.timeout(${request.timeoutMs})`);
  return members.length === 0 ? '' : `, {\n${members.map((member) => `  ${member},\n`).join('')}}`;
}

function plainEnd({ dataType, responseType }: CodeRequest): string[] {
  const read = responseType === 'arraybuffer' ? 'arrayBuffer' : dataType === 'json' ? 'json' : 'text';
  return [
    'console.log(response.status, Object.fromEntries(response.headers));',
    `console.log(await response.${read}());`,
  ];
}

const STREAM_END = [
  "if (!/^text\\/event-stream/i.test(response.headers.get('content-type') ?? '')) {",
  '  throw new Error(`${response.status} ${await response.text()}`); // an error instead of a stream',
  '}',
  'const parse = createEventStreamParser({',
  '  event: ({ type, data, id }) => console.log(type, data, id),',
  '});',
  'const decoder = new TextDecoder();',
  'const reader = response.body.getReader();',
  'for (;;) {',
  '  const { done, value } = await reader.read();',
  '  if (done) break;',
  '  parse(decoder.decode(value, { stream: true }));',
  '}',
];

function notes(request: CodeRequest, body: JsBody | null): Message[] {
  const { method, headers, tls, proxy } = request;
  const found: Message[] = [];
  if (hasBodyOfGet(request)) found.push(msg('fetch sends no body with {0}, so it is left out.', method));
  if (method === 'TRACE' || method === 'CONNECT') found.push(msg('fetch refuses the method {0}.', method));
  const forbidden = headers.map(({ name }) => name).filter((name) => FORBIDDEN.test(name));
  if (forbidden.length > 0) {
    found.push(
      msg('A browser sets these headers itself or leaves them out: {0}', [...new Set(forbidden)].join(', ')),
    );
  }
  if (body !== null && (body.imports.length > 0 || body.expression.includes('Buffer.'))) {
    found.push(msg('This is for Node: a browser has neither its files nor Buffer.'));
  }
  if (
    tls.ca !== null ||
    tls.cert !== null ||
    !tls.rejectUnauthorized ||
    (proxy !== null && proxy !== 'none')
  ) {
    found.push(msg('The profile’s certificates and proxy are not part of this.'));
  }
  return found;
}
