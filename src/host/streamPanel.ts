import * as vscode from 'vscode';
import {
  NO_FILTER,
  PROTOCOL_VERSION,
  type FilterInput,
  type FromWebview,
  type PanelSnapshot,
  type Phase,
  type Tab,
  type ToWebview,
} from '../protocol/messages.ts';
import type { PanelAnswer } from '../protocol/answers.ts';
import { parseFromWebview } from '../protocol/parseFromWebview.ts';
import type { PanelQuery } from '../protocol/queries.ts';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import type { SentRoute } from '../core/profiles/sentRoute.ts';
import type { RequestReference } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { LocatedRequest } from './documents.ts';
import { DeployedLogs } from './logs/deployedLogs.ts';
import { LocalLogs } from './logs/localLogs.ts';
import { logSourceOf, type LogSource } from './logs/logSource.ts';
import type { LogsDeps, PanelLogs } from './logs/panelLogs.ts';
import { lostRunOf } from './lostRun.ts';
import { answerQuery, rowsAnswer } from './panelAnswers.ts';
import type { KeptPanel } from './panelMemory.ts';
import { loadPage } from './panelPage.ts';
import type { PanelSurface } from './panelSurface.ts';
import { panelStrings } from './strings/panelStrings.ts';
import { Run } from './run.ts';
import type { RunDeps } from './runDeps.ts';
import { subjectOf } from './runSubject.ts';
import { copyContent, openContent, saveContent, savePicture } from './streamContent.ts';

export { FunctionLogs } from './functionLogs.ts';
export { replayRun } from './historyReplay.ts';
export { saveContent } from './streamContent.ts';
export { timelineOf } from './panelAnswers.ts';
export { judgementsOn, timingOf } from './problems.ts';

/** ms between two snapshots: one frame, more in a flood, which drawing would slow down. */
const FRAME_MS = 16;
const FLOOD_FRAME_MS = 50;
/** ms between two snapshots while nothing comes, for what silence means. */
const SILENCE_MS = 1000;
/** So many of the newest rows go along with the counts: who follows the end need not ask for them. */
const MAX_TAIL = 50;
/** What a page asks by that shows no run. */
const NO_RUN = 0;

/** The request a panel belongs to. */
export interface PanelRequest extends RequestReference {
  readonly label: string;
  /** The profile that was chosen for this panel, in place of the usual one. */
  readonly profileName?: string;
  /** The route that was chosen for it, in place of the profile's. */
  readonly route?: SentRoute;
}

/** What a panel wants from outside; it names intents, never commands. */
export interface PanelActions {
  sendAgain(panel: StreamPanel): void;
  /** Starts the function that did not run, and sends again. */
  startFunction(panel: StreamPanel): void;
  resume(panel: StreamPanel): void;
  compareWithPrevious(run: Run): void;
  /** Copies the request as code. */
  copyAs(request: PanelRequest): void;
  /** The tab the user last looked at in a panel of this request; null if none is known. */
  tabOf(request: PanelRequest): Tab | null;
  rememberTab(request: PanelRequest, tab: Tab): void;
  /** What to say of the panel's run should the window be reloaded. */
  rememberRun(panel: KeptPanel): void;
}

/** What a {@link StreamPanel} is made of. */
export interface StreamPanelDeps {
  readonly extensionUri: vscode.Uri;
  /** What the panel goes by over a reload of the window. */
  readonly panelId: string;
  readonly actions: PanelActions;
  readonly log: vscode.LogOutputChannel;
  readonly logs: LogsDeps;
}

/**
 * A webview that shows one run at a time. The run's data stay here; the webview is told counts and asks for what it
 * shows, so it can be hidden, moved or rebuilt at any moment. Owns its surface and its run.
 */
export class StreamPanel implements vscode.Disposable {
  readonly surface: PanelSurface;
  readonly #deps: StreamPanelDeps;
  readonly #store = new DisposableStore();
  readonly #disposed = new vscode.EventEmitter<void>();
  #request: PanelRequest | null = null;
  #run: Run | undefined;
  #lost: PanelSnapshot['lost'] = null;
  /** What was remembered last of the run. */
  #kept: { readonly phase: Phase; readonly byteCount: number } | null = null;
  #runSubscription: vscode.Disposable | undefined;
  #webviewSubscription: vscode.Disposable | undefined;
  /** Undefined until it is known whether there is a log, null where there is none. */
  #logs: PanelLogs | null | undefined;
  #filter: FilterInput = NO_FILTER;
  #isPinned = false;
  #isReady = false;
  #frame: NodeJS.Timeout | undefined;
  #isChanged = false;
  #isFlooded = false;
  /** Which rows the webview has been told of: of which index, and how many. */
  #told = { index: '', rows: 0 };

  /** The user closed the panel, or it was disposed. */
  readonly onDidDispose = this.#disposed.event;

