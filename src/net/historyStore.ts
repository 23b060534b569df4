import { createReadStream, watch, type FSWatcher } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import path from 'node:path';
import { FrameReader, type Frame } from '../core/history/journal.ts';
import { readKeptHead, type KeptHead } from '../core/history/keptRun.ts';
import { runsOverLimits, type HistoryLimits } from '../core/history/limits.ts';
import type { StoredRun } from '../core/history/runFile.ts';
import { HistoryFile, removeRun, type RunPaths } from './historyFile.ts';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** ms after which what no head belongs to is what is left of something. */
const ORPHAN_MS = 60_000;
/** Heads read at once. */
const AT_ONCE = 32;

/**
 * The runs in one folder: `<id>.json` is the head, `<id>.journal` what the run was told, `<id>.pin` says that it is
 * pinned. Several windows may share the folder: each writes only the files of its own runs, and deletes none that
 * another one is writing.
 */
export class HistoryStore {
  readonly #folder: string;
  readonly #session: string;
  readonly #onError: (error: unknown) => void;
  readonly #files = new Map<string, HistoryFile>();
  /** Heads of runs of other windows that have ended, as long as nobody writes them again. */
  readonly #ended = new Map<string, KeptHead>();
  #made: Promise<unknown> | undefined;

  /** @param session names this window among those that share a process */
  constructor(folder: string, session: string, onError: (error: unknown) => void) {
    this.#folder = folder;
    this.#session = session;
    this.#onError = onError;
  }

