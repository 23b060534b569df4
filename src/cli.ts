import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import translations from '../l10n/bundle.l10n.zh-cn.json';
import { version } from '../package.json';
import { isDisabled } from './core/cbhttp/directives.ts';
import {
  placedRequests,
  positionAt,
  referredName,
  requestAtLine,
  type CbDocument,
  type PlacedRequest,
  type Problem,
} from './core/cbhttp/document.ts';
import { parseCbhttp } from './core/cbhttp/parse.ts';
import { documentProblems } from './core/cbhttp/problems.ts';
import type { RememberedExchange } from './core/cbhttp/variables/exchange.ts';
import { planSend } from './core/cbhttp/variables/planSend.ts';
import { recordExchange } from './core/cbhttp/variables/recordExchange.ts';
import { CbError, isCbError, type CbErrorCode } from './core/errors.ts';
import { explainError } from './core/failures/explain.ts';
import { failed } from './core/failures/failed.ts';
import { ANYWHERE } from './core/failures/row.ts';
import { fill, formatMessage, msg, type Message, type Translate } from './core/message.ts';
import {
  askAhead,
  prepareRequest,
  type PreparedRequest,
  type PrepareOptions,
} from './core/profiles/prepare.ts';
import { redactText } from './core/profiles/redact.ts';
import { runExchange, type ExchangeListener, type ExchangePorts } from './core/stream/exchange.ts';
import { followStream, trackPosition } from './core/stream/resume/followStream.ts';
import { errorLine, requestLine, transcribe, type TranscriptLine } from './core/stream/transcript.ts';
import { failureText, printForPeople } from './net/consoleOutput.ts';
import { monotonicClock } from './net/clock.ts';
import { createCookieJars } from './net/cookieJars.ts';
import { acceptEncoding } from './net/contentCoding.ts';
import {
  consentOfCommandLine,
  environmentAccountKey,
  environmentCredentials,
  machineDeviceId,
} from './net/environmentSecrets.ts';
import { createHttpTransport } from './net/httpTransport.ts';
import { createListedRoutes } from './net/listedRoutes.ts';
import { terminalPorts } from './net/terminalPorts.ts';
import { createTokenSource } from './net/tokens.ts';
import { findWorkspace, readWorkspaceConfig, readWorkspaceProfiles } from './net/workspaceSettings.ts';

const USAGE = `cbhttp parse FILE [--json]
cbhttp send FILE [--name N | --line L | --all] [--profile P] [--workspace DIR]
                 [--var k=v]... [--json] [--raw] [--timeout MS]`;

const EXIT = { ok: 0, httpStatus: 1, usage: 2, network: 3, interrupted: 130 } as const;

const sendOptions = {
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

const translate: Translate = makeTranslate(process.env);

for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}); // a reader that left

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = EXIT.usage;
  },
);

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === '--version') return print(`${version}\n`);
  if (command === '--help' || command === '-h') return print(`${USAGE}\n`);
  const asJson = rest.includes('--json');
  try {
    if (command === 'parse') return await parseCommand(rest);
    if (command === 'send') return await sendCommand(rest);
    throw usage(msg('Say what to do: parse or send.'));
  } catch (error) {
    if (!isCbError(error)) throw error;
    if (asJson && command === 'send') printJson(errorLine(error, translate));
    process.stderr.write(`${formatMessage(error.display, translate)}\n`);
    if (error.code === 'usage') process.stderr.write(`\n${USAGE}\n`);
    return EXIT.usage;
  }
}

async function parseCommand(args: readonly string[]): Promise<number> {
  const { values, file } = readArguments(args, { json: sendOptions.json });
  const document = await readDocument(file);
  printProblems(file, document, documentProblems(document));
  const requests = placedRequests(document);
  if (values.json && requests.length === 0) print('[]\n');
  for (let from = 0; from < requests.length; from += BLOCK) {
    const block = requests.slice(from, from + BLOCK);
    if (values.json) {
      const list = JSON.stringify(block.map(parsedRequest), null, 2).slice(2, -2); // without what opens and ends it
      print(`${from === 0 ? '[\n' : ',\n'}${list}${from + BLOCK < requests.length ? '' : '\n]\n'}`);
    } else {
      print(block.map(requestSummary).join(''));
    }
    await drained();
  }
  return EXIT.ok;
}

