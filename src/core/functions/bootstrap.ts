import type { Span } from '../cbhttp/document.ts';
import { lastPart } from './folders.ts';

/** The file in a function's folder that starts it. */
export const bootstrapName = 'scf_bootstrap';

/** Where the platform calls a function. Source: facts sheet, section 6. */
export const functionPort = 9000;

/** A port or an address that stands in a text. */
export interface Written<T> {
  readonly value: T;
  readonly span: Span;
}

/** A scf_bootstrap as data: what is certain of it. */
export interface Bootstrap {
  /** What its first line names, e.g. `/bin/bash`; null without a `#!`. */
  readonly interpreter: string | null;
  readonly hasCarriageReturns: boolean;
  /** The port it names; null for none, or one that is computed. */
  readonly port: Written<number> | null;
  /** The address it names; null for none. */
  readonly host: Written<string> | null;
  /** The program it starts, from the function's folder; null where that is not certain. */
  readonly startFile: string | null;
}

/** `PORT=8080`, as a command or before one; a computed one is not known. */
const portVariable = /(?:^|[\s;&])PORT=(["']?)(?<port>\d{1,5})\1(?=[\s;&]|$)/dgm;
const portOption = /\s--port[=\s]\s*(["']?)(?<port>\d{1,5})\1(?=[\s;&]|$)/dgm;
const hostOption = /\s--host(?:name)?[=\s]\s*(["']?)(?<host>[\w.:[\]-]+)\1(?=[\s;&]|$)/dgm;
/** `php -S`, `gunicorn -b`: address and port in one. */
const bindOption = /\s(?:-S|-b|--bind)[=\s]\s*(["']?)(?<host>[\w.[\]-]+):(?<port>\d{1,5})\1(?=[\s;&]|$)/dgm;

/** Reads a scf_bootstrap; never throws. A port that the command names counts before the variable. */
export function readBootstrap(text: string): Bootstrap {
  const commands = withoutComments(text);
  const bind = only(commands, bindOption);
  const port = written(bind ?? only(commands, portOption) ?? only(commands, portVariable), 'port');
  return {
    interpreter: /^#!([^\r\n]*)/.exec(text)?.[1]?.trim() ?? null,
    hasCarriageReturns: text.includes('\r'),
    port: port && { ...port, value: Number(port.value) },
    host: written(bind ?? only(commands, hostOption), 'host'),
    startFile: startFileOf(commands),
  };
}

/** Comments blanked out, so that places stay. */
function withoutComments(text: string): string {
  return text.replace(
    /(^|\s)#[^\n]*/g,
    (comment, before: string) => before + ' '.repeat(comment.length - before.length),
  );
}

/** The only match; null where there are several: which one counts is not certain. */
function only(text: string, pattern: RegExp): RegExpExecArray | null {
  const [first, second] = text.matchAll(pattern);
  return first === undefined || second !== undefined ? null : first;
}

function written(match: RegExpExecArray | null, group: string): Written<string> | null {
  const value = match?.groups?.[group];
  const [start, end] = match?.indices?.groups?.[group] ?? [];
  return value === undefined || start === undefined || end === undefined
    ? null
    : { value, span: { start, end } };
}

const interpreters = /^(?:node|bun|ts-node|tsx|python[\d.]*|php[\d.]*)$/;
/** What may stand before the interpreter. */
const prefixes = /^(?:exec|\/usr\/bin\/env|[A-Z_]+=\S*)$/;
/** The function's own folder, by any of its names. */
const ownFolder = /^\s*cd\s+(?:"?\$\(dirname[^)]*\)"?|\.\/?|\/var\/user\/?)\s*(?:$|&&|;|\|\|)/;

/** The one program that an interpreter is given; null for anything less plain. */
function startFileOf(commands: string): string | null {
  const found: string[] = [];
  for (const line of commands.split('\n')) {
    if (/^\s*cd\s/.test(line) && !ownFolder.test(line)) return null;
    const words = line.trim().split(/\s+/);
    const at = words.findIndex((word) => interpreters.test(lastPart(word)));
    if (at === -1 || !words.slice(0, at).every((word) => prefixes.test(word))) continue;
    const file = words.slice(at + 1).find((word) => !word.startsWith('-'));
    if (file === undefined || !/^[\w.][\w./-]*\.(?:[cm]?js|ts|py|php)$/.test(file)) return null;
    if (/(?:^|\/)(?:node_modules|\.\.)\//.test(file)) return null; // not the function's own
    found.push(file.replace(/^\.\//, ''));
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}
