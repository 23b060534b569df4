import * as vscode from 'vscode';
import { readProfiles, type Profile, type ProfileSet } from '../core/profiles/profile.ts';
import { languageId, readSetting, registerCommand } from './contributions.ts';
import type { Credentials } from './credentials.ts';
import { DisposableStore } from './disposableStore.ts';
import { profileFacts, secretsOf } from './profileFacts.ts';
import { writeActiveProfile } from './profileSettings.ts';
import type { Secrets } from './secrets.ts';
import { say } from './translate.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** What the status bar item shows. */
export interface ProfilesDeps {
  readonly functions: WorkspaceFunctions;
  readonly credentials: Credentials;
  readonly secrets: Secrets;
  readonly log: vscode.LogOutputChannel;
}

/**
 * The profiles that hold for a document or folder; without a resource, those of the workspace.
 * @param functions give profiles without an `envId` that of cloudbaserc.json, as far as it was read
 */
export function profilesFor(resource: vscode.Uri | undefined, functions: WorkspaceFunctions): ProfileSet {
  return readProfiles(
    readSetting('cbhttp.profiles', resource),
    readSetting('cbhttp.activeProfile', resource),
    functions.configOf(resource).envId,
  );
}

/** The status bar item that names the active profile while a request file is shown, and the command behind it. */
export function registerProfiles({ functions, credentials, secrets, log }: ProfilesDeps): vscode.Disposable {
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
      ...profileFacts(active, secretsOf(active, credentials, secrets), true),
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
    const problems = profilesFor(vscode.window.activeTextEditor?.document.uri, functions).problems;
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
  store.add(credentials.onDidChange(update));
  store.add(secrets.onDidChange(update));
  store.add(registerCommand('cbhttp.switchProfile', (resource) => switchProfile(resource, functions)));
  update();
  warn();
  void credentials.load();
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

/** The active request editor, else one that is visible: the panel may have the focus. */
export function shownRequestEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [activeTextEditor, ...visibleTextEditors].find((one) => one?.document.languageId === languageId);
}
