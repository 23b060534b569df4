import { guessMediaType } from '../../cbhttp/check/mediaType.ts';
import { msg } from '../../message.ts';
import { encodeAroundHoles, hasHole, type Holes } from '../holes.ts';
import { problemOf, unreadable, type ImportProblem } from '../imported.ts';
import { HTTP_METHODS } from '../../cbhttp/lines.ts';
import { emptyParts, headerOf, MAX_REQUESTS, type RequestParts } from '../requestParts.ts';
import { isJsonText, oneLine } from '../writeRequest.ts';
import { readTokens, type Code } from './codeTokens.ts';
import { hasLooseHole, textOf, toJson, type CodeValue } from './codeValue.ts';
import { findConstants, type Constants } from './constants.ts';
import { createValueReader, type ValueReader } from './readValue.ts';

/** What the panel shows of its own. Source: the vendor's page on wx.cloud.callHTTPFunction. */
const CALLBACKS = ['success', 'fail', 'complete', 'onHeadersReceived', 'onChunkedReceived'];
const PARAMETERS = new Set([
  ...CALLBACKS,
  ...['name', 'config', 'data', 'path', 'method', 'header', 'timeout'],
  ...['enableChunked', 'dataType', 'responseType'],
]);

/**
 * Reads the calls of `wx.cloud.callHTTPFunction` in JavaScript or TypeScript, also in a piece of it. Nothing is run.
 * Source of the parameters: the vendor's page, facts sheet section 3.
 */
export function readWxCalls(
  text: string,
  holes: Holes,
): { readonly requests: readonly RequestParts[]; readonly problem: ImportProblem | null } {
  const code = readTokens(text);
  const requests: RequestParts[] = [];
  let problem: ImportProblem | null = null;
  const constants = findConstants(code);
  const env = initEnv(code, constants, holes);
  for (const open of findCalls(code).slice(0, MAX_REQUESTS)) {
    try {
      requests.push(readCall(code, open, createValueReader(code, constants, holes), env));
    } catch (error) {
      problem ??= problemOf(error);
    }
  }
  if (requests.length > 0) return { requests, problem: null };
  const message = msg('There is no call of {0} here.', 'wx.cloud.callHTTPFunction({…})');
  return { requests, problem: problem ?? { message, span: { start: 0, end: text.length } } };
}

/** Indexes of the brackets behind `callHTTPFunction`. */
function findCalls({ tokens }: Code): number[] {
  const found: number[] = [];
  for (const [index, { type, value }] of tokens.entries()) {
    const isName =
      type === 'IdentifierName' ? value === 'callHTTPFunction' : /^.callHTTPFunction.$/.test(value);
    if (!isName) continue;
    let at = index + 1;
    if (tokens[at]?.value === ']') at++;
    if (/^(?:\?\.|!)$/.test(tokens[at]?.value ?? '')) at++;
    if (tokens[at]?.value === '<') {
      for (let count = 0; count < 50 && at < tokens.length && tokens[at]?.value !== '('; count++) at++;
    }
    if (tokens[at]?.value === '(') found.push(at);
  }
  return found;
}

/** `env` of `wx.cloud.init({ env })` in the same text: calls without one of their own go there. */
function initEnv(code: Code, constants: Constants, holes: Holes): string | null {
  const { tokens } = code;
  const at = tokens.findIndex(
    ({ value }, index) =>
      value === 'init' && tokens[index - 2]?.value === 'cloud' && tokens[index + 1]?.value === '(',
  );
  if (at === -1) return null;
  try {
    const reader = createValueReader(code, constants, holes);
    const end = tokens[at + 1]?.partner ?? -1;
    const value = end === -1 ? undefined : reader.read(at + 2, reader.endOf(at + 2, end));
    const env = value?.kind === 'object' ? value.members.get('env') : undefined;
    return env?.kind === 'text' ? env.text : null;
  } catch (error) {
    problemOf(error);
    return null; // told of at its call
  }
}

function readCall(code: Code, open: number, reader: ValueReader, initialEnv: string | null): RequestParts {
  const { tokens, text } = code;
  const bracket = tokens[open]?.start ?? 0;
  const close = tokens[open]?.partner ?? -1;
  if (close === -1) {
    throw unreadable(msg('The bracket that opens here has no end.'), {
      start: bracket,
      end: bracket + 1,
    });
  }
  const end = reader.endOf(open + 1, close);
  const value = reader.read(open + 1, end);
  const first = tokens[open + 1];
  const last = tokens[end - 1] ?? first;
  const span = {
    start: first?.start ?? bracket,
    end: last === undefined ? text.length : last.start + last.value.length,
  };
  if (value.kind !== 'object') throw unreadable(msg('An object in braces is expected here.'), span);
  const name = textOf(value.members.get('name'));
  if (name === undefined || name === '') {
    throw unreadable(msg('The name of the function is missing here.'), span);
  }
  return toParts(value.members, name, reader, initialEnv);
}

