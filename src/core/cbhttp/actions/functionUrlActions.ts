import { CbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import { addressTarget, type Address } from '../../profiles/target.ts';
import type { Profile } from '../../profiles/profile.ts';
import { profileOf } from '../../profiles/profileFor.ts';
import { directiveOf } from '../document.ts';
import type { FunctionInfo } from '../languageContext.ts';
import {
  lineAt,
  lineEnd,
  removeLine,
  replaceAt,
  type ActionPlace,
  type CodeAction,
  type TextEdit,
} from './codeAction.ts';

/** A function's URL that is written out, as `fn://` under the profile that leads to the same place. */
export function addressByName(place: ActionPlace): CodeAction[] {
  const { placed, context, span, offset } = place;
  if (placed === undefined) return [];
  const { request } = placed;
  const { requestLineSpan, target, targetPieces } = request;
  const isNear = offset + requestLineSpan.start <= span.end && span.start <= offset + request.targetSpan.end;
  if (!isNear || !/^https?:\/\//i.test(target) || target.includes('{{') || targetPieces.length !== 1)
    return [];
  const own = profileOf(request, context.profiles);
  const { profiles, active } = context.profiles;
  const isNamed = directiveOf(request, 'profile') !== undefined;
  const others = isNamed ? [] : profiles.filter((profile) => profile !== active);
  for (const profile of own === undefined ? others : [own, ...others]) {
    const found = functionTarget(target, profile, context.functions);
    if (found !== undefined) return [toAction(place, found, profile === own ? null : profile)];
  }
  return [];
}

function toAction(place: ActionPlace, target: string, profile: Profile | null): CodeAction {
  const { section, placed } = place;
  const edits: TextEdit[] = [];
  const request = placed?.request;
  if (request !== undefined) {
    const { start } = lineAt(place, request.requestLineSpan.start);
    if (profile !== null) {
      const line = `# @profile ${profile.name}${lineEnd(place.document)}`;
      edits.push(replaceAt(place, { start, end: start }, line));
    }
    edits.push(replaceAt(place, request.targetSpan, target));
    for (const header of request.headers) {
      // The address brings it along.
      if (header.name.toLowerCase() === 'x-tcb-webfn' && section.text.length > header.span.start)
        edits.push(removeLine(place, header.span.start));
    }
  }
  return {
    title:
      profile === null
        ? msg('Address the function by its name: {0}', target)
        : msg('Address the function by its name: {0}, with the profile "{1}"', target, profile.name),
    kind: 'refactor',
    edits,
    isPreferred: false,
  };
}

/** The `fn://` target that this profile turns into exactly that URL, or undefined. */
export function functionTarget(
  url: string,
  profile: Profile,
  functions: readonly Pick<FunctionInfo, 'kind' | 'name'>[],
): string | undefined {
  const written = withoutMarker(url);
  const wanted = addressOf(written, profile)?.url;
  if (wanted === undefined) return undefined;
  const inPath = /\/v1\/functions\/([^/?#]+)/.exec(written)?.[1];
  const http = functions.filter(({ kind }) => kind === 'http').map(({ name }) => name);
  // Without an entry of its own, every function has the address of the service or of the one that runs here.
  const names = profile.route === 'gateway' ? [inPath ?? ''] : http.length === 1 ? http : [];
  for (const name of [...Object.keys(profile.functions), ...names]) {
    const base: Address | undefined = addressOf(`fn://${name}`, profile);
    if (base?.functionName !== name || name === '') continue;
    const prefix = base.url.replace(/\/$/, '');
    if (!wanted.startsWith(prefix) || !/^[/?]?$/.test(wanted.charAt(prefix.length))) continue;
    const target: string = `fn://${name}${wanted.slice(prefix.length)}`;
    if (addressOf(target, profile)?.url === wanted) return target;
  }
  return undefined;
}

function addressOf(target: string, profile: Profile): Address | undefined {
  try {
    // What it takes to sign in has no part in the address.
    return addressTarget(target, { profile: { ...profile, auth: 'none' } });
  } catch (error) {
    if (error instanceof CbError) return undefined;
    throw error;
  }
}

/** Without `webfn=true`, which says what a header says too. Source: facts sheet, section 1. */
function withoutMarker(url: string): string {
  return url.replace(/([?&])webfn=true(&|(?=#|$))/i, (_, before: string, after: string) =>
    after === '&' ? before : '',
  );
}
