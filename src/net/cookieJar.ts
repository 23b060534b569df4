/** Loaded with the first request that cookies may go with: tough-cookie and the list of public suffixes. */
import { CookieJar as Jar } from 'tough-cookie';
import type { CookieJar } from '../core/ports.ts';

/** A cookie as it is shown. */
export interface ShownCookie {
  readonly name: string;
  readonly value: string;
  /** Of the host that set it, or the domain it named. */
  readonly domain: string;
  readonly path: string;
  /** ms since 1970; null for one that lasts as long as the window. */
  readonly expiresMs: number | null;
}

/** A jar that can be looked into, emptied and kept. */
export interface KeptJar extends CookieJar {
  /** In the order of their domains. */
  list(): readonly ShownCookie[];
  clear(): void;
  /** For {@link createCookieJar}; holds secrets. */
  toJSON(): unknown;
}

/**
 * A jar (RFC 6265), as strict as browsers are: no cookie for a public suffix, `Secure` also over http to this machine.
 * @param kept what `toJSON` gave; anything else is taken for nothing
 */
export function createCookieJar(kept?: unknown): KeptJar {
  const jar = readJar(kept);
  let mayHaveSome = kept !== undefined;
  return {
    cookieFor: (url) => (mayHaveSome ? jar.getCookieStringSync(url) : ''),
    store(url, setCookies) {
      mayHaveSome ||= setCookies.length > 0;
      for (const written of setCookies) jar.setCookieSync(written, url, { ignoreError: true });
    },
    list() {
      const { cookies = [] } = jar.serializeSync() ?? {};
      return cookies
        .map(({ key, value, domain, path, expires }) => ({
          name: String(key),
          value: String(value),
          domain: String(domain),
          path: String(path),
          expiresMs: typeof expires === 'string' && expires !== 'Infinity' ? Date.parse(expires) : null,
        }))
        .sort((one, other) => one.domain.localeCompare(other.domain));
    },
    clear: () => jar.removeAllCookiesSync(),
    toJSON: () => jar.serializeSync(),
  };
}

function readJar(kept: unknown): Jar {
  if (typeof kept === 'object' && kept !== null) {
    try {
      return Jar.deserializeSync(kept as Parameters<typeof Jar.deserializeSync>[0]);
    } catch {
      // Of another version, or damaged: cookies come again.
    }
  }
  return new Jar();
}
