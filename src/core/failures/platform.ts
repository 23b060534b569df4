import { msg } from '../message.ts';
import type { ResponseRow } from './row.ts';

/** The platform's own page on its statuses. */
const SCF_PAGE = 'https://www.tencentcloud.com/document/product/583/35311';

const raiseTimeout = [msg('Raise "timeout" in cloudbaserc.json (at most 900 s) and deploy again.')];

/**
 * Statuses of SCF at function level. A function may answer with the same, so they are only probable.
 * Source: facts sheet, section 1.
 */
export const scfFailures = {
  'scf-405': {
    message: () => msg('Status 405: probably the function’s container exited.'),
    advice: [
      msg('Look in the function’s log: does scf_bootstrap start the server, and does it keep running?'),
      msg('If the function itself answers 405, it does not take this method.'),
    ],
    page: SCF_PAGE,
  },
  'scf-406': {
    message: () => msg('Status 406: probably the request is too large.'),
    advice: [
      msg('At most 100 KB of text or 6 MB of other types go through; put large data into cloud storage.'),
      msg('If the function itself answers 406, it has nothing of the types in Accept.'),
    ],
    page: SCF_PAGE,
  },
  'scf-407': {
    message: () => msg('Status 407: probably the response is too large.'),
    advice: [
      msg('Send less in one response, or have the client fetch large results from cloud storage.'),
      msg('If a proxy on the way answers 407, it wants a user and a password.'),
    ],
    page: SCF_PAGE,
  },
  'scf-410': {
    message: () => msg('Status 410: probably the account has no balance left.'),
    advice: [
      msg('Look at the account’s balance in the console.'),
      msg('If the function itself answers 410, what was asked for is gone.'),
    ],
    page: SCF_PAGE,
  },
  'scf-433': {
    message: () => msg('Status 433: probably the platform ended the function for its time.'),
    advice: raiseTimeout,
    page: SCF_PAGE,
  },
} satisfies Readonly<Record<string, ResponseRow>>;

/** Ends that fall on a limit of time. */
export const timeLimitFailures = {
  'function-timeout': {
    message: (elapsed: string, seconds: number) =>
      msg('It ended after {0}; the function’s timeout is {1} s.', elapsed, seconds),
    advice: raiseTimeout,
  },
  'time-limit': {
    message: (elapsed: string, seconds: number) =>
      msg('It ended after {0}; {1} s is a usual limit.', elapsed, seconds),
    advice: [
      msg(
        'Compare it with "timeout" of the function, and with the limits of gateways and proxies on the way.',
      ),
    ],
  },
} satisfies Readonly<Record<string, ResponseRow>>;
