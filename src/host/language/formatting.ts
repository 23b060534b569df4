import * as vscode from 'vscode';
import type { Span } from '../../core/cbhttp/document.ts';
import { formatEdits } from '../../core/cbhttp/format/format.ts';
import { languageId } from '../contributions.ts';
import { DisposableStore } from '../disposableStore.ts';
import { toRange, type Documents } from '../documents.ts';

/** What formatting needs. */
export interface FormattingDeps {
  readonly documents: Documents;
  /** The setting `cbhttp.format.jsonBodies`. */
  readonly layOutJson: (resource: vscode.Uri) => boolean;
}

/** "Format Document" and "Format Selection". */
export function registerFormatting({ documents, layOutJson }: FormattingDeps): vscode.Disposable {
  const format = (
    textDocument: vscode.TextDocument,
    { tabSize, insertSpaces }: vscode.FormattingOptions,
    range?: Span,
  ): vscode.TextEdit[] => {
    const options = { tabSize, insertSpaces, jsonBodies: layOutJson(textDocument.uri) };
    return formatEdits(documents.get(textDocument), options, range).map(({ span, text }) =>
      vscode.TextEdit.replace(toRange(textDocument, span), text),
    );
  };
  const store = new DisposableStore();
  store.add(
    vscode.languages.registerDocumentFormattingEditProvider(languageId, {
      provideDocumentFormattingEdits: (textDocument, options) => format(textDocument, options),
    }),
  );
  store.add(
    vscode.languages.registerDocumentRangeFormattingEditProvider(languageId, {
      provideDocumentRangeFormattingEdits: (textDocument, range, options) =>
        format(textDocument, options, {
          start: textDocument.offsetAt(range.start),
          end: textDocument.offsetAt(range.end),
        }),
    }),
  );
  return store;
}
