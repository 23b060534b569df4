import { SHARED, type Found, type FoundProfile } from './found.ts';

/** What to do with a profile whose name is taken. */
export type Conflict = 'add' | 'rename' | 'skip';

/** A value to be written below `cbhttp.profiles`. */
export interface PlannedValue {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A secret for the secret storage; its variable reads it by `$secret`. */
export interface PlannedSecret {
  readonly profile: string;
  readonly name: string;
  readonly value: string;
}

/** What an import writes. */
export interface ImportPlan {
  /** Profiles that come new, by the names they get. */
  readonly added: readonly string[];
  /** Those that are there and get variables. */
  readonly extended: readonly string[];
  readonly values: readonly PlannedValue[];
  readonly secrets: readonly PlannedSecret[];
}

/** Names of found profiles that the settings have already. */
export function conflictsOf(
  { profiles }: Found,
  existing: Readonly<Record<string, unknown>>,
): readonly string[] {
  return profiles.filter(({ name }) => Object.hasOwn(existing, name)).map(({ name }) => name);
}

/**
 * Plans what is written of what was found. A value that the settings have stays. Secrets of `$shared` belong to every
 * profile that comes: a secret is entered for a profile.
 * @param existing the value of `cbhttp.profiles`
 * @param takesSecrets whether secrets are kept; else their variables are left out
 */
export function planImport(
  found: Found,
  existing: Readonly<Record<string, unknown>>,
  decide: (name: string) => Conflict,
  takesSecrets: boolean,
): ImportPlan {
  const added: string[] = [];
  const extended: string[] = [];
  const values: PlannedValue[] = [];
  const secrets: PlannedSecret[] = [];
  const taken = new Set(Object.keys(existing));
  const sharedSecrets = takesSecrets ? (found.shared?.secrets ?? {}) : {};

  const addVariables = (name: string, profile: FoundProfile, own: Readonly<Record<string, string>>): void => {
    const known = variablesOf(existing[name]);
    for (const [key, value] of Object.entries({ ...profile.variables, ...secretUses(own) })) {
      if (!Object.hasOwn(known, key)) values.push({ path: [name, 'variables', key], value });
    }
  };
  const keepSecrets = (profile: string, own: Readonly<Record<string, string>>, known: object): void => {
    for (const [name, value] of Object.entries(own)) {
      if (!Object.hasOwn(known, name)) secrets.push({ profile, name, value });
    }
  };

  for (const profile of found.profiles) {
    const isTaken = taken.has(profile.name);
    const decision = isTaken ? decide(profile.name) : 'rename';
    if (decision === 'skip') continue;
    const own = takesSecrets ? profile.secrets : {};
    if (decision === 'add') {
      extended.push(profile.name);
      const known = existing[profile.name] as { envId?: unknown } | null;
      if (profile.envId !== '' && !known?.envId)
        values.push({ path: [profile.name, 'envId'], value: profile.envId });
      addVariables(profile.name, profile, own);
      keepSecrets(profile.name, { ...sharedSecrets, ...own }, variablesOf(existing[profile.name]));
      continue;
    }
    const name = freeName(profile.name, taken);
    taken.add(name);
    added.push(name);
    const variables = { ...profile.variables, ...secretUses(own) };
    values.push({
      path: [name],
      value: {
        ...(profile.envId === '' ? {} : { envId: profile.envId }),
        ...(Object.keys(variables).length === 0 ? {} : { variables }),
      },
    });
    keepSecrets(name, { ...sharedSecrets, ...own }, {});
  }
  if (found.shared !== null) {
    addVariables(SHARED, found.shared, sharedSecrets);
  }
  return { added, extended, values, secrets };
}

/** The name, or the first of `name-2`, `name-3` … that is free. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}-${count}`;
  return free;
}

function secretUses(secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(secrets).map((name) => [name, `{{$secret ${name}}}`]));
}

function variablesOf(profile: unknown): object {
  const variables: unknown = (profile as { variables?: unknown } | null | undefined)?.variables;
  return typeof variables === 'object' && variables !== null ? variables : {};
}
