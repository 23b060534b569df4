import * as vscode from 'vscode';
import { languageId } from '../contributions.ts';
import { DisposableStore } from '../disposableStore.ts';
import { pasteImport, type PastedImport } from '../importRequest.ts';
import { followUp } from '../importRequestFollowUp.ts';
import type { ImportDeps } from '../importRequestSurroundings.ts';

/** Code that is pasted into a request file becomes requests, where VS Code has such pasting. */
export function registerPasteImport(deps: ImportDeps): vscode.Disposable {
  const store = new DisposableStore();
  if (typeof vscode.languages.registerDocumentPasteEditProvider !== 'function') return store; // an older fork
  const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('cbhttp', 'request');
  let offered: PastedImport | undefined;
  const provider: vscode.DocumentPasteEditProvider = {
    async provideDocumentPasteEdits(document, ranges, data, { only }, token) {
      const [range] = ranges;
      if (range === undefined || ranges.length > 1 || (only !== undefined && !only.contains(kind)))
        return undefined;
      const code = await data.get('text/plain')?.asString();
      if (code === undefined || token.isCancellationRequested) return undefined;
      offered = pasteImport(document, range, code, kind, deps);
      return offered && [offered.edit];
    },
  };
  store.add(
    vscode.languages.registerDocumentPasteEditProvider(languageId, provider, {
      providedPasteEditKinds: [kind],
      pasteMimeTypes: ['text/plain'],
    }),
  );
  // Only the change tells whether the edit was chosen.
  store.add(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (offered?.inserted.document !== document || contentChanges.length === 0) return;
      const { placed, inserted } = offered;
      offered = undefined;
      const withoutBlanks = (text: string): string => text.replace(/\s+/g, ''); // VS Code lays them out
      const isSame = ({ text }: { readonly text: string }): boolean =>
        withoutBlanks(text) === withoutBlanks(placed);
      if (contentChanges.some(isSame)) followUp(inserted, deps);
    }),
  );
  return store;
}
