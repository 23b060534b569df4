import * as vscode from 'vscode';

/** Asks where, and saves a picture that a page drew as SVG. */
export async function savePicture(svg: string, label: string): Promise<void> {
  const name = `${label.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) || 'timeline'}.svg`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    title: vscode.l10n.t('Save the timeline as SVG'),
    filters: { SVG: ['svg'] },
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(svg));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be saved: {1}', target.path, reason));
    return;
  }
  vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}', target.path.split('/').at(-1) ?? ''), 3000);
}
