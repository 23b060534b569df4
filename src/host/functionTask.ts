import * as vscode from 'vscode';

/** The type of tasks that run functions. */
export const taskType = 'cbhttp';

/** A task as it stands in tasks.json. */
export interface FunctionTaskDefinition extends vscode.TaskDefinition {
  readonly type: typeof taskType;
  /** Its name. */
  readonly function: string;
}

/** The task that runs a function in a terminal of its own. */
export function makeFunctionTask(
  name: string,
  scope: vscode.WorkspaceFolder,
  openTerminal: () => Promise<vscode.Pseudoterminal>,
  definition: FunctionTaskDefinition = { type: taskType, function: name },
): vscode.Task {
  const execution = new vscode.CustomExecution(openTerminal);
  const task = new vscode.Task(definition, scope, name, 'CloudBase', execution);
  task.isBackground = true; // it runs until it is stopped
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    focus: false,
    echo: false,
    panel: vscode.TaskPanelKind.Dedicated,
    showReuseMessage: false,
    clear: true,
  };
  return task;
}

/** The function that a task runs; null for somebody else's task. */
export function functionOfTask(task: vscode.Task): string | null {
  const { type, function: name } = task.definition as Partial<FunctionTaskDefinition>;
  return type === taskType && typeof name === 'string' ? name : null;
}
