import type { CbRequest } from '../cbhttp/document.ts';
import type { PrepareOptions } from './prepare.ts';
import type { Profile } from './profile.ts';
import { routeTo } from './serviceRoutes.ts';
import type { FunctionAddresses } from './target.ts';

/**
 * What is known of the workspace's functions; with the listed routes of the access service where nothing else says its
 * domain.
 * @throws what listing throws
 */
export async function knownAddresses(
  request: CbRequest,
  profile: Profile,
  { functions = {}, listRoutes, absolutePath = (path) => path, signal }: PrepareOptions,
): Promise<FunctionAddresses> {
  const { routes = [] } = functions;
  const directive = request.directives.findLast(({ word }) => word === 'route')?.value;
  if ((directive ?? profile.route) !== 'service' || profile.baseUrl !== '' || listRoutes === undefined) {
    return functions;
  }
  const name = /^fn:\/\/([^/?#\s]+)/i.exec(request.target)?.[1];
  const isUrl = name === undefined && !/^(?:\/|\{\{|$)/.test(request.target);
  const hasDomain = name !== undefined && (routeTo(name, '', routes)?.domain ?? null) !== null;
  if (isUrl || hasDomain || (name !== undefined && Object.hasOwn(profile.functions, name))) return functions;
  const { ca, rejectUnauthorized } = profile.tls;
  const tls = {
    ca: ca === '' ? null : absolutePath(ca),
    cert: null,
    key: null,
    passphrase: null,
    rejectUnauthorized,
  };
  const { connectTimeoutMs, proxy } = profile;
  const listed = await listRoutes(profile, { connectTimeoutMs, tls, proxy }, { signal });
  signal.throwIfAborted();
  return { ...functions, routes: [...routes.filter(({ domain }) => domain !== null), ...listed] };
}
