// What the tests of rendered content put into their page: the parts of the panel as they are, and nothing of a test's.
import { HexView } from '../../src/webview/content/hexView.ts';
import { HtmlView } from '../../src/webview/content/htmlPreview.ts';
import { ImageView } from '../../src/webview/content/imageView.ts';
import { JsonTreeView } from '../../src/webview/content/jsonTreeView.ts';
import { loadMarkdown } from '../../src/webview/content/lazyScript.ts';
import { MarkdownView } from '../../src/webview/content/markdownView.ts';
import { PlainText } from '../../src/webview/content/plainText.ts';
import { showXml } from '../../src/webview/content/xmlView.ts';

const strings = {
  bodyLabel: 'Response body',
  textLabel: 'Text',
  markdownShortened: 'The rest is plain.',
  htmlSource: 'Source',
  htmlPreview: 'Preview',
  htmlPreviewNote: 'Nothing runs.',
  htmlTooLong: 'Too long.',
  firstBytes: 'First {0} of {1}.',
  imageSize: '{0} x {1}, {2}',
  imageBroken: 'Broken.',
  imageFullSize: 'Full size',
  jsonSearch: 'Search',
  jsonMatch: '{0} of {1}',
  jsonNoMatch: 'Nothing',
  jsonPrevious: 'Previous',
  jsonNext: 'Next',
  jsonCopyValue: 'Copy value',
  jsonCopyPath: 'Copy path',
};

const parts = {
  strings,
  HexView,
  HtmlView,
  ImageView,
  PlainText,
  loadMarkdown,
  showXml,
  markdownView,
  jsonView,
  pause,
};

declare global {
  interface Window {
    parts: typeof parts;
    /** Set by whatever a hostile text manages to run. */
    pwned?: unknown;
    /** What the page's user did: links followed, texts copied. */
    log: string[];
  }
}

window.parts = parts;
window.log = [];

/** A Markdown view in the page; links go to the log. */
function markdownView(): MarkdownView {
  return put(new MarkdownView({ strings, load: loadMarkdown, onLink: (url) => window.log.push(url) }));
}

/** A JSON tree in the page; what is copied goes to the log. */
function jsonView(): JsonTreeView {
  const log = (text: string): number => window.log.push(text);
  return put(new JsonTreeView('json', strings, { onCopyValue: log, onCopyPath: log }));
}

function put<V extends { readonly element: HTMLElement }>(view: V): V {
  document.getElementById('app')?.replaceChildren(view.element);
  return view;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
