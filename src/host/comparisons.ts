/** Loaded with the first comparison. */
import * as vscode from 'vscode';
import type { SavedComparison } from '../protocol/comparison.ts';
import type { CommandArguments } from './contributions.ts';
import type { CompareDeps } from './compareCommands.ts';
import { Comparison } from './comparison.ts';
import { ComparisonPanel, openComparisonTab } from './comparisonPanel.ts';
import { ComparedTexts } from './comparedTexts.ts';
import { DisposableStore } from './disposableStore.ts';
import type { LocatedRequest } from './documents.ts';
import type { Run } from './run.ts';
import { savePicture } from './savePicture.ts';
import { chooseSends, type Sends, type Sent } from './sendTwiceChoices.ts';

/** VS Code has no more columns. */
const MAX_COLUMN = 9;

/** Shows comparisons, each in a tab of its own. Owns them. */
export class Comparisons implements vscode.Disposable {
  readonly #deps: CompareDeps;
  readonly #store = new DisposableStore();
  readonly #texts = this.#store.add(new ComparedTexts());
  readonly #panels = new Set<ComparisonPanel>();

  constructor(deps: CompareDeps) {
    this.#deps = deps;
  }

  /** Compares two runs of the history, the older one left. */
  async compareKept(items: readonly { readonly id: string }[]): Promise<void> {
    if (items.length !== 2) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Select two runs in the history to compare them.'),
      );
      return;
    }
    const opened: Run[] = [];
    try {
      for (const { id } of items) opened.push(await this.#deps.history.open(id));
      const [left, right] = opened.toSorted((one, other) => (one.sentMs ?? 0) - (other.sentMs ?? 0));
      if (left !== undefined && right !== undefined) await this.#show(left, right, vscode.ViewColumn.Active);
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    } finally {
      // The comparison holds what it shows.
      for (const run of opened) run.dispose();
    }
  }

  /** Compares a run, that of the request at the cursor or the one in view, with the one of the request before it. */
  async compareWithPrevious(given: CommandArguments['cbhttp.compareWithPrevious'][0]): Promise<void> {
    const run = this.#runOf(given);
    if (run === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no run here: send the request first.'),
      );
      return;
    }
    const held = run.hold();
    try {
      const previous = await this.#deps.history.previous(run);
      if (previous === undefined) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The history has no earlier run of "{0}" to compare with.', run.label),
        );
        return;
      }
      await this.#show(previous, run, vscode.ViewColumn.Active);
      previous.dispose();
    } finally {
      held.dispose();
    }
  }

  /** Sends a request in two ways, or two requests, at once, and compares what comes while it comes. */
  async sendAndCompare(given: CommandArguments['cbhttp.sendAndCompare'][0]): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Nothing is sent from a workspace that is not trusted.'),
      );
      return;
    }
    const reference = given instanceof vscode.Uri ? {} : (given ?? {});
    const located = await this.#locate(reference);
    if (located === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no request here. Put the cursor into a request of a .cbhttp file.'),
      );
      return;
    }
    await this.#deps.functions.folders();
    const sends = await chooseSends(located, reference, this.#deps);
    if (sends === undefined) return;
    await this.#send(sends, (left, right) => {
      const column = Math.max(this.#columnOf(left), this.#columnOf(right));
      this.#show(left, right, Math.min(MAX_COLUMN, column + 1), sends).catch((error: unknown) => {
        if (!this.#store.isDisposed) this.#deps.log.error(String(error));
      });
    });
  }

  /** Fills the tab of a comparison of the window before its reload again, or closes it where the runs are gone. */
  async restore(tab: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { title } = tab;
    let isClosed = false;
    tab.onDidDispose(() => (isClosed = true));
    const opened: Run[] = [];
    try {
      for (const id of readRuns(state)) {
        const run = await this.#deps.history.reopen(id);
        if (run !== undefined) opened.push(run);
      }
      const [left, right] = opened;
      if (isClosed) return;
      if (left !== undefined && right !== undefined) return await this.#show(left, right, tab);
      tab.dispose();
      void vscode.window.showInformationMessage(
        vscode.l10n.t('"{0}" was closed: its runs could not be brought back.', title),
      );
    } finally {
      for (const run of opened) run.dispose();
    }
  }

  dispose(): void {
    for (const panel of [...this.#panels]) panel.dispose();
    this.#store.dispose();
  }

  /** Sends both ways at once. @param onRuns gets the runs of it, as soon as both have begun */
  async #send(
    [[left, leftOptions], [right, rightOptions]]: Sends,
    onRuns: (left: Run, right: Run) => void,
  ): Promise<void> {
    const runs: Run[] = [];
    const begun = (index: number) => (run: Run) => {
      runs[index] = run;
      const [one, other] = runs;
      if (one !== undefined && other !== undefined) onRuns(one, other);
    };
    await this.#deps.sender.sendTogether([
      [left, { ...leftOptions, onRun: begun(0) }],
      [right, { ...rightOptions, onRun: begun(1) }],
    ]);
  }

  /** Sends the requests as their documents have them now, and compares what comes in the tab that is there. */
  async #sendAgain([left, right]: Sends, onRuns: (left: Run, right: Run) => void): Promise<void> {
    const [one, other] = [await this.#again(left), await this.#again(right)];
    if (one !== undefined && other !== undefined) await this.#send([one, other], onRuns);
  }

  /** What was sent, as it is now; undefined, and the user is told, where its request is gone. */
  async #again([{ textDocument, key }, options]: Sent): Promise<Sent | undefined> {
    const located = await this.#deps.documents.findOrTell(textDocument.uri, key);
    return located && [located, { ...options, isInBackground: true }];
  }

  /**
   * Opens a comparison, which holds both runs, in a column or in a tab that is there.
   * @param sends what was sent for it, where it was
   */
  async #show(
    left: Run,
    right: Run,
    place: vscode.ViewColumn | vscode.WebviewPanel,
    sends?: Sends,
  ): Promise<void> {
    const held = [left.hold(), right.hold()];
    try {
      const parts = await import('./streamPanel.ts');
      if (this.#store.isDisposed) return;
      const comparison = new Comparison(left, right, parts, sends !== undefined);
      const tab = typeof place === 'number' ? openComparisonTab(place) : place;
      let leftNow = left;
      const follow = (one: Run, other: Run): void => {
        const isSwapped = comparison.left !== leftNow;
        leftNow = one;
        if (isSwapped) comparison.follow(other, one);
        else comparison.follow(one, other);
        panel.reveal(); // over panels of its group that had been closed
      };
      const panel: ComparisonPanel = new ComparisonPanel(comparison, tab, {
        ...this.#deps,
        act: async (message) => {
          if (message.type === 'openDiff') await this.#texts.open(comparison, message.content);
          else if (message.type === 'savePicture') await savePicture(message.svg, left.label);
          else if (sends !== undefined) await this.#sendAgain(sends, follow);
        },
      });
      this.#panels.add(panel);
      panel.onDidDispose(() => this.#panels.delete(panel));
    } finally {
      for (const one of held) one.dispose();
    }
  }

  #columnOf(run: Run): number {
    return this.#deps.sender.panels.columnOf(run) ?? vscode.window.activeTextEditor?.viewColumn ?? 1;
  }

  #runOf(given: CommandArguments['cbhttp.compareWithPrevious'][0]): Run | undefined {
    const { sender, documents } = this.#deps;
    const { panels } = sender;
    if (given !== undefined && 'runId' in given) return panels.shownRun(given.runId);
    if (given !== undefined)
      return panels.lastRun({ uri: vscode.Uri.parse(given.uri, true), key: given.key });
    const editor = vscode.window.activeTextEditor;
    const located = editor === undefined ? undefined : documents.atCursor(editor);
    return panels.lastRun(located === undefined ? null : { uri: located.textDocument.uri, key: located.key });
  }

  #locate({
    uri,
    key,
  }: {
    readonly uri?: string;
    readonly key?: string;
  }): Promise<LocatedRequest | undefined> {
    const { documents } = this.#deps;
    if (uri !== undefined && key !== undefined) return documents.find(vscode.Uri.parse(uri, true), key);
    const editor = vscode.window.activeTextEditor;
    return Promise.resolve(editor === undefined ? undefined : documents.atCursor(editor));
  }
}

/** The runs of a page's {@link SavedComparison}, which may be of another version; none where it has not kept them. */
function readRuns(state: unknown): readonly string[] {
  const { runs } = (state ?? {}) as Partial<Record<keyof SavedComparison, unknown>>;
  return Array.isArray(runs) ? runs.filter((id) => typeof id === 'string') : [];
}
