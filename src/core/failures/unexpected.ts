import { msg, type Message } from '../message.ts';
import type { ResponseRow } from './row.ts';

/** Whole responses that are not what was asked for. */
export const unexpectedFailures = {
  'access-service-notice': {
    message: () =>
      msg('A notice of the HTTP access service’s default domain came instead of the function’s answer.'),
    advice: [
      msg(
        'That domain is for tests only: bind a domain of your own and name it as baseUrl, or use the route gateway.',
      ),
      msg('Open the address in a browser to read the notice.'),
    ],
  },
  'html-instead-of-data': {
    message: (wanted: string) => msg('A web page came where {0} was asked for.', wanted),
    advice: [
      msg('A web page came: perhaps a notice of the HTTP access service’s default domain, or of a proxy. Check the address.'), // prettier-ignore
      msg('Look at the page in the Body tab.'),
    ],
  },
  'json-instead-of-stream': {
    message: (says: string) =>
      says === ''
        ? msg('JSON came where an event stream was asked for.')
        : msg('JSON came where an event stream was asked for; it says: {0}', says),
    advice: [msg('JSON came: an error perhaps, or a function that answers as a whole. Read the body.')],
  },
  'unknown-charset': {
    message: (charset: string) =>
      msg('The body’s charset "{0}" is none that is known: it is read as UTF-8.', charset),
    advice: sendUtf8(),
  },
  'wrong-charset': {
    message: (charset: string) =>
      msg('The body is not valid {0}: the bytes that are not are shown as �.', charset),
    advice: [
      ...sendUtf8(),
      msg('If the bytes are of another charset, for example GBK, have the function name it in Content-Type.'),
    ],
  },
} satisfies Readonly<Record<string, ResponseRow>>;

function sendUtf8(): readonly Message[] {
  return [msg('Have the function answer in UTF-8 and say so: Content-Type: …; charset=utf-8.')];
}
