import { directiveOf, shift, type CbRequest } from '../cbhttp/document.ts';
import { CbError } from '../errors.ts';
import { msg } from '../message.ts';
import type { Profile, ProfileSet } from './profile.ts';

/** The profile that `@profile` of a request names, else the active one; undefined where there is none of that name. */
export function profileOf(request: CbRequest, { profiles, active }: ProfileSet): Profile | undefined {
  const named = directiveOf(request, 'profile');
  return named === undefined ? active : profiles.find(({ name }) => name === named.value);
}

/**
 * The profile a request is sent with: the one chosen for this send, else `@profile`, else the active one.
 * @param offset of the request's section
 * @throws CbError `unknown-profile`
 */
export function profileFor(request: CbRequest, profiles: ProfileSet, chosen?: string, offset = 0): Profile {
  const directive = directiveOf(request, 'profile');
  const name = chosen ?? directive?.value;
  if (name === undefined) return profiles.active;
  const profile = profiles.profiles.find((one) => one.name === name);
  if (profile !== undefined) return profile;
  const known = profiles.profiles.map((one) => one.name).join(', ');
  const isWritten = directive !== undefined && chosen === undefined;
  throw new CbError('unknown-profile', msg('There is no profile "{0}". Known profiles: {1}.', name, known), {
    ...(isWritten && { span: shift(directive.valueSpan, offset) }),
  });
}
