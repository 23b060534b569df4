import type { Message } from '../../message.ts';
import { MASK } from '../../profiles/redact.ts';
import { staticText, type StaticText } from '../check/staticText.ts';
import type { CbDocument } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { lookUp } from '../variables/lookUp.ts';

/** A text with its variables replaced as far as they are known now; secrets masked, the rest as written. */
export interface KnownText extends Pick<StaticText, 'text'> {
  /** Variables that stay as written: known only when sending, or not at all. */
  readonly open: readonly string[];
  /** What is wrong with those that nothing defines. */
  readonly problems: readonly Message[];
}

/** @param at absolute offset of the text */
export function knownText(
  document: CbDocument,
  text: string,
  at: number,
  context: LanguageContext,
): KnownText {
  const open: string[] = [];
  const problems: Message[] = [];
  const valueOf = (expression: string, from: number): string => {
    const found = lookUp(document, expression, at + from, context);
    if (found.kind === 'known' && found.isSecret) return MASK;
    if (found.kind === 'known' && found.value !== null) return found.value;
    if (found.kind === 'unknown') problems.push(found.message);
    open.push(`{{${expression}}}`);
    return `{{${expression}}}`;
  };
  return { text: staticText(text, valueOf, '').text, open, problems };
}
