import * as vscode from 'vscode';
import type { OutputLine } from '../net/functionProcess.ts';
import type { PortBook } from '../net/portProbe.ts';
import type { ProcessGuard } from '../net/processGuard.ts';
import type { FunctionReference } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type * as runModule from './functionRun.ts';
import type { FunctionRun, RunFailure } from './functionRun.ts';
import { functionOfTask, makeFunctionTask, type FunctionTaskDefinition } from './functionTask.ts';
import { profilesFor } from './profiles.ts';
import type { WorkspaceFunction, WorkspaceFunctions } from './workspaceFunctions.ts';

/** How a function stands on this machine. */
export type LocalState =
  | { readonly kind: 'starting'; readonly port: number }
  | {
      readonly kind: 'running';
      readonly port: number;
      /** ms since 1970. */
      readonly sinceMs: number;
      readonly isDebugging: boolean;
    }
  | { readonly kind: 'failed'; readonly message: string; readonly exitCode: number | null };

/** What running functions needs. */
export interface LocalFunctionsDeps {
  readonly functions: WorkspaceFunctions;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** What is loaded and made with the first run. */
interface Workshop {
  readonly module: typeof runModule;
  readonly guard: ProcessGuard;
  readonly ports: PortBook;
}

/** The functions that the extension runs on this machine, by their folders. Owns their processes. */
export class LocalFunctions implements vscode.Disposable {
  readonly #deps: LocalFunctionsDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #wrote = this.#store.add(new vscode.EventEmitter<{ folder: vscode.Uri; line: OutputLine }>());
  /** The last run of each; by the function's folder, as are the others. */
  readonly #runs = new Map<string, FunctionRun>();
  /** Starts that are under way, one after another for each. */
  readonly #beginning = new Map<string, Promise<unknown>>();
  #workshop: Promise<Workshop> | undefined;

  /** A function has started, is ready, has failed or was stopped. */
  readonly onDidChange = this.#changed.event;
  /** A function has written a line. */
  readonly onDidOutput = this.#wrote.event;

  constructor(deps: LocalFunctionsDeps) {
    this.#deps = deps;
  }

  /** How the function in a folder stands; undefined where it was not run, or was stopped. */
  state(folder: vscode.Uri): LocalState | undefined {
    return this.#runs.get(folder.toString())?.state;
  }

  /** The last lines it wrote, the oldest first; also of one that has ended. */
  output(folder: vscode.Uri): readonly OutputLine[] {
    return this.#runs.get(folder.toString())?.lines ?? [];
  }

  /** The port a function runs on, for a document or folder; undefined where it does not run. */
  runningPort(name: string, resource: vscode.Uri | undefined): number | undefined {
    const wanted = resource && vscode.workspace.getWorkspaceFolder(resource);
    const run = this.active().find(
      (one) => one.name === name && (wanted === undefined || isSameFolder(one.workspaceFolder, wanted)),
    );
    return run?.port;
  }

  /** The functions that run, or are about to. */
  active(): readonly FunctionRun[] {
    return this.unstopped().filter(({ isActive }) => isActive);
  }

