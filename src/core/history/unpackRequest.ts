import type { PreparedRequest } from '../profiles/prepare.ts';
import { readProfiles } from '../profiles/profile.ts';
import type { KeptRequest } from './keptRun.ts';

/** A kept request as it was prepared: it cannot be sent any more, as its secrets are gone. */
export function unpackRequest(kept: KeptRequest, body: Uint8Array | null): PreparedRequest {
  const { method, url, headers, route, functionName, stream, dataType, responseType } = kept;
  const tls = { ca: null, cert: null, key: null, passphrase: null, rejectUnauthorized: true };
  return {
    wire: { method, url, headers, body, connectTimeoutMs: 0, tls, proxy: null },
    profile: { ...readProfiles(undefined, undefined).active, ...kept.profile },
    route,
    functionName,
    stream,
    timeoutMs: 0,
    idleTimeoutMs: 0,
    followsRedirects: true,
    usesCookieJar: false,
    dataType,
    responseType,
    shownUrl: url,
    shownHeaders: headers,
    secrets: [],
  };
}
