import { msg, type Message } from '../message.ts';
import type { Circumstances, FailureRow } from './row.ts';

/** What fails before a response comes, or breaks one. */
export const connectionFailures = {
  'connection-refused': {
    code: 'connection-refused',
    message: (host: string) => msg('Nothing answers at {0}: the connection was refused.', host),
    advice: startFunction,
  },
  dns: {
    code: 'dns',
    message: (host: string, detail: string) =>
      msg('The host name of {0} is not known (DNS: {1}).', host, detail),
    advice: checkAddress,
  },
  'dns-unavailable': {
    code: 'dns',
    message: (host: string, detail: string) =>
      msg('The host name of {0} could not be looked up just now (DNS: {1}).', host, detail),
    advice: [msg('Check the network, VPN and name server of this machine, then send again.')],
  },
  unreachable: {
    code: 'unreachable',
    message: (host: string, detail: string) => msg('There is no way to {0} from here ({1}).', host, detail),
    advice: checkAddress,
  },
  'reset-before-answer': {
    code: 'reset',
    message: (host: string, detail: string) =>
      msg('The connection to {0} broke before an answer came ({1}).', host, detail),
    advice: [
      msg('Did the function crash, restart, or reach its timeout? Its log says so.'),
      msg('Check that the port is the one of an HTTP server.'),
    ],
  },
  reset: {
    code: 'reset',
    message: (host: string, detail: string) =>
      msg('The connection to {0} broke before the end of the response ({1}).', host, detail),
    advice: [msg('Did the function crash, restart, or reach its timeout? Its log says so.')],
  },
  network: {
    code: 'network',
    message: (host: string, detail: string) => msg('The exchange with {0} failed ({1}).', host, detail),
    advice: [msg('Check the network and send again.')],
  },
  'exchange-failed': {
    code: 'network',
    message: (detail: string) => msg('The exchange failed: {0}', detail),
    advice: [msg('Check the network and send again.')],
  },
  proxy: {
    code: 'proxy',
    message: (proxy: string, detail: string) => msg('The proxy {0} cannot be reached ({1}).', proxy, detail),
    advice: checkProxy,
  },
  'proxy-closed': {
    code: 'proxy',
    message: (proxy: string) => msg('The proxy {0} closed the connection without an answer.', proxy),
    advice: checkProxy,
  },
  'proxy-not-http': {
    code: 'proxy',
    message: (proxy: string) => msg('The proxy {0} does not answer in HTTP.', proxy),
    advice: checkProxy,
  },
  'proxy-status': {
    code: 'proxy',
    message: (proxy: string, status: string) =>
      msg('The proxy {0} refused the connection (status {1}).', proxy, status),
    advice: [
      msg('The proxy may not reach that host, or not be allowed to. Ask who runs it, or go without it.'),
    ],
  },
  'proxy-credentials-wanted': {
    code: 'proxy',
    message: (proxy: string) => msg('The proxy {0} wants a user and a password (status 407).', proxy),
    advice: [
      msg('Write them into the proxy’s URL before its host, as user:password@host, in your user settings.'),
    ],
  },
  'proxy-credentials-refused': {
    code: 'proxy',
    message: (proxy: string) => msg('The proxy {0} did not take the user and password (status 407).', proxy),
    advice: [
      msg('Check user and password in the proxy’s URL; special characters are written as %40, %3A ….'),
    ],
  },
  'proxy-address': {
    code: 'proxy',
    message: () => msg('The address of the proxy is no URL.'),
    advice: checkProxy,
  },
  'proxy-kind': {
    code: 'proxy',
    message: (scheme: string) => msg('Proxies of the kind {0} cannot be used, only http and https.', scheme),
    advice: [msg('Name an http or https proxy; most SOCKS programs offer one on another port.')],
  },
} satisfies Readonly<Record<string, FailureRow>>;

function startFunction({ route, functionName, profile }: Circumstances): readonly Message[] {
  if (route !== 'local' || functionName === null) {
    return [msg('Check the address, and that a server listens there.')];
  }
  return [
    msg('Is the function "{0}" running? Start it: the command stands in its scf_bootstrap.', functionName),
    msg('If it listens on another port, name that in cbhttp.profiles.{0}.functions.', profile),
  ];
}

function checkAddress({ route, profile }: Circumstances): readonly Message[] {
  return route === 'gateway'
    ? [msg('Check the envId and site of the profile "{0}", and the network.', profile)]
    : [msg('Check the host name and the network.')];
}

function checkProxy(): readonly Message[] {
  return [
    msg('Check "proxy" of the profile, then VS Code’s http.proxy, then HTTPS_PROXY and HTTP_PROXY; "none" in the profile goes without.'), // prettier-ignore
  ];
}
