/** Loaded when the first function is run: what starts, watches and ends one. */
import * as vscode from 'vscode';
import { crashPlace, describeCrash, neverListened, type FunctionEnd } from '../core/functions/crash.ts';
import { whyNotDebugged, type Launch } from '../core/functions/launch.ts';
import { isCbError } from '../core/errors.ts';
import { msg, type Message } from '../core/message.ts';
import { readLaunch } from '../net/functionLaunch.ts';
import { startFunctionProcess, type FunctionProcess, type OutputLine } from '../net/functionProcess.ts';
import { anyFreePort, type PortBook } from '../net/portProbe.ts';
import type { ProcessGuard } from '../net/processGuard.ts';
import { ownSource, positionOf } from './crashLinks.ts';
import { attachDebugger } from './functionDebug.ts';
import { FunctionOutput } from './functionTerminal.ts';
import type { LocalState } from './localFunctions.ts';
import { say } from './translate.ts';
import type { WorkspaceFunction } from './workspaceFunctions.ts';

export { createPortBook } from '../net/portProbe.ts';
export { createProcessGuard } from '../net/processGuard.ts';
export { registerCrashLinks, showSource } from './crashLinks.ts';

/** What a run needs. */
export interface FunctionRunDeps {
  readonly workspaceFunction: WorkspaceFunction;
  readonly isDebugging: boolean;
  readonly guard: ProcessGuard;
  /** The file that a function's Node.js loads to be debugged. */
  readonly debugPreload: string;
  readonly log: vscode.LogOutputChannel;
  /** Ports this function should have, the likeliest first; asked at each start. */
  readonly wishedPorts: () => readonly number[];
  readonly ports: PortBook;
  readonly onChange: () => void;
  /** It has failed, at its start or later. */
  readonly onFail: (failure: RunFailure) => void;
  /** It was to be debugged and cannot be; it was not started. */
  readonly onUndebuggable: (why: string) => void;
  readonly onLine: (line: OutputLine) => void;
}

/** Lines kept of what a function wrote. */
const MAX_LINES = 5000;
/** ms a function may take until its port answers: the time a compiler needs. */
const READY_MS = 60_000;
const DIM = '\x1b[2m';
const RED = '\x1b[31m';

/** A failure, and the line of code that is to blame. */
export interface RunFailure {
  readonly message: string;
  readonly place: vscode.Location | null;
}

/** A function on this machine from Run to its end, restarts included; shown in one terminal. */
export class FunctionRun implements vscode.Disposable {
  readonly #output = new FunctionOutput();
  readonly #deps: FunctionRunDeps;
  readonly #lines: OutputLine[] = [];
  #state: LocalState | undefined;
  #port: number | undefined;
  #lastPort: number | undefined;
  #wasShown = false;
  #isActive = false;
  #process: FunctionProcess | undefined;
  #debugger: vscode.Disposable | undefined;
  /** Counts up with every start and stop: what belongs to an earlier one says nothing any more. */
  #turn = 0;
  #starting: Promise<boolean> = Promise.resolve(false);
  #ending: Promise<void> = Promise.resolve();
  #preparing = new AbortController();

  constructor(deps: FunctionRunDeps) {
    this.#deps = deps;
  }

  get name(): string {
    return this.#deps.workspaceFunction.declared.name;
  }

  get workspaceFunction(): WorkspaceFunction {
    return this.#deps.workspaceFunction;
  }

  /** That of its code, else that of the config which declares it. */
  get workspaceFolder(): vscode.WorkspaceFolder | undefined {
    const { folder, file } = this.#deps.workspaceFunction;
    return vscode.workspace.getWorkspaceFolder(folder) ?? vscode.workspace.getWorkspaceFolder(file);
  }

  /** Undefined once it was stopped. */
  get state(): LocalState | undefined {
    return this.#state;
  }

  get isDebugging(): boolean {
    return this.#deps.isDebugging;
  }

  /** True from its start until it ends or is told to. */
  get isActive(): boolean {
    return this.#isActive;
  }

  /** Undefined where it does not run. */
  get port(): number | undefined {
    return this.#state === undefined || this.#state.kind === 'failed' ? undefined : this.#state.port;
  }

