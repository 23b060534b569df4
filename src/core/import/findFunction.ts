import { functionTarget } from '../cbhttp/actions/functionUrlActions.ts';
import type { FunctionInfo } from '../cbhttp/languageContext.ts';
import { msg } from '../message.ts';
import type { Profile, ProfileSet } from '../profiles/profile.ts';
import { hasHole } from './holes.ts';
import { headerOf, type RequestParts } from './requestParts.ts';

/** What an import knows of the workspace. */
export interface ImportSurroundings {
  readonly profiles: ProfileSet;
  readonly functions: readonly Pick<FunctionInfo, 'kind' | 'name'>[];
  /** Names of secrets that are taken. */
  readonly secretNames: readonly string[];
}

/**
 * Addresses a function by its name where a profile leads to exactly the request's URL, and picks the profile of the
 * environment that the code names.
 * @returns the environment that no profile has, or null
 */
export function findFunction(
  parts: RequestParts,
  { profiles, functions }: ImportSurroundings,
): string | null {
  const profile = /^https?:/i.test(parts.target) ? byAddress(parts, profiles, functions) : null;
  if (profile !== null) {
    nameProfile(parts, profile, profiles);
    return null;
  }
  const { envId } = parts;
  if (envId === null || hasHole(envId)) return null;
  // One of this machine has the environment of the workspace, and leads elsewhere.
  const inCloud = profiles.profiles.filter((one) => one.envId === envId && one.route !== 'local');
  const known = inCloud.find((one) => one === profiles.active) ?? inCloud[0];
  if (known === undefined) {
    parts.hints.push(msg('No profile has the environment "{0}".', envId));
    return envId;
  }
  // A URL that is written out goes there with any profile.
  if (/^fn:/i.test(parts.target)) nameProfile(parts, known, profiles);
  return null;
}

function byAddress(
  parts: RequestParts,
  { profiles, active }: ProfileSet,
  functions: ImportSurroundings['functions'],
): Profile | null {
  const url = parts.target.replace(/#[^]*$/, '');
  if (hasHole(/^[^:]*:\/\/[^/?#]*/.exec(url)?.[0] ?? '')) return null;
  parts.envId ??=
    /^https?:\/\/([\w-]+)\.api(?:\.intl)?\.tcloudbasegateway\.com\/v1\/functions\//i.exec(url)?.[1] ?? null;
  for (const profile of [active, ...profiles.filter((one) => one !== active)]) {
    const target = functionTarget(url, profile, functions);
    if (target === undefined) continue;
    parts.target = readable(target, url);
    // What the address brings along.
    parts.headers = parts.headers.filter(([name]) => name.toLowerCase() !== 'x-tcb-webfn');
    const authorization = headerOf(parts, 'authorization');
    if (profile.auth !== 'none' && /^bearer /i.test(authorization ?? '')) {
      parts.headers = parts.headers.filter(([name]) => name.toLowerCase() !== 'authorization');
      parts.hints.push(msg('The profile "{0}" adds its own credential.', profile.name));
    }
    return profile;
  }
  return null;
}

/** Holes and other characters as the code has them, where the address encoded them. */
function readable(target: string, written: string): string {
  if (/^[\u0000-\u007f]*$/.test(written)) return target; // eslint-disable-line no-control-regex -- ASCII
  try {
    return decodeURI(target);
  } catch {
    return target;
  }
}

/** `@profile`, right above the request, unless it is the active one. */
function nameProfile(parts: RequestParts, profile: Profile, { active }: ProfileSet): void {
  if (profile !== active || parts.envId !== null) parts.directives.unshift(['profile', profile.name]);
}