  constructor(surface: PanelSurface, deps: StreamPanelDeps) {
    this.surface = surface;
    this.#deps = deps;
    this.#store.add(surface.onDidReplaceWebview(() => this.#fillWebview()));
    this.#store.add(surface.onDidDispose(() => this.dispose()));
    this.#store.add(surface.onDidChangeVisibility(() => this.#changed()));
    const silence = setInterval(() => {
      if (this.#run?.isRunning !== true) return;
      this.#changed();
      this.#rememberRun();
    }, SILENCE_MS);
    this.#store.add({ dispose: () => clearInterval(silence) });
    this.#fillWebview();
  }

  get panelId(): string {
    return this.#deps.panelId;
  }

  get request(): PanelRequest | null {
    return this.#request;
  }

  get run(): Run | undefined {
    return this.#run;
  }

  /** A pinned panel keeps what it shows. */
  get isPinned(): boolean {
    return this.#isPinned;
  }

  /** Makes a run of a request, to be started, and shows it in place of the one before, which is ended. */
  show(runId: number, located: LocatedRequest, request: PanelRequest, deps: RunDeps): Run {
    const run = new Run(runId, subjectOf(located), deps);
    this.#adopt(run, request);
    return run;
  }

  /** Shows a run of the history, which is its own from then on. */
  showKept(run: Run, request: PanelRequest): void {
    this.#adopt(run, request);
    if (run.prepared !== undefined) this.#openLogs(run, run.prepared);
  }

  #adopt(run: Run, request: PanelRequest): void {
    this.#endRun();
    this.#request = request;
    this.#lost = null;
    this.#run = run;
    run.setFilter(this.#filter);
    this.#runSubscription = run.onDidChange(() => {
      this.#changed();
      if (run.phase !== this.#kept?.phase) this.#rememberRun();
      if (this.#logs === undefined && run.prepared !== undefined) this.#openLogs(run, run.prepared);
    });
    this.#rememberRun();
    this.surface.setTitle(request.label);
    this.#changed();
  }

  /** Shows a deployed function's log in place of a run, and searches it. */
  showLogs(source: Extract<LogSource, { readonly kind: 'deployed' }>, title: string): void {
    this.#endRun();
    const logs = new DeployedLogs(source, null, this.#deps.logs);
    this.#setLogs(logs);
    this.surface.setTitle(title);
    void logs.search();
  }

  /** Says what became of the run that this panel showed before the window was reloaded; null where nobody knows. */
  showLost(kept: KeptPanel | null): void {
    this.#request = kept?.request ?? null;
    this.#lost = kept?.lost ?? 'unknown';
    if (kept !== null) this.surface.setTitle(kept.request.label);
    this.#changed();
  }

  dispose(): void {
    if (this.#store.isDisposed) return;
    this.#endRun();
    clearTimeout(this.#frame);
    this.#webviewSubscription?.dispose();
    this.#store.dispose();
    this.surface.dispose();
    this.#disposed.fire();
    this.#disposed.dispose();
  }

  #openLogs(run: Run, prepared: PreparedRequest): void {
    const { logs } = this.#deps;
    const source = logSourceOf(prepared, run.subject.uri, logs);
    if (source === null) this.#logs = null;
    else if (source.kind === 'local') this.#setLogs(new LocalLogs(source, run, logs));
    else this.#setLogs(new DeployedLogs(source, run, logs));
  }

  #setLogs(logs: PanelLogs): void {
    this.#logs = logs;
    logs.onDidChange(() => this.#changed());
    this.#changed();
  }

  #endRun(): void {
    this.#runSubscription?.dispose();
    this.#logs?.dispose();
    this.#logs = undefined;
    this.#run?.dispose();
    this.#run = undefined;
    this.#kept = null;
  }

  /** Loads the page into a webview that is empty; the page asks for all else. */
  #fillWebview(): void {
    this.#isReady = false;
    const { webview } = this.surface;
    this.#webviewSubscription?.dispose();
    this.#webviewSubscription = webview.onDidReceiveMessage((value: unknown) => {
      const message = parseFromWebview(value);
      if (message !== null) this.#receive(message);
    });
    loadPage(webview, this.#deps.extensionUri, { script: 'webview.js', strings: panelStrings() });
  }

