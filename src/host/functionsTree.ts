import * as vscode from 'vscode';
import type { DeclaredFunction } from '../core/functions/cloudbaserc.ts';
import { asCommand, registerCommand, viewIds, type FunctionReference } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { findCode } from './functionCode.ts';
import type { ConfigProblem, FunctionsFolder, WorkspaceFunctions } from './workspaceFunctions.ts';

type Node =
  | { readonly kind: 'folder'; readonly name: string; readonly children: readonly Node[] }
  | { readonly kind: 'function'; readonly declared: DeclaredFunction; readonly reference: FunctionReference }
  | { readonly kind: 'problem'; readonly problem: ConfigProblem };

/** The tree of the workspace's functions, live as cloudbaserc.json changes. */
export function registerFunctionsTree(
  functions: WorkspaceFunctions,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(functions.onDidChange(() => changed.fire()));
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: toTreeItem,
    getChildren: (node) =>
      node === undefined ? readRoots(functions) : node.kind === 'folder' ? [...node.children] : [],
  };
  store.add(vscode.window.createTreeView(viewIds.functions, { treeDataProvider: provider }));
  store.add(registerCommand('cbhttp.refreshFunctions', () => functions.refresh()));
  store.add(
    registerCommand('cbhttp.openFunction', async ({ reference }) => {
      const file = await findCode(reference.folder);
      if (file !== undefined) {
        await vscode.window.showTextDocument(file);
        return;
      }
      log.warn(`No code of ${reference.name} in ${reference.folder.toString()}`);
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The function "{0}" has no code at {1}.', reference.name, reference.folder.path),
      );
    }),
  );
  return store;
}

/** One level of functions; a level of folders above it where several folders have some. */
async function readRoots(functions: WorkspaceFunctions): Promise<Node[]> {
  const found = (await functions.folders()).map((folder) => ({
    name: folder.workspaceFolder.name,
    children: nodesOf(folder),
  }));
  const filled = found.filter(({ children }) => children.length > 0);
  if (filled.length <= 1) return filled.flatMap(({ children }) => children);
  return filled.map(({ name, children }) => ({ kind: 'folder', name, children }));
}

function nodesOf({ functions, problem }: FunctionsFolder): Node[] {
  const nodes: Node[] = functions.map(({ declared, folder }) => ({
    kind: 'function',
    declared,
    reference: { name: declared.name, folder },
  }));
  return problem === null ? nodes : [{ kind: 'problem', problem }, ...nodes];
}

function toTreeItem(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'folder':
      return new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Expanded);
    case 'problem': {
      const { file, message, at } = node.problem;
      const item = new vscode.TreeItem(message);
      item.description = `${basename(file)}:${at.line + 1}:${at.character + 1}`;
      item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
      item.tooltip = `${message}\n${item.description}`;
      item.contextValue = 'problem';
      item.command = {
        command: 'vscode.open',
        title: vscode.l10n.t('Open'),
        arguments: [file, { selection: new vscode.Range(at, at) }],
      };
      return item;
    }
    case 'function': {
      const { declared, reference } = node;
      const isHttp = declared.type === 'HTTP';
      const item = new vscode.TreeItem(declared.name);
      item.description = isHttp ? 'HTTP' : vscode.l10n.t('Event');
      item.iconPath = new vscode.ThemeIcon(isHttp ? 'globe' : 'zap');
      item.tooltip = [
        isHttp
          ? vscode.l10n.t('HTTP function {0}', declared.name)
          : vscode.l10n.t('Event function {0}: it cannot be called over HTTP', declared.name),
        declared.runtime,
        declared.folder,
      ]
        .filter((line) => line !== '')
        .join('\n');
      item.contextValue = isHttp ? 'httpFunction' : 'eventFunction';
      item.command = asCommand('cbhttp.openFunction', vscode.l10n.t('Open Function Code'), [{ reference }]);
      return item;
    }
  }
}

function basename(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
