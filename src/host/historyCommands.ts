import * as vscode from 'vscode';
import { askWhileApplying } from './filterBox.ts';
import type { History, KeptRun } from './history.ts';
import type { HistoryReference } from './historySource.ts';
import { describeRun } from './historyTree.ts';
import type { Run } from './run.ts';

/** What the commands of the history need. */
export interface HistoryCommandsDeps {
  readonly history: History;
  /** Shows a run that was opened, in a panel that owns it from then on. */
  readonly show: (run: Run) => Promise<void>;
  /** Brings the panel of a run into view; false where there is none. */
  readonly reveal: (id: string) => boolean;
}

/** What the commands do; VS Code gives the item clicked and, where several are selected, all of them. */
export function historyCommands({ history, show, reveal }: HistoryCommandsDeps) {
  const opened = async (item: HistoryReference | undefined): Promise<Run | undefined> => {
    const id = item?.id ?? (await pick(history))?.id;
    return id === undefined ? undefined : history.open(id);
  };
  return {
    open: async (item?: HistoryReference) => {
      const id = item?.id ?? (await pick(history))?.id;
      if (id !== undefined && !reveal(id)) await show(await history.open(id));
    },
    save: async (item?: HistoryReference) => {
      const run = await opened(item);
      if (run === undefined) return;
      try {
        await (await import('./streamPanel.ts')).saveContent(run);
      } finally {
        run.dispose();
      }
    },
    setPinned: async (isPinned: boolean, ...given: Given) => history.setPinned(idsOf(given), isPinned),
    delete: async (...given: Given) => {
      const ids = idsOf(given);
      const question = vscode.l10n.t('Delete the {0} selected runs?', ids.length);
      if (ids.length > 1 && !(await isSure(question, vscode.l10n.t('Delete')))) return;
      await history.delete(ids);
      if (!history.runs.some(({ id }) => ids.includes(id))) return;
      void vscode.window.showInformationMessage(
        vscode.l10n.t('A run that is still going on in another window stays until it has ended.'),
      );
    },
    clear: () => clear(history),
  };
}

/** The arguments of a command on items. */
export type Given = readonly [item?: HistoryReference, items?: readonly HistoryReference[]];

function idsOf([item, items]: Given): string[] {
  const all = items !== undefined && items.length > 0 ? items : item === undefined ? [] : [item];
  return all.map(({ id }) => id).filter((id) => !id.startsWith('day '));
}

async function clear(history: History): Promise<void> {
  await history.load();
  const { runs } = history;
  const pinned = runs.filter(({ isPinned }) => isPinned);
  if (runs.length === 0) return;
  const deleteAll = vscode.l10n.t('Delete All');
  const keepPinned = vscode.l10n.t('Keep Pinned');
  const answers = pinned.length > 0 && pinned.length < runs.length ? [deleteAll, keepPinned] : [deleteAll];
  const detail = vscode.l10n.t('Their files are deleted. Panels that are open stay as they are.');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete all {0} runs of the history?', runs.length),
    { modal: true, detail },
    ...answers,
  );
  if (answer === undefined) return;
  const kept = new Set(answer === keepPinned ? pinned : []);
  await history.delete(runs.filter((run) => !kept.has(run)).map(({ id }) => id));
}

async function isSure(question: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true }, yes)) === yes;
}

async function pick(history: History): Promise<KeptRun | undefined> {
  await history.load();
  const items = history.runs.map((run) => ({
    label: run.head.request.label,
    description: describeRun(run),
    detail: `${run.head.method} ${run.head.sent?.url ?? run.head.target}`,
    run,
  }));
  const placeHolder =
    items.length === 0 ? vscode.l10n.t('There are no kept runs.') : vscode.l10n.t('A kept run');
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.run;
}

/** Asks for a filter, and applies it while it is typed; Escape brings back the one before. */
export async function askHistoryFilter(before: string, apply: (text: string) => void): Promise<void> {
  const box = vscode.window.createInputBox();
  box.title = vscode.l10n.t('Filter History');
  box.placeholder = vscode.l10n.t('Request, address, profile, status, verdict');
  box.value = before;
  await askWhileApplying(box, (changed) => [box.onDidChangeValue(changed)], {
    apply: () => apply(box.value),
    restore: () => apply(before),
  });
}
