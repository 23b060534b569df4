import * as vscode from 'vscode';
import { filterKinds, type FilterKind, type FunctionFilter } from '../core/functions/functionList.ts';
import { askWhileApplying } from './filterBox.ts';
import { describeFilterKind } from './functionItems.ts';

/**
 * Asks for a filter in one box, its text typed and its kinds ticked, and applies it as it changes; Escape brings back
 * the one before.
 */
export async function askFilter(
  before: FunctionFilter,
  apply: (filter: FunctionFilter) => void,
): Promise<void> {
  const box = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly filterKind: FilterKind }>();
  box.title = vscode.l10n.t('Filter Functions');
  box.placeholder = vscode.l10n.t('Part of a name; tick what should be shown');
  box.canSelectMany = true;
  // What is typed is the text of the filter, not a search among the kinds.
  box.items = filterKinds.map((filterKind) => ({
    label: describeFilterKind(filterKind),
    alwaysShow: true,
    filterKind,
  }));
  box.selectedItems = box.items.filter(({ filterKind }) => before.kinds.includes(filterKind));
  box.value = before.text;
  await askWhileApplying(
    box,
    (changed) => [box.onDidChangeValue(changed), box.onDidChangeSelection(changed)],
    {
      apply: () => {
        apply({ text: box.value, kinds: box.selectedItems.map(({ filterKind }) => filterKind) });
      },
      restore: () => apply(before),
    },
  );
}
