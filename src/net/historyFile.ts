import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { mkdir, open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import type { KeptHead } from '../core/history/keptRun.ts';
import type { RunFile } from '../core/history/runFile.ts';

/** ms that written bytes may wait, and bytes that do not. */
const WAIT_MS = 100;
const BATCH_BYTES = 256 * 1024;
/** Bytes of one write, at most: they are copied together. */
const MAX_BATCH = 1024 * 1024;
/** Bytes that wait for the disk, from which on the connection waits, too. */
const MAX_QUEUED = 16 * 1024 * 1024;

const FLAGS = constants.O_WRONLY | constants.O_CREAT;

/** Nobody else's business. */
const FOLDER = { recursive: true, mode: 0o700 } as const;

/** Where a run's files are. */
export interface RunPaths {
  /** The folder of both, made where it is missing. */
  readonly folder: string;
  /** The head, as JSON. */
  readonly head: string;
  readonly journal: string;
}

/**
 * Writes one run's files: the journal in batches, each at its place, the head whole under another name first. A disk
 * that refuses loses the run, not the send: whoever wants to know listens to `onError`.
 */
export class HistoryFile implements RunFile {
  readonly #paths: RunPaths;
  readonly #onError: (error: unknown) => void;
  #queue: Uint8Array[] = [];
  #queued = 0;
  /** Where the next batch goes. */
  #position = 0;
  /** What is being written. */
  #batch: { readonly bytes: Uint8Array; readonly at: number } | null = null;
  #handle: FileHandle | undefined;
  #timer: NodeJS.Timeout | undefined;
  #draining: Promise<void> | undefined;
  #head: KeptHead | undefined;
  #writingHead: Promise<void> | undefined;
  #headCount = 0;
  #isGone = false;

  constructor(paths: RunPaths, onError: (error: unknown) => void) {
    this.#paths = paths;
    this.#onError = onError;
  }

  /** True where nothing more is written: the disk refused, or it was deleted or closed. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Adds to the journal; takes the bytes. */
  append(bytes: Uint8Array): void {
    if (this.#isGone) return;
    this.#queue.push(bytes);
    this.#queued += bytes.length;
    if (this.#queued >= BATCH_BYTES) void this.#drain();
    else this.#timer ??= setTimeout(() => void this.#drain(), WAIT_MS);
  }

  /** Resolves when the disk has kept up; undefined while it does. */
  pressure(): Promise<void> | undefined {
    return this.#queued > MAX_QUEUED ? this.#drain() : undefined;
  }

  /** Writes the head; of several in a short time only the last. */
  writeHead(head: KeptHead): void {
    if (this.#isGone) return;
    this.#head = head;
    this.#writingHead ??= this.#writeHeads();
  }

  /** Resolves when everything is on the disk, and closes the journal until it goes on. */
  async settle(): Promise<void> {
    while (this.#queued > 0 || this.#draining !== undefined || this.#writingHead !== undefined) {
      await this.#drain();
      await this.#writingHead;
    }
    await this.#close();
  }

  /** Deletes the files, and writes nothing more. */
  async remove(): Promise<void> {
    this.#stop();
    await this.#draining;
    await this.#writingHead;
    await this.#close();
    await removeRun(this.#paths);
  }

  /** The window closes: writes what is left before it returns, or deletes the files where there is no head. */
  closeNow(head: KeptHead | null): void {
    if (this.#isGone) return;
    if (head === null) {
      this.#stop();
      for (const file of [this.#paths.head, this.#paths.journal]) rmSync(file, { force: true });
      return;
    }
    const left = [...(this.#batch === null ? [] : [this.#batch.bytes]), ...this.#queue];
    let at = this.#batch?.at ?? this.#position;
    this.#stop();
    try {
      mkdirSync(this.#paths.folder, FOLDER);
      const file = openSync(this.#paths.journal, FLAGS, 0o600);
      try {
        for (const bytes of left) {
          for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from, bytes.length - from, at + from); // prettier-ignore
          at += bytes.length;
        }
      } finally {
        closeSync(file);
      }
      const written = `${this.#paths.head}.${process.pid}.last`;
      writeFileSync(written, JSON.stringify(head), { mode: 0o600 });
      renameSync(written, this.#paths.head);
    } catch (error) {
      this.#onError(error);
    }
  }

  #stop(): void {
    this.#isGone = true;
    this.#queue = [];
    this.#queued = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #drain(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#draining ??= this.#writeBatches().finally(() => (this.#draining = undefined));
    return this.#draining;
  }

  async #writeBatches(): Promise<void> {
    try {
      while (this.#queued > 0) {
        const bytes = this.#takeBatch();
        this.#batch = { bytes, at: this.#position };
        this.#position += bytes.length;
        this.#handle ??= await this.#open();
        for (let from = 0; from < bytes.length;) {
          const left = bytes.length - from;
          from += (await this.#handle.write(bytes, from, left, this.#batch.at + from)).bytesWritten;
        }
        this.#batch = null;
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #open(): Promise<FileHandle> {
    await this.#makeFolder();
    return open(this.#paths.journal, FLAGS, 0o600);
  }

  async #makeFolder(): Promise<void> {
    await mkdir(this.#paths.folder, FOLDER);
  }

  #takeBatch(): Uint8Array {
    let count = 0;
    let length = 0;
    do length += this.#queue[count++]?.length ?? 0;
    while (count < this.#queue.length && length + (this.#queue[count]?.length ?? 0) <= MAX_BATCH);
    const bytes = Buffer.concat(this.#queue.splice(0, count));
    this.#queued -= length;
    return bytes;
  }

  async #writeHeads(): Promise<void> {
    try {
      while (this.#head !== undefined) {
        const text = JSON.stringify(this.#head);
        this.#head = undefined;
        const written = `${this.#paths.head}.${process.pid}.${this.#headCount++}`;
        await this.#makeFolder();
        await writeFile(written, text, { mode: 0o600 });
        if (this.#isGone) await rm(written, { force: true });
        else await this.#replaceHead(written, text);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#writingHead = undefined;
    }
  }

  /** Windows refuses to replace what somebody reads just then. */
  async #replaceHead(written: string, text: string): Promise<void> {
    try {
      await rename(written, this.#paths.head);
    } catch {
      await writeFile(this.#paths.head, text, { mode: 0o600 });
      await rm(written, { force: true });
    }
  }

  #fail(error: unknown): void {
    if (!this.#isGone) this.#onError(error);
    this.#stop();
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close().catch(() => undefined);
  }
}

/** Deletes a run's files, the head first: a journal alone is nothing. */
export async function removeRun({ head, journal }: RunPaths): Promise<void> {
  await rm(head, { force: true });
  await rm(journal, { force: true });
}
