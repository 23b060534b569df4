import { msg } from '../message.ts';
import type { FailureRow } from './row.ts';

/** Responses that cannot be read to their end, or not be followed. */
export const contentFailures = {
  protocol: {
    code: 'protocol',
    message: (host: string, detail: string) =>
      msg('The answer of {0} is not valid HTTP ({1}).', host, detail),
    advice: [
      msg('Check that the port is the one of an HTTP server, and write https:// for one with TLS.'),
      msg('A function that writes to the socket itself may break HTTP: use its framework’s response.'),
    ],
  },
  'header-overflow': {
    code: 'protocol',
    message: (host: string) => msg('The response headers of {0} are too long: more than 16 KB.', host),
    advice: [
      msg('Send less in headers and cookies: the platform lets through 4 KB. Put the rest into the body.'),
    ],
  },
  truncated: {
    code: 'truncated',
    message: (host: string, detail: string) => msg('The response of {0} was cut off ({1}).', host, detail),
    advice: [msg('The server or a proxy ended the response early.')],
  },
  'truncated-coding': {
    code: 'truncated',
    message: (host: string, detail: string) =>
      msg('The compressed response of {0} ends in the middle ({1}).', host, detail),
    advice: [
      msg(
        'The function ended before its compressor was flushed and closed, or the connection was cut on the way.',
      ),
    ],
  },
  decompression: {
    code: 'decompression',
    message: (host: string, detail: string) =>
      msg('The response of {0} is not compressed as its Content-Encoding says ({1}).', host, detail),
    advice: [
      msg(
        'Have the function set Content-Encoding only where it compresses; a gateway may have compressed once more.',
      ),
    ],
  },
  'event-too-large': {
    code: 'event-too-large',
    message: (limit: number) => msg('An event is longer than {0} bytes: too long to be held.', limit),
    advice: [msg('End events with a blank line, and send large results in several.')],
  },
  'too-many-redirects': {
    code: 'too-many-redirects',
    message: (limit: number, origin: string) =>
      msg('More than {0} redirects; the last one led to {1}.', limit, origin),
    advice: [
      msg('Send with # @no-redirect to see each answer; a loop often wants a cookie or a slash at the end.'),
    ],
  },
  'redirect-refused': {
    code: 'credential-refused',
    message: (from: string, to: string) =>
      msg('The redirect from {0} to {1} is not followed: a secret would go there.', from, to),
    advice: [
      msg(
        'Send with # @no-redirect to see the answer; send to the new address yourself if it is to be trusted.',
      ),
    ],
  },
} satisfies Readonly<Record<string, FailureRow>>;
