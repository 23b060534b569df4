import { directiveOf, type CbRequest } from '../cbhttp/document.ts';
import type { Profile, ProfileSet } from './profile.ts';

/** The route that may be chosen for one send, in place of the profile's. */
export type SentRoute = 'local';

/**
 * The profiles as a request is sent with them where a route was chosen for this send. A request that names its route
 * by `@route`, or goes to a URL, keeps what it has. One that goes where a variable or a Host header says may turn out
 * to go to a URL: a protected profile stays so.
 */
export function profilesOnRoute(
  request: CbRequest,
  set: ProfileSet,
  route: SentRoute | undefined,
): ProfileSet {
  const isUrl = !/^(?:fn:|\/|\{\{|$)/i.test(request.target);
  if (route === undefined || isUrl || directiveOf(request, 'route') !== undefined) return set;
  const isByHost =
    !/^fn:/i.test(request.target) &&
    directiveOf(request, 'function') === undefined &&
    request.headers.some(({ name }) => name.toLowerCase() === 'host');
  const mayBeUrl = isByHost || request.target.startsWith('{{');
  const sent = (profile: Profile): Profile =>
    mayBeUrl ? { ...onThisMachine(profile), protected: profile.protected } : onThisMachine(profile);
  return { ...set, profiles: set.profiles.map(sent), active: sent(set.active) };
}

/**
 * A profile as it reaches the functions of this machine: what says where they are deployed, the way there and the
 * question before it are left out. One that is local already stays as it is.
 */
export function onThisMachine(profile: Profile): Profile {
  if (profile.route === 'local') return profile;
  const ports = Object.entries(profile.functions).filter(([, where]) => /^\d+$/.test(where));
  return {
    ...profile,
    route: 'local',
    baseUrl: '',
    functions: Object.fromEntries(ports),
    protected: false,
    proxy: null,
  };
}
