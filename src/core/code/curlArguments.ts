import { boundaryOf, formFields, type FormField } from './formFields.ts';
import { bodyFile, bodyText, type BodyPiece } from './codeBody.ts';
import { codeHeader, headersWithout, type CodeHeader, type CodeRequest } from './codeRequest.ts';
import { joinTemplates, plainText, withPlaceholders, type Template } from './template.ts';

/** An option of curl, and its value where it takes one. */
export interface CurlOption {
  readonly option: string;
  readonly value?: Template;
  /** Says that the value is the body itself: the pieces to be brought by the shell. */
  readonly pieces?: readonly BodyPiece[];
}

/** ms our own client waits for a connection where nothing else is said. */
const USUAL_CONNECT_TIMEOUT_MS = 10_000;

/**
 * What curl is told of a request, in the order in which people write it; the URL is the last.
 * @param maxText UTF-8 bytes of a body up to which it is the value of an option
 */
export function curlOptions(request: CodeRequest, maxText: number): readonly CurlOption[] {
  const { method, followsRedirects, timeoutMs, connectTimeoutMs, tls, url, streams } = request;
  const options: CurlOption[] = [];
  const add = (option: string, value?: Template): void =>
    void options.push(value === undefined ? { option } : { option, value });
  const body = bodyOptions(request, maxText);
  const impliesPost = body.length > 0;
  if (method === 'HEAD') add('--head');
  else if (method !== (impliesPost ? 'POST' : 'GET')) add('--request', plainText(method));
  if (streams) add('--no-buffer');
  if (followsRedirects) add('--location');
  if (timeoutMs > 0) add('--max-time', plainText(String(timeoutMs / 1000)));
  if (connectTimeoutMs > 0 && connectTimeoutMs !== USUAL_CONNECT_TIMEOUT_MS) {
    add('--connect-timeout', plainText(String(connectTimeoutMs / 1000)));
  }
  if (!tls.rejectUnauthorized) add('--insecure');
  if (tls.ca !== null) add('--cacert', plainText(tls.ca));
  if (tls.cert !== null) add('--cert', plainText(tls.cert));
  if (tls.key !== null) add('--key', plainText(tls.key));
  if (tls.passphrase.length > 0) add('--pass', tls.passphrase);
  if (request.proxy === 'none') add('--noproxy', plainText('*'));
  else if (request.proxy !== null) add('--proxy', plainText(request.proxy));
  if (request.proxyUser.length > 0) add('--proxy-user', request.proxyUser);
  // `[`, `]`, `{` and `}` would make several requests of one.
  if (/[[\]{}]/.test(withPlaceholders(url))) add('--globoff');
  if (!streams) add('--compressed');
  for (const { name, value } of headersOf(request)) {
    add('--header', joinTemplates(plainText(value.length === 0 ? `${name};` : `${name}: `), value));
  }
  // Without a value it takes away the one curl would add.
  if (
    body.some(({ option }) => option.startsWith('--data')) &&
    codeHeader(request, 'content-type') === undefined
  ) {
    add('--header', plainText('Content-Type:'));
  }
  options.push(...body);
  options.push({ option: '--url', value: url });
  return options;
}

/** The headers that curl has to be told: it writes that of a form itself. */
function headersOf(request: CodeRequest): readonly CodeHeader[] {
  return curlFields(request) === null ? request.headers : headersWithout(request.headers, 'content-type');
}

/** True for HEAD: curl refuses to send a body with it. */
export function sendsNoBody({ method, body }: CodeRequest): boolean {
  return method === 'HEAD' && body !== null;
}

function curlFields(request: CodeRequest): readonly FormField[] | null {
  const { body } = request;
  if (body === null) return null;
  const fields = formFields(body, boundaryOf(withPlaceholders(codeHeader(request, 'content-type') ?? [])));
  // What has a meaning in the value of --form.
  return fields?.some(({ name }) => name.includes('=')) === true ? null : fields;
}

function bodyOptions(request: CodeRequest, maxText: number): readonly CurlOption[] {
  const { body } = request;
  if (body === null || request.method === 'HEAD') return [];
  const fields = curlFields(request);
  if (fields !== null) return fields.map(fieldOption);
  const file = bodyFile(body);
  if (file !== null) return [{ option: '--data-binary', value: plainText(`@${file}`) }];
  const text = bodyText(body);
  const isShort = text !== null && utf8Length(withPlaceholders(text)) <= maxText;
  if (isShort) return [{ option: '--data-raw', value: text }];
  return [{ option: '--data-binary', value: plainText('@-'), pieces: body.pieces }];
}

function fieldOption({ name, fileName, type, value }: FormField): CurlOption {
  if (value.kind === 'text') {
    return { option: '--form-string', value: joinTemplates(plainText(`${name}=`), value.text) };
  }
  const told = `${name}=@${quoted(value.path)};type=${type ?? ''};filename=${quoted(fileName ?? '')}`;
  return { option: '--form', value: plainText(told) };
}

/** A file's name in the value of --form. */
function quoted(text: string): string {
  return /[",;\\ ]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
