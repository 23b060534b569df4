import * as vscode from 'vscode';
import { readSetting, registerCommand, type FunctionReference } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { functionOfTask, taskType, type FunctionTaskDefinition } from './functionTask.ts';
import type { LocalFunctions } from './localFunctions.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** Run, Debug, Stop and Restart of functions, as commands and as tasks, and their restart when their code is saved. */
export function registerLocalFunctions(
  local: LocalFunctions,
  functions: WorkspaceFunctions,
): vscode.Disposable {
  const store = new DisposableStore();
  const all = async (): Promise<FunctionReference[]> =>
    (await functions.settled()).flatMap((folder) =>
      folder.functions
        .filter(({ declared }) => declared.type === 'HTTP')
        .map(({ declared: { name }, folder: uri }) => ({ name, folder: uri })),
    );
  const running = (): FunctionReference[] =>
    local.active().map(({ name, workspaceFunction: { folder } }) => ({ name, folder }));
  store.add(
    registerCommand('cbhttp.runFunction', async (item) => {
      const reference = item?.reference ?? (await pick(await all(), vscode.l10n.t('Run which function?')));
      return reference !== undefined && local.run(reference);
    }),
  );
  store.add(
    registerCommand('cbhttp.debugFunction', async (item) => {
      const reference = item?.reference ?? (await pick(await all(), vscode.l10n.t('Debug which function?')));
      return reference !== undefined && local.debug(reference);
    }),
  );
  store.add(
    registerCommand('cbhttp.stopFunction', async (item) => {
      const reference = item?.reference ?? (await pick(running(), vscode.l10n.t('Stop which function?')));
      if (reference !== undefined) await local.stop(reference);
    }),
  );
  store.add(
    registerCommand('cbhttp.restartFunction', async (item) => {
      const reference = item?.reference ?? (await pick(running(), vscode.l10n.t('Restart which function?')));
      return reference !== undefined && local.restart(reference);
    }),
  );
  store.add(vscode.tasks.registerTaskProvider(taskType, taskProvider(local, functions)));
  store.add(restartOnSave(local));
  return store;
}

/** The only one where there is no choice. */
async function pick(
  references: readonly FunctionReference[],
  placeHolder: string,
): Promise<FunctionReference | undefined> {
  if (references.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no function to choose.'));
    return undefined;
  }
  if (references.length === 1) return references[0];
  const items = references.map((reference) => ({
    label: reference.name,
    description: vscode.workspace.asRelativePath(reference.folder),
    reference,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.reference;
}

function taskProvider(local: LocalFunctions, functions: WorkspaceFunctions): vscode.TaskProvider {
  return {
    provideTasks: async () => {
      if (!vscode.workspace.isTrusted) return [];
      return (await functions.settled()).flatMap((folder) =>
        folder.functions
          .filter(({ declared }) => declared.type === 'HTTP')
          .map((one) => local.taskOf(one, folder.workspaceFolder)),
      );
    },
    resolveTask: async (task) => {
      const name = functionOfTask(task);
      const { scope, definition } = task;
      if (name === null || !vscode.workspace.isTrusted) return undefined;
      const folders = (await functions.settled()).filter(
        ({ workspaceFolder }) => typeof scope !== 'object' || workspaceFolder.index === scope.index,
      );
      for (const { workspaceFolder, functions: declared } of folders) {
        const found = declared.find((one) => one.declared.name === name);
        if (found === undefined) continue;
        return local.taskOf(found, workspaceFolder, definition as FunctionTaskDefinition);
      }
      return undefined;
    },
  };
}

/** ms in which the saves of several files count as one. */
const SAVES_MS = 100;

/** Restarts what runs, or has failed, when a file in its folder is saved, where the setting says so. */
function restartOnSave(local: LocalFunctions): vscode.Disposable {
  const waiting = new Map<string, NodeJS.Timeout>();
  const saving = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    for (const { name, workspaceFunction } of local.unstopped()) {
      const { folder } = workspaceFunction;
      const key = folder.toString();
      if (!isCodeIn(folder, uri) || readSetting('cbhttp.functions.restartOnSave', folder) !== true) continue;
      clearTimeout(waiting.get(key));
      waiting.set(
        key,
        setTimeout(() => void local.restart({ name, folder }), SAVES_MS),
      );
    }
  });
  return {
    dispose: () => {
      saving.dispose();
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}

/** Packages are not edited, or not in passing. */
function isCodeIn(folder: vscode.Uri, file: vscode.Uri): boolean {
  const above = `${folder.toString()}/`;
  const id = file.toString();
  return id.startsWith(above) && !id.slice(above.length).split('/').includes('node_modules');
}
