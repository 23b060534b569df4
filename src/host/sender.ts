import * as vscode from 'vscode';
import { requestLabel } from '../core/cbhttp/document.ts';
import type { LastResult } from '../core/cbhttp/lenses.ts';
import type { CredentialStore, OriginConsent } from '../core/ports.ts';
import type { ListRoutes, PreparedRequest } from '../core/profiles/prepare.ts';
import type { SentRoute } from '../core/profiles/sentRoute.ts';
import type { ExchangePorts } from '../core/stream/exchange.ts';
import type { JsonPathEngine } from '../core/stream/search/jsonPathMatcher.ts';
import { confirmSend, untrusted } from './confirmSend.ts';
import type { FunctionReference } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { LocatedRequest } from './documents.ts';
import type { WorkspaceExchanges } from './exchangeMemory.ts';
import type { KeptJournal } from './historyReplay.ts';
import { LastResults } from './lastResults.ts';
import type { LocalFunctions } from './localFunctions.ts';
import { profilesFor } from './profiles.ts';
import { RecentRuns, type RecentRun } from './recentRuns.ts';
import type { Run } from './run.ts';
import type { RunDeps } from './runDeps.ts';
import type { Secrets } from './secrets.ts';
import type * as sendingModule from './sending.ts';
import type { PanelRequest } from './streamPanel.ts';
import { StreamPanels, type StreamPanelsDeps } from './streamPanels.ts';
import { readStreamSettings } from './streamSettings.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** What sending needs, its panels included. */
export interface SenderDeps extends StreamPanelsDeps {
  readonly ports: ExchangePorts;
  readonly credentials: CredentialStore;
  readonly consent: OriginConsent;
  readonly functions: WorkspaceFunctions;
  readonly local: LocalFunctions;
  readonly listRoutes: ListRoutes;
  /** Of variables. */
  readonly secrets: Secrets;
  readonly exchanges: WorkspaceExchanges;
  /** `name/version`. */
  readonly userAgent: string;
  /** The request as its document has it now, for Send again; tells the user where it is gone. */
  readonly locate: (uri: vscode.Uri, key: string) => Promise<LocatedRequest | undefined>;
  readonly loadJsonPath: () => Promise<JsonPathEngine>;
}

/** How a request is sent other than usual. */
export interface SendOptions {
  /** In place of the profile that the request or the settings name; the panel is another than the usual one then. */
  readonly profileName?: string | undefined;
  /** In place of the profile's, where the request names none; again another panel. */
  readonly route?: SentRoute | undefined;
  /** The run of the request itself, not one of those before it, begins. */
  readonly onRun?: ((run: Run) => void) | undefined;
  /** In an editor tab, also where the bottom panel is set. */
  readonly isInTab?: boolean;
  /** A panel that is hidden stays so. */
  readonly isInBackground?: boolean;
}

/** What is shared by sends that begin at the same moment. */
interface Together {
  /** By document: nothing is asked twice. */
  readonly options: Map<string, ReturnType<typeof sendingModule.sharedOptions>>;
  /** By request and how it is sent: one that several refer to is sent once. */
  readonly begun: Map<string, Promise<boolean>>;
  readonly onRun: ReadonlyMap<string, SendOptions['onRun']>;
}

/** Sends requests, each in a panel of its own that a resend uses again unless it is pinned. Owns the panels. */
export class Sender implements vscode.Disposable {
  readonly #deps: SenderDeps;
  readonly #results = new LastResults();
  readonly #recent = new RecentRuns();
  readonly #store = new DisposableStore();
  readonly #startedRun = this.#store.add(new vscode.EventEmitter<Run>());
  readonly #endedRun = this.#store.add(new vscode.EventEmitter<Run>());
  readonly #changedRunning = this.#store.add(new vscode.EventEmitter<void>());
  /** Ends what is asked when the window closes. */
  readonly #ending = new AbortController();
  #runCount = 0;

