/** Loaded when the first run begins, or when the history is first looked at. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { keepsRuns, maxRunBytes, WINDOW_LIMITS } from '../core/history/limits.ts';
import type { KeptHead } from '../core/history/keptRun.ts';
import type { StoredRun } from '../core/history/runFile.ts';
import { WindowRuns } from '../core/history/windowRuns.ts';
import { HistoryStore } from '../net/historyStore.ts';
import { DisposableStore } from './disposableStore.ts';
import type { KeptJournal } from './historyReplay.ts';
import { HistoryRecorder } from './historyRecorder.ts';
import { readHistoryLimits } from './historySettings.ts';
import type { HistoryReference, RunSource } from './historySource.ts';
import type { Run } from './run.ts';

export { askHistoryFilter, historyCommands } from './historyCommands.ts';
export { historyItem, HistoryTree } from './historyTree.ts';

/** ms in which changes are gathered before the list is read again. */
const GATHER_MS = 100;
/** ms for which the window before a reload may still be writing, and between two looks. */
const CLOSING_MS = 5000;
const LOOK_MS = 100;

/** A run of the history, as it is listed. */
export interface KeptRun extends HistoryReference {
  readonly head: KeptHead;
  readonly startedMs: number;
  readonly isPinned: boolean;
  /** True while a window writes it: this one or another. */
  readonly isLive: boolean;
  /** False for a run of this window that is gone with it. */
  readonly isOnDisk: boolean;
}

/** What the history needs. */
export interface HistoryDeps {
  /** Where the runs are kept. */
  readonly folder: string;
  readonly log: vscode.LogOutputChannel;
  /** Makes a run again. */
  readonly replay: (kept: KeptJournal) => Promise<Run>;
}

/** The runs that were kept, of this window and of earlier ones, the newest first. */
export class History implements RunSource, vscode.Disposable {
  readonly #deps: HistoryDeps;
  readonly #disk: HistoryStore;
  /** Those of this window that began while the settings said that none is kept. */
  readonly #memory = new WindowRuns();
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  /** Of the runs of this window that go on, or were not judged yet. */
  readonly #recorders = new Map<string, HistoryRecorder>();
  #runs: readonly KeptRun[] = [];
  #loading: Promise<void> | undefined;
  #gathering: NodeJS.Timeout | undefined;
  /** One look at the disk after another. */
  #looking: Promise<void> = Promise.resolve();

  /** Runs were added, have changed or are gone. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: HistoryDeps) {
    this.#deps = deps;
    this.#disk = new HistoryStore(deps.folder, randomUUID(), (error) =>
      deps.log.warn(`A run could not be kept: ${error instanceof Error ? error.message : String(error)}`),
    );
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('cbhttp.history')) this.#look();
      }),
    );
  }

  /** The newest first, as far as they are known: none before {@link History.load}. */
  get runs(): readonly KeptRun[] {
    return this.#runs;
  }

  /** False where the settings say that nothing is to be kept on disk. */
  get isKept(): boolean {
    return keepsRuns(readHistoryLimits());
  }

  /** Resolves when the runs are known. */
  load(): Promise<void> {
    this.#loading ??= this.#start();
    return this.#loading;
  }

  /** Keeps a run from its beginning: on disk, or in memory where the settings say that nothing is kept there. */
  record(run: Run): HistoryRecorder | null {
    if (this.#store.isDisposed || !vscode.workspace.isTrusted) return null;
    const { id } = run;
    const { isKept } = this;
    const recorder: HistoryRecorder = new HistoryRecorder(run, {
      file: isKept ? this.#disk.file(id) : this.#memory.file(id),
      owner: this.#disk.owner,
      maxBytes: maxRunBytes(isKept ? readHistoryLimits() : WINDOW_LIMITS),
      onChange: () => {
        if (recorder.isRunning) this.#recorders.set(id, recorder);
        this.#look();
      },
      // It would keep all that the run received.
      onSettled: () => {
        this.#recorders.delete(id);
        this.#look();
      },
    });
    return recorder;
  }

