/** A profile as another file or setting gives it. Never show the secrets. */
export interface FoundProfile {
  readonly name: string;
  /** Empty for none. */
  readonly envId: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Values that look like secrets: they go to the secret storage, or nowhere. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** What a source gives. */
export interface Found {
  readonly profiles: readonly FoundProfile[];
  /** What all profiles share; null for nothing. */
  readonly shared: FoundProfile | null;
  /** Variables that are no text, as `profile.name`: they are left out. */
  readonly leftOut: readonly string[];
}

/** The name under which a profile's shared part stands in settings. */
export const SHARED = '$shared';

/** Several sources as one: what a later one says of a profile is added, an earlier one's value stays. */
export function mergeFound(sources: readonly Found[]): Found {
  const byName = new Map<string, FoundProfile>();
  for (const profile of sources.flatMap(({ profiles, shared }) => [
    ...profiles,
    ...(shared ? [shared] : []),
  ])) {
    const former = byName.get(profile.name);
    byName.set(profile.name, former === undefined ? profile : addTo(former, profile));
  }
  const all = [...byName.values()];
  return {
    profiles: all.filter(({ name }) => name !== SHARED),
    shared: byName.get(SHARED) ?? null,
    leftOut: sources.flatMap(({ leftOut }) => leftOut),
  };
}

function addTo(former: FoundProfile, other: FoundProfile): FoundProfile {
  const secrets = { ...other.secrets, ...former.secrets };
  const variables = { ...other.variables, ...former.variables };
  for (const name of Object.keys(secrets)) Reflect.deleteProperty(variables, name);
  return { name: former.name, envId: former.envId || other.envId, variables, secrets };
}
