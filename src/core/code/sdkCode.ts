import { msg, type Message, type Translate } from '../message.ts';
import { bodyText, isJson } from './codeBody.ts';
import { headersWithout, type CodeRequest } from './codeRequest.ts';
import { comment } from './comments.ts';
import { NO_FUNCTION, NO_OBJECT, type Inexpressible } from './expressible.ts';
import { fromProcess, jsString, jsText } from './javaScript.ts';
import { jsonLiteral } from './jsBody.ts';
import { jsHeaders, NON_LATIN_HELPER, needsHelper } from './jsHeaders.ts';
import { secretComments } from './secretComments.ts';
import { joinTemplates, plainText, type Template } from './template.ts';

/**
 * The request by `callFunction` of @cloudbase/js-sdk 3.x. No SDK documents HTTP functions; that this works was seen on
 * the wire (facts sheet, section 4). For the `function` view of a request.
 */
export function sdkCode(request: CodeRequest, translate: Translate): string | Inexpressible {
  const { functionName: name } = request;
  if (name === null) return NO_FUNCTION;
  const notes: Message[] = [
    msg(
      'No version of the SDK documents HTTP functions: the header, and a path behind the name, were seen to work with 3.7.0. For anything that lasts, use fetch.',
    ),
  ];
  if (request.streams) notes.push(msg('The SDK does not stream: the answer comes when it has ended.'));
  const data = dataOf(request);
  if (data === undefined) return NO_OBJECT;
  const headers = headersWithout(request.headers, 'content-type', 'authorization', 'accept-encoding', 'host');
  const header = [...headers, { name: 'X-Tcb-Webfn', value: plainText('true') }];
  const lines = [
    ...secretComments(request, '// ', translate),
    ...notes.flatMap((note) => comment(note, '// ', translate)),
    `import cloudbase from '@cloudbase/js-sdk';`,
    '',
    ...(needsHelper(request) ? [NON_LATIN_HELPER] : []),
    `const app = cloudbase.init({ env: ${jsString(request.envId === '' ? 'your-env-id' : request.envId)} });`,
    ...comment(msg('Sign in as your application does.'), '// ', translate),
    "await app.auth({ persistence: 'local' }).signInAnonymously();",
    '',
    'const response = await app.callFunction({',
    `  name: ${jsText(joinTemplates(plainText(name), pathOf(request)))},`,
    `  method: ${jsString(request.method)},`,
    `  header: ${jsHeaders(header, '  ', 'fetch')},`,
    ...(data === null ? [] : [`  data: ${data},`]),
    '});',
    'console.log(response.result);',
  ];
  return `${lines.join('\n')}\n`;
}

/** Null for no body; undefined for one that is no object. */
function dataOf({ body }: CodeRequest): string | null | undefined {
  if (body === null) return null;
  const text = bodyText(body);
  const json = text === null || !isJson(body) ? null : jsonLiteral(text, fromProcess, '  ');
  const isObject = json !== null && typeof json.value === 'object' && json.value !== null;
  return isObject ? json.literal : undefined;
}

/** Path and query, where there are any: a `/` alone is the function itself. */
function pathOf({ url }: CodeRequest): Template {
  const [first, ...rest] = url;
  if (first?.kind !== 'text') return [];
  const path = first.text.replace(/^https?:\/\/[^/]*/, '');
  return path === '/' && rest.length === 0 ? [] : [{ kind: 'text', text: path }, ...rest];
}
