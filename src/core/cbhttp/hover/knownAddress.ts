import { isCbError } from '../../errors.ts';
import type { Message } from '../../message.ts';
import type { Profile } from '../../profiles/profile.ts';
import { addressTarget, type Address } from '../../profiles/target.ts';
import { directiveOf, fileFunction, type CbDocument, type PlacedRequest } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { lookUp } from '../variables/lookUp.ts';
import { knownText, type KnownText } from './knownText.ts';

/** Where a request goes. */
export interface KnownAddress {
  /** The target with its variables replaced as far as they are known. */
  readonly target: KnownText;
  /** Its address, or why there is none; without a credential. */
  readonly address: Address | Message;
}

/** Where a request goes with a profile, by what is known before it is sent. */
export function knownAddress(
  document: CbDocument,
  { request, offset }: Pick<PlacedRequest, 'request' | 'offset'>,
  profile: Profile,
  context: LanguageContext,
): KnownAddress {
  const target = knownText(document, request.target, offset + request.targetSpan.start, context);
  const host = request.headers.find(({ name }) => name.toLowerCase() === 'host');
  const functionName = directiveOf(request, 'function')?.value ?? fileFunction(document)?.directive.value;
  const isAlone = target.text.startsWith('/') && !host?.value && !functionName;
  const first = isAlone && lookUp(document, 'host', offset + request.targetSpan.start, context); // see `resolveTarget`
  const before = first && first.kind === 'known' ? (first.value ?? '') : '';
  try {
    const address = addressTarget(before + target.text, {
      ...context.addresses,
      profile: { ...profile, auth: 'none' }, // the address is the same for all
      route: directiveOf(request, 'route')?.value,
      qualifier: directiveOf(request, 'qualifier')?.value,
      functionName,
      host: host && knownText(document, host.value, offset + host.valueSpan.start, context).text,
    });
    return { target, address };
  } catch (error) {
    if (isCbError(error)) return { target, address: error.display };
    throw error;
  }
}
