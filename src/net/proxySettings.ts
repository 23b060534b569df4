import { BlockList, isIP, isIPv4 } from 'node:net';
import { failed } from '../core/failures/failed.ts';

/** What an editor says about proxies. */
export interface EditorProxy {
  /** URL of a proxy; empty for none. */
  readonly proxy: string;
  /** Hosts that are reached without it. */
  readonly noProxy: readonly string[];
  /** Value of `Proxy-Authorization`; empty for none. */
  readonly authorization: string;
}

/** Where proxies are named besides the profile. */
export interface ProxySources {
  /** Read at each request; null where there is no editor, or it leaves proxies alone. */
  readonly editor: () => EditorProxy | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A proxy that a request goes through. */
export interface Proxy {
  readonly isSecure: boolean;
  /** A name or an address, an IPv6 one without brackets. */
  readonly host: string;
  readonly port: number;
  /** Its origin: the only form to be shown. */
  readonly origin: string;
  /** Value of `Proxy-Authorization`: a secret; null for none. */
  readonly authorization: string | null;
}

/**
 * The proxy for a URL, or null for none: the profile's; else the editor's; else that of `HTTPS_PROXY`, `HTTP_PROXY`,
 * `ALL_PROXY` and `NO_PROXY`, in lower case before upper case. This machine is reached through a proxy only where
 * the profile names one.
 * @param ofProfile a URL, `none`, or null where the profile says nothing
 * @throws CbError `proxy` where what is named is no HTTP proxy
 */
export function proxyFor(url: URL, ofProfile: string | null, sources: ProxySources): Proxy | null {
  if (ofProfile !== null) return ofProfile === 'none' || ofProfile === '' ? null : readProxy(ofProfile);
  if (isLoopback(url.hostname)) return null;
  const variable = (name: string): string =>
    sources.environment[name] || sources.environment[name.toUpperCase()] || '';
  const notProxied = variable('no_proxy').split(/[\s,]+/);
  const editor = sources.editor();
  if (editor !== null && editor.proxy !== '') {
    if (isExcepted(url, editor.noProxy.length > 0 ? editor.noProxy : notProxied)) return null;
    const proxy = readProxy(editor.proxy);
    return proxy.authorization === null && editor.authorization !== ''
      ? { ...proxy, authorization: editor.authorization }
      : proxy;
  }
  const named = variable(`${url.protocol.slice(0, -1)}_proxy`) || variable('all_proxy');
  return named === '' || isExcepted(url, notProxied) ? null : readProxy(named);
}

/** True for a name or an address of this machine, as a URL writes it. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|\[::1\])\.?$/.test(hostname) || /^127(?:\.\d+){3}$/.test(hostname);
}

/** The port of a URL that is http or https: its own, also 0, or that of its scheme. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

function readProxy(written: string): Proxy {
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written}`);
  } catch (cause) {
    throw failed('proxy-address', [], { cause });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw failed('proxy-kind', [url.protocol.slice(0, -1)]);
  }
  const isSecure = url.protocol === 'https:';
  const user = `${decode(url.username)}:${decode(url.password)}`;
  return {
    isSecure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: portOf(url),
    origin: url.origin,
    authorization: user === ':' ? null : `Basic ${Buffer.from(user, 'utf8').toString('base64')}`,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone %
  }
}

/** Whether a list of `host`, `.suffix`, `*.suffix`, `host:port`, addresses, networks and `*` has the URL's host. */
function isExcepted(url: URL, exceptions: readonly string[]): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = String(portOf(url));
  return exceptions.some((written) => {
    const entry = written.trim().toLowerCase();
    if (entry === '') return false;
    if (entry === '*') return true;
    if (entry.includes('/')) return isInNetwork(host, entry);
    const [, name = '', wantedPort] =
      /^(.*?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
    if (wantedPort !== undefined && wantedPort !== port) return false;
    const plain = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
    return host === plain || host.endsWith(`.${plain}`);
  });
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  try {
    list.addSubnet(address, Number(bits), family);
    return isIP(host) !== 0 && list.check(host, isIPv4(host) ? 'ipv4' : 'ipv6');
  } catch {
    return false; // no network
  }
}
