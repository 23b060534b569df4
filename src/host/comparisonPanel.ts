import * as vscode from 'vscode';
import { COMPARISON_VERSION, type FromComparison, type ToComparison } from '../protocol/comparison.ts';
import { parseFromComparison } from '../protocol/parseFromComparison.ts';
import type { Comparison } from './comparison.ts';
import { comparisonViewType } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { loadPage } from './panelPage.ts';
import { comparisonStrings } from './strings/comparisonStrings.ts';

/** ms between two snapshots. */
const FRAME_MS = 300;
/** ms between two snapshots while nothing comes, for the clock of what still runs. */
const TICK_MS = 1000;

/** What a panel needs from outside. */
export interface ComparisonPanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
  /** Opens, saves, sends: what the user asked for in the page. */
  readonly act: (
    message: Extract<FromComparison, { readonly type: 'openDiff' | 'savePicture' | 'sendBoth' }>,
  ) => Promise<void>;
}

/** An editor tab for {@link ComparisonPanel}. */
export function openComparisonTab(viewColumn: vscode.ViewColumn): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(comparisonViewType, '', { viewColumn, preserveFocus: true });
}

/** An editor tab that shows a comparison. Owns both. */
export class ComparisonPanel implements vscode.Disposable {
  readonly comparison: Comparison;
  readonly #deps: ComparisonPanelDeps;
  readonly #panel: vscode.WebviewPanel;
  readonly #store = new DisposableStore();
  readonly #disposed = new vscode.EventEmitter<void>();
  #isReady = false;
  #isChanged = false;
  #frame: NodeJS.Timeout | undefined;

  /** The user closed it, or it was disposed. */
  readonly onDidDispose = this.#disposed.event;

  constructor(comparison: Comparison, panel: vscode.WebviewPanel, deps: ComparisonPanelDeps) {
    this.comparison = comparison;
    this.#panel = panel;
    this.#deps = deps;
    const { extensionUri } = deps;
    const [left, right] = [comparison.left.label, comparison.right.label];
    this.#panel.title = vscode.l10n.t('Comparison: {0}', left === right ? left : `${left} ↔ ${right}`);
    const media = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', name);
    this.#panel.iconPath = { light: media('file-light.svg'), dark: media('file-dark.svg') };
    this.#store.add(comparison);
    this.#store.add(comparison.onDidChange(() => this.#changed()));
    this.#store.add(this.#panel.onDidDispose(() => this.dispose()));
    this.#store.add(this.#panel.onDidChangeViewState(() => this.#changed()));
    this.#store.add(
      this.#panel.webview.onDidReceiveMessage((value: unknown) => {
        const message = parseFromComparison(value);
        if (message !== null) this.#receive(message);
      }),
    );
    const tick = setInterval(() => {
      if (comparison.isLive) this.#changed();
    }, TICK_MS);
    this.#store.add({ dispose: () => clearInterval(tick) });
    loadPage(this.#panel.webview, extensionUri, {
      script: 'webview-compare.js',
      strings: comparisonStrings(),
    });
  }

  /** Brings it into view, where it is; the focus stays. */
  reveal(): void {
    if (!this.#store.isDisposed) this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    if (this.#store.isDisposed) return;
    clearTimeout(this.#frame);
    this.#store.dispose();
    this.#panel.dispose();
    this.#disposed.fire();
    this.#disposed.dispose();
  }

  /** The first change goes out at once, others a few times a second. */
  #changed(): void {
    this.#isChanged = true;
    if (!this.#isReady || !this.#panel.visible || this.#frame !== undefined) return;
    this.#postState();
    this.#frame = setTimeout(() => {
      this.#frame = undefined;
      if (this.#isChanged) this.#changed();
    }, FRAME_MS);
  }

  #postState(): void {
    this.#isChanged = false;
    const comparison = this.comparison.snapshot();
    this.#post({ type: 'state', protocolVersion: COMPARISON_VERSION, comparison });
  }

  #post(message: ToComparison): void {
    // One that is gone meanwhile needs no message.
    this.#panel.webview.postMessage(message).then(undefined, () => undefined);
  }

  #receive(message: FromComparison): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#postState();
        return;
      case 'swap':
        this.comparison.swap();
        return;
      case 'get':
        this.#answer(message);
        return;
      case 'openDiff':
      case 'savePicture':
      case 'sendBoth':
        void this.#act(message);
        return;
    }
  }

  #answer({ requestId, query }: Extract<FromComparison, { readonly type: 'get' }>): void {
    try {
      const answer = this.comparison.answer(query);
      if (answer !== null) {
        this.#post({ type: 'answer', requestId, answer });
        return;
      }
    } catch (error) {
      this.#deps.log.error(error instanceof Error ? error : String(error));
    }
    this.#post({ type: 'failed', requestId });
  }

  async #act(message: Parameters<ComparisonPanelDeps['act']>[0]): Promise<void> {
    try {
      await this.#deps.act(message);
    } catch (error) {
      if (this.#store.isDisposed) return; // with what it showed
      this.#deps.log.error(error instanceof Error ? error : String(error));
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }
}