  #rememberRun(): void {
    const run = this.#run;
    if (run === undefined || this.#request === null) return;
    const { phase, byteLength: byteCount } = run;
    if (phase === this.#kept?.phase && byteCount === this.#kept.byteCount) return;
    this.#kept = { phase, byteCount };
    const { panelId, actions } = this.#deps;
    const lost = lostRunOf(run.snapshot());
    actions.rememberRun({ panelId, request: this.#request, runId: run.id, lost });
  }

  /** The first change goes out at once, and so does the end of a flood; others at most once a frame. */
  #changed(): void {
    this.#isChanged = true;
    if (!this.#isReady || !this.surface.isVisible) return;
    const isFloodOver = this.#isFlooded && this.#run?.stream?.isFlooded !== true;
    if (this.#frame !== undefined && !isFloodOver) return;
    clearTimeout(this.#frame);
    this.#postState();
    this.#isFlooded = this.#run?.stream?.isFlooded === true;
    this.#frame = setTimeout(
      () => {
        this.#frame = undefined;
        if (this.#isChanged) this.#changed();
      },
      this.#isFlooded ? FLOOD_FRAME_MS : FRAME_MS,
    );
  }

  #postState(): void {
    this.#isChanged = false;
    this.#post({
      type: 'state',
      protocolVersion: PROTOCOL_VERSION,
      panel: this.#snapshot(),
      run: this.#run?.snapshot() ?? null,
      tail: this.#tail(),
    });
  }

  #tail(): Extract<ToWebview, { readonly type: 'state' }>['tail'] {
    const stream = this.#run?.stream;
    if (stream === undefined) return null;
    const { filterId } = stream;
    const index = `${this.#run?.runId}:${filterId}`;
    const from = index === this.#told.index ? this.#told.rows : 0;
    const length = stream.index(filterId)?.length ?? 0;
    this.#told = { index, rows: length };
    const newest = Math.max(from, length - MAX_TAIL);
    return length > newest ? rowsAnswer(stream, filterId, newest, length - newest) : null;
  }

  #snapshot(): PanelSnapshot {
    const request = this.#request;
    return {
      panelId: this.#deps.panelId,
      isPinned: this.#isPinned,
      canPin: this.surface.canPin,
      request,
      tab: request === null ? null : this.#deps.actions.tabOf(request),
      lost: this.#lost,
      logs: this.#logs?.snapshot() ?? null,
    };
  }

  #post(message: ToWebview): void {
    // One that is gone meanwhile needs no message.
    this.surface.webview.postMessage(message).then(undefined, () => undefined);
  }

  #receive(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#postState();
        return;
      case 'cancel':
        this.#run?.cancel();
        return;
      case 'sendAgain':
        this.#deps.actions.sendAgain(this);
        return;
      case 'resume':
        this.#deps.actions.resume(this);
        return;
      case 'startFunction':
        this.#deps.actions.startFunction(this);
        return;
      case 'compareWithPrevious':
        if (this.#run !== undefined) this.#deps.actions.compareWithPrevious(this.#run);
        return;
      case 'copyAs':
        if (this.request !== null) this.#deps.actions.copyAs(this.request);
        return;
      case 'searchLogs':
      case 'moreLogs':
      case 'cancelLogs':
        this.#logs?.act(message);
        return;
      case 'setPinned':
        this.#isPinned = message.isPinned && this.surface.canPin;
        this.#changed();
        return;
      case 'setTab':
        if (this.#request !== null) this.#deps.actions.rememberTab(this.#request, message.tab);
        return;
      case 'setFilter':
        this.#filter = message.filter;
        this.#run?.setFilter(message.filter);
        return;
      case 'openLink':
        this.#openLink(message.url);
        return;
      case 'copyText':
        void vscode.env.clipboard.writeText(message.text);
        return;
      case 'savePicture':
        void this.#savePicture(message.svg);
        return;
      case 'get':
        this.#answer(message);
        return;
      case 'copy':
      case 'open':
      case 'save':
        if (this.#run?.runId === message.runId) void this.#handOver(this.#run, message);
        return;
    }
  }

  /** VS Code asks before it opens one. */
  #openLink(url: string): void {
    try {
      void vscode.env.openExternal(vscode.Uri.parse(url, true));
    } catch (error) {
      this.#deps.log.warn(
        `A link cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  #answer({ requestId, runId, query }: Extract<FromWebview, { readonly type: 'get' }>): void {
    try {
      const isOfThis = runId === (this.#run?.runId ?? NO_RUN);
      const answer = isOfThis ? this.#answerQuery(query) : null;
      if (answer !== null) {
        this.#post({ type: 'answer', requestId, runId, answer });
        return;
      }
    } catch (error) {
      this.#deps.log.error(error instanceof Error ? error : String(error));
    }
    this.#post({ type: 'failed', requestId });
  }

  #answerQuery(query: PanelQuery): PanelAnswer | null {
    if (query.kind === 'logs' || query.kind === 'log') return this.#logs?.answer(query) ?? null;
    return this.#run === undefined ? null : answerQuery(this.#run, query);
  }

  async #savePicture(svg: string): Promise<void> {
    try {
      await savePicture(svg, this.#request?.label ?? '');
    } catch (error) {
      if (!this.#store.isDisposed) this.#deps.log.error(error instanceof Error ? error : String(error));
    }
  }

  async #handOver(
    run: Run,
    message: Extract<FromWebview, { readonly type: 'copy' | 'open' | 'save' }>,
  ): Promise<void> {
    try {
      if (message.type === 'copy') await copyContent(run, message.content);
      else if (message.type === 'open') await openContent(run, message.content);
      else await saveContent(run);
    } catch (error) {
      if (this.#store.isDisposed) return; // with its run
      this.#deps.log.error(error instanceof Error ? error : String(error));
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }
}
