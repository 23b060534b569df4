import * as vscode from 'vscode';
import { readProfiles, type Profile, type ProfileSet } from '../core/profiles/profile.ts';
import { languageId, readSetting, registerCommand } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { say } from './translate.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/**
 * The profiles that hold for a document or folder; without a resource, those of the workspace.
 * @param functions give profiles without an `envId` that of cloudbaserc.json, as far as it was read
 */
export function profilesFor(resource: vscode.Uri | undefined, functions?: WorkspaceFunctions): ProfileSet {
  return readProfiles(
    readSetting('cbhttp.profiles', resource),
    readSetting('cbhttp.activeProfile', resource),
    functions?.configOf(resource).envId,
  );
}

/** The status bar item that names the active profile while a request file is shown, and the command behind it. */
export function registerProfiles(
  functions: WorkspaceFunctions,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const store = new DisposableStore();
  const item = store.add(
    vscode.window.createStatusBarItem('cbhttp.profile', vscode.StatusBarAlignment.Right, 100),
  );
  item.name = vscode.l10n.t('CloudBase profile');
  const update = (): void => {
    const editor = shownRequestEditor();
    if (editor === undefined) {
      item.hide();
      return;
    }
    const { active, problems } = profilesFor(editor.document.uri, functions);
    item.text = `${profileIcon(active)} ${active.name}`;
    item.accessibilityInformation = { label: vscode.l10n.t('CloudBase profile: {0}', active.name) };
    item.tooltip = [
      vscode.l10n.t('CloudBase profile: {0}', active.name),
      describeProfile(active),
      ...problems.map((problem) => `⚠ ${say(problem)}`),
    ].join('\n');
    item.backgroundColor =
      active.protected || problems.length > 0
        ? new vscode.ThemeColor('statusBarItem.warningBackground')
        : undefined;
    item.command = {
      command: 'cbhttp.switchProfile',
      title: vscode.l10n.t('Switch profile'),
      arguments: [editor.document.uri.toString()],
    };
    item.show();
  };
  const warn = (): void => {
    const problems = profilesFor(vscode.window.activeTextEditor?.document.uri).problems;
    for (const problem of problems) log.warn(say(problem));
  };
  store.add(vscode.window.onDidChangeVisibleTextEditors(update));
  store.add(vscode.window.onDidChangeActiveTextEditor(update));
  store.add(vscode.workspace.onDidOpenTextDocument(update)); // also fired when a document's language changes
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('cbhttp')) return;
      update();
      warn();
    }),
  );
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(update));
  store.add(functions.onDidChange(update));
  store.add(registerCommand('cbhttp.switchProfile', (resource) => switchProfile(resource, functions)));
  update();
  warn();
  return store;
}

/** `$(shield)` for a protected profile: production is to be seen before it is hit. */
export function profileIcon(profile: Profile): string {
  return profile.protected ? '$(shield)' : '$(cloud)';
}

/** Route and environment of a profile on one line. */
export function describeProfile(profile: Profile): string {
  return [profile.route, profile.envId, profile.baseUrl].filter((part) => part !== '').join(' · ');
}

async function switchProfile(resource: string | undefined, functions: WorkspaceFunctions): Promise<void> {
  const uri = resource === undefined ? shownRequestEditor()?.document.uri : vscode.Uri.parse(resource);
  const { profiles, active } = profilesFor(uri, functions);
  const picked = await vscode.window.showQuickPick(
    profiles.map((profile) => ({
      label: `${profileIcon(profile)} ${profile.name}`,
      description: profile === active ? vscode.l10n.t('active') : '',
      detail: describeProfile(profile),
      profile,
    })),
    { placeHolder: vscode.l10n.t('Send requests with which profile?') },
  );
  if (picked === undefined || picked.profile === active) return;
  await writeActiveProfile(uri, picked.profile.name);
}

/** Writes to the folder's settings if the setting stands there, else to the workspace's, else to the user's. */
async function writeActiveProfile(uri: vscode.Uri | undefined, name: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('cbhttp', uri ?? null);
  const where = configuration.inspect('activeProfile');
  const target =
    where?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : vscode.workspace.workspaceFolders === undefined
        ? vscode.ConfigurationTarget.Global
        : vscode.ConfigurationTarget.Workspace;
  await configuration.update('activeProfile', name, target);
}

/** The active request editor, else one that is visible: the panel may have the focus. */
export function shownRequestEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [activeTextEditor, ...visibleTextEditors].find((one) => one?.document.languageId === languageId);
}
