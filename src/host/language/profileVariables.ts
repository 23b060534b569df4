import * as vscode from 'vscode';

/** Asks for a variable's value and writes it to a profile, where the setting `cbhttp.profiles` stands. */
export async function setProfileVariable(resource: vscode.Uri, profile: string, name: string): Promise<void> {
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Profile "{0}"', profile),
    prompt: vscode.l10n.t('The value of the variable {0}', name),
    ignoreFocusOut: true,
  });
  if (value === undefined) return;
  const configuration = vscode.workspace.getConfiguration('cbhttp', resource);
  const where = configuration.inspect<unknown>('profiles');
  const [target, written] =
    where?.workspaceFolderValue !== undefined
      ? [vscode.ConfigurationTarget.WorkspaceFolder, where.workspaceFolderValue]
      : where?.workspaceValue !== undefined || where?.globalValue === undefined
        ? [defaultTarget(), where?.workspaceValue]
        : [vscode.ConfigurationTarget.Global, where.globalValue];
  await configuration.update('profiles', withVariable(written, profile, name, value), target);
}

function defaultTarget(): vscode.ConfigurationTarget {
  return vscode.workspace.workspaceFolders === undefined
    ? vscode.ConfigurationTarget.Global
    : vscode.ConfigurationTarget.Workspace;
}

/** The setting with the variable; without profiles there was the built-in one, which has to be written out then. */
function withVariable(setting: unknown, profile: string, name: string, value: string): object {
  const profiles = isRecord(setting) ? setting : {};
  const hasProfiles = Object.keys(profiles).some((key) => key !== '$shared');
  const known = profiles[profile] ?? (hasProfiles ? {} : { route: 'local' });
  const entry = isRecord(known) ? known : {};
  const variables = isRecord(entry['variables']) ? entry['variables'] : {};
  return { ...profiles, [profile]: { ...entry, variables: { ...variables, [name]: value } } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