  /** Where requests are shown. */
  readonly panels: StreamPanels;
  /** A request is about to be sent. */
  readonly onDidStartRun = this.#startedRun.event;
  /** A run has ended, for whatever reason; one that is resumed does so again. */
  readonly onDidEndRun = this.#endedRun.event;
  /** A request has started or stopped running. */
  readonly onDidChangeRunning = this.#changedRunning.event;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
    this.panels = this.#store.add(
      new StreamPanels(deps, {
        sendAgain: (request) => this.#sendAgain(request),
        resume: (run) => this.#resume(run),
        startAndSend: (run, request) => this.#startAndSend(run, request),
      }),
    );
    this.#store.add(this.panels.onDidClose(() => this.#changedRunning.fire()));
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri, isUntitled }) => {
        if (!isUntitled) return;
        // The next untitled document takes the name.
        this.#results.forget(uri.toString());
        deps.exchanges.forget(uri);
      }),
    );
  }

  isRunning(uri: vscode.Uri, key: string): boolean {
    return this.panels.of(uri, key).some(({ run }) => run?.isRunning === true);
  }

  /** How the last send of a request went; undefined where it was not sent since the window opened. */
  lastResult(uri: string, key: string): LastResult | undefined {
    return this.#results.of(uri, key);
  }

  /** The last runs of a function, the newest first. */
  recentRuns(functionName: string): readonly RecentRun[] {
    return this.#recent.of(functionName);
  }

  /** Brings the panel of a request into view; false where there is none. */
  reveal(uri: vscode.Uri, key: string): boolean {
    const panel = this.panels.of(uri, key).at(-1);
    panel?.surface.reveal();
    return panel !== undefined;
  }

  cancel(uri: vscode.Uri, key: string): void {
    for (const { run } of this.panels.of(uri, key)) run?.cancel();
  }

  /**
   * Sends a request, and before it those it refers to by `@ref`; where one of them does not end well, no more is sent.
   * Whatever is asked is asked for all of them first. A run of the same request that is still going is cancelled
   * first, unless its panel is pinned. Resolves at the exchange's end, with false where the user, asked, would not
   * send; what went wrong stands in the panel.
   */
  async send(located: LocatedRequest, options: SendOptions = {}): Promise<boolean> {
    const go = await this.#plan(located, options);
    await go?.();
    return go !== null;
  }

  /** Sends several at the same moment, when all that is asked was answered; false where the user would not send one. */
  async sendTogether(sends: readonly (readonly [LocatedRequest, SendOptions])[]): Promise<boolean> {
    const onRun = new Map(sends.map(([located, options]) => [sendKey(located, options), options.onRun]));
    const together: Together = { options: new Map(), begun: new Map(), onRun };
    const planned: (() => Promise<void>)[] = [];
    for (const [located, options] of sends) {
      const go = await this.#plan(located, { ...options, isInTab: true }, together);
      if (go === null) return false;
      planned.push(go);
    }
    await Promise.all(planned.map((go) => go()));
    return true;
  }

  /** Asks what has to be asked, and returns what sends; null where the user would not. */
  async #plan(
    located: LocatedRequest,
    given: SendOptions,
    together?: Together,
  ): Promise<(() => Promise<void>) | null> {
    const refuse = (one: LocatedRequest, error: Error) => async (): Promise<void> => {
      await this.#sendOne(one, given, () => Promise.reject(error));
    };
    if (!vscode.workspace.isTrusted) return refuse(located, untrusted());
    const { askForAll, prepare, profilesOnRoute, requestsBefore, sharedOptions } =
      await import('./sending.ts');
    const { credentials, consent, functions, local, listRoutes, userAgent } = this.#deps;
    const { uri } = located.textDocument;
    await functions.folders();
    const profiles = profilesFor(uri, functions);
    const { routes } = functions.configOf(uri);
    const shared = together?.options.get(uri.toString()) ?? sharedOptions(uri, this.#deps);
    together?.options.set(uri.toString(), shared);
    const requests = [...requestsBefore(located, shared.ports.memory), located];
    for (const { request } of requests) {
      const asSent = profilesOnRoute(request, profiles, given.route);
      if (!(await confirmSend(request, asSent, given.profileName))) return null;
    }
    const options = {
      ...shared,
      profiles,
      profileName: given.profileName,
      route: given.route,
      credentials,
      consent,
      functions: { routes, runningPort: (name: string) => local.runningPort(name, uri) },
      listRoutes,
      userAgent,
    };
    // A single one asks when it is prepared; of two that did so at once, VS Code would show one question only.
    const isAskedAhead = requests.length > 1 || together !== undefined;
    const refused = isAskedAhead
      ? await askForAll(requests, { ...options, signal: this.#ending.signal })
      : null;
    if (this.#ending.signal.aborted) return async () => {};
    if (refused !== null) return refuse(refused.located, refused.error);
    return async () => {
      for (const one of requests) {
        const id = sendKey(one, given);
        const onRun = together === undefined && one === located ? given.onRun : together?.onRun.get(id);
        const ended =
          together?.begun.get(id) ??
          this.#sendOne(one, { ...given, onRun }, (signal) => prepare(one, { ...options, signal }));
        together?.begun.set(id, ended);
        if (!(await ended)) break;
      }
    };
  }

  /** Sends a stream's request again to go on where it ended; false where there is no such stream. */
  async resume(uri: vscode.Uri, key: string): Promise<boolean> {
    const run = this.panels.of(uri, key).find((panel) => panel.run?.canResume)?.run;
    if (run !== undefined) await this.#resume(run);
    return run !== undefined;
  }

  /** Resolves at the end of what was resumed. */
  async #resume(run: Run): Promise<void> {
    const { located } = run.subject;
    const { prepared } = run;
    if (!run.canResume || located === null || prepared === undefined) return;
    const { profile } = prepared;
    const sentWith = { profiles: [profile], active: profile, sharedVariables: {}, problems: [] };
    if (!(await confirmSend(located.request, sentWith, profile.name))) return;
    const ended = run.resume();
    this.#changedRunning.fire();
    await ended;
    await this.#keep(run, located);
  }

  /** Keeps what came of a run that has ended. */
  async #keep(run: Run, located: LocatedRequest): Promise<void> {
    const reference = { uri: located.textDocument.uri.toString(), key: located.key };
    this.#endedRun.fire(run);
    this.#results.keep(reference.uri, reference.key, run);
    const result = this.#results.of(reference.uri, reference.key);
    const functionName = run.prepared?.functionName;
    if (result !== undefined && functionName) {
      this.#recent.add(functionName, { request: reference, label: run.label, result, endedMs: Date.now() });
    }
    await (await import('./sending.ts')).keepExchange(located, run, this.#deps.exchanges);
    this.#changedRunning.fire();
  }

  /** @returns whether the exchange is complete */
  async #sendOne(
    located: LocatedRequest,
    { profileName, route, onRun, isInTab = false, isInBackground = false }: SendOptions,
    prepare: (signal: AbortSignal) => Promise<PreparedRequest>,
  ): Promise<boolean> {
    const { ports, log } = this.#deps;
    const { textDocument, request, key } = located;
    const { history } = await this.#deps.history.load();
    const common = this.#runDeps(textDocument.uri);
    const { settings } = common;
    const chosen = [profileName, route].filter((part) => part !== undefined);
    const panelRequest: PanelRequest = {
      uri: textDocument.uri.toString(),
      key,
      label: [requestLabel(request), ...chosen].join(' · '),
      ...(profileName !== undefined && { profileName }),
      ...(route !== undefined && { route }),
    };
    const location = isInTab && settings.location === 'bottom' ? 'beside' : settings.location;
    const panel = await this.panels.panelFor(panelRequest, location);
    const recorder = (begun: Run) => history.record(begun);
    const run = panel.show(++this.#runCount, located, panelRequest, { ...common, ports, log, recorder });
    if (!isInBackground) panel.surface.reveal();
    this.#startedRun.fire(run);
    this.#changedRunning.fire();
    onRun?.(run);
    await run.start(prepare);
    await this.#keep(run, located);
    return run.ended?.exchange.reason === 'complete';
  }

  /** Makes a kept run again, with what a run of its request would have now. */
  async replay(kept: KeptJournal): Promise<Run> {
    const { replayRun } = await import('./streamPanel.ts');
    const deps = this.#runDeps(vscode.Uri.parse(kept.head.request.uri));
    return replayRun(kept, { ...deps, runId: ++this.#runCount });
  }

  /** What runs of a document's requests have in common. */
  #runDeps(uri: vscode.Uri): Omit<RunDeps, 'ports' | 'log' | 'recorder'> {
    const { functions, loadJsonPath } = this.#deps;
    return {
      settings: readStreamSettings(uri),
      loadJsonPath,
      functionTimeout: (name) => functions.timeoutSeconds(name, uri),
      canStart: (name) => this.#startable(name, uri) !== undefined,
    };
  }

  dispose(): void {
    this.#ending.abort();
    this.#store.dispose();
  }

  /** A function that does not run, or not yet; undefined for one that is not of the workspace, or runs. */
  #startable(name: string, uri: vscode.Uri): FunctionReference | undefined {
    const { functions, local } = this.#deps;
    if (!vscode.workspace.isTrusted) return undefined;
    const own = vscode.workspace.getWorkspaceFolder(uri);
    const found = functions
      .known()
      .filter(({ workspaceFolder }) => own === undefined || workspaceFolder.index === own.index)
      .flatMap((folder) => folder.functions)
      .find(({ declared }) => declared.name === name);
    if (found === undefined || local.state(found.folder)?.kind === 'running') return undefined;
    return { name, folder: found.folder };
  }

  /** Starts the function that refused the connection, where it was asked, and sends once it answers. */
  async #startAndSend({ refusing }: Run, request: PanelRequest): Promise<void> {
    if (refusing === null) return;
    const reference = this.#startable(refusing.functionName, vscode.Uri.parse(request.uri));
    const isReady = reference === undefined || (await this.#deps.local.run(reference, refusing.port));
    if (isReady && !this.#store.isDisposed) await this.#sendAgain(request);
  }

  async #sendAgain({ uri, key, profileName, route }: PanelRequest): Promise<void> {
    const located = await this.#deps.locate(vscode.Uri.parse(uri), key);
    if (located !== undefined) await this.send(located, { profileName, route });
  }
}

/** The same for the same request, sent the same way. */
function sendKey({ textDocument, key }: LocatedRequest, { profileName, route }: SendOptions): string {
  return JSON.stringify([textDocument.uri.toString(), key, profileName, route]);
}
