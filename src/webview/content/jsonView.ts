import { element } from '../dom.ts';
import { jsonTokens } from './jsonTokens.ts';

/** UTF-16 units above which text stays uncoloured: a span per token would cost more than it gives. */
const MAX_COLOURED_LENGTH = 200_000;

/** Shows JSON text in an element, coloured as the debugger colours values. */
export function showJson(target: HTMLElement, json: string): void {
  if (json.length > MAX_COLOURED_LENGTH) {
    target.textContent = json;
    return;
  }
  const pieces = document.createDocumentFragment();
  for (const { kind, text } of jsonTokens(json)) {
    pieces.append(kind === 'plain' ? text : element('span', `json-${kind}`, { text }));
  }
  target.replaceChildren(pieces);
}
