import { msg } from '../../message.ts';
import type { Header } from '../document.ts';
import { knownAddress } from '../hover/knownAddress.ts';
import type { Profile } from '../../profiles/profile.ts';
import { profileOf } from '../../profiles/profileFor.ts';
import { replaceAt, type ActionPlace, type CodeAction } from './codeAction.ts';

/** Headers whose value gives access to something. */
const SECRET_HEADER =
  /^(?:(?:proxy-)?authorization|cookie|[\w-]*(?:api-?key|token|secret|credentials?|signature|password))$/i;

/** A token that stands in a header as it is, to be kept where nobody reads it. */
export function storeTokens(place: ActionPlace): CodeAction[] {
  const { placed, span, offset, context } = place;
  const header = placed?.request.headers.find(
    (one) => offset + one.span.start <= span.end && span.start <= offset + one.span.end,
  );
  const token = header && findToken(header);
  if (placed === undefined || header === undefined || token === undefined) return [];
  const profile = profileOf(placed.request, context.profiles) ?? context.profiles.active;
  const name = freeSecretName(header.name, context.secretNames(profile.name));
  const variable = `{{$secret ${name}}}`;
  return [
    {
      title: msg('Store the value as a secret and write {0}', variable),
      kind: 'refactor',
      edits: [replaceAt(place, token, variable)],
      isPreferred: false,
      command: {
        kind: 'store-secret',
        profile: profile.name,
        name,
        origin: originOf(place, profile),
        span: { start: offset + token.start, end: offset + token.end },
      },
    },
  ];
}

/** Where the request at a place goes by what is known now, or null. */
function originOf({ document, placed, context }: ActionPlace, profile: Profile): string | null {
  const address = placed && knownAddress(document, placed, profile, context).address;
  return address !== undefined && 'url' in address ? new URL(address.url).origin : null;
}

function findToken({ name, value, valueSpan }: Header): { start: number; end: number } | undefined {
  const start = value.includes('{{') ? null : secretStart(name, value);
  return start === null ? undefined : { start: valueSpan.start + start, end: valueSpan.start + value.length };
}

/** Where the part of a header's value begins that is secret: behind the scheme, or 0; null for none. */
export function secretStart(name: string, value: string): number | null {
  if (!SECRET_HEADER.test(name)) return null;
  const scheme = /authorization$/i.test(name) ? (/^[A-Za-z][\w-]*[ \t]+/.exec(value)?.[0].length ?? 0) : 0;
  return value.length - scheme < 4 ? null : scheme;
}

/** A name for a secret, after its header's, that no secret has. */
export function freeSecretName(header: string, taken: readonly string[]): string {
  const known: Record<string, string> = { authorization: 'token', 'proxy-authorization': 'proxy-token' };
  const lower = header.toLowerCase();
  const base = known[lower] ?? lower.replace(/^x-/, '');
  let name = base;
  for (let count = 2; taken.includes(name); count++) name = `${base}${count}`;
  return name;
}
