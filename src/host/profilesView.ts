import * as vscode from 'vscode';
import type { Profile, ProfileSet } from '../core/profiles/profile.ts';
import { registerCommand, viewIds, type ProfileReference } from './contributions.ts';
import { isEntered } from './credentialKinds.ts';
import type { Credentials } from './credentials.ts';
import { DisposableStore } from './disposableStore.ts';
import type { ProfileCommandsDeps } from './profileCommands.ts';
import { profileFacts, secretsOf, shortPlace } from './profileFacts.ts';
import { profilesFor } from './profiles.ts';
import { openSettingsAt, placeForNew, placeOfProfile, writeActiveProfile } from './profileSettings.ts';
import type { Secrets } from './secrets.ts';
import { say } from './translate.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** What the view shows. A node is what commands take: a profile's its reference, a folder's its `uri`. */
export type ProfileNode =
  | {
      readonly kind: 'folder';
      readonly label: string;
      readonly uri: string;
      readonly children: readonly ProfileNode[];
    }
  | (ProfileReference & { readonly kind: 'profile'; readonly value: Profile; readonly isActive: boolean })
  | { readonly kind: 'problem'; readonly message: string; readonly uri?: string };

/** The view of the profiles, live as settings, trust, credentials and secrets change, and the commands for them. */
export function registerProfilesView(deps: ProfileCommandsDeps): vscode.Disposable {
  const { functions, credentials, secrets } = deps;
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  const update = (): void => changed.fire();
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('cbhttp')) update();
    }),
  );
  for (const event of [
    vscode.workspace.onDidGrantWorkspaceTrust,
    functions.onDidChange,
    credentials.onDidChange,
    secrets.onDidChange,
  ]) {
    store.add(event(update));
  }
  store.add(vscode.workspace.onDidChangeWorkspaceFolders(update));
  let isLoaded = false;
  const treeDataProvider: vscode.TreeDataProvider<ProfileNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => profileItem(node, deps),
    getChildren: async (node) => {
      if (node !== undefined) return node.kind === 'folder' ? [...node.children] : [];
      if (!isLoaded) {
        isLoaded = true;
        await Promise.all([functions.folders(), credentials.load(), secrets.load()]);
      }
      return profileNodes(functions);
    },
  };
  store.add(vscode.window.createTreeView(viewIds.profiles, { treeDataProvider }));
  store.add(
    registerCommand('cbhttp.setActiveProfile', async ({ profile, uri }) => {
      await writeActiveProfile(uri === undefined ? undefined : vscode.Uri.parse(uri), profile);
    }),
  );
  store.add(
    registerCommand('cbhttp.editProfile', async (reference) => {
      const uri = reference?.uri === undefined ? undefined : vscode.Uri.parse(reference.uri);
      const name = reference?.profile ?? profilesFor(uri, functions).active.name;
      await openSettingsAt(placeOfProfile(name, uri) ?? placeForNew(uri), name);
    }),
  );
  const load = async () => (await import('./profileCommands.ts')).profileCommands(deps);
  store.add(registerCommand('cbhttp.addProfile', async (given) => (await load()).add(given)));
  store.add(registerCommand('cbhttp.duplicateProfile', async (profile) => (await load()).duplicate(profile)));
  store.add(registerCommand('cbhttp.deleteProfile', async (profile) => (await load()).remove(profile)));
  store.add(registerCommand('cbhttp.checkProfile', async (profile) => (await load()).check(profile)));
  store.add(registerCommand('cbhttp.importProfiles', async (folder) => (await load()).importAll(folder)));
  return store;
}

/**
 * The profiles of the workspace; a level of folders above them only where folders differ. Nothing where there is but
 * the built-in one: then the view says how to begin.
 */
export function profileNodes(functions: WorkspaceFunctions): ProfileNode[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({
    name,
    uri,
    set: profilesFor(uri, functions),
  }));
  const [first] = folders;
  if (first === undefined) return nodesOf(profilesFor(undefined, functions), undefined);
  const isSame = folders.every(({ set }) => JSON.stringify(set) === JSON.stringify(first.set));
  if (isSame) return nodesOf(first.set, first.uri);
  return folders.map(({ name, uri, set }) => {
    return { kind: 'folder', label: name, uri: uri.toString(), children: nodesOf(set, uri) };
  });
}

function nodesOf({ profiles, active, problems }: ProfileSet, uri: vscode.Uri | undefined): ProfileNode[] {
  const place = uri === undefined ? {} : { uri: uri.toString() };
  const isBuiltIn = profiles.every(({ name }) => placeOfProfile(name, uri) === null);
  return [
    ...(isBuiltIn ? [] : profiles).map((value) => {
      const { name: profile } = value;
      return { kind: 'profile' as const, profile, ...place, value, isActive: value === active };
    }),
    ...problems.map((problem) => ({ kind: 'problem' as const, message: say(problem), ...place })),
  ];
}

/** How a node looks. */
export function profileItem(
  node: ProfileNode,
  { credentials, secrets }: Pick<ProfileCommandsDeps, 'credentials' | 'secrets'>,
): vscode.TreeItem {
  switch (node.kind) {
    case 'folder': {
      const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Expanded);
      item.iconPath = vscode.ThemeIcon.Folder;
      item.contextValue = 'profileFolder';
      return item;
    }
    case 'problem': {
      const item = new vscode.TreeItem(node.message);
      item.tooltip = node.message;
      item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
      item.contextValue = 'problem';
      item.command = {
        command: 'cbhttp.editProfile',
        title: vscode.l10n.t('Open Settings'),
        arguments: [node.uri === undefined ? undefined : { profile: '', uri: node.uri }],
      };
      return item;
    }
    case 'profile':
      return itemOf(node, credentials, secrets);
  }
}

function itemOf(
  { value, isActive }: Extract<ProfileNode, { kind: 'profile' }>,
  credentials: Credentials,
  secrets: Secrets,
): vscode.TreeItem {
  const known = secretsOf(value, credentials, secrets);
  const isLacking = known.state === 'missing' || known.missing.length > 0;
  const item = new vscode.TreeItem(value.name);
  item.description = [
    isActive ? vscode.l10n.t('active') : '',
    isLacking ? vscode.l10n.t('no credential') : '', // before what may be cut off
    value.route === value.name ? '' : value.route,
    shortPlace(value),
  ]
    .filter((part) => part !== '')
    .join(' · ');
  item.iconPath = iconOf(value, isActive);
  item.tooltip = profileFacts(value, known, isActive).join('\n');
  item.accessibilityInformation = { label: item.tooltip.replaceAll('\n', ', ') };
  item.contextValue = [
    'profile',
    isActive ? 'active' : 'other',
    isEntered(value.auth) && value.route !== 'local' ? 'entered' : '',
    known.state === 'set' || known.state === 'signed-in' ? 'kept' : '',
    known.state === 'signed-in' ? 'signedIn' : '',
  ]
    .filter((word) => word !== '')
    .join(' ');
  return item;
}

/** A check for the active one, a shield for a protected one; what is both has the shield in the check's colour. */
function iconOf(profile: Profile, isActive: boolean): vscode.ThemeIcon {
  if (profile.protected) {
    return new vscode.ThemeIcon(
      'shield',
      new vscode.ThemeColor(isActive ? 'charts.green' : 'list.warningForeground'),
    );
  }
  if (isActive) return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('charts.green'));
  return new vscode.ThemeIcon('circle-large-outline');
}
