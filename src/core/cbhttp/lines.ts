import { msg } from '../message.ts';
import type { Message } from '../message.ts';

/** What a line that asks for a request says. */
export interface RequestLine {
  /** Keyword in upper case, `GET` where none is written. */
  readonly method: string;
  readonly target: string;
  /** Where the target starts within the line as given. */
  readonly targetStart: number;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];
const KEYWORDS = new Set([...METHODS, 'GRAPHQL', 'SSE', 'EVENTSOURCE']);
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

const LEADING_WORD = /^[A-Za-z]+/;
const TARGET_START = /^(?:https?:\/\/|fn:\/\/|\/(?!\/)|\{\{|(?:[\w.-]+|\[[0-9a-f:.]+\]):\d+(?:\/|$))/i;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:/;

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
  if (/^(?:https?|fn):\/\//i.test(line)) return true;
  if (HEADER.test(line)) return false;
  const read = readRequestLine(line);
  if (read === null) return false;
  return 'unsupported' in read || (TARGET_START.test(read.target) && !/^\{\{[^{}]*\}\}[ \t]*:/.test(line));
}

/** Splits a trimmed `Name: value` line; null if it is no header field (RFC 9110, 5.1 for the name). */
export function readHeader(line: string): { name: string; value: string; valueStart: number } | null {
  const match = HEADER.exec(line);
  if (match?.[1] === undefined) return null;
  const rest = line.slice(match[0].length);
  const value = rest.trim();
  return { name: match[1], value, valueStart: line.length - rest.trimStart().length };
}

/** `# @word value` or `// @word value` in a trimmed comment line; null for any other comment. */
export function readDirective(line: string): { word: string; value: string; valueStart: number } | null {
  const match = /^(?:#+|\/\/+)[ \t]*@([^\s=]+)(?=\s|$)/.exec(line);
  if (match?.[1] === undefined) return null;
  const rest = line.slice(match[0].length);
  return { word: match[1], value: rest.trim(), valueStart: line.length - rest.trimStart().length };
}

/** `@name = value` in a trimmed line; null otherwise. */
export function readFileVariable(line: string): { name: string; value: string; valueStart: number } | null {
  const match = /^@([^\s={}]+)[ \t]*=/.exec(line);
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

/**
 * What another tool would do with a line that this one keeps but neither runs nor sends; null for our own lines.
 * Scripts that span lines are recognised by the parser.
 */
export function foreignLine(line: string): Message | null {
  if (/^\?\?[ \t]/.test(line)) return msg('An assertion of another tool: kept, not run.');
  if (/^>>!?[ \t]+\S+$/.test(line))
    return msg('Saving the response to a file is another tool’s: kept, not run.');
  if (/^<>[ \t]+\S/.test(line)) return msg('A saved response of another tool: kept, not sent.');
  if (/^>[ \t]+\S+\.[cm]?[jt]s$/.test(line)) return msg('A response handler of another tool: kept, not run.');
  return null;
}

/** `...name`, among headers: another tool's way to insert a variable's headers. */
export function isHeaderSpread(line: string): boolean {
  return /^\.\.\.[^\s.]+$/.test(line);
}

function stripHttpVersion(target: string): string {
  const blank = Math.max(target.lastIndexOf(' '), target.lastIndexOf('\t'));
  return blank > 0 && /^HTTP\/[\d.]+$/i.test(target.slice(blank + 1))
    ? target.slice(0, blank).trimEnd()
    : target;
}

/** A line that joins the target above it: a query (`?a`, `&b`), or more of the path where it is indented. */
export function readContinuation(line: string, trimmed: string): string | null {
  const joins =
    trimmed.startsWith('?') ||
    trimmed.startsWith('&') ||
    (line !== trimmed && /^[ \t]/.test(line) && trimmed.startsWith('/'));
  return joins ? stripHttpVersion(trimmed) : null;
}
