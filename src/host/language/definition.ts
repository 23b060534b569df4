import * as vscode from 'vscode';
import type { CbDocument } from '../../core/cbhttp/document.ts';
import type { LanguageContext } from '../../core/cbhttp/languageContext.ts';
import { definitionsIn } from '../../core/cbhttp/navigate/definition.ts';
import { occurrenceAt, type Occurrence } from '../../core/cbhttp/navigate/occurrences.ts';
import { outsideVariable } from '../../core/cbhttp/navigate/outsideDefinition.ts';
import { sharedNames } from '../../core/cbhttp/navigate/sharedNames.ts';
import { languageId } from '../contributions.ts';
import { toRange, type Documents } from '../documents.ts';
import { outsideLocation } from './profileVariables.ts';
import { toLocation } from './references.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** What "Go to Definition" needs. */
export interface DefinitionDeps {
  readonly documents: Documents;
  readonly index: WorkspaceIndex;
  readonly context: (textDocument: vscode.TextDocument) => LanguageContext;
  readonly userSettings: vscode.Uri;
  /** The file a developer means by "the function's code", or undefined. */
  readonly findCode: (folder: vscode.Uri) => Promise<vscode.Uri | undefined>;
}

/** "Go to Definition" of variables, those of settings and `.env` included, of requests also in other files, and of functions, which leads to their code. */
export function registerDefinition(deps: DefinitionDeps): vscode.Disposable {
  return vscode.languages.registerDefinitionProvider(languageId, {
    provideDefinition: async (textDocument, position) => {
      const document = deps.documents.get(textDocument);
      const offset = textDocument.offsetAt(position);
      const outside = outsideVariable(document, offset, deps.context(textDocument));
      const at = outside ?? occurrenceAt(document, offset);
      if (at === undefined) return [];
      const origin = toRange(textDocument, at.span);
      const found =
        'profile' in at
          ? [await outsideLocation(textDocument.uri, at, deps.userSettings)].filter(
              (one) => one !== undefined,
            )
          : await locationsOf(deps, textDocument, document, at);
      return found.map(({ uri, range }): vscode.DefinitionLink => {
        return { originSelectionRange: origin, targetUri: uri, targetRange: range };
      });
    },
  });
}

async function locationsOf(
  deps: DefinitionDeps,
  textDocument: vscode.TextDocument,
  document: CbDocument,
  at: Occurrence,
): Promise<vscode.Location[]> {
  if (at.kind === 'function') {
    const folder = deps.context(textDocument).functions.find(({ name }) => name === at.name)?.folderUri;
    const code =
      folder === null || folder === undefined
        ? undefined
        : await deps.findCode(vscode.Uri.parse(folder, true));
    return code === undefined ? [] : [new vscode.Location(code, new vscode.Position(0, 0))];
  }
  const here = definitionsIn(document, at);
  if (here.length > 0 || at.kind === 'variable') {
    return here.map((span) => new vscode.Location(textDocument.uri, toRange(textDocument, span)));
  }
  return sharedNames(await deps.index.files(), textDocument.uri.toString(), at.kind, at.name)
    .filter(({ name }) => name.role === 'definition')
    .map(toLocation);
}
