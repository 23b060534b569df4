import * as vscode from 'vscode';
import { occurrencesLike } from '../../core/cbhttp/navigate/definition.ts';
import { occurrenceAt } from '../../core/cbhttp/navigate/occurrences.ts';
import { languageId } from '../contributions.ts';
import { toRange, type Documents } from '../documents.ts';

/** Marks the other places of the name under the cursor. */
export function registerHighlight(documents: Documents): vscode.Disposable {
  const { Read, Write } = vscode.DocumentHighlightKind;
  return vscode.languages.registerDocumentHighlightProvider(languageId, {
    provideDocumentHighlights: (textDocument, position) => {
      const document = documents.get(textDocument);
      const at = occurrenceAt(document, textDocument.offsetAt(position));
      const all = at === undefined ? [] : occurrencesLike(document, at);
      return all.map(({ span, role }) => {
        return new vscode.DocumentHighlight(toRange(textDocument, span), role === 'use' ? Read : Write);
      });
    },
  });
}
