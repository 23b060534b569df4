import type { SecretStore } from '../core/ports.ts';

/**
 * Secrets from `CBHTTP_SECRET_<PROFILE>_<NAME>`: the user's own word for the profile it names, so no binding is
 * checked. The profile's credential is named `credential`.
 */
export function environmentSecrets(environment: Readonly<Record<string, string | undefined>>): SecretStore {
  return {
    credential: ({ profile }) =>
      Promise.resolve(environment[secretVariable(profile, 'credential')] || undefined),
  };
}

/** The environment variable of a profile's secret: upper-cased, other characters as `_`. */
export function secretVariable(profile: string, name: string): string {
  return `CBHTTP_SECRET_${profile}_${name}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
