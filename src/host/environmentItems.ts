import * as vscode from 'vscode';
import type { DeployedEnvironment } from '../core/functions/deployed.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { readCliLogin } from '../net/cliLogin.ts';
import { createManagementApi } from '../net/managementApi.ts';
import type { Tc3Key } from '../net/tc3.ts';
import { describeKind } from './credentialKinds.ts';
import type { ProfileCommandsDeps } from './profileCommands.ts';
import { connectionOf } from './profileConnection.ts';
import { profilesFor } from './profiles.ts';

/** An environment, or a way to come by one. */
export interface EnvironmentItem extends vscode.QuickPickItem {
  /** Empty for that of cloudbaserc.json, as it is at each send; undefined for a way to come by one. */
  readonly envId?: string;
  /** Lists the account's; undefined where the user types one. */
  readonly list?: (signal: AbortSignal) => Promise<readonly EnvironmentItem[]>;
}

const NO_ACCOUNT: Pick<Profile, 'region' | 'managementUrl'> = { region: 'ap-shanghai', managementUrl: '' };

/** What there is to choose from: cloudbaserc.json's, lists by each credential of an account, and typing. */
export function environmentItems(
  folder: vscode.Uri | undefined,
  deps: ProfileCommandsDeps,
): readonly EnvironmentItem[] {
  const { envId } = deps.functions.configOf(folder);
  const { profiles } = profilesFor(folder, deps.functions);
  const accounts = profiles.filter(({ auth }) => auth === 'secretKey' || auth === 'cliLogin');
  const listing = (profile: Profile) => async (signal: AbortSignal) => {
    const key = await deps.credentials.accountKey(profile, { signal });
    return key === undefined ? [] : listEnvironments(profile, key, deps, signal);
  };
  const hasCli = accounts.some(({ auth }) => auth === 'cliLogin');
  return [
    ...(envId === ''
      ? []
      : [
          {
            label: `$(file) ${envId}`,
            description: 'cloudbaserc.json',
            detail: vscode.l10n.t('Follows that file when it changes'),
            envId: '',
          },
        ]),
    ...accounts.map((profile) => ({
      label: `$(list-unordered) ${vscode.l10n.t('List the account’s environments')}`,
      description: vscode.l10n.t(
        'with the {0} of the profile "{1}"',
        describeKind(profile.auth as 'secretKey'),
        profile.name,
      ),
      list: listing(profile),
    })),
    ...(hasCli
      ? []
      : [
          {
            label: `$(list-unordered) ${vscode.l10n.t('List the account’s environments')}`,
            description: vscode.l10n.t('with the login of the tcb command'),
            list: async (signal: AbortSignal) =>
              listEnvironments(NO_ACCOUNT, (await readCliLogin()).key, deps, signal),
          },
        ]),
    { label: `$(edit) ${vscode.l10n.t('Type the environment ID')}` },
  ];
}

async function listEnvironments(
  account: Pick<Profile, 'region' | 'managementUrl'> | Profile,
  credentials: Tc3Key,
  { transport, secrets }: ProfileCommandsDeps,
  signal: AbortSignal,
): Promise<readonly EnvironmentItem[]> {
  const { region, managementUrl } = account;
  const connection =
    'tls' in account ? await connectionOf(account, managementUrl, secrets, signal) : PLAIN_CONNECTION;
  const api = createManagementApi({ transport, credentials, region, managementUrl, connection });
  const environments = await api.listEnvironments({ signal });
  return [...environments.map(toItem), { label: `$(edit) ${vscode.l10n.t('Type the environment ID')}` }];
}

const PLAIN_CONNECTION = {
  connectTimeoutMs: 10_000,
  tls: { ca: null, cert: null, key: null, passphrase: null, rejectUnauthorized: true },
  proxy: null,
};

function toItem({ envId, alias, status, region, packageName }: DeployedEnvironment): EnvironmentItem {
  const detail = [region, packageName, status === 'NORMAL' ? '' : status]
    .filter((part) => part !== '')
    .join(' · ');
  return { label: `$(cloud) ${envId}`, description: alias === envId ? '' : alias, detail, envId };
}
