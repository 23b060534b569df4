import { msg, type Message } from '../message.ts';
import type { ForeignPart } from './document.ts';

/** What a line that asks for a request says. */
export interface RequestLine {
  /** Keyword in upper case, `GET` where none is written. */
  readonly method: string;
  readonly target: string;
  /** Where the target starts within the line as given. */
  readonly targetStart: number;
}

/** Methods that a request line may have. Source: RFC 9110, 9.3; RFC 5789. */
export const HTTP_METHODS: readonly string[] = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
];
const KEYWORDS = new Set([...HTTP_METHODS, 'GRAPHQL', 'SSE', 'EVENTSOURCE']);
const UNSUPPORTED = new Set(['WS', 'WSS', 'WEBSOCKET', 'GRPC', 'MQTT', 'AMQP', 'CONNECT']);

/** Written by the author, computed by HTTP itself instead. */
export const COMPUTED_HEADERS: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
]);

const COMPUTED = new RegExp(`^(?:${[...COMPUTED_HEADERS].join('|')})$`, 'i');

/** True for a header that HTTP itself computes, whatever its letter case. */
export function isComputedHeader(name: string): boolean {
  return COMPUTED.test(name);
}

const LEADING_WORD = /^[A-Za-z]+/;
const TARGET_START =
  /^(?:https?:\/\/|fn:\/\/|\/(?!\/|\*+(?:\s|$))|\{\{[^]*\}\}|(?:[\w.-]+|\[[0-9a-f:.]+\]):\d+(?:\/|$))/i;
/** By character code: true where a header's name may hold it (RFC 9110, 5.6.2). */
const isTokenCode = Array.from({ length: 128 }, (_, code) =>
  /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(code)),
);

/**
 * Reads a trimmed line as a request line.
 * @returns null for any other text; `unsupported` names a protocol this product does not speak
 */
export function readRequestLine(line: string): RequestLine | { readonly unsupported: string } | null {
  const word = LEADING_WORD.exec(line)?.[0] ?? '';
  const keyword = word.toUpperCase();
  const afterWord = line.slice(word.length);
  const written = afterWord.trimStart();
  if (word !== '' && written !== '' && written.length < afterWord.length) {
    const convincing = word === keyword || !/[ \t]/.test(written) || TARGET_START.test(written);
    if (UNSUPPORTED.has(keyword) && convincing) return { unsupported: keyword };
    if (KEYWORDS.has(keyword) && convincing) {
      return {
        method: keyword,
        target: stripHttpVersion(written),
        targetStart: line.length - written.length,
      };
    }
  }
  if (!TARGET_START.test(line)) return null;
  return { method: 'GET', target: stripHttpVersion(line), targetStart: 0 };
}

/** True for a request line that can also stand, without a blank line or a separator, among header lines. */
export function interruptsHeaders(line: string): boolean {
  if (readHeader(line) !== null) return false;
  const read = readRequestLine(line);
  if (read === null) return false;
  return 'unsupported' in read || (TARGET_START.test(read.target) && !/^\{\{[^{}]*\}\}[ \t]*:/.test(line));
}

/** True for a body line that looks as if it were meant for a request of its own. */
export function looksLikeRequest(line: string): boolean {
  return /^[A-Z]+[ \t]+(?:https?|fn):\/\//.test(line);
}

/**
 * Splits a trimmed `Name: value` line; null if it is no header field (RFC 9110, 5.1), or is a URL. One comma at the
 * end is dropped, as httpYac does.
 */
export function readHeader(line: string): { name: string; value: string; valueStart: number } | null {
  let nameEnd = 0;
  while (isTokenCode[line.charCodeAt(nameEnd)] === true) nameEnd++;
  let valueStart = skipBlanks(line, nameEnd);
  if (nameEnd === 0 || line.charCodeAt(valueStart) !== 0x3a) return null; // :
  valueStart = skipBlanks(line, valueStart + 1);
  const name = line.slice(0, nameEnd);
  if (line.startsWith('//', nameEnd + 1) && /^(?:https?|fn)$/i.test(name)) return null;
  const value = line.endsWith(',') ? line.slice(valueStart, -1).trimEnd() : line.slice(valueStart);
  return { name, value, valueStart };
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === 0x20 || line.charCodeAt(at) === 0x09) at++;
  return at;
}

