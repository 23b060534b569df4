import * as vscode from 'vscode';
import { isCbError } from '../core/errors.ts';
import { firstAdvice } from '../core/failures/explain.ts';
import { freeName } from '../core/profiles/import/plan.ts';
import { profileCredential } from '../core/profiles/credentials/place.ts';
import { readProfiles, type Auth, type Profile, type Route } from '../core/profiles/profile.ts';
import type { GivenProfile } from './contributions.ts';
import { describeKind, isEntered } from './credentialKinds.ts';
import { environmentItems, type EnvironmentItem } from './environmentItems.ts';
import type { ProfileCommandsDeps } from './profileCommands.ts';
import { describeRoute } from './profileFacts.ts';
import { checkName } from './profileName.ts';
import { profilesFor } from './profiles.ts';
import { placeForNew, writeActiveProfile, writeProfileValues, writtenProfiles } from './profileSettings.ts';
import { say } from './translate.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';
import {
  BACK,
  inputStep,
  pickStep,
  runSteps,
  stepsOf,
  type StepAnswer,
  type StepFrame,
} from './quickSteps.ts';

const ROUTES: readonly Route[] = ['gateway', 'service', 'local'];
const AUTHS: readonly Auth[] = [
  'apiKey',
  'publishableKey',
  'anonymous',
  'accessToken',
  'secretKey',
  'cliLogin',
  'none',
];

interface Draft {
  name: string;
  route: Route;
  envId: string;
  baseUrl: string;
  auth: Auth;
  protected: boolean;
}

/** Asks for a new profile step by step, writes it, and asks for its credential. @returns its name */
export async function addProfile(
  given: GivenProfile,
  deps: ProfileCommandsDeps,
): Promise<string | undefined> {
  const uri = given.uri === undefined ? undefined : vscode.Uri.parse(given.uri);
  const folder = uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  await deps.functions.folders();
  const written = writtenProfiles(folder);
  const taken = new Set(Object.keys(written));
  const draft: Draft = {
    name: given.name ?? freeName('dev', taken),
    route: given.route ?? 'gateway',
    envId: given.envId ?? '',
    baseUrl: given.baseUrl ?? '',
    auth: given.auth ?? 'none',
    protected: given.protected ?? false,
  };
  if (!(await ask(draft, given, { folder, taken, deps }))) return undefined;
  await writeProfileValues(placeForNew(folder, uri !== undefined), [
    { path: [draft.name], value: settingOf(draft) },
  ]);
  const { profiles } = profilesFor(folder, deps.functions);
  const profile = profiles.find(({ name }) => name === draft.name) ?? profileOf(draft);
  if (isEntered(profile.auth)) {
    const place = profileCredential(profile);
    if (place) await deps.credentials.set(place);
  }
  void offerNext(profile, folder, deps.functions);
  return draft.name;
}

interface Surroundings {
  readonly folder: vscode.Uri | undefined;
  readonly taken: ReadonlySet<string>;
  readonly deps: ProfileCommandsDeps;
}

/** Fills the draft; what is given is not asked. @returns false where the user gave up */
function ask(draft: Draft, given: GivenProfile, surroundings: Surroundings): Promise<boolean> {
  const step = stepsOf(vscode.l10n.t('Add Profile'));
  return runSteps([
    step(
      () => given.name === undefined || checkName(given.name, surroundings.taken) !== undefined,
      (frame) => askName(frame, draft, surroundings),
      (name) => (draft.name = name),
    ),
    step(
      () => given.route === undefined,
      (frame) => askRoute(frame, draft),
      ({ route }) => (draft.route = route),
    ),
    step(
      () => given.envId === undefined && draft.route !== 'local',
      (frame) => askEnvironment(frame, draft, surroundings),
      (envId) => (draft.envId = envId),
    ),
    step(
      () => given.baseUrl === undefined && draft.route !== 'gateway',
      (frame) => askBaseUrl(frame, draft),
      (baseUrl) => (draft.baseUrl = baseUrl),
    ),
    step(
      () => given.auth === undefined && draft.route !== 'local',
      (frame) => askAuth(frame, draft),
      ({ auth }) => (draft.auth = auth),
    ),
    step(
      () => given.protected === undefined && draft.route !== 'local',
      (frame) => askProtected(frame, draft),
      ({ isProtected }) => (draft.protected = isProtected),
    ),
  ]);
}

