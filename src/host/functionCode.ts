import * as vscode from 'vscode';

/** The file a developer means by "the function's code": package.json's `main`, else the usual names. */
export async function findCode(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
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
