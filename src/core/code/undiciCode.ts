import { msg, type Message, type Translate } from '../message.ts';
import { headersWithout, type CodeRequest } from './codeRequest.ts';
import { comment } from './comments.ts';
import { EVENT_STREAM_PARSER } from './eventStreamSource.ts';
import { jsBody, type JsBody } from './jsBody.ts';
import { jsString, jsText } from './javaScript.ts';
import { jsHeaders, NON_LATIN_HELPER, needsHelper } from './jsHeaders.ts';
import { secretComments } from './secretComments.ts';
import { joinTemplates } from './template.ts';

/** The request as a module for Node with `request` of undici 7. @param streams it reads an event stream */
export function undiciCode(request: CodeRequest, translate: Translate, streams: boolean): string {
  const body = jsBody(request);
  const lines = [...secretComments(request, '// ', translate)];
  for (const note of notes(request)) lines.push(...comment(note, '// ', translate));
  const connection = dispatcher(request);
  const files = [...new Set([...(body?.imports ?? []), ...connection.imports])];
  const head = files.length > 0 ? [`import { ${files.join(', ')} } from 'node:fs/promises';`] : [];
  // The FormData of Node is another class than that of the package, which takes only its own.
  const names = [...connection.classes, ...(body?.isForm === true ? ['FormData'] : []), 'request'];
  head.push(`import { ${names.join(', ')} } from 'undici';`, '');
  if (needsHelper(request)) head.push(NON_LATIN_HELPER);
  if (streams) head.push(EVENT_STREAM_PARSER);
  const call = [
    ...(body?.before ?? []),
    `const { statusCode, headers, body } = await request(${jsText(request.url)}${optionsOf(request, body, connection.lines, streams)});`,
    '',
    ...(streams ? STREAM_END : plainEnd(request)),
  ];
  return `${[...lines, ...(lines.length > 0 ? [''] : []), ...head, ...call].join('\n')}\n`;
}

function optionsOf(
  request: CodeRequest,
  body: JsBody | null,
  connection: readonly string[],
  streams: boolean,
): string {
  const headers = body?.isForm === true ? headersWithout(request.headers, 'content-type') : request.headers;
  const members: string[] = [];
  if (request.method !== 'GET' || body !== null) members.push(`method: ${jsString(request.method)}`);
  if (headers.length > 0) members.push(`headers: ${jsHeaders(headers, '  ', 'undici')}`);
  if (body !== null) members.push(`body: ${body.expression}`);
  if (streams || request.idleTimeoutMs > 0) {
    members.push(`bodyTimeout: ${request.idleTimeoutMs}`); // 0: silence is no failure
  }
  if (request.timeoutMs > 0) members.push(`signal: AbortSignal.timeout(${request.timeoutMs})`);
  members.push(...connection);
  return members.length === 0 ? '' : `, {\n${members.map((member) => `  ${member},\n`).join('')}}`;
}

/** How the profile wants the connection, where that is something else than usual. */
function dispatcher({ tls, proxy, proxyUser }: CodeRequest): {
  readonly lines: readonly string[];
  readonly imports: readonly string[];
  readonly classes: readonly string[];
} {
  const options: string[] = [];
  const file = (name: string, path: string | null): void => {
    if (path !== null) options.push(`${name}: await readFile(${jsString(path)})`);
  };
  file('ca', tls.ca);
  file('cert', tls.cert);
  file('key', tls.key);
  if (tls.passphrase.length > 0) options.push(`passphrase: ${jsText(tls.passphrase)}`);
  if (!tls.rejectUnauthorized) options.push('rejectUnauthorized: false');
  const imports = options.some((option) => option.includes('readFile')) ? ['readFile'] : [];
  const isProxied = proxy !== null && proxy !== 'none';
  if (options.length === 0 && !isProxied) return { lines: [], imports, classes: [] };
  const secure = options.length === 0 ? '' : `{ ${options.join(', ')} }`;
  let made: string;
  if (isProxied) {
    const user =
      proxyUser.length === 0
        ? ''
        : `, token: ${jsText(joinTemplates([{ kind: 'text', text: 'Basic ' }], [{ kind: 'base64', parts: proxyUser }]))}`;
    made = `new ProxyAgent({ uri: ${jsString(proxy)}${user}${secure === '' ? '' : `, requestTls: ${secure}`} })`;
  } else {
    made = `new Agent(${secure === '' ? '' : `{ connect: ${secure} }`})`;
  }
  return { lines: [`dispatcher: ${made}`], imports, classes: [isProxied ? 'ProxyAgent' : 'Agent'] };
}

function plainEnd({ dataType, responseType }: CodeRequest): string[] {
  const read = responseType === 'arraybuffer' ? 'arrayBuffer' : dataType === 'json' ? 'json' : 'text';
  return ['console.log(statusCode, headers);', `console.log(await body.${read}());`];
}

const STREAM_END = [
  "if (!/^text\\/event-stream/i.test(headers['content-type'] ?? '')) {",
  '  throw new Error(`${statusCode} ${await body.text()}`); // an error instead of a stream',
  '}',
  'const parse = createEventStreamParser({',
  '  event: ({ type, data, id }) => console.log(type, data, id),',
  '});',
  'const decoder = new TextDecoder();',
  'for await (const chunk of body) {',
  '  parse(decoder.decode(chunk, { stream: true }));',
  '}',
];

function notes({ headers, body, method }: CodeRequest): Message[] {
  const found: Message[] = [];
  if (headers.some(({ name }) => name.toLowerCase() === 'accept-encoding')) {
    found.push(msg('undici does not decompress what comes by request().'));
  }
  if (method === 'HEAD' && body !== null) found.push(msg('Few servers read a body with {0}.', method));
  return found;
}