function toParts(
  members: ReadonlyMap<string, CodeValue>,
  name: string,
  reader: ValueReader,
  initialEnv: string | null,
): RequestParts {
  const parts = emptyParts();
  parts.target = `fn://${encodeName(name)}${pathOf(members.get('path'))}`;
  parts.envId = initialEnv;
  takeConfig(members.get('config'), parts);
  takeHeaders(members.get('header'), parts);
  const data = members.get('data');
  const hasData = data !== undefined && data.kind !== 'undefined';
  takeMethod(members.get('method'), parts, hasData);
  if (hasData) takeData(data, parts);
  takeSettings(members, parts);
  parts.hints.unshift(...reader.hints);
  const callbacks = CALLBACKS.filter((callback) => members.has(callback));
  if (callbacks.length > 0) {
    parts.hints.push(msg('Left out, as the panel shows these moments: {0}.', callbacks.join(', ')));
  }
  const unknown = [...members.keys()].filter((key) => !PARAMETERS.has(key));
  if (unknown.length > 0)
    parts.hints.push(msg('Not known here, so left out: {0}.', oneLine(unknown.join(', '))));
  return parts;
}

function encodeName(name: string): string {
  return hasHole(name) ? name : name.replace(/[\s/?#{}]/g, (character) => encodeURIComponent(character));
}

function pathOf(value: CodeValue | undefined): string {
  const path = textOf(value) ?? '';
  return path === '' || /^[/?]/.test(path) ? path : `/${path}`;
}

function takeConfig(config: CodeValue | undefined, parts: RequestParts): void {
  if (config === undefined) return;
  const env = config.kind === 'object' ? config.members.get('env') : config;
  if (env?.kind === 'text' && env.text !== '') parts.envId = env.text;
  else if (env?.kind === 'hole') {
    parts.envId = null;
    parts.hints.push(msg('The environment is only known when the code runs: choose a profile.'));
  }
}

function takeHeaders(header: CodeValue | undefined, parts: RequestParts): void {
  if (header === undefined || header.kind === 'undefined') return;
  if (header.kind !== 'object') {
    parts.hints.push(msg('What {0} adds is not known here.', 'header'));
    return;
  }
  for (const [key, value] of header.members) {
    const text = textOf(value);
    if (text !== undefined) parts.headers.push([key, text]);
    else if (value.kind !== 'undefined')
      parts.hints.push(msg('This could not be taken over: {0}.', oneLine(key)));
  }
}

function takeMethod(value: CodeValue | undefined, parts: RequestParts, hasData: boolean): void {
  const text = value?.kind === 'text' ? value.text.toUpperCase() : undefined;
  if (text !== undefined && HTTP_METHODS.includes(text)) {
    parts.method = text;
  } else if (value === undefined) {
    if (hasData) parts.hints.push(msg('No method is given: taken as GET, as wx.request does.'));
  } else {
    parts.method = hasData ? 'POST' : 'GET';
    parts.hints.push(
      text === undefined || hasHole(text)
        ? msg('The method is only known when the code runs: this is {0}.', parts.method)
        : msg('{0} is no method that can be written here: this is {1}.', oneLine(text), parts.method),
    );
  }
  if (hasData && (parts.method === 'GET' || parts.method === 'HEAD')) {
    parts.hints.push(
      msg(
        'A {0} request with data: here it is the body; how a mini program sends it is not documented.',
        parts.method,
      ),
    );
  }
}

function takeData(data: CodeValue, parts: RequestParts): void {
  const type = headerOf(parts, 'content-type')?.toLowerCase() ?? '';
  if (data.kind === 'function') return;
  if (data.kind === 'object' && type.startsWith('application/x-www-form-urlencoded')) {
    const fields = [...data.members].flatMap(([key, value]) => {
      const text = textOf(value) ?? toJson(value, '');
      return text === undefined ? [] : [`${encodeAroundHoles(key)}=${encodeAroundHoles(text)}`];
    });
    parts.body = [{ kind: 'text', text: fields.join('&') }];
    return;
  }
  const text = data.kind === 'text' ? data.text : toJson(data, '  ');
  if (text === undefined) return;
  parts.body = [{ kind: 'text', text }];
  if (type === '') {
    const isJson = data.kind !== 'text' || isJsonText(text) || hasHole([...text][0] ?? '');
    parts.headers.push(['Content-Type', isJson ? 'application/json' : guessMediaType(text)]);
  }
  if (data.kind !== 'hole' && hasLooseHole(data)) {
    parts.hints.push(msg('Take away the quotes around a variable of the JSON where its value is no text.'));
  }
}

function takeSettings(members: ReadonlyMap<string, CodeValue>, parts: RequestParts): void {
  const { directives, hints } = parts;
  const timeout = members.get('timeout');
  if (timeout?.kind === 'plain' && /^\d+(?:\.\d+)?$/.test(timeout.json))
    directives.push(['timeout', `${timeout.json}ms`]);
  else if (timeout?.kind === 'hole') directives.push(['timeout', timeout.hole]);
  const chunked = members.get('enableChunked');
  if (chunked?.kind === 'plain') directives.push(['stream', chunked.json === 'true' ? 'on' : 'off']);
  else if (chunked?.kind === 'hole') hints.push(msg('Whether it streams is only known when the code runs.'));
  const dataType = textOf(members.get('dataType'));
  if (dataType !== undefined) directives.push(['data-type', dataType === 'json' ? 'json' : 'text']);
  const responseType = textOf(members.get('responseType'));
  if (responseType === 'text' || responseType === 'arraybuffer')
    directives.push(['response-type', responseType]);
  else if (responseType !== undefined) hints.push(msg('This could not be taken over: {0}.', 'responseType'));
}
