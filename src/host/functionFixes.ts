import { chmod, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { bootstrapName } from '../core/functions/bootstrap.ts';
import { bootstrapContent } from '../core/functions/bootstrapContent.ts';
import type { FunctionIssue, IssueFix } from '../core/functions/issue.ts';
import type { CheckedText } from './checkedFiles.ts';
import { DisposableStore } from './disposableStore.ts';
import { isThere } from './fileChanges.ts';
import { findCode } from './functionCode.ts';
import { say } from './translate.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** The command behind fixes that are more than an edit; it has no place in package.json, since no user calls it. */
const RUN_FIX = 'cbhttp.runFunctionFix';

/** Where the fixes come from, and who hears of them. */
export interface FunctionFixesDeps {
  readonly checkedText: (uri: vscode.Uri) => CheckedText | undefined;
  readonly functions: WorkspaceFunctions;
  /** A file is another than before, which its watcher may tell of late. */
  readonly onDidFix: (uri: vscode.Uri) => void;
}

/** What {@link RUN_FIX} is called with: the file the issue is in, and what to do. */
interface FixCall {
  readonly file: vscode.Uri;
  readonly fix: IssueFix;
}

const selector = [
  'scf_bootstrap',
  'cloudbaserc',
  'cloudbaserc.*',
  'package.json',
  '*.{js,cjs,mjs,ts,py}',
].map((name) => ({ pattern: `**/${name}` }));

/** Quick fixes for what is wrong in functions' files. What writes to the disk itself needs a trusted workspace. */
export function registerFunctionFixes(deps: FunctionFixesDeps): vscode.Disposable {
  const store = new DisposableStore();
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range, { diagnostics }) => {
      const checked = deps.checkedText(document.uri);
      if (checked?.text !== document.getText()) return []; // typed on: it is about to be checked
      return checked.issues.flatMap((issue) => {
        const place = checked.rangeOf(issue.span);
        if (place.intersection(range) === undefined) return [];
        const fixed = diagnostics.filter(({ code, range: at }) => code === issue.code && at.isEqual(place));
        return actionsFor(checked, issue, fixed);
      });
    },
  };
  const providedCodeActionKinds = [vscode.CodeActionKind.QuickFix];
  store.add(vscode.languages.registerCodeActionsProvider(selector, provider, { providedCodeActionKinds }));
  store.add(vscode.commands.registerCommand(RUN_FIX, (call: FixCall) => runFix(call, deps)));
  return store;
}

function actionsFor(
  { uri, rangeOf }: CheckedText,
  { fixes }: FunctionIssue,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction[] {
  const offered = fixes.filter(({ kind }) => !writesToDisk(kind) || vscode.workspace.isTrusted);
  return offered.map((fix, index) => {
    const action = new vscode.CodeAction(say(fix.title), vscode.CodeActionKind.QuickFix);
    action.diagnostics = diagnostics;
    action.isPreferred = index === 0;
    if (fix.kind === 'edit') {
      const edits = fix.edits.map(({ span, text }) => new vscode.TextEdit(rangeOf(span), text));
      action.edit = editOf(uri, edits);
    } else {
      const call: FixCall = { file: uri, fix };
      action.command = { command: RUN_FIX, title: action.title, arguments: [call] };
    }
    return action;
  });
}

function writesToDisk(kind: IssueFix['kind']): boolean {
  return kind === 'make-executable' || kind === 'create-bootstrap';
}

function editOf(uri: vscode.Uri, edits: vscode.TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, edits);
  return edit;
}

async function runFix({ file, fix }: FixCall, deps: FunctionFixesDeps): Promise<void> {
  if (writesToDisk(fix.kind) && !vscode.workspace.isTrusted) return;
  try {
    if (fix.kind === 'line-endings') {
      await vscode.workspace.applyEdit(editOf(file, [vscode.TextEdit.setEndOfLine(vscode.EndOfLine.LF)]));
    }
    if (fix.kind === 'make-executable') {
      await makeExecutable(file);
      deps.onDidFix(file);
    }
    if (fix.kind === 'create-bootstrap') await createBootstrap(file, fix.functionName, deps);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} failed: {1}', say(fix.title), reason));
  }
}

async function makeExecutable(file: vscode.Uri): Promise<void> {
  if (file.scheme !== 'file' || process.platform === 'win32') return; // there is no such mode
  await chmod(file.fsPath, ((await stat(file.fsPath)).mode & 0o7777) | 0o755);
}

/** Writes a scf_bootstrap that starts the function's code, unless there is one, and shows it. */
async function createBootstrap(
  config: vscode.Uri,
  name: string,
  { functions }: FunctionFixesDeps,
): Promise<void> {
  const found = (await functions.folders())
    .flatMap((folder) => folder.functions)
    .find(({ declared, file }) => declared.name === name && file.toString() === config.toString());
  if (found === undefined) return; // no longer declared
  const { declared, folder } = found;
  const file = vscode.Uri.joinPath(folder, bootstrapName);
  if (!(await isThere(file))) {
    const code = await findCode(folder);
    const entry = code?.path.slice(folder.path.replace(/\/+$/, '').length + 1) ?? 'index.js';
    const content = bootstrapContent(declared.runtime, entry);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(content));
    await makeExecutable(file);
  }
  await vscode.window.showTextDocument(file);
}
