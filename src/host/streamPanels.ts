import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  panelViewType,
  viewIds,
  type CommandId,
  type GivenTarget,
  type RequestReference,
} from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { LogsDeps } from './logs/panelLogs.ts';
import { readPanelId } from './lostRun.ts';
import { PanelMemory, type KeptPanel } from './panelMemory.ts';
import { BottomSurface, editorSurface, openEditorSurface, type PanelSurface } from './panelSurface.ts';
import type { LazyHistory } from './registerHistory.ts';
import type { Run } from './run.ts';
import type * as panelModule from './streamPanel.ts';
import type { PanelActions, PanelRequest, StreamPanel } from './streamPanel.ts';
import { readStreamSettings, type PanelLocation } from './streamSettings.ts';
import { TabMemory } from './tabMemory.ts';

type PanelModule = typeof panelModule;

/** What panels are made of. */
export interface StreamPanelsDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Of the workspace. */
  readonly memory: vscode.Memento;
  /** What the logs beside a run come from. */
  readonly logs: LogsDeps;
  /** Keeps runs, and gives back those of panels that were open. */
  readonly history: LazyHistory;
}

/** What the user asks for in a panel, and who sends does. */
export interface SendIntents {
  sendAgain(request: PanelRequest): Promise<void>;
  /** Goes on where a stream ended. */
  resume(run: Run): Promise<void>;
  /** Starts the function that did not run, and sends again. */
  startAndSend(run: Run, request: PanelRequest): Promise<void>;
}

/**
 * The panels that show runs: editor tabs, each of one request, and the one in the bottom panel. Brings them back after
 * a reload of the window. Owns them.
 */
