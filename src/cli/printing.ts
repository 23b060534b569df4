import type { Writable } from 'node:stream';
import translations from '../../l10n/bundle.l10n.zh-cn.json';
import { positionAt, type CbDocument, type Problem } from '../core/cbhttp/document.ts';
import { fill, formatMessage, msg, type Translate } from '../core/message.ts';
import { redactText } from '../core/profiles/redact.ts';
import type { ExchangeListener } from '../core/stream/exchange.ts';
import type { TranscriptLine } from '../core/stream/transcript.ts';

/** Into the language of the terminal. */
export const translate: Translate = makeTranslate(process.env);

/** Problems of a file to stderr, each with its place. */
export function printProblems(file: string, document: CbDocument, problems: readonly Problem[]): void {
  const lines = problems.slice(0, MAX_PROBLEMS).map(({ message, span }) => {
    return `${place(file, document, span.start)} ${formatMessage(message, translate)}\n`;
  });
  const left = problems.length - lines.length;
  if (left > 0) lines.push(`${formatMessage(msg('{0} further problems are not shown.', left), translate)}\n`);
  process.stderr.write(lines.join(''));
}

/** More than anybody reads: a file that is no request file at all has one in every line. */
const MAX_PROBLEMS = 1000;

/** `FILE:line:column`, from 1. */
export function place(file: string, document: CbDocument, offset: number): string {
  const { line, column } = positionAt(document, offset);
  return `${file}:${line + 1}:${column + 1}`;
}

/** To stdout. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Fields of a line that hold a word of this tool, whatever the secrets are. */
const OWN_WORDS = new Set(['kind', 'encoding', 'reason', 'code']);

/**
 * A line of `--json`.
 * @param secrets what must not be shown, also in what was received
 */
export function printJson(line: TranscriptLine, secrets: readonly string[] = []): void {
  const redact = (key: string, value: unknown): unknown =>
    typeof value === 'string' && !OWN_WORDS.has(key) ? redactText(value, secrets) : value;
  process.stdout.write(`${secrets.length === 0 ? JSON.stringify(line) : JSON.stringify(line, redact)}\n`);
}

/** Bytes that are no text, without the secrets among them. */
export function redactBytes(bytes: Uint8Array, secrets: readonly string[]): Buffer {
  if (secrets.length === 0) return Buffer.from(bytes);
  const hidden = secrets.map((secret) => Buffer.from(secret).toString('latin1')); // one character for each byte
  return Buffer.from(redactText(Buffer.from(bytes).toString('latin1'), hidden), 'latin1');
}

/** Settles when the output takes more: a slow reader slows the stream, it does not fill the memory. */
export async function drained(output: Writable, signal?: AbortSignal): Promise<void> {
  if (!output.writableNeedDrain || signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const onEither = (): void => {
      output.off('drain', onEither);
      signal?.removeEventListener('abort', onEither);
      resolve();
    };
    output.once('drain', onEither);
    signal?.addEventListener('abort', onEither);
  });
}

/** `--raw`: the body's bytes and nothing else; what went wrong goes to stderr. */
export function printRaw(): ExchangeListener {
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