  async open(id: string): Promise<Run> {
    await this.load();
    const held = this.#memory.read(id);
    const read = held ?? (await this.#disk.read(id));
    if (read === undefined) throw new Error(vscode.l10n.t('This run is no longer kept.'));
    try {
      const isLive = held === undefined ? this.#disk.isLive(read.head) : read.head.state === 'running';
      return await this.#deps.replay({ ...read, isLive });
    } catch (error) {
      this.#deps.log.warn(`The run ${id} cannot be read: ${String(error)}`);
      throw new Error(vscode.l10n.t('This run can no longer be read.'), { cause: error });
    }
  }

  async reopen(id: string): Promise<Run | undefined> {
    await this.load();
    const stopAt = Date.now() + CLOSING_MS;
    // The window before may be closing still.
    while (this.#find(id)?.isLive === true && Date.now() < stopAt) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      await this.#read();
    }
    return this.#find(id) === undefined ? undefined : this.open(id).catch(() => undefined);
  }

  async previous(run: Run): Promise<Run | undefined> {
    await this.load();
    const { uri, key } = run.subject;
    const startedMs = this.#find(run.id)?.startedMs ?? run.sentMs ?? Date.now();
    const before = this.#runs.find(
      ({ id, head: { request }, startedMs: ms, isLive }) =>
        id !== run.id && !isLive && ms < startedMs && request.uri === uri.toString() && request.key === key,
    );
    return before === undefined ? undefined : this.open(before.id);
  }

  /** Deletes runs and their files; one that another window is writing stays. */
  async delete(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids);
    const stored = (await this.#disk.list()).filter(({ id }) => wanted.has(id));
    for (const id of wanted) this.#recorders.delete(id);
    this.#memory.delete(wanted);
    await this.#disk.delete(stored);
    await this.#read();
  }

  /** Pins runs that are on disk, or takes the pin off. */
  async setPinned(ids: readonly string[], isPinned: boolean): Promise<void> {
    for (const id of ids) if (!this.#memory.has(id)) await this.#disk.setPinned(id, isPinned);
    await this.#read();
  }

  /** The window closes: what is still running is on the disk when this returns. */
  dispose(): void {
    clearTimeout(this.#gathering);
    for (const recorder of this.#recorders.values()) recorder.closeNow(this.isKept);
    this.#store.dispose();
  }

  async #start(): Promise<void> {
    try {
      await this.#disk.prepare();
      await this.#disk.sweep();
    } catch (error) {
      this.#deps.log.warn(`The history cannot be kept: ${String(error)}`);
    }
    const watcher = this.#disk.watch(() => this.#look());
    this.#store.add({ dispose: () => watcher?.close() });
    await this.#read();
  }

  #find(id: string): KeptRun | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  /** Reads the list again, soon. */
  #look(): void {
    if (this.#store.isDisposed || this.#gathering !== undefined) return;
    this.#gathering = setTimeout(() => {
      this.#gathering = undefined;
      void this.#read();
    }, GATHER_MS);
  }

  #read(): Promise<void> {
    const reading = this.#looking.then(async () => {
      if (this.#store.isDisposed) return;
      const onDisk = await this.#disk.keepWithin(readHistoryLimits());
      const inMemory = this.#memory.keepWithin(WINDOW_LIMITS);
      const listed = [
        ...onDisk.map((run) => this.#listed(run, true)),
        ...inMemory.map((run) => this.#listed(run, false)),
      ];
      this.#runs = listed.sort((one, other) => other.startedMs - one.startedMs);
      if (!this.#store.isDisposed) this.#changed.fire();
    });
    this.#looking = reading.catch((error: unknown) =>
      this.#deps.log.warn(`The history cannot be read: ${String(error)}`),
    );
    return this.#looking;
  }

  /** What this window writes it knows better than the disk. */
  #listed({ id, head, startedMs, isPinned, isLive }: StoredRun, isOnDisk: boolean): KeptRun {
    return { id, head: this.#recorders.get(id)?.head ?? head, startedMs, isPinned, isLive, isOnDisk };
  }
}
