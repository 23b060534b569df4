import path from 'node:path';
import * as vscode from 'vscode';
import { deployCommand, shellKind } from '../core/functions/deployCommand.ts';
import { readCliVersion } from '../net/cliVersion.ts';
import type { FunctionReference } from './contributions.ts';
import type { FunctionActionsDeps } from './functionActions.ts';
import { profilesFor } from './profiles.ts';
import type { WorkspaceFunction } from './workspaceFunctions.ts';

const INSTALL = 'npm install -g @cloudbase/cli';
const INSTRUCTIONS = 'https://docs.cloudbase.net/cli-v1/install';

/**
 * Deploys a function with the `tcb` command in a terminal, since it asks questions of its own. The command is shown
 * before it is run. @returns the command that was run
 */
export async function deployFunction(
  reference: FunctionReference,
  deps: Pick<FunctionActionsDeps, 'functions'>,
): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Nothing is deployed from a workspace that is not trusted.'),
    );
    return undefined;
  }
  const version = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for the tcb command') },
    () => readCliVersion(process.env, new AbortController()),
  );
  if (version === null) {
    await offerCli();
    return undefined;
  }
  const found = await find(reference, deps);
  if (found === undefined) return undefined;
  const { one, cwd } = found;
  const { active } = profilesFor(reference.folder, deps.functions);
  const command = deployCommand(
    {
      name: reference.name,
      envId: active.envId,
      directory: relative(cwd.path, reference.folder.path),
      isHttp: one.declared.type === 'HTTP',
    },
    shellKind(vscode.env.shell),
  );
  if (!(await confirm(command, cwd, reference.name, active, version))) return undefined;
  const terminal = vscode.window.createTerminal({
    name: vscode.l10n.t('Deploy {0}', reference.name),
    cwd,
    iconPath: new vscode.ThemeIcon('cloud-upload'),
  });
  terminal.show();
  terminal.sendText(command, true);
  return command;
}

async function find(
  { name, folder }: FunctionReference,
  { functions }: Pick<FunctionActionsDeps, 'functions'>,
): Promise<{ readonly one: WorkspaceFunction; readonly cwd: vscode.Uri } | undefined> {
  for (const { workspaceFolder, functions: declared } of await functions.folders()) {
    const one = declared.find(
      (each) => each.declared.name === name && each.folder.toString() === folder.toString(),
    );
    if (one === undefined) continue;
    const isConfigured = !one.file.path.endsWith('/scf_bootstrap');
    return { one, cwd: isConfigured ? vscode.Uri.joinPath(one.file, '..') : workspaceFolder.uri };
  }
  return undefined;
}

/** From where the command runs, with `/`; absolute for a folder elsewhere. */
function relative(from: string, to: string): string {
  const way = path.posix.relative(from, to);
  return way === '' ? '.' : way.startsWith('..') ? to : way;
}

async function confirm(
  command: string,
  cwd: vscode.Uri,
  name: string,
  profile: { readonly name: string; readonly envId: string; readonly protected: boolean },
  version: string,
): Promise<boolean> {
  const run = { label: `$(cloud-upload) ${vscode.l10n.t('Run in a Terminal')}`, detail: command };
  const copy = { label: `$(copy) ${vscode.l10n.t('Copy the Command')}`, detail: cwd.fsPath };
  const env = profile.envId === '' ? vscode.l10n.t('the environment of its config') : profile.envId;
  const title = profile.protected
    ? vscode.l10n.t(
        'Deploy "{0}" to {1}, the environment of the protected profile "{2}"?',
        name,
        env,
        profile.name,
      )
    : vscode.l10n.t('Deploy "{0}" to {1}?', name, env);
  const picked = await vscode.window.showQuickPick([run, copy], {
    title,
    placeHolder: vscode.l10n.t('tcb {0} in {1}; it asks before it overwrites', version, cwd.fsPath),
    ignoreFocusOut: true,
  });
  if (picked === copy) await vscode.env.clipboard.writeText(command);
  return picked === run;
}

/** The command is not there: how to come by it. */
async function offerCli(): Promise<void> {
  const install = { label: `$(terminal) ${vscode.l10n.t('Install in a Terminal')}`, detail: INSTALL };
  const read = { label: `$(link-external) ${vscode.l10n.t('Open the Instructions')}`, detail: INSTRUCTIONS };
  const picked = await vscode.window.showQuickPick([install, read], {
    title: vscode.l10n.t('The tcb command is not installed, or not on the PATH'),
    placeHolder: vscode.l10n.t('Functions are deployed with the command-line tool of CloudBase'),
    ignoreFocusOut: true,
  });
  if (picked === read) await vscode.env.openExternal(vscode.Uri.parse(INSTRUCTIONS));
  if (picked !== install) return;
  const terminal = vscode.window.createTerminal({ name: 'tcb' });
  terminal.show();
  terminal.sendText(INSTALL, true);
}
