import { element } from '../dom.ts';
import { visibleControls } from '../content/visibleControls.ts';

/** Where a URL ends: at white space, a quote, a bracket, or Chinese punctuation. */
const URL_IN_TEXT = /https?:\/\/[^\s<>"'()[\]{}\u3000-\u303f\uff00-\uffef]+/g;
/** Punctuation of the sentence, not of the URL. */
const SENTENCE_END = /[.,;:!?]+$/;

/** A piece of text; `url` is null where it is no URL. */
export interface TextPart {
  readonly text: string;
  readonly url: string | null;
}

/** Cuts a text at the URLs in it; joined again, the parts are the text. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const url = match[0].replace(SENTENCE_END, '');
    if (match.index > end) parts.push({ text: text.slice(end, match.index), url: null });
    parts.push({ text: url, url });
    end = match.index + url.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), url: null });
  return parts;
}

/** Shows a text in an element, its URLs as links that `onLink` opens. */
export function showLinked(target: HTMLElement, text: string, onLink: (url: string) => void): void {
  const shown = textParts(text).map((part) => {
    if (part.url === null) return visibleControls(part.text);
    const { url } = part;
    const link = element('a', '', {
      text: visibleControls(url),
      attributes: { href: url, rel: 'noreferrer' },
    });
    for (const type of ['click', 'auxclick']) {
      link.addEventListener(type, (event) => {
        // VS Code's own listener further up would open the link a second time.
        event.preventDefault();
        event.stopPropagation();
        if (type === 'click') onLink(url);
      });
    }
    return link;
  });
  target.replaceChildren(...shown);
}
