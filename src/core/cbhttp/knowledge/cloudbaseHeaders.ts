import { msg } from '../../message.ts';
import { header, type HeaderInfo } from './headerInfo.ts';

/** Header fields of CloudBase and of Tencent Cloud's API. Source: facts sheet, sections 1, 3 and 5. */
export const cloudbaseHeaders: readonly HeaderInfo[] = [
  header(
    'X-Tcb-Webfn',
    'request',
    'CloudBase HTTP API',
    msg(
      'Marks the call of an HTTP function; without it the gateway looks for an event function. Added on the route "gateway".',
    ),
    ['true'],
  ),
  header(
    'X-Qualifier',
    'request',
    'CloudBase HTTP API',
    msg('Version of the function to call. "# @qualifier" sets it.'),
    ['\\$LATEST', '${1:1}'],
  ),
  header(
    'X-Request-Id',
    'both',
    'CloudBase HTTP API',
    msg("Id of the request; on a reply, the id to look for in the function's logs."),
    ['{{\\$guid}}'],
  ),
  header('x-device-id', 'request', 'CloudBase HTTP API', msg('Id of the device that signs in anonymously.'), [
    '{{\\$guid}}',
  ]),
  header(
    'X-Signature-Expires',
    'request',
    'CloudBase HTTP API',
    msg('Seconds for which a TC3 signature holds.'),
    ['600'],
  ),
  header(
    'X-Timestamp',
    'request',
    'CloudBase HTTP API',
    msg('When the TC3 signature was made, in seconds since 1970.'),
    ['{{\\$timestamp}}'],
  ),
  header('X-TC-Action', 'request', 'Tencent Cloud API 3.0', msg('Action of Tencent Cloud’s API.'), [
    'DescribeEnvs',
    'ListFunctions',
    'DescribeHTTPServiceRoute',
    'SearchClsLog',
    'GetFunction',
  ]),
  header('X-TC-Version', 'request', 'Tencent Cloud API 3.0', msg('Version of Tencent Cloud’s API.'), [
    '2018-06-08',
    '2018-04-16',
  ]),
  header(
    'X-TC-Region',
    'request',
    'Tencent Cloud API 3.0',
    msg('Region that Tencent Cloud’s API is to act in.'),
    ['ap-shanghai', 'ap-guangzhou', 'ap-beijing', 'ap-singapore'],
  ),
  header(
    'X-TC-Timestamp',
    'request',
    'Tencent Cloud API 3.0',
    msg('When the request was signed, in seconds since 1970.'),
    ['{{\\$timestamp}}'],
  ),
  header(
    'X-TC-Token',
    'request',
    'Tencent Cloud API 3.0',
    msg('Token that belongs to a temporary key. Keep the value in a secret.'),
    ['{{\\$secret ${1:token}}}'],
  ),
  header(
    'x-wx-openid',
    'request',
    'CloudBase, mini programs',
    msg('OpenID of the mini program’s user; the platform adds it when a mini program calls.'),
    ['${1:openid}'],
  ),
  header(
    'x-wx-appid',
    'request',
    'CloudBase, mini programs',
    msg('AppID of the mini program; the platform adds it when a mini program calls.'),
    ['${1:appid}'],
  ),
  header(
    'x-wx-source',
    'request',
    'CloudBase, mini programs',
    msg('Where the call of a mini program comes from; the platform adds it.'),
    ['${1:wx_devtools}'],
  ),
];
