import type * as vscode from 'vscode';
import { DisposableStore } from './disposableStore.ts';
import type { FunctionProblemsDeps } from './functionProblems.ts';

/** Loads the checks of functions' files, once there are functions, or a config that cannot be read. */
export function registerFunctionChecks(deps: FunctionProblemsDeps): vscode.Disposable {
  const store = new DisposableStore();
  let isLoading = false;
  const loadIfNeeded = (): void => {
    const folders = deps.functions.known();
    const isEmpty = folders.every(({ functions, problems }) => functions.length + problems.length === 0);
    if (isLoading || isEmpty) return;
    isLoading = true;
    import('./functionProblems.ts').then(
      ({ registerFunctionProblems }) => store.add(registerFunctionProblems(deps)),
      (error: unknown) => deps.log.error(error instanceof Error ? error : String(error)),
    );
  };
  store.add(deps.functions.onDidChange(loadIfNeeded));
  loadIfNeeded();
  return store;
}