export class StreamPanels implements vscode.Disposable {
  readonly #deps: StreamPanelsDeps;
  readonly #intents: SendIntents;
  readonly #store = new DisposableStore();
  readonly #closed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #bottom = this.#store.add(new BottomSurface());
  readonly #panels = new Set<StreamPanel>();
  readonly #tabs: TabMemory;
  readonly #memory: PanelMemory;
  readonly #actions: PanelActions = {
    sendAgain: ({ request }) => {
      if (request !== null) this.#logged(this.#intents.sendAgain(request));
    },
    resume: ({ run }) => {
      if (run !== undefined) this.#logged(this.#intents.resume(run));
    },
    startFunction: ({ run, request }) => {
      if (run !== undefined && request !== null) this.#logged(this.#intents.startAndSend(run, request));
    },
    compareWithPrevious: ({ runId }) =>
      void vscode.commands.executeCommand('cbhttp.compareWithPrevious' satisfies CommandId, { runId }),
    copyAs: ({ uri, key, profileName, route }) =>
      void vscode.commands.executeCommand(
        'cbhttp.copyAs' satisfies CommandId,
        { uri, key } satisfies RequestReference,
        {
          ...(profileName !== undefined && { profile: profileName }),
          ...(route !== undefined && { route }),
        } satisfies GivenTarget,
      ),
    tabOf: (request) => this.#tabs.get(request),
    rememberTab: (request, tab) => this.#tabs.set(request, tab),
    rememberRun: (kept) => this.#memory.set(kept),
  };

  /** The user closed one, and its run has ended. */
  readonly onDidClose = this.#closed.event;

  constructor(deps: StreamPanelsDeps, intents: SendIntents) {
    this.#deps = deps;
    this.#intents = intents;
    this.#tabs = new TabMemory(deps.memory);
    this.#memory = new PanelMemory(deps.memory);
    this.#store.add(
      this.#bottom.onDidResolve((surface) => {
        this.#load().then(
          (panels) => this.#bottomPanel(panels, surface),
          (error: unknown) => deps.log.error(String(error)),
        );
      }),
    );
    this.#store.add(
      vscode.window.registerWebviewPanelSerializer(panelViewType, {
        deserializeWebviewPanel: async (panel, state: unknown) =>
          this.#restore(await this.#load(), panel, state),
      }),
    );
  }

  /** Those of a request, the newest last. */
  of(uri: vscode.Uri, key: string): StreamPanel[] {
    const wanted = uri.toString();
    return [...this.#panels].filter(({ request }) => request?.uri === wanted && request.key === key);
  }

  /** The run that a panel shows; undefined where none shows it any more. */
  shownRun(runId: number): Run | undefined {
    return [...this.#panels].find(({ run }) => run?.runId === runId)?.run;
  }

  /** The run that was begun last of a request, or of all that can be seen. */
  lastRun(reference: { readonly uri: vscode.Uri; readonly key: string } | null): Run | undefined {
    const panels =
      reference === null
        ? [...this.#panels].filter(({ surface }) => surface.isVisible)
        : this.of(reference.uri, reference.key);
    const runs = panels.flatMap(({ run }) => run ?? []);
    return runs.sort((one, other) => one.runId - other.runId).at(-1);
  }

  /** Where a run is shown. */
  columnOf(run: Run): vscode.ViewColumn | undefined {
    return [...this.#panels].find((panel) => panel.run === run)?.surface.column;
  }

  /** Brings the panel that shows a run into view; false where there is none. */
  revealRun(id: string): boolean {
    const panel = [...this.#panels].find(({ run }) => run?.id === id);
    panel?.surface.reveal();
    return panel !== undefined;
  }

  /** Shows a run of the history in a panel, which owns it from then on. */
  async showKept(run: Run): Promise<void> {
    const { uri, key, label } = run.subject;
    const panels = await this.#load();
    const { location } = readStreamSettings(uri);
    const panel =
      location === 'bottom'
        ? this.#bottomPanel(panels, await this.#bottom.open())
        : this.#openTab(panels, label, location);
    panel.showKept(run, { uri: uri.toString(), key, label });
    panel.surface.reveal();
  }

  /** The panel for another run of a request: the one it has, unless that is pinned, or a new one. */
  async panelFor(request: PanelRequest, location: PanelLocation): Promise<StreamPanel> {
    const panels = await this.#load();
    if (location === 'bottom') return this.#bottomPanel(panels, await this.#bottom.open());
    const known = [...this.#panels].find(
      (panel) =>
        panel.surface.canPin && // not the one in the bottom panel
        !panel.isPinned &&
        panel.request?.uri === request.uri &&
        panel.request.key === request.key &&
        panel.request.profileName === request.profileName &&
        panel.request.route === request.route,
    );
    return known ?? this.#openTab(panels, request.label, location);
  }

  dispose(): void {
    this.#store.dispose();
    for (const panel of [...this.#panels]) panel.dispose();
  }

  /** What shows a run, and the run itself: most of the extension, and not needed before the first one. */
  #load(): Promise<PanelModule> {
    return import('./streamPanel.ts');
  }

  #openTab(panels: PanelModule, title: string, location: 'beside' | 'active'): StreamPanel {
    return this.#add(panels, openEditorSurface(this.#deps.extensionUri, title, this.#column(location)));
  }

  /** Where the last panel stands, as long as that does not cover the request. */
  #column(location: 'beside' | 'active'): vscode.ViewColumn {
    if (location === 'active') return vscode.ViewColumn.Active;
    const used = [...this.#panels].at(-1)?.surface.column;
    const isCovering = used === vscode.window.activeTextEditor?.viewColumn;
    return used === undefined || isCovering ? vscode.ViewColumn.Beside : used;
  }

  /** The panel in the bottom view, made with the view. */
  #bottomPanel(panels: PanelModule, surface: PanelSurface): StreamPanel {
    const known = [...this.#panels].find((panel) => panel.surface === surface);
    if (known !== undefined) return known;
    const panel = this.#add(panels, surface, viewIds.stream);
    const kept = this.#memory.get(viewIds.stream);
    if (kept !== null) this.#logged(this.#restoreRun(panel, kept));
    return panel;
  }

  #add({ StreamPanel }: PanelModule, surface: PanelSurface, panelId: string = randomUUID()): StreamPanel {
    const { extensionUri, log, logs } = this.#deps;
    const panel = new StreamPanel(surface, { extensionUri, panelId, log, logs, actions: this.#actions });
    this.#panels.add(panel);
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      if (this.#store.isDisposed) return; // what the next window has to know stays
      this.#memory.delete(panelId);
      this.#closed.fire();
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
    const panel = this.#add(panels, surface, kept?.panelId ?? panelId ?? undefined);
    this.#logged(this.#restoreRun(panel, kept));
  }

  /** Shows a panel's run again where the history has it, else what became of it. */
  async #restoreRun(panel: StreamPanel, kept: KeptPanel | null): Promise<void> {
    panel.showLost(kept);
    if (kept === null || kept.runId === null) return;
    const run = await this.#deps.history.reopen(kept.runId);
    if (run === undefined) return;
    const isMeanwhileOther = panel.run !== undefined || !this.#panels.has(panel);
    if (isMeanwhileOther) run.dispose();
    else panel.showKept(run, kept.request);
  }

  #logged(acting: Promise<unknown>): void {
    acting.catch((error: unknown) => {
      if (!this.#store.isDisposed) this.#deps.log.error(String(error));
    });
  }
}