function askName(frame: StepFrame, { name }: Draft, { taken }: Surroundings): Promise<StepAnswer<string>> {
  return inputStep(frame, {
    prompt: vscode.l10n.t('Name of the profile, as it stands above requests'),
    placeholder: 'dev, test, prod …',
    value: name,
    validate: (text) => checkName(text, taken),
  });
}

function askRoute(frame: StepFrame, draft: Draft) {
  const detailOf = (route: Route): string => {
    switch (route) {
      case 'gateway':
        return 'https://{envId}.api.tcloudbasegateway.com/v1/functions/…';
      case 'service':
        return vscode.l10n.t('Your own domain, or the environment’s default one, with its routes');
      case 'local':
        return vscode.l10n.t('A function that runs here, at http://127.0.0.1:9000 or another port');
    }
  };
  const icons = { gateway: 'cloud', service: 'globe', local: 'vm' } as const;
  const items = ROUTES.map((route) => ({
    label: `$(${icons[route]}) ${describeRoute(route)}`,
    description: route,
    detail: detailOf(route),
    route,
  }));
  const placeholder = vscode.l10n.t('Which way do requests take to a function?');
  return pickStep(frame, items, { placeholder, active: ({ route }) => route === draft.route });
}

/** An environment of the account, of cloudbaserc.json, or one that is typed. */
async function askEnvironment(
  frame: StepFrame,
  draft: Draft,
  { folder, deps }: Surroundings,
): Promise<StepAnswer<string>> {
  const placeholder = vscode.l10n.t('Which CloudBase environment?');
  const firstItems = environmentItems(folder, deps);
  let items = firstItems;
  for (;;) {
    const isActive = ({ envId }: EnvironmentItem): boolean => envId === draft.envId;
    const picked = await pickStep(frame, items, { placeholder, active: isActive });
    if (picked === undefined) return undefined;
    if (picked === BACK) {
      if (items === firstItems) return BACK;
      items = firstItems;
      continue;
    }
    if (picked.envId !== undefined) return picked.envId;
    if (picked.list !== undefined) {
      const listed = await listing(picked.list);
      items = listed.length === 0 ? firstItems : listed;
      continue;
    }
    const typed = await inputStep(frame, {
      prompt: vscode.l10n.t('ID of the environment, as the CloudBase console shows it'),
      placeholder: 'my-env-1a2b3c',
      value: draft.envId,
      validate: (text) =>
        /^[\w-]+$/.test(text)
          ? undefined
          : vscode.l10n.t('An environment ID has letters, digits and hyphens.'),
    });
    if (typed !== BACK) return typed;
  }
}

/** Lists with a progress that can be cancelled; what goes wrong is said, and nothing listed. It may ask the user. */
async function listing(list: NonNullable<EnvironmentItem['list']>): Promise<readonly EnvironmentItem[]> {
  const title = vscode.l10n.t('Listing the account’s environments');
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    try {
      return await list(abort.signal);
    } catch (error) {
      if (abort.signal.aborted) return [];
      if (!isCbError(error)) throw error;
      const advice = firstAdvice(error);
      const words = [error.display, ...(advice === null ? [] : [advice])].map(say).join(' ');
      void vscode.window.showErrorMessage(words);
      return [];
    } finally {
      listener.dispose();
    }
  });
}

