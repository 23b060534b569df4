import { element } from '../dom.ts';
import { markupTokens, prettyXml } from './markup.ts';
import { PlainText } from './plainText.ts';
import { visibleControls } from './visibleControls.ts';

/** UTF-16 units above which text stays uncoloured, and above which it is not laid out either. */
const MAX_COLOURED_LENGTH = 200_000;
const MAX_PRETTY_LENGTH = 2_000_000;

/** Shows XML in an element, laid out and coloured; text that is no XML as it is. */
export function showXml(target: HTMLElement, xml: string): void {
  const pretty = xml.length > MAX_PRETTY_LENGTH ? null : prettyXml(xml);
  showMarkup(target, pretty ?? xml);
}

/** Shows XML or HTML in an element as written, coloured. */
export function showMarkup(target: HTMLElement, markup: string): void {
  if (markup.length > MAX_COLOURED_LENGTH) {
    const plain = new PlainText();
    plain.update(markup);
    target.replaceChildren(plain.element);
    return;
  }
  const pieces = document.createDocumentFragment();
  for (const { kind, text } of markupTokens(markup)) {
    const visible = visibleControls(text);
    pieces.append(kind === 'plain' ? visible : element('span', `markup-${kind}`, { text: visible }));
  }
  target.replaceChildren(pieces);
}
