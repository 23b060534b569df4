import { base64 } from '../cbhttp/basicAuth.ts';
import { msg, type Message, type Translate } from '../message.ts';
import { joinChunks } from '../stream/bytes.ts';
import { bodyFile, bodyText, isJson, type CodeBody } from './codeBody.ts';
import { headersWithout, type CodeRequest } from './codeRequest.ts';
import { comment } from './comments.ts';
import { NO_FUNCTION, type Inexpressible } from './expressible.ts';
import { EVENT_STREAM_PARSER, UTF8_DECODER } from './eventStreamSource.ts';
import { jsKey, jsLongString, jsString } from './javaScript.ts';
import { jsonLiteral } from './jsBody.ts';
import { groupHeaders, joinValues } from './jsHeaders.ts';
import { isPlain, withPlaceholders, type Template } from './template.ts';

/** The methods that the document names. */
const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']);

/** Below which the document wants `timeout`, in ms. */
const TIMEOUT_LIMIT_MS = 1500;

/**
 * The request as a call of `wx.cloud.callHTTPFunction` in a mini program, from the vendor's document "HTTP cloud
 * functions: ways to call". For the `function` view of a request.
 * @param streams by `enableChunked`, with a decoder and a parser of event streams
 */
export function miniProgramCode(
  request: CodeRequest,
  translate: Translate,
  streams: boolean,
): string | Inexpressible {
  const { functionName: name } = request;
  if (name === null) return NO_FUNCTION;
  const head = [...notes(request).flatMap((note) => comment(note, '// ', translate)), '', VERSION_CHECK];
  const members = [
    `  name: ${jsString(name)},`,
    ...configLines(request, translate),
    `  path: ${jsString(withPlaceholders(pathOf(request)))},`,
    ...methodLines(request, translate),
    ...headerLines(request, translate),
    ...dataLines(request, translate),
    ...timeoutLines(request, translate),
  ];
  const abort = comment(msg('task.abort() ends the call.'), '// ', translate);
  if (!streams) {
    const call = [
      'const task = wx.cloud.callHTTPFunction({',
      ...members,
      ...plainLines(request, translate),
      '});',
    ];
    return `${[...head, ...call, ...abort].join('\n')}\n`;
  }
  const call = [
    ...streamStart(translate),
    '  return wx.cloud.callHTTPFunction({',
    ...[...members, ...streamLines(translate)].map(indented),
    '  });',
    '}',
    '',
    'const task = callStream({',
    '  event: (event) => {',
    '    console.log(event.type, event.data);',
    '  },',
    '});',
  ];
  return `${[...head, UTF8_DECODER, EVENT_STREAM_PARSER, ...call, ...abort].join('\n')}\n`;
}

/** Text in back quotes would change by it. */
function indented(lines: string): string {
  return lines.includes('`') ? `  ${lines}` : lines.replace(/^(?=.)/gm, '  ');
}

const VERSION_CHECK = `/** Compares versions such as 3.15.1 number by number. */
function compareVersion(one, other) {
  const left = String(one).split('.');
  const right = String(other).split('.');
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (parseInt(left[at], 10) || 0) - (parseInt(right[at], 10) || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const { SDKVersion } = wx.getAppBaseInfo ? wx.getAppBaseInfo() : wx.getSystemInfoSync();
if (compareVersion(SDKVersion, '3.15.1') < 0) {
  throw new Error('wx.cloud.callHTTPFunction: base library ' + SDKVersion + ' < 3.15.1');
}
`;

function streamStart(translate: Translate): string[] {
  const retry = comment(
    msg('Also: comment (a heartbeat), retry (ms before the stream is asked for again).'),
    '// ',
    translate,
  );
  return [
    '/** The value of a header field, its name in any case. */',
    'function headerOf(header, name) {',
    '  const key = Object.keys(header || {}).find((one) => one.toLowerCase() === name);',
    "  return key === undefined ? '' : String(header[key]);",
    '}',
    '',
    ...retry,
    'function callStream(on) {',
    '  const decode = createUtf8Decoder();',
    '  const parse = createEventStreamParser(on);',
    '  let isEventStream = true;',
    "  let errorText = '';",
  ];
}

function configLines({ envId }: CodeRequest, translate: Translate): string[] {
  if (envId !== '') return [`  config: { env: ${jsString(envId)} },`];
  return [
    ...comment(msg('The environment of wx.cloud.init() is used; another one:'), '  // ', translate),
    `  // config: { env: 'your-env-id' },`,
  ];
}

function methodLines({ method }: CodeRequest, translate: Translate): string[] {
  if (METHODS.has(method)) return [`  method: ${jsString(method)},`];
  const note = msg(
    'wx.cloud.callHTTPFunction takes get, post, put, delete, head and options; {0} is not supported.',
    method,
  );
  return [...comment(note, '  // ', translate), `  method: ${jsString(method)},`];
}

function headerLines(request: CodeRequest, translate: Translate): string[] {
  const kept = headersWithout(request.headers, 'authorization', 'accept-encoding', 'host');
  const lines: string[] = [];
  if (request.headers.some(({ name }) => name.toLowerCase() === 'authorization')) {
    const note = msg(
      'Authorization is left out: the platform uses it itself, and says who calls in x-wx-openid.',
    );
    lines.push(...comment(note, '  // ', translate));
  }
  if (kept.length === 0) return lines;
  const fields = groupHeaders(kept).map(
    ({ name, values }) => `    ${jsKey(name)}: ${jsString(withPlaceholders(joinValues(values)))},`,
  );
  return [...lines, '  header: {', ...fields, '  },'];
}

