import { directiveOf, fileFunction, placedRequests, type CbDocument, type Span } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { functionOf } from '../navigate/functionOf.ts';
import { CbError } from '../../errors.ts';
import type { Profile } from '../../profiles/profile.ts';
import { profileOf } from '../../profiles/profileFor.ts';
import { addressTarget, type AddressOptions } from '../../profiles/target.ts';

/** Where a function's target leads, to be shown behind it. */
export interface InlayHint {
  /** Absolute: behind the target's first line. */
  readonly offset: number;
  /** Name of the profile that decides. */
  readonly profile: string;
  /** Host, with the port where one is written. */
  readonly host: string;
  /** The function's address, without the path of the target. */
  readonly url: string;
}

/** Hints for the function targets within the absolute span; a target without an address gets none. */
export function inlayHintsOf(
  document: CbDocument,
  span: Span,
  { profiles, addresses }: Pick<LanguageContext, 'profiles' | 'addresses'>,
): readonly InlayHint[] {
  const ofFile = fileFunction(document)?.directive.value ?? null;
  return placedRequests(document).flatMap((placed): InlayHint[] => {
    const { request, offset } = placed;
    const end = offset + (request.targetPieces[0] ?? request.targetSpan).end;
    if (end < span.start || end > span.end) return [];
    const name = functionOf(document, placed, ofFile);
    if (name === null) return [];
    const profile = profileOf(request, profiles);
    if (profile === undefined) return [];
    const url = addressOf(name, { ...addresses, profile, route: directiveOf(request, 'route')?.value });
    return url === null ? [] : [{ offset: end, profile: profile.name, host: url.host, url: url.href }];
  });
}

function addressOf(name: string, options: AddressOptions): URL | null {
  try {
    const profile: Profile = { ...options.profile, auth: 'none' }; // the address is the same for all
    return new URL(addressTarget(`fn://${name}`, { ...options, profile }).url);
  } catch (error) {
    if (error instanceof CbError) return null; // the diagnostics say what is wrong
    throw error;
  }
}
