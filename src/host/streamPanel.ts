import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  parseFromWebview,
  PROTOCOL_VERSION,
  type FromWebview,
  type ToWebview,
} from '../protocol/messages.ts';
import { bodyText, decodeBody, SHOWN_BYTES } from './bodyText.ts';
import { panelViewType } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { panelHtml } from './panelHtml.ts';
import { panelStrings } from './panelStrings.ts';
import { readRecord, readRows, readText } from './rows.ts';
import type { Run } from './run.ts';

/** ms between two snapshots: one frame. */
const FRAME_MS = 16;

/** What a panel wants from outside; it names intents, never commands. */
export interface PanelActions {
  sendAgain(): void;
}

/**
 * A webview beside the editor that shows one run at a time. The run's data stay here; the webview is told counts
 * and asks for what it shows, so it can be hidden, moved or rebuilt at any moment. Owns its run.
 */
export class StreamPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #store = new DisposableStore();
  readonly #disposed = new vscode.EventEmitter<void>();
  #run: Run | undefined;
  #runSubscription: vscode.Disposable | undefined;
  #isReady = false;
  #frame: NodeJS.Timeout | undefined;
  #isChanged = false;

  /** The user closed the panel, or it was disposed. */
  readonly onDidDispose = this.#disposed.event;

  constructor(extensionUri: vscode.Uri, title: string, column: vscode.ViewColumn, actions: PanelActions) {
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    this.#panel = vscode.window.createWebviewPanel(
      panelViewType,
      title,
      { viewColumn: column, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [dist] },
    );
    const { webview } = this.#panel;
    const media = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', name);
    this.#panel.iconPath = { light: media('file-light.svg'), dark: media('file-dark.svg') };
    this.#store.add(
      webview.onDidReceiveMessage((value: unknown) => {
        const message = parseFromWebview(value);
        if (message !== null) this.#receive(message, actions);
      }),
    );
    this.#store.add(this.#panel.onDidDispose(() => this.dispose()));
    this.#store.add(this.#panel.onDidChangeViewState(() => this.#changed()));
    const resource = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    webview.html = panelHtml({
      scriptUri: resource('webview.js'),
      styleUris: [resource('codicon.css'), resource('webview-style.css')],
      cspSource: webview.cspSource,
      nonce: randomUUID().replaceAll('-', ''),
      lang: vscode.env.language,
      strings: JSON.stringify(panelStrings()),
    });
  }

  get column(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  get run(): Run | undefined {
    return this.#run;
  }

  /** Shows another run in place of the one before, which is ended. */
  show(run: Run, title: string): void {
    this.#endRun();
    this.#run = run;
    this.#runSubscription = run.onDidChange(() => this.#changed());
    this.#panel.title = title;
    if (!this.#panel.visible) {
      const isCovering = this.#panel.viewColumn === vscode.window.activeTextEditor?.viewColumn;
      this.#panel.reveal(isCovering ? vscode.ViewColumn.Beside : undefined, true);
    }
    this.#changed();
  }

  dispose(): void {
    if (this.#store.isDisposed) return;
    this.#endRun();
    clearTimeout(this.#frame);
    this.#store.dispose();
    this.#panel.dispose();
    this.#disposed.fire();
    this.#disposed.dispose();
  }

  #endRun(): void {
    this.#runSubscription?.dispose();
    this.#run?.dispose();
    this.#run = undefined;
  }

  /** The first change goes out at once, later ones at most once a frame. */
  #changed(): void {
    this.#isChanged = true;
    if (this.#frame !== undefined || !this.#isReady || !this.#panel.visible) return;
    this.#postState();
    this.#frame = setTimeout(() => {
      this.#frame = undefined;
      if (this.#isChanged) this.#changed();
    }, FRAME_MS);
  }

  #postState(): void {
    this.#isChanged = false;
    this.#post({ type: 'state', protocolVersion: PROTOCOL_VERSION, run: this.#run?.snapshot() ?? null });
  }

  #post(message: ToWebview): void {
    void this.#panel.webview.postMessage(message);
  }

  #receive(message: FromWebview, actions: PanelActions): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#postState();
        return;
      case 'cancel':
        this.#run?.cancel();
        return;
      case 'sendAgain':
        actions.sendAgain();
        return;
      default:
        this.#answer(message, this.#run?.runId === message.runId ? this.#run : undefined);
    }
  }

  #answer(message: Extract<FromWebview, { readonly runId: number }>, run: Run | undefined): void {
    const { runId } = message;
    switch (message.type) {
      case 'getRows': {
        const { requestId, from, count } = message;
        if (run === undefined) this.#post({ type: 'failed', requestId });
        else this.#post({ type: 'rows', requestId, runId, rows: readRows(run.store, from, count) });
        return;
      }
      case 'getRecord': {
        const { requestId } = message;
        const record = run === undefined ? null : readRecord(run.store, message.row);
        if (record === null) this.#post({ type: 'failed', requestId });
        else this.#post({ type: 'record', requestId, runId, record });
        return;
      }
      case 'getBody': {
        const { requestId } = message;
        if (run === undefined) {
          this.#post({ type: 'failed', requestId });
        } else {
          const shown = bodyText(run.body(SHOWN_BYTES), run.snapshot().byteCount, run.contentType);
          this.#post({ type: 'body', requestId, runId, ...shown });
        }
        return;
      }
      case 'copyRecord': {
        const text = run === undefined ? undefined : readText(run.store, message.row);
        if (text !== undefined) void vscode.env.clipboard.writeText(text);
        return;
      }
      case 'copyBody':
        if (run !== undefined) void vscode.env.clipboard.writeText(decodeBody(run.body(), run.contentType));
        return;
    }
  }
}