function dataLines(request: CodeRequest, translate: Translate): string[] {
  const { body, method } = request;
  if (body === null) return [];
  const note = (message: Message): string[] => comment(message, '  // ', translate);
  const lines =
    method === 'GET' || method === 'HEAD'
      ? note(msg('The document does not say whether data is sent as a body with {0}.', method))
      : [];
  const text = bodyText(body);
  const json = text !== null && isJson(body) ? dataObject(text) : null;
  if (json !== null) {
    if (!json.isExact)
      lines.push(...note(msg('JavaScript does not keep all digits of the large numbers here.')));
    return [...lines, `  data: ${json.literal},`];
  }
  lines.push(...note(msg('The document only names objects as data; this body is none.')));
  if (text !== null) return [...lines, `  data: ${jsString(withPlaceholders(text))},`];
  return [...lines, ...binaryData(body, translate)];
}

/** A JSON object or array as a literal; not exact where JavaScript would change it. */
function dataObject(text: Template): { readonly literal: string; readonly isExact: boolean } | null {
  const filled: Template = [{ kind: 'text', text: withPlaceholders(text) }];
  const found = jsonLiteral(filled, (variable) => variable, '  ');
  if (found === null || typeof found.value !== 'object' || found.value === null) return null;
  const hasAll = JSON.stringify(found.value).replace(/\s+/g, '') === found.text.replace(/\s+/g, '');
  return { literal: found.literal, isExact: hasAll || !/\d{16}/.test(found.text) };
}

function binaryData(body: CodeBody, translate: Translate): string[] {
  const file = bodyFile(body);
  const note = (message: Message): string[] => comment(message, '  // ', translate);
  if (file !== null || body.pieces.some(({ kind }) => kind === 'file')) {
    const path = file ?? '';
    const lines = note(msg('A file of the mini program, or one that the user has chosen.'));
    return [...lines, `  data: wx.getFileSystemManager().readFileSync(${jsString(path)}),`];
  }
  const bytes = joinChunks(
    body.pieces.map((piece) => {
      if (piece.kind === 'bytes') return piece.bytes;
      return new TextEncoder().encode(piece.kind === 'text' ? withPlaceholders(piece.text) : '');
    }),
  );
  return [`  data: wx.base64ToArrayBuffer(`, `    ${jsLongString(base64(bytes), '    ')}`, '  ),'];
}

function timeoutLines({ timeoutMs }: CodeRequest, translate: Translate): string[] {
  const note = msg(
    'ms. The document asks for less than {0}, and has {0} in its own sample.',
    String(TIMEOUT_LIMIT_MS),
  );
  const lines = timeoutMs === 0 || timeoutMs >= TIMEOUT_LIMIT_MS ? comment(note, '  // ', translate) : [];
  return timeoutMs === 0
    ? [...lines, `  // timeout: ${TIMEOUT_LIMIT_MS - 1},`]
    : [...lines, `  timeout: ${timeoutMs},`];
}

function streamLines(translate: Translate): string[] {
  const note = (message: Message, prefix: string): string[] => comment(message, prefix, translate);
  return [
    '  enableChunked: true,',
    '  onHeadersReceived: (res) => {',
    "    const type = headerOf(res.header, 'content-type');",
    ...note(msg('An error comes as JSON, also where a stream was expected.'), '    // '),
    "    isEventStream = type === '' || /^text\\/event-stream/i.test(type);",
    '    console.log(res.statusCode, res.header);',
    '  },',
    '  onChunkedReceived: (res) => {',
    ...note(msg('A chunk may end in the middle of a character or of an event.'), '    // '),
    '    const text = decode(new Uint8Array(res.data));',
    '    if (isEventStream) parse(text);',
    '    else errorText += text;',
    '  },',
    '  success: (res) => {',
    ...note(msg('The stream has ended. A status of 400 and more comes here, too.'), '    // '),
    "    if (errorText !== '') console.error(res.statusCode, errorText);",
    '  },',
    ...END_LINES,
  ];
}

function plainLines({ dataType, responseType }: CodeRequest, translate: Translate): string[] {
  const note = comment(msg('A status of 400 and more comes here, too.'), '    // ', translate);
  return [
    ...(dataType === null ? [] : [`  dataType: ${jsString(dataType)},`]),
    ...(responseType === null ? [] : [`  responseType: ${jsString(responseType)},`]),
    '  success: (res) => {',
    ...note,
    '    console.log(res.statusCode, res.header, res.data);',
    '  },',
    ...END_LINES,
  ];
}

const END_LINES = ['  fail: (err) => {', '    console.error(err.errMsg);', '  },', '  complete: () => {},'];

function notes(request: CodeRequest): Message[] {
  const found = [msg('Base library 3.15.1 or newer; wx.cloud.init() is called once, in app.js.')];
  const texts: readonly Template[] = [
    request.url,
    ...request.headers.filter(({ name }) => name.toLowerCase() !== 'authorization').map(({ value }) => value),
    ...(request.body?.pieces ?? []).map((piece) => (piece.kind === 'text' ? piece.text : [])),
  ];
  if (texts.some((text) => !isPlain(text))) {
    found.push(msg('Everybody can read the code of a mini program: no secret belongs in the place of <…>.'));
  }
  return found;
}

/** Path and query of the function's own view. */
function pathOf({ url }: CodeRequest): Template {
  return url.map((part, index) =>
    index === 0 && part.kind === 'text'
      ? { kind: 'text', text: part.text.replace(/^https?:\/\/[^/]*/, '') }
      : part,
  );
}
