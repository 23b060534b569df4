import { msg, type Translate } from '../message.ts';
import { bodyText, type BodyPiece } from './codeBody.ts';
import { codeHeader, headersWithout, type CodeRequest } from './codeRequest.ts';
import { comment } from './comments.ts';
import { boundaryOf, formFields, type FormField } from './formFields.ts';
import { groupHeaders, joinValues } from './jsHeaders.ts';
import { bytesLiteral, pythonString, pythonText } from './pythonText.ts';
import { secretComments } from './secretComments.ts';
import {
  isPlain,
  joinTemplates,
  plainText,
  variablesIn,
  withPlaceholders,
  type Template,
} from './template.ts';

/** The request as a script for Python 3 with the package requests. An event stream is printed as it comes. */
export function pythonCode(request: CodeRequest, translate: Translate): string {
  const fields = pythonFields(request);
  const call = [
    ...methodAndUrl(request),
    ...headerLines(request, fields !== null),
    ...bodyLines(request, fields),
    ...connectionLines(request),
    ...(request.followsRedirects ? [] : ['allow_redirects=False']),
    ...(request.timeoutMs > 0 ? [`timeout=${request.timeoutMs / 1000}`] : []),
    ...(request.streams ? ['stream=True'] : []),
  ].map((argument) => `    ${argument},`);
  const lines = ['response = requests.request(', ...call, ')', ...endLines(request, translate)];
  const head = [...secretComments(request, '# ', translate), ...imports(lines.join('\n'))];
  return `${[...head, '', ...lines].join('\n')}\n`;
}

function imports(code: string): string[] {
  const standard = ['base64', 'json', 'os', 'sys'].filter((name) => code.includes(`${name}.`));
  return [
    ...standard.map((name) => `import ${name}`),
    ...(code.includes('quote(') ? ['from urllib.parse import quote'] : []),
    ...(standard.length > 0 || code.includes('quote(') ? [''] : []),
    'import requests',
  ];
}

function methodAndUrl({ method, url }: CodeRequest): string[] {
  return [pythonString(method), pythonText(url)];
}

function headerLines(request: CodeRequest, isForm: boolean): string[] {
  const headers = isForm ? headersWithout(request.headers, 'content-type') : request.headers;
  if (headers.length === 0) return [];
  const lines = groupHeaders(headers).map(({ name, values }) => {
    const value = joinValues(values);
    // A text is sent as Latin-1, bytes as they are.
    const written = isPlain(value) && isAscii(value) ? pythonText(value) : `${enclosed(value)}.encode()`;
    return `        ${pythonString(name)}: ${written},`;
  });
  return [`headers={\n${lines.join('\n')}\n    }`];
}

function bodyLines({ body }: CodeRequest, fields: readonly FormField[] | null): string[] {
  if (fields !== null)
    return [`files=[\n${fields.map((field) => `        ${fieldLine(field)},\n`).join('')}    ]`];
  if (body === null) return [];
  const text = bodyText(body);
  if (text !== null) return [`data=${enclosed(text)}.encode()`];
  const [only] = body.pieces;
  if (body.pieces.length === 1 && only?.kind === 'file')
    return [`data=open(${pythonString(only.path)}, 'rb')`];
  return [`data=b''.join([\n${body.pieces.map((piece) => `        ${pieceBytes(piece)},\n`).join('')}    ])`];
}

/** Python's own forms give other names of fields and files in a way of their own. */
function pythonFields(request: CodeRequest): readonly FormField[] | null {
  const { body } = request;
  if (body === null) return null;
  return formFields(body, boundaryOf(withPlaceholders(codeHeader(request, 'content-type') ?? [])));
}

function fieldLine({ name, fileName, type, value }: FormField): string {
  if (value.kind === 'text') return `(${pythonString(name)}, (None, ${pythonText(value.text)}))`;
  const told = [
    pythonString(fileName ?? ''),
    `open(${pythonString(value.path)}, 'rb')`,
    pythonString(type ?? ''),
  ];
  return `(${pythonString(name)}, (${told.join(', ')}))`;
}

function pieceBytes(piece: BodyPiece): string {
  switch (piece.kind) {
    case 'text':
      return `${enclosed(piece.text)}.encode()`;
    case 'file':
      return `open(${pythonString(piece.path)}, 'rb').read()`;
    case 'bytes':
      return bytesLiteral(piece.bytes);
  }
}

function connectionLines({ tls, proxy, proxyUser }: CodeRequest): string[] {
  const lines: string[] = [];
  if (!tls.rejectUnauthorized) lines.push('verify=False');
  else if (tls.ca !== null) lines.push(`verify=${pythonString(tls.ca)}`);
  if (tls.cert !== null) {
    lines.push(
      `cert=${tls.key === null ? pythonString(tls.cert) : `(${pythonString(tls.cert)}, ${pythonString(tls.key)})`}`,
    );
  }
  if (proxy === 'none') lines.push(`proxies={'http': '', 'https': ''}`);
  else if (proxy !== null) {
    const [scheme = '', rest = ''] = proxy.split('://');
    const user = proxyUser.length === 0 ? [] : joinTemplates(proxyUser, plainText('@'));
    const url = pythonText(joinTemplates(plainText(`${scheme}://`), user, plainText(rest)));
    lines.push(`proxies={'http': ${url}, 'https': ${url}}`);
  }
  return lines;
}

function endLines({ streams, dataType }: CodeRequest, translate: Translate): string[] {
  if (!streams) {
    return [
      'print(response.status_code, response.headers)',
      `print(response.${dataType === 'json' ? 'json()' : 'text'})`,
    ];
  }
  return [
    ...comment(msg('A chunk may end in the middle of a character or of an event.'), '# ', translate),
    'for chunk in response.iter_content(None):',
    '    sys.stdout.buffer.write(chunk)',
    '    sys.stdout.buffer.flush()',
  ];
}

/** A text before `.encode()`. */
function enclosed(text: Template): string {
  return variablesIn(text).length > 0 && text.length > 1 ? `(${pythonText(text)})` : pythonText(text);
}

function isAscii(text: Template): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  return text.every((part) => part.kind !== 'text' || !/[^\u0000-\u007f]/.test(part.text));
}