/** Requests printed at once: a string has a limit, and a reader its pace. */
const BLOCK = 1000;

function parsedRequest({ request, section, sectionLine }: PlacedRequest): object {
  return {
    name: request.name,
    title: request.title,
    line: sectionLine + request.line + 1,
    method: request.method,
    target: request.target,
    headers: request.headers.map(({ name, value }) => [name, value]),
    body: request.body,
    directives: request.directives.map(({ wordSpan, value }) => [
      section.text.slice(wordSpan.start, wordSpan.end), // as written: `word` is the one it is known by
      value,
    ]),
  };
}

function requestSummary({ request, sectionLine }: PlacedRequest): string {
  return `${sectionLine + request.line + 1}\t${request.name ?? ''}\t${request.method} ${request.target}\n`;
}

async function sendCommand(args: readonly string[]): Promise<number> {
  const { values, file } = readArguments(args, sendOptions);
  const timeoutMs = values.timeout === undefined ? undefined : positiveNumber('--timeout', values.timeout);
  const variables = Object.fromEntries((values.var ?? []).map(readVariable));
  const document = await readDocument(file);
  const problems = documentProblems(document);
  printProblems(
    file,
    document,
    problems.filter(({ severity }) => severity === 'error' || severity === 'warning'),
  );
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  const requests = selectRequests(document, values);
  const profiles = await readWorkspaceProfiles(file, values.workspace);
  for (const problem of profiles.problems) process.stderr.write(`${formatMessage(problem, translate)}\n`);

  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort(failed('cancelled', []));
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  process.stdout.on('error', onInterrupt); // nobody reads any more
  const exchanges = new Map<string, RememberedExchange>();
  const memory = { last: (name: string) => exchanges.get(name) };
  const root = await findWorkspace(file, values.workspace);
  const transport = createHttpTransport({ editor: () => null, environment: process.env });
  const userAgent = `cbhttp/${version}`;
  const tokens = createTokenSource({ transport, storage: null, deviceId: machineDeviceId, userAgent });
  const config = await readWorkspaceConfig(root);
  const timeoutOf = (name: string | null): number | null =>
    config.functions.find((declared) => declared.name === name)?.timeoutSeconds ?? null;
  const options: PrepareOptions = {
    profiles,
    profileName: values.profile,
    variables,
    timeoutMs,
    credentials: environmentCredentials(process.env, tokens),
    consent: consentOfCommandLine,
    functions: { routes: config.routes },
    listRoutes: createListedRoutes({
      transport,
      accountKey: (profile) => environmentAccountKey(profile, process.env),
    }),
    absolutePath: (named) => path.resolve(root ?? path.dirname(file), named),
    acceptEncoding,
    ports: terminalPorts({ file, root, environment: process.env, memory }),
    signal: interrupt.signal,
    userAgent,
  };
  const form = values.raw === true ? 'raw' : values.json === true ? 'json' : 'people';
  const cookieJar = createCookieJars();
  const ports: ExchangePorts = { transport, cookieJar, clock: monotonicClock };
  let exitCode: number = values.all === true && hasErrors ? EXIT.usage : EXIT.ok;
  for (const placed of requests) {
    if (interrupt.signal.aborted) break;
    try {
      const plan = planSend(document, placed, memory);
      for (const [index, one] of plan.entries()) {
        if (plan.length > 1) await askAhead(document, one, plan.slice(0, index), options);
      }
      for (const one of plan) {
        const isAsked = one === placed || form !== 'raw';
        const sending = { document, placed: one, exchanges, ports, timeoutOf };
        const sent = await sendOne(sending, options, isAsked ? form : 'nothing');
        exitCode = Math.max(exitCode, sent.exitCode);
        if (!sent.isComplete) break;
      }
    } catch (error) {
      if (!isCbError(error)) throw error;
      if (error.code === 'cancelled') {
        exitCode = EXIT.interrupted;
        break;
      }
      if (form === 'json') printJson(errorLine(error, translate));
      const where = place(
        file,
        document,
        error.span?.start ?? placed.offset + placed.request.requestLineSpan.start,
      );
      const told = failureText(explainError(error, ANYWHERE), translate);
      process.stderr.write(
        `${where} ${form === 'people' ? told : formatMessage(error.display, translate)}\n`,
      );
      exitCode = Math.max(exitCode, exitCodeOf(error.code));
    }
  }
  transport.dispose();
  process.off('SIGINT', onInterrupt);
  process.off('SIGTERM', onInterrupt);
  return exitCode;
}

