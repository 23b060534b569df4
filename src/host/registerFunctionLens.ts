import * as vscode from 'vscode';
import { languageId } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { isWritable } from './documents.ts';
import type { FunctionLensDeps } from './functionLens.ts';
import type { WorkspaceFunction } from './workspaceFunctions.ts';

/** Lenses above the code of functions; what they say is loaded with the first file of one. */
export function registerFunctionLens(deps: FunctionLensDeps): vscode.Disposable {
  const { functions, sender, requestFiles, local } = deps;
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  const all = (): void => changed.fire();
  store.add(functions.onDidChange(all));
  store.add(sender.onDidChangeRunning(all));
  store.add(requestFiles.onDidChange(all));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(all));
  if (local !== undefined) store.add(local.onDidChange(all));
  store.add(
    vscode.languages.registerCodeLensProvider(
      { pattern: '**/*' },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses: async (document) => {
          if (!vscode.workspace.isTrusted || document.languageId === languageId || !isWritable(document)) {
            return [];
          }
          const one = functionOf(
            document.uri,
            functions.known().flatMap((folder) => folder.functions),
          );
          if (one === undefined) return [];
          return (await import('./functionActions.ts')).functionLenses(document, one, deps);
        },
      },
    ),
  );
  return store;
}

/** The function in whose folder a file lies, the innermost one. */
function functionOf(uri: vscode.Uri, functions: readonly WorkspaceFunction[]): WorkspaceFunction | undefined {
  const file = uri.toString();
  return functions
    .filter(({ folder }) => file.startsWith(`${folder.toString()}/`))
    .sort((one, other) => other.folder.path.length - one.folder.path.length)[0];
}
