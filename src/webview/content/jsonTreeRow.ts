import { element, icon } from '../dom.ts';
import type { JsonRow } from './jsonRows.ts';
import { shownString } from './jsonText.ts';
import { visibleLine } from './visibleControls.ts';

/** Characters of a number or literal that a row shows; numbers may be of any length. */
const MAX_WORD_LENGTH = 1000;

/** Draws a row's content: twistie, key and value, with what matches marked. */
export function drawJsonRow(shown: HTMLElement, text: string, row: JsonRow, pattern: RegExp | null): void {
  const { node, group } = row;
  const pieces: (Node | string)[] = [];
  pieces.push(node.memberCount > 0 ? icon('chevron-right') : element('span', 'json-no-twistie'));
  if (group !== null) {
    pieces.push(element('span', 'json-group', { text: `[${group.from} … ${group.to}]` }));
    shown.replaceChildren(...pieces);
    return;
  }
  if (node.keyStart >= 0) {
    const key = shownString(text, node.keyStart);
    // Quotes only where the key is no plain word.
    pieces.push(
      marked('json-key', /^"[\p{L}_$][\p{L}\p{N}_$-]*"$/u.test(key) ? key.slice(1, -1) : key, pattern),
      ': ',
    );
  } else if (row.parent !== null) {
    pieces.push(element('span', 'json-index', { text: String(node.index) }), ': ');
  }
  pieces.push(value(text, row, pattern));
  shown.replaceChildren(...pieces);
}

function value(text: string, { node }: JsonRow, pattern: RegExp | null): HTMLElement {
  const first = text.charAt(node.start);
  if (first === '{' || first === '[') {
    const count = node.memberCount === 0 ? '' : ` ${node.memberCount} `;
    return element('span', 'json-container', { text: first === '{' ? `{${count}}` : `[${count}]` });
  }
  if (first === '"') return marked('json-string', shownString(text, node.start), pattern);
  const kind = /[-\d]/.test(first) ? 'json-number' : 'json-literal';
  const isLong = node.end - node.start > MAX_WORD_LENGTH;
  const word = text.slice(node.start, isLong ? node.start + MAX_WORD_LENGTH : node.end);
  return marked(kind, isLong ? `${word}…` : word, pattern);
}

function marked(className: string, text: string, pattern: RegExp | null): HTMLElement {
  const made = element('span', className, { attributes: { dir: 'auto' } });
  let at = 0;
  for (const match of pattern === null ? [] : text.matchAll(pattern)) {
    made.append(
      visibleLine(text.slice(at, match.index)),
      element('mark', '', { text: visibleLine(match[0]) }),
    );
    at = match.index + match[0].length;
  }
  made.append(visibleLine(text.slice(at)));
  return made;
}