/** Of a request that was not sent: getting its token may have failed like any exchange. */
function exitCodeOf(code: CbErrorCode): number {
  switch (code) {
    case 'token-refused':
    case 'management-api':
      return EXIT.httpStatus;
    case 'timeout':
    case 'connect-timeout':
    case 'connection-refused':
    case 'dns':
    case 'unreachable':
    case 'tls':
    case 'reset':
    case 'truncated':
    case 'protocol':
    case 'network':
      return EXIT.network;
    default:
      return EXIT.usage;
  }
}

interface Sending {
  readonly document: CbDocument;
  readonly placed: PlacedRequest;
  /** Of the requests that were sent before, by name. */
  readonly exchanges: Map<string, RememberedExchange>;
  readonly ports: ExchangePorts;
  /** Of a function in cloudbaserc.json, in s. */
  readonly timeoutOf: (functionName: string | null) => number | null;
}

/** Sends one request and prints its exchange. @throws CbError if it could not be sent at all */
async function sendOne(
  { document, placed, exchanges, ports, timeoutOf }: Sending,
  options: PrepareOptions,
  form: OutputForm,
): Promise<{ exitCode: number; isComplete: boolean }> {
  const prepared = await prepareRequest(document, placed, options);
  const output = makeOutput(prepared, form, timeoutOf(prepared.functionName));
  let exitCode: number = EXIT.ok;
  let isComplete = false;
  const listener: ExchangeListener = {
    ...output,
    onResponse: (atMs, response, hasRecords, format) => {
      if (response.status >= 400) exitCode = EXIT.httpStatus;
      output.onResponse(atMs, response, hasRecords, format);
    },
    onChunk: (atMs, chunk) => {
      void output.onChunk(atMs, chunk);
      return drained(options.signal);
    },
    onEnd: (atMs, end) => {
      isComplete = end.reason === 'complete';
      if (!isComplete) exitCode = end.reason === 'cancelled' ? EXIT.interrupted : EXIT.network;
      output.onEnd(atMs, end);
    },
  };
  const name = referredName(placed.request);
  const recorder =
    name === null
      ? listener
      : recordExchange(prepared, listener, (exchange) => exchanges.set(name, exchange));
  const { signal } = options;
  if ((prepared.reconnects ?? 0) === 0) {
    await runExchange(prepared, ports, recorder, { signal });
  } else {
    const tracked = trackPosition(recorder);
    await followStream(prepared, ports, tracked.listener, {
      signal,
      position: tracked.position,
      after: null,
    });
  }
  return { exitCode, isComplete };
}

type OutputForm = 'raw' | 'json' | 'people' | 'nothing';

function makeOutput(
  prepared: PreparedRequest,
  form: OutputForm,
  timeoutSeconds: number | null,
): ExchangeListener {
  switch (form) {
    case 'raw':
      return printRaw();
    case 'json': {
      const print = (line: TranscriptLine): void => printJson(line, prepared.secrets);
      print(requestLine(prepared));
      const encodeBase64 = (bytes: Uint8Array): string =>
        redactBytes(bytes, prepared.secrets).toString('base64');
      return transcribe(print, { encodeBase64, translate });
    }
    case 'nothing':
      return { onResponse: () => {}, onChunk: () => {}, onEnd: () => {} };
    case 'people':
      return printForPeople(prepared, process, translate, timeoutSeconds);
  }
}

