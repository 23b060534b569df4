import * as vscode from 'vscode';
import { isCbError } from '../core/errors.ts';
import { formatMessage } from '../core/message.ts';
import type { AssemblyOptions } from '../core/stream/assembly/textAssembly.ts';
import { BODY_MEMORY_BYTES, ByteLog } from '../core/stream/byteLog.ts';
import type { JsonPathEngine } from '../core/stream/search/jsonPathMatcher.ts';
import type { StreamFormat } from '../core/stream/streamFormat.ts';
import { openFileSpill } from '../net/fileSpill.ts';
import { NO_FILTER, type FilterInput } from '../protocol/messages.ts';
import { RunStream } from './runStream.ts';
import type { StreamSettings } from './streamSettings.ts';
import { say } from './translate.ts';

/** What {@link ReceivedBytes} need from their run. */
export interface ReceivedBytesDeps {
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  readonly settings: StreamSettings;
  readonly loadJsonPath: () => Promise<JsonPathEngine>;
  /** ms since the request was sent. */
  readonly elapsedMs: () => number;
  /** Something that the stream's snapshot tells has changed. */
  readonly onChange: () => void;
}

/**
 * The bytes a run received, over all of its connections: a stream, over its breaks, and apart from it what is none. Owns
 * both.
 */
export class ReceivedBytes implements vscode.Disposable {
  readonly #deps: ReceivedBytesDeps;
  readonly #apart: ByteLog;
  #stream: RunStream | undefined;
  #filter: FilterInput = NO_FILTER;
  #select: Pick<AssemblyOptions, 'select'> = {};

  constructor(deps: ReceivedBytesDeps) {
    this.#deps = deps;
    const memoryBytes = Math.min(deps.settings.memoryBytes, BODY_MEMORY_BYTES);
    this.#apart = new ByteLog({ memoryBytes, openSpill: openFileSpill });
  }

  /** The stream, once the response is known to be one. */
  get stream(): RunStream | undefined {
    return this.#stream;
  }

  /** The body that is no stream; of a run with a stream, that of the answer that came in place of its rest. */
  get apart(): Pick<ByteLog, 'read'> {
    return this.#apart;
  }

  /** Of the stream where there is one. */
  get length(): number {
    return this.#stream?.store.byteLength ?? this.#apart.length;
  }

  /** Those from `from` up to `to`, not included: perhaps a view, so neither change nor keep it. */
  read(from: number, to: number): Uint8Array {
    return this.#stream?.store.bytes(from, to) ?? this.#apart.read(from, to);
  }

  /** Reads the setting of where the text stands; to be awaited before the first of them comes. */
  async prepare(): Promise<void> {
    const { settings, loadJsonPath, log } = this.#deps;
    if (settings.textPath === '') return;
    try {
      this.#select = { select: (await loadJsonPath()).compile(settings.textPath) };
    } catch (error) {
      const display = isCbError(error) ? error.display : { text: '{0}', args: [String(error)] };
      log.warn(`cbhttp.stream.textPath: ${formatMessage(display)}`);
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The setting {0} cannot be used: {1}', 'cbhttp.stream.textPath', say(display)),
      );
    }
  }

  /**
   * A response begins.
   * @param format how to show it row by row; null for a whole
   */
  begin(format: StreamFormat | null): void {
    if (this.#stream !== undefined) {
      // What is no stream has no part in it.
      if (format !== 'event-stream') this.#stream.store.end();
    } else if (format !== null) {
      const { memoryBytes } = this.#deps.settings;
      const options = { ...this.#deps, ...this.#select, format, memoryBytes, openSpill: openFileSpill };
      this.#stream = new RunStream(options);
      this.#stream.setFilter(this.#filter);
    }
  }

  /** @param atMs since the request was sent */
  append(atMs: number, chunk: Uint8Array): void {
    // A resumed stream's other answer stands apart.
    if (this.#stream === undefined || this.#stream.store.hasEnded) this.#apart.append(chunk);
    else this.#stream.append(atMs, chunk);
  }

  /** Which rows of the stream the panel's grid shows, also of one that comes later. */
  setFilter(filter: FilterInput): void {
    this.#filter = filter;
    this.#stream?.setFilter(filter);
  }

  /** Says why all of them stay in memory, where they do. */
  logSpillError(): void {
    const spillError = this.#stream?.store.spillError ?? this.#apart.spillError;
    if (spillError === undefined) return;
    const reason = spillError instanceof Error ? spillError.message : 'unknown reason';
    this.#deps.log.warn(`All of the response is kept in memory: ${reason}`);
  }

  dispose(): void {
    this.#stream?.dispose();
    this.#apart.dispose();
  }
}
