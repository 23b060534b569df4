import path from 'node:path';
import { version } from '../../package.json';
import { referredName, type CbDocument, type PlacedRequest } from '../core/cbhttp/document.ts';
import { documentProblems } from '../core/cbhttp/problems.ts';
import type { RememberedExchange } from '../core/cbhttp/variables/exchange.ts';
import { planSend } from '../core/cbhttp/variables/planSend.ts';
import { recordExchange } from '../core/cbhttp/variables/recordExchange.ts';
import { isCbError, type CbErrorCode } from '../core/errors.ts';
import { explainError } from '../core/failures/explain.ts';
import { failed } from '../core/failures/failed.ts';
import { ANYWHERE } from '../core/failures/row.ts';
import { formatMessage } from '../core/message.ts';
import {
  askAhead,
  prepareRequest,
  type PreparedRequest,
  type PrepareOptions,
} from '../core/profiles/prepare.ts';
import { runExchange, type ExchangeListener, type ExchangePorts } from '../core/stream/exchange.ts';
import { followStream, trackPosition } from '../core/stream/resume/followStream.ts';
import { errorLine, requestLine, transcribe, type TranscriptLine } from '../core/stream/transcript.ts';
import { failureText, printForPeople } from '../net/consoleOutput.ts';
import { monotonicClock } from '../net/clock.ts';
import { createCookieJars } from '../net/cookieJars.ts';
import { acceptEncoding } from '../net/contentCoding.ts';
import {
  consentOfCommandLine,
  environmentAccountKey,
  environmentCredentials,
  machineDeviceId,
} from '../net/environmentSecrets.ts';
import { createHttpTransport } from '../net/httpTransport.ts';
import { createListedRoutes } from '../net/listedRoutes.ts';
import { terminalPorts } from '../net/terminalPorts.ts';
import { createTokenSource } from '../net/tokens.ts';
import { findWorkspace, readConfigOf, readWorkspaceProfiles } from '../net/workspaceSettings.ts';
import {
  EXIT,
  positiveNumber,
  readArguments,
  readDocument,
  readVariable,
  selectRequests,
  sendOptions,
} from './commandLine.ts';
import { drained, place, printJson, printProblems, printRaw, redactBytes, translate } from './printing.ts';

/** `cbhttp send`: sends requests of a file and prints what comes. @returns the exit code; @throws CbError `usage`, `parse` */
export async function sendCommand(args: readonly string[]): Promise<number> {
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
  const config = await readConfigOf(root);
  const timeoutOf = (name: string | null): number | null =>
    config.functions.find(({ declared }) => declared.name === name)?.declared.timeoutSeconds ?? null;
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
    if (exitCode === EXIT.interrupted) break;
    try {
      interrupt.signal.throwIfAborted();
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
      if (form === 'json') printJson(errorLine(error, translate));
      if (error.code === 'cancelled') {
        exitCode = EXIT.interrupted;
        break;
      }
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
      return drained(process.stdout, options.signal);
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
      return transcribe(print, { encodeBase64, secrets: prepared.secrets, translate });
    }
    case 'nothing':
      return { ...printRaw(), onChunk: () => {} };
    case 'people':
      return printForPeople(prepared, process, translate, timeoutSeconds);
  }
}