/** @throws CbError `usage` with the names to choose from */
function selectRequests(
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
    const found = requestAtLine(document, positiveNumber('--line', by.line) - 1);
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

function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(
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

async function readDocument(file: string): Promise<CbDocument> {
  try {
    return parseCbhttp(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new CbError('usage', msg('{0} cannot be read ({1}).', file, String(cause)), { cause });
  }
}

function readVariable(given: string): [string, string] {
  const equals = given.indexOf('=');
  if (equals < 1) throw usage(msg('--var wants name=value, not "{0}".', given));
  return [given.slice(0, equals), given.slice(equals + 1)];
}

function positiveNumber(option: string, value: string): number {
  const number = Number(value);
  if (!(number > 0) || !Number.isFinite(number))
    throw usage(msg('{0} wants a number above 0, not "{1}".', option, value));
  return number;
}

function usage(message: Message): CbError {
  return new CbError('usage', message);
}

function printProblems(file: string, document: CbDocument, problems: readonly Problem[]): void {
  const lines = problems.slice(0, MAX_PROBLEMS).map(({ message, span }) => {
    return `${place(file, document, span.start)} ${formatMessage(message, translate)}\n`;
  });
  const left = problems.length - lines.length;
  if (left > 0) lines.push(`${formatMessage(msg('{0} further problems are not shown.', left), translate)}\n`);
  process.stderr.write(lines.join(''));
}

/** More than anybody reads: a file that is no request file at all has one in every line. */
const MAX_PROBLEMS = 1000;

function place(file: string, document: CbDocument, offset: number): string {
  const { line, column } = positionAt(document, offset);
  return `${file}:${line + 1}:${column + 1}`;
}

function print(text: string): number {
  process.stdout.write(text);
  return EXIT.ok;
}

/** Fields of a line that hold a word of this tool, whatever the secrets are. */
const OWN_WORDS = new Set(['kind', 'encoding', 'reason', 'code']);

/** @param secrets what must not be shown, also in what was received */
function printJson(line: TranscriptLine, secrets: readonly string[] = []): void {
  const redact = (key: string, value: unknown): unknown =>
    typeof value === 'string' && !OWN_WORDS.has(key) ? redactText(value, secrets) : value;
  process.stdout.write(`${secrets.length === 0 ? JSON.stringify(line) : JSON.stringify(line, redact)}\n`);
}

/** Bytes that are no text, without the secrets among them. */
function redactBytes(bytes: Uint8Array, secrets: readonly string[]): Buffer {
  if (secrets.length === 0) return Buffer.from(bytes);
  const hidden = secrets.map((secret) => Buffer.from(secret).toString('latin1')); // one character for each byte
  return Buffer.from(redactText(Buffer.from(bytes).toString('latin1'), hidden), 'latin1');
}

/** Settles when stdout takes more: a slow reader slows the stream, it does not fill the memory. */
async function drained(signal?: AbortSignal): Promise<void> {
  if (!process.stdout.writableNeedDrain || signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    process.stdout.once('drain', resolve);
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** `--raw`: the body's bytes and nothing else; what went wrong goes to stderr. */
function printRaw(): ExchangeListener {
  return {
    onResponse: () => {},
    onChunk: (_atMs, chunk) => void process.stdout.write(chunk),
    onEnd: (_atMs, end) => {
      if (end.error !== null) process.stderr.write(`${formatMessage(end.error.display, translate)}\n`);
    },
  };
}

/** Chinese where the locale of the terminal says so, as POSIX orders its variables; else English. */
function makeTranslate(environment: NodeJS.ProcessEnv): Translate {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  const bundle: Readonly<Record<string, string>> = locale.startsWith('zh') ? translations : {};
  return (text, ...args) => fill(bundle[text] ?? text, ...args);
}
