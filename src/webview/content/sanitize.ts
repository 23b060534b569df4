import DOMPurify from 'dompurify';
import { visibleLine } from './visibleControls.ts';

/** What Markdown makes, and harmless HTML around it. No form, no media, nothing that loads, moves or is named. */
const TAGS = (
  'a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre s small span ' +
  'strong sub summary sup table tbody td tfoot th thead tr u ul'
).split(' ');
const PLAIN_ATTRIBUTES = ['align', 'colspan', 'rowspan', 'start'];
const LOADING_ATTRIBUTES = [
  'href',
  'xlink:href',
  'src',
  'background',
  'poster',
  'cite',
  'action',
  'formaction',
];
const LINK = /^(?:https?:\/\/|mailto:)/i;

/**
 * The one way by which server text becomes HTML of the panel's own page. Keeps the tags above and, of attributes, table
 * and list layout and the `href` of http, https and mailto links; an image becomes a link to it. Nothing is loaded: the
 * text is parsed in a document without a window.
 */
export function sanitizeFragment(html: string): DocumentFragment {
  const inert = new DOMParser().parseFromString(html, 'text/html');
  for (const image of inert.querySelectorAll('img')) image.replaceWith(imageLink(image));
  const fragment = DOMPurify.sanitize(inert.body.innerHTML, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', ...PLAIN_ATTRIBUTES],
    ADD_URI_SAFE_ATTR: PLAIN_ATTRIBUTES,
    ALLOWED_URI_REGEXP: LINK,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll('a[href]')) {
    link.setAttribute('rel', 'noreferrer');
    // The words of a link may lie about where it leads.
    link.setAttribute('title', visibleLine(link.getAttribute('href') ?? ''));
  }
  return fragment;
}

/**
 * A whole page without scripts, frames, objects, links and anything else that loads, for the sandboxed frame of
 * the preview. Styles stay. The address of a link becomes its tooltip, as the frame leads nowhere.
 * @returns a document without a window
 */
export function sanitizePage(html: string): Document {
  const clean = DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true, svg: true },
    FORBID_TAGS: ['audio', 'video', 'source', 'track', 'picture', 'form', 'dialog', 'template'],
    FORBID_ATTR: ['autofocus', 'autoplay', 'nonce', 'popover', 'popovertarget', 'srcset', 'target'],
    ALLOW_DATA_ATTR: false,
    WHOLE_DOCUMENT: true,
  });
  const page = new DOMParser().parseFromString(clean, 'text/html');
  for (const link of page.querySelectorAll('a[href], area[href]')) {
    if (!link.hasAttribute('title')) link.setAttribute('title', link.getAttribute('href') ?? '');
  }
  for (const found of page.querySelectorAll('*')) {
    for (const name of LOADING_ATTRIBUTES) {
      const value = found.getAttribute(name);
      if (value !== null && !/^(?:#|data:image\/)/i.test(value)) found.removeAttribute(name);
    }
  }
  return page;
}

function imageLink(image: HTMLImageElement): HTMLElement {
  const address = image.getAttribute('src') ?? '';
  const isLink = LINK.test(address);
  const words = image.alt.trim();
  const link = image.ownerDocument.createElement('a');
  if (isLink) link.setAttribute('href', address);
  link.textContent = `\u{1F5BC} ${words === '' && isLink ? address : words}`;
  return link;
}
