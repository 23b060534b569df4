import * as vscode from 'vscode';
import { registerCommand } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { ImportDeps } from './importRequestSurroundings.ts';

/**
 * Import Request from Code, and the declarations of `wx.cloud.callHTTPFunction`. What they need is loaded with the
 * language features, which have most of it.
 */
export function registerImportRequest(deps: ImportDeps): vscode.Disposable {
  const store = new DisposableStore();
  store.add(
    registerCommand('cbhttp.importRequest', async (given) => {
      // A menu hands over the file.
      const code = given === undefined || given instanceof vscode.Uri ? {} : given;
      return (await import('./language/language.ts')).importRequest(code, deps);
    }),
  );
  store.add(
    registerCommand('cbhttp.addWxTypes', async (given) =>
      (await import('./language/language.ts')).addWxTypes(given?.uri),
    ),
  );
  return store;
}
