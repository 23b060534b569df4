import type { CredentialKind } from '../../ports.ts';
import { originsOf, type AddressCredential } from './place.ts';

/** What a user enters for a kind of credential, by field. Never show it. */
export type GivenCredential = Readonly<Partial<Record<GivenField, string>>>;

export type GivenField = 'value' | 'refreshToken' | 'secretId' | 'secretKey' | 'sessionToken';

/** The fields that are asked for, in order; those that may stay empty are marked. None where nothing is entered. */
export function givenFields(
  kind: CredentialKind,
): readonly { readonly field: GivenField; readonly isOptional: boolean; readonly isHidden: boolean }[] {
  switch (kind) {
    case 'apiKey':
    case 'publishableKey':
      return [{ field: 'value', isOptional: false, isHidden: true }];
    case 'accessToken':
      return [
        { field: 'value', isOptional: false, isHidden: true },
        { field: 'refreshToken', isOptional: true, isHidden: true },
      ];
    case 'secretKey':
      return [
        { field: 'secretId', isOptional: false, isHidden: false },
        { field: 'secretKey', isOptional: false, isHidden: true },
        { field: 'sessionToken', isOptional: true, isHidden: true },
      ];
    case 'anonymous':
    case 'cliLogin':
      return [];
  }
}

/** Reads what is kept of a {@link GivenCredential}; null where a field is missing. */
export function readGiven(kind: CredentialKind, text: string): GivenCredential | null {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof kept !== 'object' || kept === null) return null;
  const given: Partial<Record<GivenField, string>> = {};
  for (const { field, isOptional } of givenFields(kind)) {
    const value = (kept as Record<string, unknown>)[field];
    if (typeof value === 'string' && value !== '') given[field] = value;
    else if (!isOptional) return null;
  }
  return given;
}

/** What a profile has to prove its identity with on this machine; `missing`: it is asked for when it is needed. */
export type CredentialState = 'none-needed' | 'missing' | 'set' | 'signed-in';

/** Where a credential that was entered may go; no secret itself. */
export interface CredentialEntry {
  readonly kind: CredentialKind;
  readonly profile: string;
  readonly envId: string;
  /** Where it goes, and where its tokens are got. */
  readonly origins: readonly string[];
}

/** The entry that a credential has to have been made for. */
export function entryFor(place: AddressCredential): CredentialEntry {
  const { kind, binding } = place;
  return { kind, profile: binding.profile, envId: binding.envId, origins: originsOf(place) };
}

/** True for entries of the same place. */
export function isSameEntry(one: CredentialEntry, other: CredentialEntry): boolean {
  return entryKey(one) === entryKey(other);
}

/** True for entries of one kind, profile and environment, wherever they lead. */
export function isOfSameProfile(one: CredentialEntry, other: CredentialEntry): boolean {
  return one.kind === other.kind && one.profile === other.profile && one.envId === other.envId;
}

/** An entry as a text that no other entry has. */
export function entryKey({ kind, profile, envId, origins }: CredentialEntry): string {
  return JSON.stringify([kind, profile, envId, ...origins]);
}

/** Reads a kept list of entries; what is none is left out. */
export function readEntries(text: string | undefined): readonly CredentialEntry[] {
  if (text === undefined) return [];
  try {
    const kept: unknown = JSON.parse(text);
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is CredentialEntry {
  const { kind, profile, envId, origins } = (value ?? {}) as Record<string, unknown>;
  return [kind, profile, envId].every((one) => typeof one === 'string') && Array.isArray(origins);
}
