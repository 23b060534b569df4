import { msg } from '../../message.ts';
import { header, type HeaderInfo } from './headerInfo.ts';

/** Header fields of answers. */
export const responseHeaders: readonly HeaderInfo[] = [
  header(
    'Accept-Ranges',
    'response',
    'RFC 9110, 14.3',
    msg('Whether parts of the resource can be asked for.'),
    ['bytes', 'none'],
  ),
  header(
    'Access-Control-Allow-Credentials',
    'response',
    'Fetch',
    msg('Pages of other origins may send cookies along.'),
    ['true'],
  ),
  header(
    'Access-Control-Allow-Headers',
    'response',
    'Fetch',
    msg('Headers that pages of other origins may send.'),
  ),
  header(
    'Access-Control-Allow-Methods',
    'response',
    'Fetch',
    msg('Methods that pages of other origins may use.'),
  ),
  header('Access-Control-Allow-Origin', 'response', 'Fetch', msg('Origin whose pages may read the answer.'), [
    '*',
  ]),
  header(
    'Access-Control-Expose-Headers',
    'response',
    'Fetch',
    msg('Headers that pages of other origins may read.'),
  ),
  header(
    'Access-Control-Max-Age',
    'response',
    'Fetch',
    msg('Seconds for which the answer to a preflight holds.'),
  ),
  header('Age', 'response', 'RFC 9111, 5.1', msg('Seconds the answer has been in a cache.')),
  header('Allow', 'response', 'RFC 9110, 10.2.1', msg('Methods the resource supports.')),
  header('Alt-Svc', 'response', 'RFC 7838', msg('Other addresses and protocols of the same service.')),
  header('Content-Range', 'response', 'RFC 9110, 14.4', msg('Which part of the resource the body is.')),
  header('Content-Security-Policy', 'response', 'W3C CSP 3', msg('What a page may load and run.')),
  header('ETag', 'response', 'RFC 9110, 8.8.3', msg('Mark of this version of the resource.')),
  header('Expires', 'response', 'RFC 9111, 5.3', msg('Until when a cache may use the answer.')),
  header('Last-Modified', 'response', 'RFC 9110, 8.8.2', msg('When the resource changed last.')),
  header(
    'Location',
    'response',
    'RFC 9110, 10.2.2',
    msg('Where the resource is: of a redirect, or just created.'),
  ),
  header('Retry-After', 'response', 'RFC 9110, 10.2.3', msg('When to ask again: seconds or a date.')),
  header('Server', 'response', 'RFC 9110, 10.2.4', msg('Software of the server.')),
  header('Server-Timing', 'response', 'W3C Server Timing', msg('How long the server took for its steps.')),
  header('Set-Cookie', 'response', 'RFC 6265, 4.1', msg('A cookie to keep and send back.')),
  header(
    'Strict-Transport-Security',
    'response',
    'RFC 6797',
    msg('For how long the host is to be reached over https only.'),
  ),
  header('Vary', 'response', 'RFC 9110, 12.5.5', msg('Request headers on which the answer depends.')),
  header('WWW-Authenticate', 'response', 'RFC 9110, 11.6.1', msg('How to prove who is asking, after a 401.')),
  header(
    'X-Accel-Buffering',
    'response',
    'nginx',
    msg('"no" tells nginx to pass the stream on as it comes.'),
    ['no', 'yes'],
  ),
  header('X-Content-Type-Options', 'response', 'Fetch', msg('The browser takes Content-Type at its word.'), [
    'nosniff',
  ]),
];
