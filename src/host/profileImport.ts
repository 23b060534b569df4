import * as vscode from 'vscode';
import { gatewayBase } from '../core/profiles/credentials/place.ts';
import { mergeFound, type Found } from '../core/profiles/import/found.ts';
import {
  conflictsOf,
  planImport,
  type Conflict,
  type ImportPlan,
  type PlannedSecret,
} from '../core/profiles/import/plan.ts';
import type { Profile } from '../core/profiles/profile.ts';
import type { GivenImport } from './contributions.ts';
import { findImportSources } from './importSources.ts';
import type { ProfileCommandsDeps } from './profileCommands.ts';
import { profilesFor } from './profiles.ts';
import { openSettingsAt, placeForNew, writeProfileValues, writtenProfiles } from './profileSettings.ts';
import type { Secrets } from './secrets.ts';

/** Imports environments that other tools know. Nothing that is there is written over. @returns names that came */
export async function importProfiles(
  { uri, from }: GivenImport,
  { functions, secrets }: ProfileCommandsDeps,
): Promise<readonly string[] | undefined> {
  const folder = folderOf(uri);
  const sources = await findImportSources(folder);
  if (sources.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'No environments found in cloudbaserc.json, http-client.env.json, .env files, or the settings of REST Client and httpYac.',
      ),
    );
    return undefined;
  }
  const found =
    from === undefined
      ? await chooseFound(sources)
      : mergeFound(sources.filter(({ label }) => from.includes(label)).map((source) => source.found));
  if (found === undefined) return undefined;
  const written = writtenProfiles(folder?.uri);
  const decisions = new Map<string, Conflict>();
  for (const name of conflictsOf(found, written)) {
    const decision = await askConflict(name);
    if (decision === undefined) return undefined;
    decisions.set(name, decision);
  }
  const takesSecrets = await askSecrets(found);
  if (takesSecrets === undefined) return undefined;
  const plan = planImport(found, written, (name) => decisions.get(name) ?? 'skip', takesSecrets);
  const place = placeForNew(folder?.uri, uri !== undefined);
  if (plan.values.length > 0) await writeProfileValues(place, plan.values);
  const { profiles } = profilesFor(folder?.uri, functions);
  const lost = await keepSecrets(plan.secrets, profiles, secrets);
  void report(plan, found, takesSecrets, lost, () => openSettingsAt(place, plan.added[0] ?? null));
  return [...plan.added, ...plan.extended];
}

function folderOf(uri: string | undefined): vscode.WorkspaceFolder | undefined {
  const named = uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
  return named ?? vscode.workspace.workspaceFolders?.[0];
}

async function chooseFound(
  sources: readonly { readonly label: string; readonly found: Found }[],
): Promise<Found | undefined> {
  const items = sources.map(({ label, found }) => {
    const names = [...found.profiles, ...(found.shared === null ? [] : [found.shared])].map(
      ({ name }) => name,
    );
    return { label, description: names.join(', '), picked: true, found };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Import Profiles'),
    placeHolder: vscode.l10n.t('From where?'),
    canPickMany: true,
  });
  return picked === undefined || picked.length === 0
    ? undefined
    : mergeFound(picked.map(({ found }) => found));
}

async function askConflict(name: string): Promise<Conflict | undefined> {
  const items: (vscode.QuickPickItem & { readonly decision: Conflict })[] = [
    {
      label: vscode.l10n.t('Add What It Lacks'),
      description: vscode.l10n.t('values that are there stay'),
      decision: 'add',
    },
    { label: vscode.l10n.t('Import under Another Name'), decision: 'rename' },
    { label: vscode.l10n.t('Leave It Out'), decision: 'skip' },
  ];
  const title = vscode.l10n.t('There is a profile "{0}" already.', name);
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.decision;
}

/** What happens to values that look like secrets; undefined where the user gives up. */
async function askSecrets(found: Found): Promise<boolean | undefined> {
  const names = secretNames(found);
  if (names.length === 0) return true;
  const items = [
    {
      label: `$(lock) ${vscode.l10n.t('Keep Them in the Secret Storage')}`,
      detail: vscode.l10n.t('Settings get {0}; the values stay on this machine', '{{$secret name}}'),
      takes: true,
    },
    { label: vscode.l10n.t('Leave Them Out'), takes: false },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('These look like secrets: {0}', names.join(', ')),
    placeHolder: vscode.l10n.t('Settings are no place for them'),
    ignoreFocusOut: true,
  });
  return picked?.takes;
}

function secretNames({ profiles, shared }: Found): readonly string[] {
  const all = [...profiles, ...(shared === null ? [] : [shared])];
  return all.flatMap(({ name, secrets }) => Object.keys(secrets).map((key) => `${name}.${key}`));
}

/** Keeps secrets where their profile's requests go. @returns those of profiles that lead nowhere yet */
async function keepSecrets(
  planned: readonly PlannedSecret[],
  profiles: readonly Profile[],
  secrets: Secrets,
): Promise<readonly PlannedSecret[]> {
  const lost: PlannedSecret[] = [];
  for (const secret of planned) {
    const profile = profiles.find(({ name }) => name === secret.profile);
    const base = profile === undefined ? undefined : baseOf(profile);
    if (profile === undefined || base === undefined || !URL.canParse(base)) {
      lost.push(secret);
      continue;
    }
    const { name, envId } = profile;
    await secrets.keep(
      { profile: name, envId, origin: new URL(base).origin, name: secret.name },
      secret.value,
    );
  }
  return lost;
}

function baseOf(profile: Profile): string | undefined {
  return profile.route === 'local' && profile.baseUrl === '' ? 'http://127.0.0.1:9000' : gatewayBase(profile);
}

async function report(
  { added, extended, secrets }: ImportPlan,
  found: Found,
  takesSecrets: boolean,
  lost: readonly PlannedSecret[],
  open: () => Promise<void>,
): Promise<void> {
  const kept = secrets.length - lost.length;
  const omitted = [...found.leftOut, ...(takesSecrets ? [] : secretNames(found))];
  const parts = [
    added.length === 0 ? '' : vscode.l10n.t('Profiles added: {0}.', added.join(', ')),
    extended.length === 0 ? '' : vscode.l10n.t('Variables added to: {0}.', extended.join(', ')),
    added.length + extended.length === 0 ? vscode.l10n.t('No profile was added.') : '',
    kept === 0 ? '' : vscode.l10n.t('{0} secrets went into the secret storage.', kept),
    omitted.length === 0 ? '' : vscode.l10n.t('Left out: {0}.', omitted.join(', ')),
    lost.length === 0
      ? ''
      : vscode.l10n.t(
          'Not kept, since their profile has no address yet (they are asked for when they are needed): {0}.',
          lost.map(({ profile, name }) => `${profile}.${name}`).join(', '),
        ),
  ];
  const button = vscode.l10n.t('Open Settings');
  const message = parts.filter((part) => part !== '').join(' ');
  if ((await vscode.window.showInformationMessage(message, button)) === button) await open();
}
