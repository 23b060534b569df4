import * as vscode from 'vscode';
import { readCloudbaserc, type DeclaredFunction } from '../core/functions/cloudbaserc.ts';
import { asCommand, registerCommand, viewIds, type FunctionReference } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { say } from './translate.ts';

const CONFIG_FILE = 'cloudbaserc.json';

type Node =
  | { readonly kind: 'folder'; readonly name: string; readonly children: readonly Node[] }
  | { readonly kind: 'function'; readonly declared: DeclaredFunction; readonly reference: FunctionReference }
  | {
      readonly kind: 'problem';
      readonly file: vscode.Uri;
      readonly message: string;
      readonly at: vscode.Position;
    };

/** The tree of the workspace's functions, live as cloudbaserc.json changes. */
export function registerFunctionsTree(log: vscode.LogOutputChannel): vscode.Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: toTreeItem,
    getChildren: (node) =>
      node === undefined ? readRoots() : node.kind === 'folder' ? [...node.children] : [],
  };
  store.add(vscode.window.createTreeView(viewIds.functions, { treeDataProvider: provider }));
  const watcher = store.add(vscode.workspace.createFileSystemWatcher(`**/${CONFIG_FILE}`));
  for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
    store.add(event(() => changed.fire()));
  }
  store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()));
  store.add(registerCommand('cbhttp.refreshFunctions', () => changed.fire()));
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
async function readRoots(): Promise<Node[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map(async (folder) => ({ folder, children: await readFolder(folder.uri) })),
  );
  const filled = found.filter(({ children }) => children.length > 0);
  if (filled.length <= 1) return filled.flatMap(({ children }) => children);
  return filled.map(({ folder, children }) => ({ kind: 'folder', name: folder.name, children }));
}

async function readFolder(workspaceFolder: vscode.Uri): Promise<Node[]> {
  const file = vscode.Uri.joinPath(workspaceFolder, CONFIG_FILE);
  let text: string;
  try {
    text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
    const message = error instanceof Error ? error.message : String(error);
    return [{ kind: 'problem', file, message, at: new vscode.Position(0, 0) }];
  }
  const { functions, problem } = readCloudbaserc(text);
  const nodes: Node[] = functions.map((declared) => ({
    kind: 'function',
    declared,
    reference: {
      name: declared.name,
      folder: declared.folder.startsWith('/')
        ? workspaceFolder.with({ path: declared.folder })
        : vscode.Uri.joinPath(workspaceFolder, declared.folder),
    },
  }));
  if (problem !== null) {
    const before = text.slice(0, problem.offset).split('\n');
    const at = new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
    nodes.unshift({ kind: 'problem', file, message: say(problem.message), at });
  }
  return nodes;
}

function toTreeItem(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'folder':
      return new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Expanded);
    case 'problem': {
      const item = new vscode.TreeItem(node.message);
      item.description = `${CONFIG_FILE}:${node.at.line + 1}:${node.at.character + 1}`;
      item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
      item.tooltip = `${node.message}\n${item.description}`;
      item.contextValue = 'problem';
      item.command = {
        command: 'vscode.open',
        title: vscode.l10n.t('Open'),
        arguments: [node.file, { selection: new vscode.Range(node.at, node.at) }],
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

/** The file a developer means by "the function's code": package.json's `main`, else the usual names. */
async function findCode(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const candidates = [
    ...(await mainOf(folder)),
    'index.js',
    'index.ts',
    'index.mjs',
    'src/index.js',
    'src/index.ts',
  ];
  const others = ['app.js', 'app.py', 'main.py', 'index.py', 'main.go', 'index.php', 'scf_bootstrap'];
  for (const candidate of [...candidates, ...others]) {
    const file = vscode.Uri.joinPath(folder, candidate);
    if (await isFile(file)) return file;
  }
  return undefined;
}

async function mainOf(folder: vscode.Uri): Promise<string[]> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, 'package.json'));
    const { main } = JSON.parse(new TextDecoder().decode(bytes)) as { main?: unknown };
    return typeof main === 'string' ? [main] : [];
  } catch {
    return []; // no package.json, or none that can be read: the usual names remain
  }
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type === vscode.FileType.File;
  } catch {
    return false; // not there
  }
}