  /** True once it has a terminal. */
  get wasShown(): boolean {
    return this.#wasShown;
  }

  /** A terminal that shows what it writes; closing that stops it. */
  terminal(): vscode.Pseudoterminal {
    this.#wasShown = true;
    return this.#output.terminal(() => void this.stop());
  }

  get lines(): readonly OutputLine[] {
    return this.#lines;
  }

  /** True once the start under way has its port answer, false when it has failed; never rejects. */
  get ready(): Promise<boolean> {
    return this.#starting;
  }

  /** @returns as {@link ready} */
  start(): Promise<boolean> {
    this.#isActive = true;
    this.#starting = this.#start(++this.#turn);
    return this.#starting;
  }

  /** Stops it and starts it anew in the same terminal. */
  async restart(): Promise<boolean> {
    const turn = ++this.#turn;
    if (this.#port !== undefined) this.#setState({ kind: 'starting', port: this.#port });
    this.#write(`\n${vscode.l10n.t('Restarting {0} …', this.name)}\n\n`, DIM);
    await this.#endProcess();
    return turn === this.#turn ? this.start() : this.ready;
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.#turn++;
    this.#isActive = false;
    await this.#endProcess();
    this.#finish(undefined, undefined);
  }

  /** Resolves when what was told to end is gone. */
  get ended(): Promise<void> {
    return this.#ending;
  }

  /** Tells it to end and does not wait. */
  dispose(): void {
    this.#turn++;
    this.#preparing.abort();
    this.#debugger?.dispose();
    this.#process?.abandon();
    this.#output.end(undefined);
    this.#output.dispose();
  }

  async #start(turn: number): Promise<boolean> {
    this.#preparing = new AbortController();
    const { signal } = this.#preparing;
    const isOld = (): boolean => turn !== this.#turn;
    try {
      const port = await this.#takePort();
      if (isOld()) {
        this.#releasePort();
        return false;
      }
      this.#setState({ kind: 'starting', port });
      const launch = await this.#readLaunch(port, signal);
      if (isOld()) return false;
      if ('problem' in launch) return this.#fail(launch.problem, null);
      const undebuggable = this.#deps.isDebugging ? whyNotDebugged(this.name, launch) : null;
      if (undebuggable !== null) {
        this.#finish(undefined, undefined);
        this.#deps.onUndebuggable(say(undebuggable));
        return false;
      }
      return await this.#launch(launch, port, turn);
    } catch (error) {
      if (isOld()) return false;
      const reason = error instanceof Error ? error.message : String(error);
      return this.#fail(isCbError(error) ? error.display : { text: '{0}', args: [reason] }, null);
    }
  }