function askBaseUrl(frame: StepFrame, draft: Draft): Promise<StepAnswer<string>> {
  const isLocal = draft.route === 'local';
  return inputStep(frame, {
    prompt: isLocal
      ? vscode.l10n.t('Where the function listens. Empty: http://127.0.0.1:9000')
      : vscode.l10n.t(
          'Base URL of the access service. Empty: by the routes of cloudbaserc.json or the account',
        ),
    placeholder: isLocal ? 'http://127.0.0.1:9000' : 'https://api.example.com',
    value: draft.baseUrl,
    validate: (text) =>
      text === '' || (/^https?:\/\//i.test(text) && URL.canParse(text))
        ? undefined
        : vscode.l10n.t('An http or https URL is expected.'),
  });
}

function askAuth(frame: StepFrame, draft: Draft) {
  const detailOf = (auth: Auth): string => {
    switch (auth) {
      case 'apiKey':
        return vscode.l10n.t('Full rights; created in the CloudBase console');
      case 'publishableKey':
        return vscode.l10n.t('The rights of an anonymous user; may be public');
      case 'anonymous':
        return vscode.l10n.t('Signs in by itself, as one anonymous user');
      case 'accessToken':
        return vscode.l10n.t('One that you have, for example of a signed-in user');
      case 'secretKey':
        return vscode.l10n.t(
          'SecretId and SecretKey of the Tencent Cloud account; full rights, lists functions',
        );
      case 'cliLogin':
        return vscode.l10n.t('As you are logged in by "tcb login"; full rights, lists functions');
      case 'none':
        return vscode.l10n.t('Requests prove no identity');
    }
  };
  const order: readonly Auth[] = draft.route === 'service' ? ['none', ...AUTHS.slice(0, -1)] : AUTHS;
  const items = order.map((auth) => ({
    label: capitalized(auth === 'none' ? vscode.l10n.t('none') : describeKind(auth)),
    description: auth,
    detail: detailOf(auth),
    auth,
  }));
  const placeholder = vscode.l10n.t(
    'What do requests prove their identity with? It is kept in the secret storage.',
  );
  const isActive = ({ auth }: { readonly auth: Auth }): boolean =>
    draft.auth !== 'none' && auth === draft.auth;
  return pickStep(frame, items, { placeholder, active: isActive });
}

/** For the beginning of a line; nothing happens to Chinese. */
function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function askProtected(frame: StepFrame, draft: Draft) {
  const items = [
    { label: vscode.l10n.t('Send at once'), isProtected: false },
    {
      label: `$(shield) ${vscode.l10n.t('Ask before each send')}`,
      detail: vscode.l10n.t('For production: the profile is marked wherever it is shown'),
      isProtected: true,
    },
  ];
  const isLive = draft.protected || /prod|release|live|online|生产|正式|线上/i.test(draft.name);
  const placeholder = vscode.l10n.t('Is this an environment to be careful with?');
  return pickStep(frame, items, { placeholder, active: ({ isProtected }) => isProtected === isLive });
}

/** As it is written: without what goes without saying. */
function settingOf({ route, envId, baseUrl, auth, protected: isProtected }: Draft): Record<string, unknown> {
  return {
    ...(route === 'gateway' ? {} : { route }),
    ...(envId === '' ? {} : { envId }),
    ...(baseUrl === '' ? {} : { baseUrl }),
    ...(auth === 'none' ? {} : { auth }),
    ...(isProtected ? { protected: true } : {}),
  };
}

function profileOf(draft: Draft): Profile {
  return readProfiles({ [draft.name]: settingOf(draft) }, draft.name).active;
}

async function offerNext(
  { name }: Profile,
  folder: vscode.Uri | undefined,
  functions: WorkspaceFunctions,
): Promise<void> {
  const isActive = profilesFor(folder, functions).active.name === name;
  const use = vscode.l10n.t('Set as Active');
  const check = vscode.l10n.t('Check Connection');
  const picked = await vscode.window.showInformationMessage(
    vscode.l10n.t('The profile "{0}" was added to the settings.', name),
    ...(isActive ? [] : [use]),
    check,
  );
  if (picked === use) await writeActiveProfile(folder, name);
  if (picked === check) {
    const reference = { profile: name, ...(folder === undefined ? {} : { uri: folder.toString() }) };
    await vscode.commands.executeCommand('cbhttp.checkProfile', reference);
  }
}
