import * as vscode from 'vscode';
import { asCommand, type FunctionReference } from './contributions.ts';

const COMMAND = 'npm install';

/** Runs npm for a function's packages in a terminal, as a task; says how it went, and offers to run the function. */
export async function installPackages(
  reference: FunctionReference,
  scope: vscode.WorkspaceFolder,
): Promise<void> {
  const { name, folder } = reference;
  if (!vscode.workspace.isTrusted) return;
  const execution = new vscode.ShellExecution(COMMAND, { cwd: folder.fsPath });
  const title = vscode.l10n.t('Packages of {0}', name);
  const task = new vscode.Task({ type: 'cbhttp.install', function: name }, scope, title, 'npm', execution);
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    focus: false,
    showReuseMessage: false,
  };
  const exitCode = await runTask(task);
  if (exitCode === 0) {
    const run = asCommand('cbhttp.runFunction', vscode.l10n.t('Run Function'), [{ reference }]);
    const message = vscode.l10n.t('The packages of "{0}" are installed.', name);
    if ((await vscode.window.showInformationMessage(message, run.title)) !== run.title) return;
    await vscode.commands.executeCommand(run.command, { reference });
    return;
  }
  if (exitCode === undefined) return; // its terminal was closed
  void vscode.window.showErrorMessage(
    vscode.l10n.t('"{0}" failed for "{1}", exit code {2}. Its terminal says why.', COMMAND, name, exitCode),
  );
}

/** @returns the exit code; undefined where it was ended */
async function runTask(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      const { name, definition } = execution.task;
      if (name !== task.name || definition.type !== task.definition.type) return;
      listening.dispose();
      resolve(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}
