import { msg } from '../../message.ts';
import { header, type HeaderInfo } from './headerInfo.ts';

/** Header fields of requests and answers alike. */
export const sharedHeaders: readonly HeaderInfo[] = [
  header('Cache-Control', 'both', 'RFC 9111, 5.2', msg('What caches may do with this message.'), [
    'no-cache',
    'no-store',
    'max-age=${1:3600}',
    'no-transform',
    'only-if-cached',
    'private',
    'public',
  ]),
  header(
    'Connection',
    'both',
    'RFC 9110, 7.6.1',
    msg('What becomes of the connection. Computed when the request is sent.'),
    ['keep-alive', 'close'],
  ),
  header(
    'Content-Disposition',
    'both',
    'RFC 6266',
    msg("What the content is for: a form's field, or a file to save under a name."),
    [
      'form-data; name="${1:field}"',
      'form-data; name="${1:file}"; filename="${2:name.txt}"',
      'attachment; filename="${1:name.txt}"',
      'inline',
    ],
  ),
  header(
    'Content-Encoding',
    'both',
    'RFC 9110, 8.4',
    msg('Coding, such as gzip, that was applied to the body.'),
    ['gzip', 'br', 'deflate', 'zstd'],
  ),
  header('Content-Language', 'both', 'RFC 9110, 8.5', msg('Language of the intended readers.'), [
    'zh-CN',
    'en',
  ]),
  header(
    'Content-Length',
    'both',
    'RFC 9110, 8.6',
    msg('Bytes in the body. Computed when the request is sent.'),
  ),
  header('Content-Location', 'both', 'RFC 9110, 8.7', msg('Address of what the body represents.')),
  header(
    'Content-Type',
    'both',
    'RFC 9110, 8.3',
    msg('Media type of the body, and its character set or boundary. Never added by itself.'),
    [
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=${1:boundary}',
      'text/plain',
      'application/xml',
      'application/graphql',
      'application/octet-stream',
    ],
  ),
  header('Date', 'both', 'RFC 9110, 6.6.1', msg('When the message was made.'), ['{{\\$datetime rfc1123}}']),
  header(
    'Keep-Alive',
    'both',
    'RFC 9112',
    msg('How long an idle connection stays open. Computed when the request is sent.'),
    ['timeout=${1:5}, max=${2:100}'],
  ),
  header('Link', 'both', 'RFC 8288', msg('Related resources, such as the next page.'), [
    '<${1:https://example.com/2}>; rel="${2:next}"',
  ]),
  header('Pragma', 'both', 'RFC 9111, 5.4', msg('Old form of Cache-Control: no-cache.'), ['no-cache']),
  header('Trailer', 'both', 'RFC 9110, 6.6.2', msg('Header names that follow after the body.')),
  header(
    'Transfer-Encoding',
    'both',
    'RFC 9112, 6.1',
    msg('How the body travels on this connection. Computed when the request is sent.'),
    ['chunked'],
  ),
  header(
    'Upgrade',
    'both',
    'RFC 9110, 7.8',
    msg('Another protocol to go on with. Computed when the request is sent.'),
    ['websocket', 'h2c'],
  ),
  header('Via', 'both', 'RFC 9110, 7.6.3', msg('Proxies that the message passed.')),
];
