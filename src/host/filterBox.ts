import type * as vscode from 'vscode';

/** A box of VS Code's quick input: one for a text, or one with a list. */
type FilterBox = Pick<
  vscode.QuickInput & Pick<vscode.InputBox, 'onDidAccept'>,
  'onDidAccept' | 'onDidHide' | 'show' | 'hide' | 'dispose'
>;

/**
 * Shows a box until it is closed. What is in it is applied as it changes; Escape brings back what was before.
 * @param listen subscribes to the box's changes
 */
export async function askWhileApplying(
  box: FilterBox,
  listen: (apply: () => void) => readonly vscode.Disposable[],
  { apply, restore }: { readonly apply: () => void; readonly restore: () => void },
): Promise<void> {
  let isAccepted = false;
  const listeners = [
    ...listen(apply),
    box.onDidAccept(() => {
      isAccepted = true;
      apply();
      box.hide();
    }),
  ];
  await new Promise<void>((resolve) => {
    box.onDidHide(() => resolve());
    box.show();
  });
  for (const listener of listeners) listener.dispose();
  box.dispose();
  if (!isAccepted) restore();
}
