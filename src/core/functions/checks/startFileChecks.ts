import { functionPort, type Written } from '../bootstrap.ts';
import type { FunctionIssue } from '../issue.ts';
import { addressIssue, portIssue } from './listenChecks.ts';

/**
 * Checks the program that scf_bootstrap starts, where it says plainly on which port and address it listens: one call
 * with values written out. Anything computed, and more than one such call, is left alone.
 * @param name the file's name: its end tells the language
 */
export function checkStartFile(name: string, text: string): readonly FunctionIssue[] {
  if (text.length > MAX_LENGTH) return [];
  const { port, host } = /\.py$/.test(name) ? readPython(text) : readJavaScript(text);
  const issues: FunctionIssue[] = [];
  if (port !== null && port.value !== functionPort) issues.push(portIssue(port));
  if (host !== null) issues.push(...addressIssue(host));
  return issues;
}

interface Listening {
  readonly port: Written<number> | null;
  readonly host: Written<string> | null;
}

const nothing: Listening = { port: null, host: null };

/** UTF-16 units; a longer file is a bundle that nobody wrote. */
const MAX_LENGTH = 300_000;

/** `….listen(9000, '0.0.0.0')`, `….listen({ port: 9000 })`, `const port = 9000` and `….listen(port)`. */
function readJavaScript(text: string): Listening {
  const code = withoutComments(text, /\/\/[^\n]*|\/\*(?:[^]*?\*\/|[^]*)/);
  const call = onlyCall(code, /\.listen\(/g);
  if (call === null) return nothing;
  const options = /^\s*\{/.test(call.inside);
  const port = options
    ? find(call, /\bport\s*:\s*(?<found>\d{1,5})\b/d)
    : (find(call, /^\s*(?<found>\d{1,5})\s*(?=,|$)/d) ??
      constant(code, /^\s*([A-Za-z_$][\w$]*)\s*(?=,|$)/.exec(call.inside)?.[1]));
  const host = options
    ? find(call, /\bhost\s*:\s*(?:'(?<found>[^'\n]*)'|"(?<other>[^"\n]*)")/d)
    : find(call, /^[^,'"`(]*,\s*(?:'(?<found>[^'\n]*)'|"(?<other>[^"\n]*)")/d);
  return { port: port && { ...port, value: Number(port.value) }, host };
}

/** `uvicorn.run(app, host="0.0.0.0", port=9000)`, Flask's `app.run(…)`, `HTTPServer(('0.0.0.0', 9000), …)`. */
function readPython(text: string): Listening {
  const code = withoutComments(text, /#[^\n]*/);
  const run = onlyCall(code, /(?<![\w.])(?:uvicorn|app|application|server)\.run\(/g);
  if (run !== null) {
    const port = find(run, /\bport\s*=\s*(?<found>\d{1,5})\b/d);
    const host = find(run, /\bhost\s*=\s*(?:'(?<found>[^'\n]*)'|"(?<other>[^"\n]*)")/d);
    return { port: port && { ...port, value: Number(port.value) }, host };
  }
  const server = onlyCall(code, /\bHTTPServer\(\s*\(/g);
  if (server === null) return nothing;
  const port = find(server, /,\s*(?<found>\d{1,5})\s*$/d);
  const host = find(server, /^\s*(?:'(?<found>[^'\n]*)'|"(?<other>[^"\n]*)")/d);
  return { port: port && { ...port, value: Number(port.value) }, host };
}

interface Call {
  /** Between the parentheses, as far as no other is opened. */
  readonly inside: string;
  readonly offset: number;
}

/** The only call of its kind; null for none and for several. */
function onlyCall(code: string, pattern: RegExp): Call | null {
  const [first, second] = code.matchAll(pattern);
  if (first === undefined || second !== undefined) return null;
  const offset = first.index + first[0].length;
  return { inside: /^[^()]*/.exec(code.slice(offset))?.[0] ?? '', offset };
}

function find({ inside, offset }: Call, pattern: RegExp): Written<string> | null {
  const match = pattern.exec(inside);
  const group = match?.groups?.['found'] === undefined ? 'other' : 'found';
  const value = match?.groups?.[group];
  const [start, end] = match?.indices?.groups?.[group] ?? [];
  if (value === undefined || start === undefined || end === undefined) return null;
  return { value, span: { start: offset + start, end: offset + end } };
}

/** What a constant stands for, where it is declared once and with a number. */
function constant(code: string, name: string | undefined): Written<string> | null {
  if (name === undefined) return null;
  const declaration = new RegExp(
    `\\b(?:const|let|var)\\s+${name.replaceAll('$', '\\$')}\\s*=([^;\\n]*)`,
    'dg',
  );
  const [first, second] = code.matchAll(declaration);
  const [start] = first?.indices?.[1] ?? [];
  if (first === undefined || second !== undefined || start === undefined) return null;
  if (!first[0].startsWith('const')) return null;
  const written = /^(\s*)(\d{1,5})\s*$/.exec(first[1] ?? '');
  if (written === null) return null;
  const [, blanks = '', value = ''] = written;
  const at = start + blanks.length;
  return { value, span: { start: at, end: at + value.length } };
}

/** Blanks comments out, so that places stay; what looks like one in a text in quotes is none. */
function withoutComments(code: string, comment: RegExp): string {
  const quoted = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|`[^`\\]*(?:\\[^][^`\\]*)*`?/;
  const either = new RegExp(`(${quoted.source})|${comment.source}`, 'g');
  return code.replace(either, (found, text: string | undefined) => text ?? found.replace(/[^\n]/g, ' '));
}
