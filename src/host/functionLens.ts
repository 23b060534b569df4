import * as vscode from 'vscode';
import { asCommand } from './contributions.ts';
import type { FunctionActionsDeps } from './functionActions.ts';
import { requestsOf, resultText } from './functionChildren.ts';
import { findCode } from './functionCode.ts';
import type { WorkspaceFunction } from './workspaceFunctions.ts';

/** What lenses are made of. */
export type FunctionLensDeps = Omit<FunctionActionsDeps, 'deployed'>;

/** Saved requests that have a lens of their own, and UTF-16 units of their names. */
const MAX_REQUESTS = 3;
const MAX_LABEL = 40;

/** Above a function's own code: run it, and send its saved requests. Nothing above its other files. */
export async function functionLenses(
  document: vscode.TextDocument,
  { declared, folder }: WorkspaceFunction,
  deps: FunctionLensDeps,
): Promise<vscode.CodeLens[]> {
  const code = await findCode(folder);
  if (code?.toString() !== document.uri.toString()) return [];
  const { name } = declared;
  const resource = vscode.workspace.getWorkspaceFolder(folder)?.uri;
  const reference = { name, folder, ...(resource === undefined ? {} : { resource }) };
  const commands = [...runCommands(reference, deps)];
  if (declared.type === 'HTTP') {
    const requests = await requestsOf(reference, deps);
    for (const { uri, request } of requests.slice(0, MAX_REQUESTS)) {
      const last = deps.sender.lastResult(uri, request.key);
      const label = shortened(request.label);
      const title = [label, ...(last === undefined ? [] : [resultText(last)])].join(' · ');
      const isRunning = deps.sender.isRunning(vscode.Uri.parse(uri), request.key);
      const target = [{ uri, key: request.key }] as const;
      commands.push(
        isRunning
          ? asCommand('cbhttp.cancel', `$(debug-stop) ${label}`, [...target])
          : asCommand('cbhttp.send', `$(send) ${title}`, [...target]),
      );
    }
    const rest = requests.length - MAX_REQUESTS;
    if (rest > 0)
      commands.push(asCommand('cbhttp.sendSaved', vscode.l10n.t('{0} more…', rest), [{ reference }]));
    commands.push(asCommand('cbhttp.newRequest', `$(add) ${vscode.l10n.t('New Request')}`, [{ reference }]));
  }
  const top = new vscode.Range(0, 0, 0, 0);
  return commands.map((command) => new vscode.CodeLens(top, command));
}

function runCommands(
  reference: { readonly name: string; readonly folder: vscode.Uri },
  { local }: FunctionLensDeps,
): readonly vscode.Command[] {
  if (local === undefined) return [];
  const as = (command: string, icon: string, title: string): vscode.Command => ({
    command,
    title: `$(${icon}) ${title}`,
    arguments: [{ reference }],
  });
  const state = local.state(reference.folder);
  if (state?.kind === 'running' || state?.kind === 'starting') {
    return [
      as('cbhttp.stopFunction', 'debug-stop', vscode.l10n.t('Stop')),
      as('cbhttp.restartFunction', 'debug-restart', vscode.l10n.t('Restart')),
    ];
  }
  return [
    as('cbhttp.runFunction', 'debug-start', vscode.l10n.t('Run')),
    as('cbhttp.debugFunction', 'debug-alt', vscode.l10n.t('Debug')),
  ];
}

function shortened(label: string): string {
  return label.length <= MAX_LABEL ? label : `${label.slice(0, MAX_LABEL - 1).trimEnd()}…`;
}
