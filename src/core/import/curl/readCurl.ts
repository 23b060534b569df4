import { msg } from '../../message.ts';
import { hasHole } from '../holes.ts';
import type { ImportProblem } from '../imported.ts';
import { emptyParts, headerOf, MAX_REQUESTS, type BodyPiece, type RequestParts } from '../requestParts.ts';
import type { SecretNames } from '../secretValues.ts';
import { takeBody } from './curlBody.ts';
import { withConfig } from './curlConfig.ts';
import { addHeaders, addSignIn, OTHER_SIGN_IN, readHeaders, type AddHeader } from './curlHeaders.ts';
import { methodOf, readUrl } from './curlTarget.ts';
import { isKnownOption, lookUp, readOptions, type CurlOption, type CurlRequestOptions } from './options.ts';
import type { ShellCommand } from './shellText.ts';

/** Options that change nothing of what is sent, or only how curl shows it. */
const SILENT = new Set(
  (
    'url request header user-agent referer cookie user data data-ascii data-raw data-binary data-urlencode json form form-string ' +
    'get head location location-trusted max-time connect-timeout globoff compressed upload-file range url-query oauth2-bearer ' +
    'basic anyauth silent show-error verbose include no-buffer progress-bar no-progress-meter fail fail-with-body raw ' +
    'http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only disable parallel styled-output no-styled-output ' +
    'tcp-nodelay keepalive no-keepalive post301 post302 post303 path-as-is next'
  ).split(' '),
);
/** Options that say how to connect: the profile's business. */
const OF_PROFILE: Readonly<Record<string, string>> = {
  insecure: 'tls.rejectUnauthorized',
  cacert: 'tls.ca',
  cert: 'tls.cert',
  key: 'tls.key',
  pass: 'tls.passphraseSecret',
  proxy: 'proxy',
  'proxy-user': 'proxy',
  noproxy: 'proxy',
};

/** So many options, those of several addresses counted for each, are read. */
const MAX_OPTIONS = 100_000;

/** Reads a curl command as the requests it sends: one for each address. */
export function readCurl(
  command: ShellCommand,
  names: SecretNames,
): { readonly requests: readonly RequestParts[]; readonly problem: ImportProblem | null } {
  const { options, problem } = readOptions(withConfig(command));
  if (problem !== null) return { requests: [], problem };
  const requests: RequestParts[] = [];
  for (const group of splitAtNext(options)) {
    const urls = group.filter(({ name }) => name === 'url');
    const others = group.filter(({ name }) => name !== 'url');
    // All options hold for each address.
    const most = Math.max(1, Math.floor(MAX_OPTIONS / (others.length + 1)));
    for (const url of urls.slice(0, Math.min(most, MAX_REQUESTS - requests.length))) {
      const parts = readRequest(lookUp(others), url.value ?? '', command, names);
      if (parts === null) {
        const message = msg('Only http and https addresses can be imported.');
        return { requests: [], problem: { message, span: url.word.span } };
      }
      requests.push(parts);
    }
  }
  if (requests.length > 0) return { requests, problem: null };
  const start = command.words[0]?.span.start ?? 0;
  const message = msg('This curl command has no address.');
  return { requests, problem: { message, span: { start, end: command.words.at(-1)?.span.end ?? start } } };
}

function splitAtNext(options: readonly CurlOption[]): CurlOption[][] {
  const groups: CurlOption[][] = [[]];
  for (const option of options) {
    if (option.name === 'next') groups.push([]);
    else groups.at(-1)?.push(option);
  }
  return groups.filter((group) => group.length > 0);
}

function readRequest(
  options: CurlRequestOptions,
  url: string,
  command: ShellCommand,
  names: SecretNames,
): RequestParts | null {
  const { has, last } = options;
  const parts = emptyParts();
  const target = readUrl(url, has('globoff'), parts);
  if (target === null) return null;
  parts.target = target.url;
  const removed = readHeaders(options, parts, names);
  const isSet = (name: string): boolean => headerOf(parts, name) !== undefined || removed.has(name);
  const add: AddHeader = (name, value) => {
    if (value !== undefined && !isSet(name.toLowerCase())) parts.headers.push([name, value]);
  };
  const hasBody = takeBody(options, command, parts, isSet('content-type'), add);
  parts.method = methodOf(options, hasBody, parts);
  addHeaders(options, parts, add);
  addSignIn(options, target.user, parts, names, add);
  addTimeout('timeout', last('max-time'), parts);
  addTimeout('connect-timeout', last('connect-timeout'), parts);
  // As it comes, whatever it is: which an event stream is anyway.
  const accept = headerOf(parts, 'accept') ?? '';
  const asksForStream = accept.includes('text/event-stream') || parts.body.some(streams);
  if (has('no-buffer') && !asksForStream) parts.directives.push(['stream', 'on']);
  if (!has('location') && !has('location-trusted')) parts.directives.push(['no-redirect', '']);
  addHints(options.all, command, parts);
  return parts;
}

function streams(piece: BodyPiece): boolean {
  return piece.kind === 'text' && /"stream"\s*:\s*true/.test(piece.text);
}

/** Seconds of curl, which may have a fraction. */
function addTimeout(word: string, value: string | undefined, parts: RequestParts): void {
  if (value === undefined) return;
  if (hasHole(value)) {
    parts.directives.push([word, `${value}s`]);
    return;
  }
  const seconds = Number(value);
  if (!(seconds > 0)) return;
  parts.directives.push([
    word,
    Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`,
  ]);
}

function addHints(options: readonly CurlOption[], command: ShellCommand, parts: RequestParts): void {
  const leftOut = new Set<string>(command.leftOut);
  const unknown = new Set<string>();
  for (const { name, written } of options) {
    const key = OF_PROFILE[name];
    if (key !== undefined) {
      parts.hints.push(msg('{0} is a matter of the profile: its setting {1}.', written, key));
    } else if (!SILENT.has(name) && !OTHER_SIGN_IN.has(name)) {
      (isKnownOption(name) ? leftOut : unknown).add(written);
    }
  }
  if (leftOut.size > 0) parts.hints.push(msg('Left out: {0}.', [...leftOut].join(', ')));
  if (unknown.size > 0) parts.hints.push(msg('Not known here, so left out: {0}.', [...unknown].join(', ')));
}

/** True for a command of curl, by its program's name. */
export function isCurl({ words }: ShellCommand): boolean {
  return /(?:^|[\\/])curl(?:\.exe)?$/i.test(words[0]?.text ?? '');
}