/** `# @word value` or `// @word value` in a trimmed comment line; null for any other comment. */
export function readDirective(
  line: string,
): { word: string; wordStart: number; value: string; valueStart: number } | null {
  const match = /^(?:#+|\/\/+)[ \t]*@([^\s=]+)(?=\s|$)/.exec(line);
  if (match?.[1] === undefined) return null;
  const rest = line.slice(match[0].length);
  return {
    word: match[1],
    wordStart: match[0].length - match[1].length,
    value: rest.trim(),
    valueStart: line.length - rest.trimStart().length,
  };
}

/** `@name = value` in a trimmed line, or `@name := value` as httpYac has it; null otherwise. */
export function readFileVariable(line: string): { name: string; value: string; valueStart: number } | null {
  const match = /^@([^\s={}]*[^\s={}:])[ \t]*:?=/.exec(line);
  if (match?.[1] === undefined) return null;
  const rest = line.slice(match[0].length);
  return { name: match[1], value: rest.trim(), valueStart: line.length - rest.trimStart().length };
}

/** `<`, `<@` or `<@encoding` and a path, as a body line; null otherwise. */
export function readBodyFile(
  line: string,
): { path: string; replaceVariables: boolean; encoding: string } | null {
  const match = /^<(@([\w-]*))?[ \t]+(?=\S)/.exec(line);
  if (match === null) return null;
  return {
    path: line.slice(match[0].length).trim(),
    replaceVariables: match[1] !== undefined,
    encoding: match[2] || 'utf-8',
  };
}

/** `gql < path` or `gql name < path`, as a body line of GraphQL: the query is in a file. Null otherwise. */
export function readQueryFile(line: string): { path: string; name: string | undefined } | null {
  const match = /^[ \t]*gql(?:[ \t]+([^\s(]+))?[ \t]+<[ \t]+(?=\S)/.exec(line);
  return match === null ? null : { path: line.slice(match[0].length).trim(), name: match[1] };
}

/** A line of another tool. */
export interface ForeignLine {
  readonly kind: ForeignPart['kind'];
  /** What the tool would do with it. */
  readonly message: Message;
}

/**
 * Reads a trimmed line that another tool would act on and this one keeps but neither runs nor
 * sends; null for our own lines. Scripts that span lines are recognised by `ScriptEnds`.
 */
export function readForeignLine(line: string): ForeignLine | null {
  const first = line.charCodeAt(0);
  if (first !== 0x3c && first !== 0x3e && first !== 0x3f) return null; // < > ?
  if (/^\?\?(?:[ \t]|\w)/.test(line))
    return { kind: 'assertion', message: msg('An assertion of another tool: kept, not run.') };
  if (/^>>!?[ \t]+\S/.test(line)) {
    return {
      kind: 'save-to-file',
      message: msg('Saving the response to a file is another tool’s: kept, not run.'),
    };
  }
  if (/^<>[ \t]*[^\s<>]/.test(line))
    return { kind: 'saved-response', message: msg('A saved response of another tool: kept, not sent.') };
  if (/^>[ \t]+\S+\.[cm]?[jt]s$/.test(line))
    return { kind: 'handler', message: msg('A response handler of another tool: kept, not run.') };
  return null;
}

/** True for a line that begins a response pasted below its request, a habit of JetBrains and httpYac. */
export function opensResponse(line: string): boolean {
  return /^HTTP\/\S+\s*[1-5]\d\d/.test(line);
}

/** `...name`, among headers: another tool's way to insert a variable's headers. */
export function isHeaderSpread(line: string): boolean {
  return /^\.\.\.[^\s.]+$/.test(line);
}

/** The text before the last `HTTP/…` that stands after a blank; what stands after the version goes with it. */
function stripHttpVersion(target: string): string {
  for (let at = target.lastIndexOf('HTTP/'); at > 0; at = target.lastIndexOf('HTTP/', at - 1)) {
    if (/^\s$/.test(target[at - 1] ?? '') && /^\S/.test(target.slice(at + 5, at + 6)))
      return target.slice(0, at).trimEnd();
  }
  return target;
}

/** A line that joins the target above it: a query (`?a`, `&b`), or more of the path where it is indented. */
export function readContinuation(line: string, trimmed: string): string | null {
  const first = trimmed.charCodeAt(0);
  const joins = first === 0x3f || first === 0x26 || (first === 0x2f && line.charCodeAt(0) !== 0x2f); // ? & /
  return joins ? stripHttpVersion(trimmed) : null;
}
