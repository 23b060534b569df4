import { msg, type Message } from '../message.ts';

/** A place in source code that a line of output names. */
export interface CodePlace {
  /** Where in the line it stands, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** As written: absolute, relative to the function's folder, or a `file:` URL. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based; null where it is not named. */
  readonly column: number | null;
}

/** Lines from the end that are looked at, and UTF-16 units of each: a program may print anything. */
const MAX_LINES = 200;
const MAX_UNITS = 2000;

const PATH = String.raw`((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()"]*?)`;
const patterns = [
  /File "([^"]+)", line (\d+)/g, // Python
  new RegExp(String.raw`(?<=\(|\bat (?:async )?)${PATH}:(\d+):(\d+)(?=\)|$)`, 'g'), // a frame of Node
  new RegExp(String.raw`^${PATH}:(\d+)()$`, 'g'), // the head of what Node did not catch
  new RegExp(String.raw`^${PATH}: (?:line )?(\d+): `, 'g'), // a shell
  new RegExp(String.raw`^\s+${PATH}:(\d+)(?= \+0x|$)`, 'g'), // Go
  new RegExp(String.raw`\bin ${PATH}(?: on line |:)(\d+)(?=\D|$)`, 'g'), // PHP
];

/** The places in source code that a line of output names: of Node, Python, shells, Go and PHP. */
export function placesIn(line: string): readonly CodePlace[] {
  if (line.length > MAX_UNITS || !/\d/.test(line)) return [];
  for (const pattern of patterns) {
    const places = [...line.matchAll(pattern)].map((match): CodePlace => {
      const [written, path = '', number, column] = match;
      const start = match.index + (pattern === patterns[0] ? 0 : written.indexOf(path));
      const end = match.index + written.replace(/: $/, '').length;
      return { start, end, path, line: Number(number), column: column ? Number(column) : null };
    });
    if (places.length > 0) return places;
  }
  return [];
}

/**
 * The line of somebody's own code that a program's last words blame: the deepest frame there of the last stack; null
 * where none is named.
 * @param isOwn whether a path, as written, is of the function's code
 */
export function crashPlace(lines: readonly string[], isOwn: (path: string) => boolean): CodePlace | null {
  const last = lines.slice(-MAX_LINES);
  const ownIn = (line: string | undefined): CodePlace | undefined =>
    line === undefined ? undefined : placesIn(line).find(({ path }) => isOwn(path));
  const index = last.findLastIndex((line) => ownIn(line) !== undefined);
  let found = ownIn(last[index]);
  // Python names the deepest frame last, Node first.
  for (let above = index - 1; isFrame(last[above + 1]) && isFrame(last[above]); above--) {
    found = ownIn(last[above]) ?? found;
  }
  return found ?? null;
}

function isFrame(line: string | undefined): boolean {
  return line !== undefined && /^\s+at /.test(line.slice(0, MAX_UNITS));
}

/** The line that says why a program ended, without what it may have printed around it; null where nothing was. */
export function crashReason(lines: readonly string[]): string | null {
  const last = lines
    .slice(-MAX_LINES)
    .map((line) => line.slice(0, MAX_UNITS).trim())
    .filter((line) => line !== '' && !/^Node\.js v\d/.test(line));
  const named = last.findLast((line) =>
    /^(?:Uncaught )?(?:[\w.$]*(?:Error|Exception|Exit|Interrupt)\b|panic:|PHP (?:Fatal|Parse))/.test(line),
  );
  return named ?? last.at(-1) ?? null;
}

/** How a function's process came to its end. */
export interface FunctionEnd {
  /** Null where a signal ended it, or it never started. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it could not be started; null where it was. */
  readonly error: 'no-program' | 'no-folder' | 'not-started' | null;
}

/** A function that has ended by itself. */
export interface Crash {
  readonly name: string;
  /** What was started. */
  readonly command: string;
  readonly folder: string;
  readonly port: number;
  readonly end: FunctionEnd;
  /** What it wrote. */
  readonly lines: readonly string[];
}

/** What became of it, and what to do where that is plain, a sentence each. */
export function describeCrash(crash: Crash): readonly Message[] {
  const advice = crashAdvice(crash);
  return advice === null ? [endWords(crash)] : [endWords(crash), advice];
}

function endWords({ name, command, folder, end, lines }: Crash): Message {
  const { exitCode, signal, error } = end;
  if (error === 'no-folder') return msg('The function "{0}" has no folder {1}.', name, folder);
  if (error === 'no-program') {
    return msg('The function "{0}" cannot be started: there is no "{1}" on this machine.', name, command);
  }
  if (error === 'not-started') return msg('The function "{0}" cannot be started.', name);
  const reason = crashReason(lines);
  if (exitCode === null) return msg('The function "{0}" was ended by {1}.', name, signal ?? '?');
  return reason === null
    ? msg('The function "{0}" ended with exit code {1} and wrote nothing.', name, exitCode)
    : msg('The function "{0}" ended with exit code {1}: {2}', name, exitCode, reason);
}

/** Null where only its author knows. */
function crashAdvice({ end, lines, folder, port }: Crash): Message | null {
  const text = lines
    .slice(-MAX_LINES)
    .map((line) => line.slice(0, MAX_UNITS))
    .join('\n');
  if (/Cannot find (?:module|package) '(?![./]|[A-Za-z]:|node:)/.test(text)) {
    return msg('A package is not installed: run "npm install" in {0}.', folder);
  }
  if (/ModuleNotFoundError: No module named/.test(text)) {
    return msg('A package is not installed: run "pip install -r requirements.txt" in {0}.', folder);
  }
  if (/EADDRINUSE|Address already in use/i.test(text)) {
    return msg(
      'It listens on a port that is in use. Let it listen on the environment variable PORT, here {0}, and on 9000 where there is none.',
      port,
    );
  }
  if (end.exitCode === 127) return msg('A program that scf_bootstrap calls is not on this machine.');
  return null;
}

/** What to say of a function that runs, but not where it is asked. */
export function neverListened(name: string, port: number, seconds: number): Message {
  return msg(
    'The function "{0}" did not listen on port {1} within {2} s and was stopped. Let it listen on the environment variable PORT, and on 9000 where there is none.',
    name,
    port,
    seconds,
  );
}
