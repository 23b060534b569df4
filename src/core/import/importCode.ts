import type { Span } from '../cbhttp/document.ts';
import { msg, type Message } from '../message.ts';
import { readBash } from './curl/bash.ts';
import { readCmd } from './curl/cmd.ts';
import { readPowerShell } from './curl/powershell.ts';
import { isCurl, readCurl } from './curl/readCurl.ts';
import { findFunction, type ImportSurroundings } from './findFunction.ts';
import { createHoles, meaningsIn, showHoles, withoutHoles } from './holes.ts';
import type { Imported, ImportedRequest, ImportProblem } from './imported.ts';
import { MAX_REQUESTS, type RequestParts } from './requestParts.ts';
import { hideSecrets, type SecretNames } from './secretValues.ts';
import { writeRequest } from './writeRequest.ts';
import { readWxCalls } from './wx/readWxCalls.ts';

/** What a text seems to be. */
export type CodeKind = 'wx' | 'curl';

/** UTF-16 units of a text that is read. */
const MAX_LENGTH = 2_000_000;

/** What a text seems to be by a look at it; null for anything else. */
export function detectCode(text: string): CodeKind | null {
  if (/\bcallHTTPFunction\b/.test(text)) return 'wx';
  return /(?:^|[\n;&|(]|\$ |> |\$\w{1,60}[ \t]{0,9}=|[A-Z]:\\[^\n<>]{0,200}>)[ \t]*(?:(?:\w{1,60}=(?:'[^'\n]{0,200}'|"[^"\n]{0,200}"|[^\s;&|('"]{0,200})|time|sudo|exec|do|then|if|!)[ \t]+){0,4}(?:[\w./\\:~-]*[\\/])?curl(?:\.exe)?[ \t^`\\]/i.test(
    text,
  )
    ? 'curl'
    : null;
}

/**
 * Reads code as requests: calls of `wx.cloud.callHTTPFunction` in JavaScript or TypeScript, and curl commands as bash,
 * the command prompt or PowerShell have them. Nothing is run. Never throws; linear.
 */
export function importCode(written: string, surroundings: ImportSurroundings): Imported {
  const whole = { start: 0, end: written.length };
  if (written.length > MAX_LENGTH) {
    return { requests: [], problem: { message: msg('This is too long.'), span: whole } };
  }
  const kind = detectCode(written);
  if (kind === null) {
    const message = msg(
      'This is neither a curl command nor a call of {0}.',
      'wx.cloud.callHTTPFunction({…})',
    );
    return { requests: [], problem: { message, span: whole } };
  }
  // Line ends are those of the clipboard.
  const text = withoutHoles(written).replaceAll('\r\n', '\n');
  const holes = createHoles();
  const names: SecretNames = { holes, taken: new Set(surroundings.secretNames), kept: new Map() };
  const { requests, problem } = kind === 'wx' ? readWxCalls(text, holes) : readCommands(text, names);
  return {
    requests: requests.map((parts) => finish(parts, names, surroundings)),
    problem: problem && { ...problem, span: spanIn(written, text, problem.span) },
  };
}

/** A span of the text with LF, in the one that was given. */
function spanIn(written: string, text: string, { start, end }: Span): Span {
  if (written.length === text.length) return { start, end };
  const place = (offset: number): number => {
    let at = offset;
    for (
      let found = written.indexOf('\r\n');
      found !== -1 && found < at;
      found = written.indexOf('\r\n', found + 2)
    )
      at++;
    return at;
  };
  return { start: place(start), end: place(end) };
}

function finish(parts: RequestParts, names: SecretNames, surroundings: ImportSurroundings): ImportedRequest {
  const envId = findFunction(parts, surroundings);
  const { target, headers, body, directives } = parts;
  parts.hints.unshift(...meaningsIn(JSON.stringify([target, headers, body, directives]), names.holes));
  hideSecrets(parts, names);
  const text = writeRequest(parts, names.holes);
  // Paths and options that a hint names may have holes.
  const hints = parts.hints.map(({ text: said, args }) => ({
    text: said,
    args: args.map((arg) => (typeof arg === 'string' ? showHoles(arg, names.holes) : arg)),
  }));
  return { text, hints, envId, secrets: parts.secrets };
}

function readCommands(
  text: string,
  names: SecretNames,
): { readonly requests: readonly RequestParts[]; readonly problem: ImportProblem | null } {
  const read = shellOf(text)(text, names.holes);
  const requests: RequestParts[] = [];
  for (const command of read.commands.filter(isCurl)) {
    const { requests: own, problem } = readCurl(command, names);
    if (problem !== null) return { requests, problem };
    requests.push(...own);
    if (requests.length >= MAX_REQUESTS) break;
  }
  const taken = requests.slice(0, MAX_REQUESTS);
  return { requests: taken, problem: taken.length === 0 ? (read.problem ?? noCommand(text)) : read.problem };
}

function noCommand(text: string): ImportProblem {
  return { message: msg('There is no curl command here.'), span: { start: 0, end: text.length } };
}

/** The shell a text was most likely written for, by what only one of them has, the surest signs first. */
function shellOf(text: string): typeof readBash {
  if (/curl(?:\.exe)? +\^"/i.test(text)) return readCmd;
  if (/(?:^|[=(|&])[ \t]*@['"]$/m.test(text)) return readPowerShell;
  if (/\\[ \t]*\n/.test(text)) return readBash;
  if (/\^\n|[ \t]\^"|\^\\\^"|^[A-Z]:\\[^\n<>]*>[\w.:\\]*curl/im.test(text)) return readCmd;
  if (/`\n|\$env:|--%|^[ \t]*\$\w+[ \t]*=[ \t]|^[ \t]*PS [^\n>]*>|[ \t]@['"]$/im.test(text))
    return readPowerShell;
  const hasSingleQuotes = text.includes("'");
  if (/\bcurl\.exe\b/i.test(text)) return hasSingleQuotes ? readPowerShell : readCmd;
  // In bash, "" within a word in quotes would be nothing, ^ before a sign and %NAME% nothing special.
  const isCmd = /\^[&|<>^]|[{[,:"]""[^\s"]|[^\s"{[(=:,]"":|%[A-Za-z_]{3,}%/.test(text);
  return isCmd && !hasSingleQuotes ? readCmd : readBash;
}

/** So many hints stand above a request. */
const MAX_HINTS = 20;

/**
 * The requests as text for a `.cbhttp` file, hints as comments above each: there they are seen, and do nothing.
 * @param say a message in the reader's language
 */
export function writeImported(
  requests: readonly ImportedRequest[],
  say: (message: Message) => string,
): string {
  return requests
    .map(({ text, hints }) => {
      const titleEnd = text.indexOf('\n') + 1;
      const shown = hints.slice(0, MAX_HINTS);
      const comments = shown
        .map((hint) => `# ${say(hint).replace(/\s+/g, ' ').replace(/^@/, '')}\n`)
        .join('');
      return text.slice(0, titleEnd) + comments + text.slice(titleEnd);
    })
    .join('\n');
}
