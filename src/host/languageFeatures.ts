import * as vscode from 'vscode';
import { languageId } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { LanguageDeps } from './language/language.ts';

/** Loads what helps to write requests, once there is a request file to help with. */
export function registerLanguageFeatures(deps: LanguageDeps): vscode.Disposable {
  const store = new DisposableStore();
  let isLoading = false;
  const loadIfNeeded = (): void => {
    if (isLoading || !vscode.workspace.textDocuments.some((open) => open.languageId === languageId)) return;
    isLoading = true;
    import('./language/language.ts').then(
      ({ registerLanguage }) => store.add(registerLanguage(deps)),
      (error: unknown) => deps.log.error(error instanceof Error ? error : String(error)),
    );
  };
  store.add(vscode.workspace.onDidOpenTextDocument(loadIfNeeded));
  loadIfNeeded();
  return store;
}
