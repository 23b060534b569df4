import { Marked } from 'marked';
import { isTooNested } from './markdownBlocks.ts';
import { previewDocument } from './previewDocument.ts';
import { sanitizeFragment } from './sanitize.ts';
import { visibleControls } from './visibleControls.ts';

// A file of its own in dist/: what it bundles is larger than the whole rest of the page, and many panels never need it.

/** What the lazy file offers. */
export interface ContentRenderer {
  readonly renderMarkdown: (text: string) => DocumentFragment;
  readonly previewDocument: (html: string, nonce: string) => string;
}

const TEXT_BLOCKS = 'blockquote, dd, dt, h1, h2, h3, h4, h5, h6, li, p, summary, td, th';

const marked = new Marked({
  gfm: true,
  renderer: { checkbox: ({ checked }) => (checked ? '\u2611 ' : '\u2610 ') },
});

window.cbhttpContent = { renderMarkdown, previewDocument };

/**
 * Markdown (CommonMark with GitHub's tables, task lists and strikethrough) as safe DOM: see `sanitizeFragment`.
 * Text that would take a parser's stack or seconds of time stays as it is written.
 */
function renderMarkdown(text: string): DocumentFragment {
  if (isTooNested(text)) return asWritten(text);
  let fragment: DocumentFragment;
  try {
    fragment = sanitizeFragment(marked.parse(text, { async: false }));
  } catch {
    return asWritten(text); // neither library promises to take any text
  }
  for (const block of fragment.querySelectorAll(TEXT_BLOCKS)) block.setAttribute('dir', 'auto');
  // A scrolling block must be reachable by keyboard.
  for (const code of fragment.querySelectorAll('pre')) code.tabIndex = 0;
  const texts = document.createNodeIterator(fragment, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const visible = visibleControls(node.nodeValue ?? '');
    if (visible !== node.nodeValue) node.nodeValue = visible;
  }
  return fragment;
}

function asWritten(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const written = document.createElement('p');
  written.className = 'as-written';
  written.dir = 'auto';
  written.textContent = visibleControls(text);
  fragment.append(written);
  return fragment;
}
