import { element, setAttribute } from '../dom.ts';
import { pageNonce } from './lazyScript.ts';
import type { ContentRenderer } from './markdown.ts';
import { showMarkup } from './xmlView.ts';

/** UTF-16 units up to which a page is previewed: cleaning a larger one would stop the panel. */
const MAX_PREVIEW_LENGTH = 500_000;

/** Words of the view. */
export interface HtmlViewStrings {
  readonly bodyLabel: string;
  readonly htmlSource: string;
  readonly htmlPreview: string;
  readonly htmlPreviewNote: string;
  readonly htmlTooLong: string;
}

/**
 * HTML as source, and as a picture of the page: a sandboxed frame that runs nothing, loads nothing and leads nowhere. It has
 * no origin either, so keys pressed in it reach nobody: Tab leads out of it.
 */
export class HtmlView {
  readonly element: HTMLElement;
  readonly #strings: HtmlViewStrings;
  readonly #load: () => Promise<ContentRenderer>;
  readonly #buttons: Readonly<Record<'source' | 'preview', HTMLButtonElement>>;
  readonly #source: HTMLElement;
  readonly #note = element('p', 'note', { role: 'status' });
  readonly #frame: HTMLIFrameElement;
  #html = '';
  /** What the frame shows, or null. */
  #previewed: string | null = null;
  #isPreview = false;

  constructor(strings: HtmlViewStrings, load: () => Promise<ContentRenderer>) {
    this.#strings = strings;
    this.#load = load;
    this.#buttons = {
      source: choice(strings.htmlSource, () => this.#choose(false)),
      preview: choice(strings.htmlPreview, () => this.#choose(true)),
    };
    this.#source = element('pre', 'text', {
      role: 'region',
      attributes: { 'aria-label': strings.bodyLabel, tabindex: '0' },
    });
    this.#frame = element('iframe', 'html-frame', {
      title: strings.htmlPreview,
      attributes: { sandbox: '' },
    });
    const { source, preview } = this.#buttons;
    this.element = element('div', 'html-view', {
      children: [
        element('div', 'choices', { role: 'group', children: [source, preview] }),
        this.#note,
        this.#source,
        this.#frame,
      ],
    });
    this.#choose(false);
  }

  /** Shows a page's HTML. */
  show(html: string): void {
    if (html === this.#html) return;
    this.#html = html;
    showMarkup(this.#source, html);
    this.#choose(this.#isPreview);
  }

  #choose(isPreview: boolean): void {
    const isTooLong = this.#html.length > MAX_PREVIEW_LENGTH;
    this.#isPreview = isPreview;
    setAttribute(this.#buttons.source, 'aria-pressed', String(!isPreview));
    setAttribute(this.#buttons.preview, 'aria-pressed', String(isPreview));
    this.#source.hidden = isPreview;
    this.#frame.hidden = !isPreview || isTooLong;
    this.#note.hidden = !isPreview;
    this.#note.textContent = isTooLong ? this.#strings.htmlTooLong : this.#strings.htmlPreviewNote;
    if (isPreview && !isTooLong) void this.#preview();
  }

  async #preview(): Promise<void> {
    if (this.#previewed === this.#html) return;
    const html = this.#html;
    this.#previewed = html;
    const renderer = await this.#load().catch(() => null);
    if (this.#previewed !== html) return;
    if (renderer === null) {
      this.#previewed = null;
      this.#choose(false);
    } else {
      this.#frame.srcdoc = renderer.previewDocument(html, pageNonce());
    }
  }
}

function choice(label: string, onClick: () => void): HTMLButtonElement {
  const button = element('button', 'choice', { text: label, attributes: { type: 'button' } });
  button.addEventListener('click', onClick);
  return button;
}
