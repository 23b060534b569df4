import * as vscode from 'vscode';
import { isDisabled } from '../core/cbhttp/directives.ts';
import { requestLabel } from '../core/cbhttp/document.ts';
import { languageId, registerCommand, type RequestReference } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { Documents, LocatedRequest } from './documents.ts';
import type { Sender } from './sender.ts';

/** Send, Cancel, Resume and Send All in File. */
export function registerSendCommands(documents: Documents, sender: Sender): vscode.Disposable {
  const store = new DisposableStore();
  store.add(
    registerCommand('cbhttp.send', async (reference) => {
      const located = await locate(documents, reference);
      if (located !== undefined) await sender.send(located);
    }),
  );
  store.add(
    registerCommand('cbhttp.cancel', async (reference) => {
      const located = await locate(documents, reference);
      if (located !== undefined) sender.cancel(located.textDocument.uri, located.key);
    }),
  );
  store.add(
    registerCommand('cbhttp.resume', async (reference) => {
      const located = await locate(documents, reference);
      if (located === undefined || (await sender.resume(located.textDocument.uri, located.key))) return;
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no stream of this request to resume: send it first.'),
      );
    }),
  );
  store.add(registerCommand('cbhttp.sendAll', () => sendAll(documents, sender)));
  return store;
}

/** The request a command means; says so where there is none. */
async function locate(
  documents: Documents,
  reference: RequestReference | vscode.Uri | undefined,
): Promise<LocatedRequest | undefined> {
  const editor = vscode.window.activeTextEditor;
  const located =
    reference !== undefined && 'key' in reference
      ? await documents.find(vscode.Uri.parse(reference.uri, true), reference.key)
      : editor === undefined
        ? undefined
        : documents.atCursor(editor);
  if (located === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no request here. Put the cursor into a request of a .cbhttp file.'),
    );
  }
  return located;
}

/** One after another, in file order; Cancel in the notification cancels the one that runs and sends no more. */
async function sendAll(documents: Documents, sender: Sender): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== languageId) return;
  const all = documents.requests(editor.document).filter(({ request }) => !isDisabled(request.directives));
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true },
    async (progress, token) => {
      for (const [index, located] of all.entries()) {
        if (token.isCancellationRequested) return;
        const { textDocument, request, key } = located;
        progress.report({
          message: vscode.l10n.t('Sending {0} of {1}: {2}', index + 1, all.length, requestLabel(request)),
          increment: index === 0 ? 0 : 100 / all.length,
        });
        const cancelling = token.onCancellationRequested(() => sender.cancel(textDocument.uri, key));
        try {
          if (!(await sender.send(located))) return;
        } finally {
          cancelling.dispose();
        }
      }
    },
  );
}
