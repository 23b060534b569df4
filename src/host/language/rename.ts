import * as vscode from 'vscode';
import { prepareRename, renameEdits } from '../../core/cbhttp/rename/rename.ts';
import { languageId } from '../contributions.ts';
import { toRange } from '../documents.ts';
import { say } from '../translate.ts';
import type { DefinitionDeps } from './definition.ts';

/** "Rename Symbol" of variables, requests and functions; VS Code shows the reason where it is refused. */
export function registerRename({
  documents,
  index,
  context,
}: Pick<DefinitionDeps, 'documents' | 'index' | 'context'>): vscode.Disposable {
  return vscode.languages.registerRenameProvider(languageId, {
    prepareRename: async (textDocument, position) => {
      const uri = textDocument.uri.toString();
      const files = await index.files();
      const start = prepareRename(
        documents.get(textDocument),
        textDocument.offsetAt(position),
        uri,
        files,
        context(textDocument),
      );
      if ('refusal' in start) throw new Error(say(start.refusal));
      return { range: toRange(textDocument, start.span), placeholder: start.name };
    },
    provideRenameEdits: async (textDocument, position, newName) => {
      const uri = textDocument.uri.toString();
      const files = await index.fresh();
      const document = documents.get(textDocument);
      const offset = textDocument.offsetAt(position);
      const edits = renameEdits(document, offset, uri, files, newName.trim(), context(textDocument));
      if ('refusal' in edits) throw new Error(say(edits.refusal));
      const start = prepareRename(document, offset, uri, files);
      if ('kind' in start && start.kind === 'function' && edits.length > 0) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t(
            'The function is called "{0}" in requests now. cloudbaserc.json, its folder, settings and the deployed function keep their name.',
            newName.trim(),
          ),
        );
      }
      const all = new vscode.WorkspaceEdit();
      for (const { uri: file, line, column, length } of edits) {
        const range = new vscode.Range(line, column, line, column + length);
        all.replace(vscode.Uri.parse(file, true), range, newName.trim());
      }
      return all;
    },
  });
}
