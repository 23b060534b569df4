import * as vscode from 'vscode';
import { languageId } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { LanguageDeps } from './language/language.ts';
import type { RequestFiles } from './requestFiles.ts';

/** What the language features are made of, the index of requests not yet loaded. */
export interface LanguageFeaturesDeps extends Omit<LanguageDeps, 'index'> {
  readonly requestFiles: RequestFiles;
}

/** Loads what helps to write requests, once there is a request file to help with. */
export function registerLanguageFeatures(deps: LanguageFeaturesDeps): vscode.Disposable {
  const store = new DisposableStore();
  let isLoading = false;
  const loadIfNeeded = (): void => {
    if (isLoading || !vscode.workspace.textDocuments.some((open) => open.languageId === languageId)) return;
    isLoading = true;
    Promise.all([import('./language/language.ts'), deps.requestFiles.index()]).then(
      ([{ registerLanguage }, index]) => store.add(registerLanguage({ ...deps, index })),
      (error: unknown) => deps.log.error(error instanceof Error ? error : String(error)),
    );
  };
  store.add(vscode.workspace.onDidOpenTextDocument(loadIfNeeded));
  loadIfNeeded();
  return store;
}
