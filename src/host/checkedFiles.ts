import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Span } from '../core/cbhttp/document.ts';
import { bootstrapName, readBootstrap } from '../core/functions/bootstrap.ts';
import { checkBootstrap } from '../core/functions/checks/bootstrapChecks.ts';
import { checkConfig } from '../core/functions/checks/configChecks.ts';
import { checkStartFile } from '../core/functions/checks/startFileChecks.ts';
import type { FunctionIssue } from '../core/functions/issue.ts';
import { readWorkspaceConfig } from '../core/functions/workspaceConfig.ts';
import { functionFolder } from './combineFunctions.ts';
import { configFolder, withoutMark } from './configFolder.ts';
import type { FileTexts } from './fileTexts.ts';
import { placesIn } from './textPlaces.ts';
import type { WorkspaceFunction, WorkspaceFunctions } from './workspaceFunctions.ts';

/** A file as it was checked: that of an open document is the text that is typed. */
export interface CheckedText {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly issues: readonly FunctionIssue[];
  readonly rangeOf: (span: Span) => vscode.Range;
}

/** Checks the configs of a workspace folder. */
export async function checkFolder(
  root: vscode.Uri,
  files: FileTexts,
  functions: WorkspaceFunctions,
): Promise<readonly CheckedText[]> {
  const texts = new Map<string, string>();
  const folder = await configFolder(root, files, openText);
  const read = async (name: string): Promise<string> => {
    const text = withoutMark(await folder.read(name));
    texts.set(name, text);
    return text;
  };
  const { config, issues } = await readWorkspaceConfig({ ...folder, read });
  const found = new Map<string, FunctionIssue[]>();
  const add = (name: string, all: readonly FunctionIssue[]): void => {
    found.set(name, [...(found.get(name) ?? []), ...all]);
  };
  for (const name of texts.keys()) add(name, []);
  for (const { file, issue } of issues) if (!isTold(file, issue)) add(file, [issue]);
  if (config !== null) {
    add(
      config.file,
      checkConfig(config, (path) => functions.factsOf(functionFolder(root, path))),
    );
  }
  return [...found].map(([name, all]) =>
    checkedText(vscode.Uri.joinPath(root, name), texts.get(name) ?? '', all),
  );
}

/** Checks a function's scf_bootstrap and, where that names it, the program it starts. */
export async function checkFunction(
  { declared, folder }: WorkspaceFunction,
  files: FileTexts,
): Promise<readonly CheckedText[]> {
  const uri = vscode.Uri.joinPath(folder, bootstrapName);
  const onDisk = await files.find(uri);
  if (onDisk === undefined) return [];
  const text = openText(uri) ?? withoutMark(onDisk);
  const state = { isExecutable: await isExecutable(uri), hasByteOrderMark: onDisk.startsWith('\uFEFF') };
  const checked = [checkedText(uri, text, checkBootstrap(text, state))];
  const { startFile } = readBootstrap(text);
  if (startFile === null || declared.type !== 'HTTP') return checked;
  const program = vscode.Uri.joinPath(folder, startFile);
  const code = openText(program) ?? withoutMark((await files.find(program)) ?? '');
  return [...checked, checkedText(program, code, checkStartFile(startFile, code))];
}

/** VS Code's own JSON support marks what is no JSON. */
function isTold(file: string, { code }: FunctionIssue): boolean {
  return code === 'config-syntax' && file.endsWith('.json');
}

function openText(uri: vscode.Uri): string | undefined {
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((one) => !one.isClosed && one.uri.toString() === key);
  return open?.getText();
}

/** Null where the disk has no such mode: Windows, and file systems that are not on a disk. */
async function isExecutable(uri: vscode.Uri): Promise<boolean | null> {
  if (uri.scheme !== 'file' || process.platform === 'win32') return null;
  try {
    return ((await stat(uri.fsPath)).mode & 0o111) === 0o111;
  } catch {
    return null; // gone meanwhile
  }
}

function checkedText(uri: vscode.Uri, text: string, issues: readonly FunctionIssue[]): CheckedText {
  const place = placesIn(text);
  const rangeOf = ({ start, end }: Span): vscode.Range => new vscode.Range(place(start), place(end));
  return { uri, text, issues, rangeOf };
}