  /** Names whoever writes a run in this window. */
  get owner(): KeptHead['owner'] {
    return { pid: process.pid, session: this.#session };
  }

  /** Makes the folder where there is none. */
  prepare(): Promise<unknown> {
    this.#made ??= mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return this.#made;
  }

  /** The file of a run that begins now, or goes on. */
  file(id: string): HistoryFile {
    let file = this.#files.get(id);
    if (file === undefined) {
      file = new HistoryFile(this.#paths(id), this.#onError);
      this.#files.set(id, file);
    }
    this.#ended.delete(id);
    return file;
  }

  /** All runs, in no order; what cannot be read is none. */
  async list(): Promise<StoredRun[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const pinned = new Set(names.filter((name) => name.endsWith('.pin')).map((name) => name.slice(0, -4)));
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
    const known = ids.filter((id) => ID.test(id));
    const runs: StoredRun[] = [];
    for (let from = 0; from < known.length; from += AT_ONCE) {
      const heads = await Promise.all(known.slice(from, from + AT_ONCE).map((id) => this.#head(id)));
      for (const head of heads) if (head !== null) runs.push(this.#stored(head, pinned.has(head.id)));
    }
    return runs;
  }

  /** A run with its frames; undefined where it is not there any more. A torn end is left out. */
  async read(id: string): Promise<{ head: KeptHead; frames: AsyncIterable<Frame> } | undefined> {
    await this.#files.get(id)?.settle();
    const head = ID.test(id) ? await this.#head(id) : null;
    return head === null ? undefined : { head, frames: readFrames(this.#paths(id).journal) };
  }

  /** Deletes runs; those that another window is writing stay. */
  async delete(runs: readonly StoredRun[]): Promise<void> {
    for (const { id, head, isLive } of runs) {
      if (isLive && head.owner.session !== this.#session) continue;
      this.#ended.delete(id);
      const file = this.#files.get(id);
      this.#files.delete(id);
      try {
        await (file === undefined ? removeRun(this.#paths(id)) : file.remove());
        await rm(this.#pin(id), { force: true });
      } catch (error) {
        this.#onError(error); // somebody reads it: it goes the next time
      }
    }
  }

  async setPinned(id: string, isPinned: boolean): Promise<void> {
    if (isPinned) await writeFile(this.#pin(id), '');
    else await rm(this.#pin(id), { force: true });
  }

  /** Deletes what is over the limits. @returns what is left */
  async keepWithin(limits: HistoryLimits): Promise<StoredRun[]> {
    const runs = await this.list();
    const over = new Set(runsOverLimits(runs, limits));
    await this.delete([...over]);
    return runs.filter((run) => !over.has(run));
  }

  /** Deletes what windows that were killed have left half done, and notes which runs ended with them. */
  async sweep(): Promise<void> {
    for (const { head, isLive } of await this.list()) {
      // Their process's number may be another's tomorrow.
      if (head.state === 'running' && !isLive) await this.#noteLost(head);
    }
    const names = await readdir(this.#folder).catch(() => []);
    const heads = new Set(names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)));
    const left = names.filter(
      (name) => !(name.endsWith('.json') && ID.test(name.slice(0, -5))) && !heads.has(name.slice(0, 36)),
    );
    const halfWritten = names.filter((name) => /\.json\.\d+\.\w+$/.test(name));
    for (const name of new Set([...left, ...halfWritten])) {
      const file = path.join(this.#folder, name);
      const known = await stat(file).catch(() => undefined);
      if (known !== undefined && Date.now() - known.mtimeMs > ORPHAN_MS) await rm(file, { force: true });
    }
  }

  /** Calls back when another window may have changed something. @returns null where that cannot be watched */
  watch(onChange: () => void): FSWatcher | null {
    try {
      const watcher = watch(this.#folder, (_event, name) => {
        const id = name?.slice(0, 36) ?? '';
        this.#ended.delete(id);
        if (!this.#files.has(id)) onChange();
      });
      return watcher.on('error', () => watcher.close());
    } catch {
      return null; // the folder is gone, or the system watches enough
    }
  }

  /** Whether who wrote a run to be going on still does. */
  isLive({ state, owner, id, startedMs }: KeptHead): boolean {
    if (state !== 'running') return false;
    if (owner.session === this.#session) return this.#files.get(id)?.isGone === false;
    const startedHereMs = Date.now() - uptime() * 1000;
    return startedMs >= startedHereMs && owner.pid !== process.pid && isAlive(owner.pid);
  }

  async #noteLost(head: KeptHead): Promise<void> {
    const { head: file, journal } = this.#paths(head.id);
    const written = `${file}.${process.pid}.lost`;
    // The head may be older than what is in the journal, and the limits go by it.
    const journalBytes = await stat(journal).then(({ size }) => size, () => head.journalBytes); // prettier-ignore
    const lost: KeptHead = { ...head, state: 'lost', journalBytes };
    try {
      await writeFile(written, JSON.stringify(lost), { mode: 0o600 });
      await rename(written, file);
    } catch {
      await rm(written, { force: true }); // another window does the same
    }
  }

  #stored(head: KeptHead, isPinned: boolean): StoredRun {
    const { id, startedMs, journalBytes } = head;
    const byteLength = journalBytes + JSON.stringify(head).length;
    return { id, head, startedMs, byteLength, isPinned, isLive: this.isLive(head) };
  }

  async #head(id: string): Promise<KeptHead | null> {
    const known = this.#ended.get(id);
    if (known !== undefined) return known;
    try {
      const head = readKeptHead(JSON.parse(await readFile(this.#paths(id).head, 'utf8')));
      if (head?.id !== id) return null;
      if (head.state !== 'running' && !this.#files.has(id)) this.#ended.set(id, head);
      return head;
    } catch {
      return null; // deleted meanwhile, or torn
    }
  }

  #paths(id: string): RunPaths {
    return {
      folder: this.#folder,
      head: path.join(this.#folder, `${id}.json`),
      journal: path.join(this.#folder, `${id}.journal`),
    };
  }

  #pin(id: string): string {
    return path.join(this.#folder, `${id}.pin`);
  }
}

async function* readFrames(journal: string): AsyncGenerator<Frame> {
  const handle = await open(journal, 'r').catch(() => undefined);
  if (handle === undefined) return; // nothing came of it
  const reader = new FrameReader();
  for await (const piece of createReadStream('', { fd: handle, highWaterMark: 256 * 1024 })) {
    yield* reader.read(piece as Buffer);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
