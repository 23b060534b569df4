import { msg, type Message } from '../message.ts';
import type { Circumstances, FailureRow } from './row.ts';

/** Limits of time, each by its name. */
export const timeoutFailures = {
  'connect-timeout': {
    code: 'connect-timeout',
    message: (host: string) => msg('No connection to {0} within the time limit.', host),
    advice: raiseConnect,
  },
  'connect-timeout-dns': {
    code: 'connect-timeout',
    message: (host: string) => msg('No connection to {0} within the time limit (DNS).', host),
    advice: [msg('Check the network, VPN and name server of this machine, then send again.')],
  },
  'connect-timeout-tcp': {
    code: 'connect-timeout',
    message: (host: string) => msg('No connection to {0} within the time limit (TCP).', host),
    advice: raiseConnect,
  },
  'connect-timeout-proxy': {
    code: 'connect-timeout',
    message: (host: string) => msg('No connection to {0} within the time limit (proxy).', host),
    advice: (at) => [msg('The proxy does not open the way: check it, or go without.'), ...raiseConnect(at)],
  },
  'connect-timeout-tls': {
    code: 'connect-timeout',
    message: (host: string) => msg('No connection to {0} within the time limit (TLS).', host),
    advice: (at) => [
      msg('Does that port speak https? A plain server never answers TLS.'),
      ...raiseConnect(at),
    ],
  },
  'headers-timeout': {
    code: 'headers-timeout',
    message: (limit: string) => msg('No response headers within {0}: the limit for silence.', limit),
    advice: [
      msg(
        'Raise @idle-timeout or idleTimeoutMs if the function thinks longer, or have it send its headers first.',
      ),
    ],
  },
  'idle-timeout': {
    code: 'idle-timeout',
    message: (limit: string) => msg('Nothing came for {0}: the limit for silence.', limit),
    advice: [
      msg(
        'Raise @idle-timeout or idleTimeoutMs, or have the function send a comment (": keep-alive") now and then.',
      ),
    ],
  },
  timeout: {
    code: 'timeout',
    message: (limit: string) => msg('No end after {0}: the time limit of this request.', limit),
    advice: ({ profile }) => [
      profile === ''
        ? msg('Raise @timeout or timeoutMs if the exchange may take longer.')
        : msg('Raise @timeout or timeoutMs of the profile "{0}" if the exchange may take longer.', profile),
    ],
  },
  'token-timeout': {
    code: 'timeout',
    message: (origin: string, seconds: number) => msg('No token from {0} within {1} s.', origin, seconds),
    advice: [msg('Check the network, then envId, site and authUrl of the profile.')],
  },
  'management-timeout': {
    code: 'timeout',
    message: (host: string, seconds: number) =>
      msg('The management API at {0} did not answer within {1} s.', host, seconds),
    advice: [msg('Check the network and send again.')],
  },
} satisfies Readonly<Record<string, FailureRow>>;

function raiseConnect({ profile }: Circumstances): readonly Message[] {
  return [
    profile === ''
      ? msg('Check the network, or raise @connect-timeout or connectTimeoutMs.')
      : msg('Check the network, or raise connectTimeoutMs of the profile "{0}".', profile),
  ];
}
