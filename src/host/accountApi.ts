import type { Transport } from '../core/ports.ts';
import type { Profile } from '../core/profiles/profile.ts';
import type { ManagementApi } from '../net/managementApi.ts';
import type { Tc3Key } from '../net/tc3.ts';
import { connectionOf } from './profileConnection.ts';
import type { Secrets } from './secrets.ts';

/** The management API as a profile reaches it, with the key of its account. */
export async function accountApi(
  profile: Profile,
  credentials: Tc3Key,
  { transport, secrets }: { readonly transport: Transport; readonly secrets: Secrets },
  { signal, asks = true }: { readonly signal: AbortSignal; readonly asks?: boolean },
): Promise<ManagementApi> {
  const { region, managementUrl, tls } = profile;
  // A passphrase that is not there would be asked for; without it, connecting fails and says why.
  const isAsked = asks || secrets.names(profile).includes(tls.passphraseSecret);
  const connection = await connectionOf(profile, isAsked ? managementUrl : '', secrets, signal);
  const { createManagementApi } = await import('../net/managementApi.ts');
  return createManagementApi({ transport, credentials, region, managementUrl, connection });
}
