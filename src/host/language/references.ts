import * as vscode from 'vscode';
import { occurrencesLike } from '../../core/cbhttp/navigate/definition.ts';
import { occurrenceAt } from '../../core/cbhttp/navigate/occurrences.ts';
import { outsideVariable } from '../../core/cbhttp/navigate/outsideDefinition.ts';
import { sharedNames, type LocatedName } from '../../core/cbhttp/navigate/sharedNames.ts';
import { languageId } from '../contributions.ts';
import { toRange } from '../documents.ts';
import type { DefinitionDeps } from './definition.ts';
import { outsideLocation } from './profileVariables.ts';

/**
 * "Find All References": variables in their file, and where the settings define them; requests and functions across
 * the workspace.
 */
export function registerReferences({
  documents,
  index,
  context,
  userSettings,
}: Omit<DefinitionDeps, 'findCode'>): vscode.Disposable {
  return vscode.languages.registerReferenceProvider(languageId, {
    provideReferences: async (textDocument, position, { includeDeclaration }) => {
      const document = documents.get(textDocument);
      const offset = textDocument.offsetAt(position);
      const at = occurrenceAt(document, offset);
      if (at === undefined) return [];
      if (at.kind === 'variable') {
        const here = occurrencesLike(document, at)
          .filter(({ role }) => includeDeclaration || role === 'use')
          .map(({ span }) => new vscode.Location(textDocument.uri, toRange(textDocument, span)));
        const outside = includeDeclaration && outsideVariable(document, offset, context(textDocument));
        if (!outside) return here;
        const definition = await outsideLocation(textDocument.uri, outside, userSettings);
        return definition === undefined ? here : [definition, ...here];
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
