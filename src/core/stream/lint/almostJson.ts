import { msg, type Message } from '../../message.ts';
import { firstJsonFault } from './jsonFault.ts';

/** UTF-16 units up to which a text is looked at; a larger one would block the host. */
const MAX_LENGTH = 2_000_000;

/** Why a text is no JSON. */
export interface BrokenJson {
  /** Where it stops being JSON, in UTF-16 units. */
  readonly offset: number;
  readonly reason: Message;
}

/**
 * What is wrong with a text that was meant to be a JSON object or array. Null for JSON, and for a text that only
 * happens to begin with a bracket, such as `[DONE]`.
 */
export function almostJson(text: string): BrokenJson | null {
  if (!beginsLikeJson(text)) return null;
  try {
    JSON.parse(text);
    return null;
  } catch {
    return explainBrokenJson(text);
  }
}

/** As {@link almostJson}, for a text that JSON.parse has refused already: does not parse it again. */
export function explainBrokenJson(text: string): BrokenJson | null {
  if (text.length > MAX_LENGTH || !beginsLikeJson(text)) return null;
  if (/^\s*\[object \w+\]/.test(text)) {
    const reason = msg('An object was turned into text without JSON.stringify.');
    return { offset: text.indexOf('['), reason };
  }
  const fault = firstJsonFault(text);
  return fault?.isMeantAsJson === true ? { offset: fault.offset, reason: fault.reason } : null;
}

function beginsLikeJson(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === 0x7b || first === 0x5b || (first <= 0x20 && /^[ \t\r\n]+[[{]/.test(text));
}