  /** The one it had where it still can. */
  async #takePort(): Promise<number> {
    const { ports, wishedPorts } = this.#deps;
    this.#releasePort();
    this.#port = await ports.take([
      ...wishedPorts(),
      ...(this.#lastPort === undefined ? [] : [this.#lastPort]),
    ]);
    this.#lastPort = this.#port;
    return this.#port;
  }

  #releasePort(): void {
    if (this.#port !== undefined) this.#deps.ports.release(this.#port);
    this.#port = undefined;
  }

  #readLaunch(port: number, signal: AbortSignal): Promise<Launch | { readonly problem: Message }> {
    const { declared, folder, file } = this.#deps.workspaceFunction;
    if (folder.scheme !== 'file') {
      const problem = msg('The function "{0}" is not on this machine: {1}', declared.name, folder.toString());
      return Promise.resolve({ problem });
    }
    const root = this.#root();
    return readLaunch({ declared, folder: folder.fsPath, file: file.fsPath, root, port }, { signal });
  }

  /** As far up as its code and its packages may stand. */
  #root(): string {
    const { folder } = this.#deps.workspaceFunction;
    return (vscode.workspace.getWorkspaceFolder(folder)?.uri ?? folder).fsPath;
  }

  async #launch(launch: Launch, port: number, turn: number): Promise<boolean> {
    const { isDebugging, guard } = this.#deps;
    const debugged = isDebugging ? await this.#withDebugger(launch) : launch;
    if (turn !== this.#turn) return false;
    this.#write(`${this.name}: http://127.0.0.1:${port}\n\n`, DIM);
    this.#deps.log.info(`${this.name} is started on port ${port}`);
    const started = startFunctionProcess({
      launch: debugged,
      port,
      guard,
      readyTimeoutMs: isDebugging ? null : READY_MS, // it may wait at a breakpoint
      onText: (text) => this.#output.write(text),
      onLine: (line) => {
        this.#lines.push(line);
        if (this.#lines.length > MAX_LINES) this.#lines.splice(0, MAX_LINES / 10);
        this.#deps.onLine(line);
      },
    });
    this.#process = started;
    const sinceMs = Date.now();
    void started.ended.then((end) => {
      if (turn === this.#turn) this.#ended(end, { command: launch.command, port, sinceMs });
    });
    const outcome = await started.ready;
    if (outcome === 'ended') await started.ended; // which says why
    if (turn !== this.#turn || outcome === 'ended') return false;
    if (outcome === 'listening') {
      this.#setState({ kind: 'running', port, sinceMs: Date.now(), isDebugging });
      return true;
    }
    this.#turn++; // why it ends is known
    await this.#endProcess();
    return this.#fail(neverListened(this.name, port, READY_MS / 1000), null);
  }

  /** The launch with what makes Node.js wait for the debugger, which is attached once it does. */
  async #withDebugger(launch: Launch): Promise<Launch> {
    const inspectorPort = await anyFreePort();
    const { debugPreload, log } = this.#deps;
    this.#debugger = attachDebugger(
      {
        name: this.name,
        workspaceFolder: this.workspaceFolder,
        inspectorPort,
        onEnd: () => void this.stop(),
      },
      log,
    );
    const options = [launch.env['NODE_OPTIONS'], `--require ${JSON.stringify(debugPreload)}`];
    const env = {
      ...launch.env,
      NODE_OPTIONS: options.filter(Boolean).join(' '),
      CBHTTP_INSPECT_PORT: String(inspectorPort),
      CBHTTP_INSPECT_ROOT: this.#root(),
    };
    return { ...launch, env };
  }

  async #endProcess(): Promise<void> {
    this.#preparing.abort();
    this.#debugger?.dispose();
    this.#debugger = undefined;
    const process = this.#process;
    this.#process = undefined;
    this.#ending = this.#ending.then(async () => {
      try {
        await process?.stop();
      } catch (error) {
        this.#deps.log.error(`${this.name}: ${String(error)}`);
      }
    });
    await this.#ending;
  }

  /** It has ended by itself. */
  #ended(
    end: FunctionEnd,
    started: { readonly command: string; readonly port: number; readonly sinceMs: number },
  ): void {
    this.#turn++;
    this.#process = undefined;
    this.#debugger?.dispose();
    this.#debugger = undefined;
    if (this.#state?.kind === 'running' && end.exitCode === 0) {
      this.#finish(undefined, 0);
      return;
    }
    const { command, port, sinceMs } = started;
    const lines = this.#lines.filter(({ atMs }) => atMs >= sinceMs).map(({ text }) => text);
    const folder = this.#deps.workspaceFunction.folder.fsPath;
    const sentences = describeCrash({ name: this.name, command, folder, port, end, lines });
    const place = crashPlace(lines, (written) => ownSource(written, folder, this.#root()) !== null);
    const uri = place === null ? null : ownSource(place.path, folder, this.#root());
    this.#fail(
      { text: '{0}', args: [sentences.map(say).join(' ')] },
      end.exitCode,
      uri === null || place === null ? null : new vscode.Location(uri, positionOf(place)),
    );
  }

  #fail(why: Message, exitCode: number | null, place: vscode.Location | null = null): false {
    const message = say(why);
    this.#write(`\n${message}\n`, RED);
    this.#finish({ kind: 'failed', message, exitCode }, exitCode ?? 1);
    this.#deps.onFail({ message, place });
    return false;
  }

  #finish(state: LocalState | undefined, exitCode: number | undefined): void {
    this.#isActive = false;
    this.#releasePort();
    this.#setState(state);
    this.#output.end(exitCode);
  }

  #write(text: string, style: string): void {
    this.#output.write(`${style}${text}\x1b[0m`);
  }

  #setState(state: LocalState | undefined): void {
    this.#state = state;
    this.#deps.onChange();
  }
}
