import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { isDisabled } from '../core/cbhttp/directives.ts';
import {
  placedRequests,
  positionAt,
  requestAtLine,
  type CbDocument,
  type PlacedRequest,
} from '../core/cbhttp/document.ts';
import { parseCbhttp } from '../core/cbhttp/parse.ts';
import { documentProblems } from '../core/cbhttp/problems.ts';
import { CbError } from '../core/errors.ts';
import { msg, type Message } from '../core/message.ts';

/** What `--help` prints. */
export const USAGE = `cbhttp parse FILE [--json]
cbhttp send FILE [--name N | --line L | --all] [--profile P] [--workspace DIR]
                 [--var k=v]... [--json] [--raw] [--timeout MS]`;

/** Exit codes. */
export const EXIT = { ok: 0, httpStatus: 1, usage: 2, network: 3, interrupted: 130 } as const;

/** Of `cbhttp send`. */
export const sendOptions = {
  name: { type: 'string' },
  line: { type: 'string' },
  all: { type: 'boolean' },
  profile: { type: 'string' },
  workspace: { type: 'string' },
  var: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  raw: { type: 'boolean' },
  timeout: { type: 'string' },
} satisfies ParseArgsConfig['options'];

/** The requests that are meant. @throws CbError `usage` with the names to choose from, `parse` */
export function selectRequests(
  document: CbDocument,
  by: { name?: string | undefined; line?: string | undefined; all?: boolean | undefined },
): readonly PlacedRequest[] {
  const requests = placedRequests(document);
  if ([by.name !== undefined, by.line !== undefined, by.all === true].filter(Boolean).length > 1) {
    throw usage(msg('Use only one of --name, --line and --all.'));
  }
  if (requests.length === 0) throw usage(msg('The file has no request.'));
  if (by.all) return requests.filter(({ request }) => !isDisabled(request.directives));
  const names = requests
    .map(({ request, sectionLine }) => request.name ?? `--line ${sectionLine + request.line + 1}`)
    .join(', ');
  if (by.name !== undefined) {
    const found = requests.find(({ request }) => request.name === by.name);
    if (found === undefined) throw usage(msg('No request is named "{0}". Requests: {1}', by.name, names));
    return [found];
  }
  if (by.line !== undefined) {
    const line = positiveNumber('--line', by.line) - 1;
    const isThere = Number.isInteger(line) && line <= positionAt(document, document.length).line;
    const found = isThere ? requestAtLine(document, line) : undefined;
    if (found === undefined)
      throw usage(msg('There is no request at line {0}. Requests: {1}', by.line, names));
    return [found];
  }
  if (documentProblems(document).some(({ severity }) => severity === 'error')) {
    throw new CbError('parse', msg('The file has errors; say which request: {0}', names));
  }
  if (requests.length > 1) throw usage(msg('The file has several requests; say which one: {0}', names));
  return requests;
}

/** The options, and the one file they are about. @throws CbError `usage` */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usage({ text: '{0}', args: [error instanceof Error ? error.message : String(error)] });
  }
  const [file, ...more] = parsed.positionals;
  if (file === undefined || more.length > 0) throw usage(msg('Name one .cbhttp file.'));
  return { values: parsed.values, file };
}

/** @throws CbError `usage` where the file cannot be read */
export async function readDocument(file: string): Promise<CbDocument> {
  try {
    return parseCbhttp(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new CbError('usage', msg('{0} cannot be read ({1}).', file, String(cause)), { cause });
  }
}

/** `name=value`. @throws CbError `usage` */
export function readVariable(given: string): [string, string] {
  const equals = given.indexOf('=');
  if (equals < 1) throw usage(msg('--var wants name=value, not "{0}".', given));
  return [given.slice(0, equals), given.slice(equals + 1)];
}

/** @throws CbError `usage` */
export function positiveNumber(option: string, value: string): number {
  const number = Number(value);
  if (!(number > 0) || !Number.isFinite(number))
    throw usage(msg('{0} wants a number above 0, not "{1}".', option, value));
  return number;
}

/** A mistake on the command line. */
export function usage(message: Message): CbError {
  return new CbError('usage', message);
}