  /** Those, and the ones that have failed. */
  unstopped(): readonly FunctionRun[] {
    return [...this.#runs.values()].filter(({ isActive, state }) => isActive || state?.kind === 'failed');
  }

  /**
   * Runs a function in a terminal, unless it runs already.
   * @param wishedPort where it should listen if that port is free
   * @returns true once its port answers, false where it failed, which the user has been told, or was stopped before
   */
  run(reference: FunctionReference, wishedPort?: number): Promise<boolean> {
    return this.#begin(reference, false, wishedPort);
  }

  /** As {@link run}, with the debugger: one that runs without it is started anew. */
  debug(reference: FunctionReference): Promise<boolean> {
    return this.#begin(reference, true);
  }

  /** Ends a function with all it started; resolves when nothing of it is left. */
  async stop({ folder }: FunctionReference): Promise<void> {
    await this.#runs.get(folder.toString())?.stop();
  }

  /** Starts a function anew in its terminal; runs one that does not run. @returns as {@link run} */
  async restart(reference: FunctionReference): Promise<boolean> {
    const run = this.#runs.get(reference.folder.toString());
    if (run?.isActive === true && vscode.workspace.isTrusted) return run.restart();
    return run?.isDebugging === true ? this.debug(reference) : this.run(reference);
  }

  /** The task that runs a function. @param definition as it stands in tasks.json */
  taskOf(
    { declared: { name }, folder }: WorkspaceFunction,
    scope: vscode.WorkspaceFolder,
    definition?: FunctionTaskDefinition,
  ): vscode.Task {
    const reference = { name, folder };
    return makeFunctionTask(name, scope, () => this.#openTerminal(reference), definition);
  }

  /** Tells all processes to end; those that take their time are ended after this one. */
  dispose(): void {
    this.#store.dispose();
    for (const run of this.#runs.values()) run.dispose();
    this.#workshop?.then(
      ({ guard }) => guard.dispose(),
      () => undefined, // there is none
    );
  }

  async #begin(reference: FunctionReference, isDebugging: boolean, wishedPort?: number): Promise<boolean> {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Functions are not run in a workspace that is not trusted.'),
      );
      return false;
    }
    const key = reference.folder.toString();
    const begun = (this.#beginning.get(key) ?? Promise.resolve()).then(() =>
      this.#startedRun(reference, isDebugging, wishedPort),
    );
    this.#beginning.set(
      key,
      begun.catch(() => undefined),
    );
    return (await begun)?.ready ?? false;
  }

  /** The run that is there, or a new one that is being started. */
  async #startedRun(
    reference: FunctionReference,
    isDebugging: boolean,
    wishedPort: number | undefined,
  ): Promise<FunctionRun | undefined> {
    const former = this.#runs.get(reference.folder.toString());
    if (former?.isActive === true) {
      if (!isDebugging || former.isDebugging) return former;
      await former.stop();
    }
    await former?.ended;
    const run = await this.#makeRun(reference, isDebugging, wishedPort);
    if (run === undefined) return undefined;
    void run.start();
    this.#showTerminal(run).catch((error: unknown) => this.#deps.log.error(String(error)));
    return run;
  }

  /** In the place of a former one; undefined where there is no such function. */
  async #makeRun(
    reference: FunctionReference,
    isDebugging: boolean,
    wishedPort?: number,
  ): Promise<FunctionRun | undefined> {
    const { module, guard, ports } = await (this.#workshop ??= this.#openWorkshop());
    const all = (await this.#deps.functions.settled()).flatMap(({ functions }) => functions);
    const here = all.filter(({ folder }) => folder.toString() === reference.folder.toString());
    const found = here.find(({ declared }) => declared.name === reference.name) ?? here[0];
    if (this.#store.isDisposed) return undefined;
    if (found === undefined) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The function "{0}" is no longer in the workspace.', reference.name),
      );
      return undefined;
    }
    const { functions, log } = this.#deps;
    const key = found.folder.toString();
    const run = new module.FunctionRun({
      workspaceFunction: found,
      isDebugging,
      guard,
      ports,
      debugPreload: this.#built('debugPreload.cjs'),
      log,
      wishedPorts: () => [
        ...(wishedPort === undefined ? [] : [wishedPort]),
        ...mappedPorts(found, functions),
      ],
      onChange: () => this.#changed.fire(),
      onFail: (failure) => void this.#tellFailure(run, failure),
      onUndebuggable: (why) => void this.#offerToRun(reference, why),
      onLine: (line) => this.#wrote.fire({ folder: found.folder, line }),
    });
    this.#runs.get(key)?.dispose();
    this.#runs.set(key, run);
    return run;
  }

  async #openWorkshop(): Promise<Workshop> {
    const module = await import('./functionRun.ts');
    const guard = module.createProcessGuard([process.execPath, this.#built('functionGuard.cjs')]);
    this.#store.add(
      module.registerCrashLinks((terminal) => {
        const run = [...this.#runs.values()].find(({ name }) => isTerminalOf(terminal, name));
        return run && { name: run.name, folder: run.workspaceFunction.folder.fsPath };
      }),
    );
    return { module, guard, ports: module.createPortBook() };
  }

  #built(file: string): string {
    return vscode.Uri.joinPath(this.#deps.extensionUri, 'dist', file).fsPath;
  }

  /** As a task, which asks for the terminal. */
  async #showTerminal(run: FunctionRun): Promise<void> {
    const { workspaceFunction, workspaceFolder: scope, name } = run;
    if (scope === undefined) return;
    // Of a task that is still there VS Code would ask what to do about it.
    await Promise.all(
      vscode.tasks.taskExecutions
        .filter(({ task }) => functionOfTask(task) === name && isSameFolder(task.scope, scope))
        .map(endOf),
    );
    if (run.wasShown || this.#store.isDisposed) return;
    await vscode.tasks.executeTask(this.taskOf(workspaceFunction, scope));
  }

  /** For a run that has none yet; a task that a user started starts its function. */
  async #openTerminal(reference: FunctionReference): Promise<vscode.Pseudoterminal> {
    const former = this.#runs.get(reference.folder.toString());
    if (former !== undefined && (former.isActive || !former.wasShown)) return former.terminal();
    if (!vscode.workspace.isTrusted) throw new Error('The workspace is not trusted.');
    await former?.ended;
    const run = await this.#makeRun(reference, false);
    if (run === undefined) throw new Error(`There is no function ${reference.name}.`);
    void run.start();
    return run.terminal();
  }

  async #offerToRun(reference: FunctionReference, why: string): Promise<void> {
    const run = vscode.l10n.t('Run Without Debugging');
    if ((await vscode.window.showWarningMessage(why, run)) === run) await this.run(reference);
  }

  async #tellFailure(run: FunctionRun, { message, place }: RunFailure): Promise<void> {
    const { module } = await (this.#workshop ??= this.#openWorkshop());
    const show = place === null ? vscode.l10n.t('Show Output') : vscode.l10n.t('Show');
    if ((await vscode.window.showErrorMessage(message, show)) !== show) return;
    if (place !== null) await module.showSource(place);
    else vscode.window.terminals.find((terminal) => isTerminalOf(terminal, run.name))?.show();
  }
}

function isSameFolder(
  one: vscode.WorkspaceFolder | vscode.TaskScope | undefined,
  other: vscode.WorkspaceFolder,
): boolean {
  return typeof one === 'object' && one.uri.toString() === other.uri.toString();
}

/** VS Code tells the task of a terminal only by its name. */
function isTerminalOf(terminal: vscode.Terminal, name: string): boolean {
  return terminal.name === name;
}

function endOf(execution: vscode.TaskExecution): Promise<void> {
  return new Promise((resolve) => {
    const listening = vscode.tasks.onDidEndTask((ended) => {
      if (ended.execution !== execution) return;
      listening.dispose();
      resolve();
    });
  });
}

/** The port that the active profile sends to, where it names one. */
function mappedPorts(
  { declared: { name }, folder }: WorkspaceFunction,
  functions: WorkspaceFunctions,
): readonly number[] {
  const { active } = profilesFor(folder, functions);
  const mapped = Object.hasOwn(active.functions, name) ? active.functions[name] : undefined;
  return active.route === 'local' && mapped !== undefined && /^\d{1,5}$/.test(mapped) ? [Number(mapped)] : [];
}
