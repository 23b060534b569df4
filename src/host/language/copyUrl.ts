import * as vscode from 'vscode';
import { requestUrl } from '../../core/cbhttp/hover/targetHover.ts';
import type { LanguageContext } from '../../core/cbhttp/languageContext.ts';
import { registerCommand } from '../contributions.ts';
import type { Documents } from '../documents.ts';
import { say } from '../translate.ts';

/** Copies the URL that a request goes to, without sending it. */
export function registerCopyUrl(
  documents: Documents,
  context: (textDocument: vscode.TextDocument) => LanguageContext,
): vscode.Disposable {
  return registerCommand('cbhttp.copyUrl', async (reference) => {
    const editor = vscode.window.activeTextEditor;
    // A menu hands over the file.
    const isGiven = reference !== undefined && 'key' in reference;
    const located = isGiven
      ? await documents.find(vscode.Uri.parse(reference.uri, true), reference.key)
      : editor && documents.atCursor(editor);
    if (located === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no request here. Put the cursor into a request of a .cbhttp file.'),
      );
      return;
    }
    const { document, placed, textDocument } = located;
    const url = requestUrl(document, placed, context(textDocument));
    if (typeof url !== 'string') {
      void vscode.window.showWarningMessage(say(url));
      return;
    }
    await vscode.env.clipboard.writeText(url);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', url), 3000);
  });
}
