import { msg, type Message } from '../../message.ts';
import type { Profile } from '../../profiles/profile.ts';
import { profileOf } from '../../profiles/profileFor.ts';
import type { Address } from '../../profiles/target.ts';
import type { CbDocument, PlacedRequest } from '../document.ts';
import type { Place } from '../complete/place.ts';
import type { LanguageContext } from '../languageContext.ts';
import { fact, functionKind, text, type HoverPart } from './hoverPart.ts';
import { knownAddress } from './knownAddress.ts';

/** Where a target leads: its URL, and how the profile finds it. */
export function targetParts(
  document: CbDocument,
  place: Place,
  context: LanguageContext,
): readonly HoverPart[] {
  const { request, sectionOffset } = place;
  if (request === undefined) return [];
  const profile = profileOf(request, context.profiles);
  const located = { request, offset: sectionOffset };
  const { address, target } = knownAddress(document, located, profile ?? context.profiles.active, context);
  const problems = target.problems.slice(0, 3).map(text);
  if (profile === undefined) return problems;
  if ('text' in address) {
    // Braces are no host's characters: then the variable is the fault, or its value comes with sending.
    if (target.open.length === 0) return [text(address)];
    return problems.length > 0
      ? problems
      : [text(msg('The address is known when the request is sent: {0}', target.open.join(', ')))];
  }
  return [{ kind: 'value', text: shownUrl(address.url) }, ...factsOf(address, profile, context), ...problems];
}

/** Where a request goes, as far as it is known before it is sent; or why it is not. */
export function requestUrl(
  document: CbDocument,
  placed: Pick<PlacedRequest, 'request' | 'offset'>,
  context: LanguageContext,
): string | Message {
  const profile = profileOf(placed.request, context.profiles) ?? context.profiles.active;
  const { address, target } = knownAddress(document, placed, profile, context);
  if (!('text' in address)) return shownUrl(address.url);
  const { open } = target;
  return open.length === 0
    ? address
    : msg('The address is known when the request is sent: {0}', open.join(', '));
}

function factsOf(
  { route, functionName, headers }: Address,
  profile: Profile,
  context: LanguageContext,
): HoverPart[] {
  if (route === null) return [];
  const kind = context.functions.find(({ name }) => name === functionName)?.kind;
  const parts: HoverPart[] = [
    fact(msg('Profile'), profile.envId === '' ? profile.name : `${profile.name} (${profile.envId})`),
    fact(msg('Route'), route),
    fact(msg('Function'), functionName ?? ''),
  ];
  const added = headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  if (added.length > 0) {
    parts.push(fact(msg('Added headers'), added.map(([name, value]) => `${name}: ${value}`).join(', ')));
  }
  if (kind === 'event') parts.push(text(functionKind(kind)));
  return parts;
}

/** Variables that stayed as written are readable again. */
function shownUrl(url: string): string {
  return url.replace(/%7B%7B([^{}]*?)%7D%7D/g, (written, inner: string) => {
    try {
      return `{{${decodeURIComponent(inner)}}}`;
    } catch {
      return written; // a % that starts no code
    }
  });
}
