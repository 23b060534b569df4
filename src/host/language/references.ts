import * as vscode from 'vscode';
import { occurrencesLike } from '../../core/cbhttp/navigate/definition.ts';
import { occurrenceAt } from '../../core/cbhttp/navigate/occurrences.ts';
import { sharedNames, type LocatedName } from '../../core/cbhttp/navigate/sharedNames.ts';
import { languageId } from '../contributions.ts';
import { toRange, type Documents } from '../documents.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** "Find All References": variables in their file, requests and functions across the workspace. */
export function registerReferences(documents: Documents, index: WorkspaceIndex): vscode.Disposable {
  return vscode.languages.registerReferenceProvider(languageId, {
    provideReferences: async (textDocument, position, { includeDeclaration }) => {
      const document = documents.get(textDocument);
      const at = occurrenceAt(document, textDocument.offsetAt(position));
      if (at === undefined) return [];
      if (at.kind === 'variable') {
        return occurrencesLike(document, at)
          .filter(({ role }) => includeDeclaration || role === 'use')
          .map(({ span }) => new vscode.Location(textDocument.uri, toRange(textDocument, span)));
      }
      return sharedNames(await index.fresh(), textDocument.uri.toString(), at.kind, at.name)
        .filter(({ name }) => includeDeclaration || name.role === 'use')
        .map(toLocation);
    },
  });
}

/** A name of the index as VS Code's location. */
export function toLocation({ uri, name: { name, line, column } }: LocatedName): vscode.Location {
  return new vscode.Location(
    vscode.Uri.parse(uri, true),
    new vscode.Range(line, column, line, column + name.length),
  );
}
