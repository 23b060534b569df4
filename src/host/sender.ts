import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { requestLabel, type CbRequest } from '../core/cbhttp/document.ts';
import type { LastResult } from '../core/cbhttp/lenses.ts';
import { CbError, isCbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { CredentialStore, OriginConsent } from '../core/ports.ts';
import { profileFor } from '../core/profiles/profileFor.ts';
import type { ListRoutes, PreparedRequest } from '../core/profiles/prepare.ts';
import type { ProfileSet } from '../core/profiles/profile.ts';
import { withoutUserInfo } from '../core/profiles/redact.ts';
import type { ExchangePorts } from '../core/stream/exchange.ts';
import type { JsonPathEngine } from '../core/stream/search/jsonPathMatcher.ts';
import type { LocatedRequest } from './documents.ts';
import { panelViewType, viewIds } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { WorkspaceExchanges } from './exchangeMemory.ts';
import { LastResults } from './lastResults.ts';
import { readPanelId } from './lostRun.ts';
import { PanelMemory } from './panelMemory.ts';
import { BottomSurface, editorSurface, openEditorSurface, type PanelSurface } from './panelSurface.ts';
import { describeProfile, profilesFor } from './profiles.ts';
import type { Secrets } from './secrets.ts';
import type { Run } from './run.ts';
import type * as panelModule from './streamPanel.ts';
import type { PanelRequest, StreamPanel } from './streamPanel.ts';
import { readStreamSettings, type PanelLocation } from './streamSettings.ts';
import { TabMemory } from './tabMemory.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

type PanelModule = typeof panelModule;

/** What sending needs. */
export interface SenderDeps {
  readonly extensionUri: vscode.Uri;
  readonly ports: ExchangePorts;
  readonly credentials: CredentialStore;
  readonly consent: OriginConsent;
  readonly functions: WorkspaceFunctions;
  readonly listRoutes: ListRoutes;
  /** Of variables. */
  readonly secrets: Secrets;
  readonly exchanges: WorkspaceExchanges;
  readonly log: vscode.LogOutputChannel;
  /** `name/version`. */
  readonly userAgent: string;
  /** Of the workspace. */
  readonly memory: vscode.Memento;
  /** The request as its document has it now, for Send again. */
  readonly locate: (uri: vscode.Uri, key: string) => Promise<LocatedRequest | undefined>;
  readonly loadJsonPath: () => Promise<JsonPathEngine>;
}

/**
 * Sends requests, each in a panel of its own that a resend uses again unless it is pinned. Owns the panels.
 */
export class Sender implements vscode.Disposable {
  readonly #deps: SenderDeps;
  readonly #panels = new Set<StreamPanel>();
  readonly #bottom = new BottomSurface();
  readonly #tabs: TabMemory;
  readonly #results = new LastResults();
  readonly #memory: PanelMemory;
  readonly #store = new DisposableStore();
  readonly #changedRunning = this.#store.add(new vscode.EventEmitter<void>());
  /** Ends what is asked when the window closes. */
  readonly #ending = new AbortController();
  #runCount = 0;

  /** A request has started or stopped running. */
  readonly onDidChangeRunning = this.#changedRunning.event;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
    this.#tabs = new TabMemory(deps.memory);
    this.#memory = new PanelMemory(deps.memory);
    this.#store.add(this.#bottom);
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri, isUntitled }) => {
        if (!isUntitled) return;
        // The next untitled document takes the name.
        this.#results.forget(uri.toString());
        deps.exchanges.forget(uri);
      }),
    );
    this.#store.add(
      this.#bottom.onDidResolve((surface) => {
        this.#loadPanel().then(
          (panels) => this.#bottomPanel(panels, surface),
          (error: unknown) => deps.log.error(String(error)),
        );
      }),
    );
    this.#store.add(
      vscode.window.registerWebviewPanelSerializer(panelViewType, {
        deserializeWebviewPanel: async (panel, state: unknown) =>
          this.#restore(await this.#loadPanel(), panel, state),
      }),
    );
  }

  isRunning(uri: vscode.Uri, key: string): boolean {
    return this.#panelsOf(uri, key).some(({ run }) => run?.isRunning === true);
  }

  /** How the last send of a request went; undefined where it was not sent since the window opened. */
  lastResult(uri: string, key: string): LastResult | undefined {
    return this.#results.of(uri, key);
  }

  cancel(uri: vscode.Uri, key: string): void {
    for (const { run } of this.#panelsOf(uri, key)) run?.cancel();
  }

  /**
   * Sends a request, and before it those it refers to by `@ref`; where one of them does not end well, no more is sent.
   * Whatever is asked is asked for all of them first. A run of the same request that is still going is cancelled
   * first, unless its panel is pinned. Resolves at the exchange's end, with false where the user, asked, would not
   * send; what went wrong stands in the panel.
   */
  async send(located: LocatedRequest): Promise<boolean> {
    if (!vscode.workspace.isTrusted) {
      await this.#sendOne(located, () => Promise.reject(untrusted()));
      return true;
    }
    const { askForAll, prepare, requestsBefore, sharedOptions } = await import('./sending.ts');
    const { credentials, consent, functions, listRoutes, userAgent } = this.#deps;
    const { uri } = located.textDocument;
    await functions.folders();
    const profiles = profilesFor(uri, functions);
    const { routes } = functions.configOf(uri);
    const shared = sharedOptions(uri, this.#deps);
    const requests = [...requestsBefore(located, shared.ports.memory), located];
    for (const { request } of requests) {
      if (!(await confirmSend(request, profiles))) return false;
    }
    const options = {
      ...shared,
      profiles,
      credentials,
      consent,
      functions: { routes },
      listRoutes,
      userAgent,
    };
    const refused = await askForAll(requests, { ...options, signal: this.#ending.signal });
    if (this.#ending.signal.aborted) return true;
    if (refused !== null) {
      await this.#sendOne(refused.located, () => Promise.reject(refused.error));
      return true;
    }
    for (const one of requests) {
      if (!(await this.#sendOne(one, (signal) => prepare(one, { ...options, signal })))) break;
    }
    return true;
  }

  /** Sends a stream's request again to go on where it ended; false where there is no such stream. */
  async resume(uri: vscode.Uri, key: string): Promise<boolean> {
    const run = this.#panelsOf(uri, key).find((panel) => panel.run?.canResume)?.run;
    if (run !== undefined) await this.#resume(run);
    return run !== undefined;
  }

  /** Resolves at the end of what was resumed. */
  async #resume(run: Run): Promise<void> {
    const { located } = run;
    if (!run.canResume) return;
    const profiles = profilesFor(located.textDocument.uri, this.#deps.functions);
    if (!(await confirmSend(located.request, profiles))) return;
    const ended = run.resume();
    this.#changedRunning.fire();
    await ended;
    await this.#keep(run);
  }

  /** Keeps what came of a run that has ended. */
  async #keep(run: Run): Promise<void> {
    const { located } = run;
    this.#results.keep(located.textDocument.uri.toString(), located.key, run);
    await (await import('./sending.ts')).keepExchange(located, run, this.#deps.exchanges);
    this.#changedRunning.fire();
  }

  #logged(acting: Promise<unknown>): void {
    acting.catch((error: unknown) => {
      if (!this.#store.isDisposed) this.#deps.log.error(String(error));
    });
  }

  /** @returns whether the exchange is complete */
  async #sendOne(
    located: LocatedRequest,
    prepare: (signal: AbortSignal) => Promise<PreparedRequest>,
  ): Promise<boolean> {
    const { ports, log, functions, loadJsonPath } = this.#deps;
    const { textDocument, request, key } = located;
    const settings = readStreamSettings(textDocument);
    const panelRequest = { uri: textDocument.uri.toString(), key, label: requestLabel(request) };
    const panel = await this.#panelFor(panelRequest, settings.location);
    const run = panel.show(++this.#runCount, located, panelRequest, {
      ports,
      log,
      settings,
      loadJsonPath,
      functionTimeout: (name) => functions.timeoutSeconds(name, textDocument.uri),
    });
    this.#changedRunning.fire();
    await run.start(prepare);
    await this.#keep(run);
    return run.ended?.exchange.reason === 'complete';
  }

  dispose(): void {
    this.#ending.abort();
    this.#store.dispose();
    for (const panel of [...this.#panels]) panel.dispose();
  }

  #panelsOf(uri: vscode.Uri, key: string): StreamPanel[] {
    const wanted = uri.toString();
    return [...this.#panels].filter(({ request }) => request?.uri === wanted && request.key === key);
  }

  /** What shows a run, and the run itself: most of the extension, and not needed before the first one. */
  #loadPanel(): Promise<PanelModule> {
    return import('./streamPanel.ts');
  }

  async #panelFor(request: PanelRequest, location: PanelLocation): Promise<StreamPanel> {
    const panels = await this.#loadPanel();
    if (location === 'bottom') return this.#bottomPanel(panels, await this.#bottom.open());
    const known = [...this.#panels].find(
      (panel) =>
        panel.surface.canPin && // not the one in the bottom panel
        !panel.isPinned &&
        panel.request?.uri === request.uri &&
        panel.request.key === request.key,
    );
    if (known !== undefined) return known;
    const { extensionUri } = this.#deps;
    return this.#addPanel(panels, openEditorSurface(extensionUri, request.label, this.#column(location)));
  }

  /** Where the last panel stands, as long as that does not cover the request. */
  #column(location: PanelLocation): vscode.ViewColumn {
    if (location === 'active') return vscode.ViewColumn.Active;
    const used = [...this.#panels].at(-1)?.surface.column;
    const isCovering = used === vscode.window.activeTextEditor?.viewColumn;
    return used === undefined || isCovering ? vscode.ViewColumn.Beside : used;
  }

  /** The panel in the bottom view, made with the view. */
  #bottomPanel(panels: PanelModule, surface: PanelSurface): StreamPanel {
    const known = [...this.#panels].find((panel) => panel.surface === surface);
    if (known !== undefined) return known;
    const panel = this.#addPanel(panels, surface, viewIds.stream);
    const kept = this.#memory.get(viewIds.stream);
    if (kept !== null) panel.showLost(kept);
    return panel;
  }

  #addPanel(
    { StreamPanel }: PanelModule,
    surface: PanelSurface,
    panelId: string = randomUUID(),
  ): StreamPanel {
    const { extensionUri, log } = this.#deps;
    const panel = new StreamPanel(surface, {
      extensionUri,
      panelId,
      log,
      actions: {
        sendAgain: ({ request }) => {
          if (request === null) return;
          this.#logged(this.#sendAgain(request));
        },
        resume: ({ run }) => {
          if (run !== undefined) this.#logged(this.#resume(run));
        },
        tabOf: (request) => this.#tabs.get(request),
        rememberTab: (request, tab) => this.#tabs.set(request, tab),
        rememberRun: (kept) => this.#memory.set(kept),
      },
    });
    this.#panels.add(panel);
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      if (this.#store.isDisposed) return; // what the next window has to know stays
      this.#memory.delete(panelId);
      this.#changedRunning.fire();
    });
    return panel;
  }

  /** A panel of the window before its reload. */
  #restore(panels: PanelModule, webviewPanel: vscode.WebviewPanel, state: unknown): void {
    const panelId = readPanelId(state);
    const others = new Set([viewIds.stream, ...[...this.#panels].map((panel) => panel.panelId)]);
    // VS Code keeps a page's state some seconds late.
    const kept = panelId === null ? this.#memory.find(webviewPanel.title, others) : this.#memory.get(panelId);
    const surface = editorSurface(webviewPanel, this.#deps.extensionUri);
    this.#addPanel(panels, surface, kept?.panelId ?? panelId ?? undefined).showLost(kept);
  }

  async #sendAgain({ uri, key }: PanelRequest): Promise<void> {
    const document = vscode.Uri.parse(uri);
    const located = await this.#deps.locate(document, key);
    if (located !== undefined) {
      await this.send(located);
      return;
    }
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The request is no longer in {0}: it was renamed or removed.', document.path),
    );
  }
}

function untrusted(): CbError {
  return new CbError('untrusted-workspace', msg('Nothing is sent from a workspace that is not trusted.'));
}

/** Asks before a request with `@note`, or one that goes to a protected profile; true to go on. */
async function confirmSend(request: CbRequest, profiles: ProfileSet): Promise<boolean> {
  const note = request.directives.findLast(({ word }) => word === 'note');
  let profile;
  try {
    profile = profileFor(request, profiles);
  } catch (error) {
    if (!isCbError(error)) throw error;
    return true; // an unknown profile: the send itself says so, in the panel
  }
  if (note === undefined && !profile.protected) return true;
  const label = requestLabel(request);
  const question = profile.protected
    ? vscode.l10n.t('Send "{0}" to the protected profile "{1}"?', label, profile.name)
    : vscode.l10n.t('Send "{0}"?', label);
  const send = vscode.l10n.t('Send');
  const target = `${request.method} ${withoutUserInfo(request.target)}`;
  const detail = [
    note?.value ?? '',
    target,
    profile.protected ? describeProfile(profile) : '',
    profile.protected ? vscode.l10n.t('The profile is protected: you are asked before each send.') : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, send)) === send;
}
