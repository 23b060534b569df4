import { element } from '../dom.ts';
import type { ContentRenderer } from './markdown.ts';
import { MarkdownBlocks } from './markdownBlocks.ts';
import { PlainText } from './plainText.ts';

/** UTF-16 units rendered as Markdown; beyond, text is shown plain. */
const MAX_RENDERED_LENGTH = 200_000;
/** ms between two renderings of growing text. */
const RENDER_MS = 100;
/** UTF-16 units of finished blocks rendered at once: every rendering costs a document to sanitise in. */
const MAX_BATCH_LENGTH = 4000;
/** ms of rendering after which the page gets its turn. */
const SLICE_MS = 8;

/** Words of the view. */
export interface MarkdownViewStrings {
  readonly textLabel: string;
  readonly markdownShortened: string;
}

/** What the view needs. */
export interface MarkdownViewOptions {
  readonly strings: MarkdownViewStrings;
  readonly load: () => Promise<ContentRenderer>;
  /** A link was activated: an http, https or mailto URL as the server wrote it. */
  readonly onLink: (url: string) => void;
}

/**
 * Markdown that grows. Finished blocks are rendered once and left alone, with the user's selection in them; only the
 * tail is rendered again. Until the renderer is loaded, and if it never is, the text is shown plain.
 */
export class MarkdownView {
  readonly element: HTMLElement;
  readonly #options: MarkdownViewOptions;
  readonly #rendered = element('div', 'markdown-blocks');
  readonly #note: HTMLElement;
  readonly #plain = new PlainText();
  #renderer: ContentRenderer | null = null;
  #isAsked = false;
  #text = '';
  /** UTF-16 units of the text given to the blocks. */
  #fed = 0;
  #blocks = new MarkdownBlocks();
  /** Finished blocks not rendered yet. */
  #waiting: string[] = [];
  #tail: { readonly element: HTMLElement; readonly text: string } | null = null;
  #timer: number | undefined;
  #lastRenderMs = 0;

  constructor(options: MarkdownViewOptions) {
    this.#options = options;
    this.#note = element('p', 'note', { text: options.strings.markdownShortened });
    this.#note.hidden = true;
    this.element = element('div', 'markdown', {
      role: 'region',
      attributes: { 'aria-label': options.strings.textLabel, tabindex: '0' },
      children: [this.#rendered, this.#note, this.#plain.element],
    });
    for (const type of ['click', 'auxclick']) this.element.addEventListener(type, this.#followLink);
  }

  /** Shows a text; `isFinal` draws the rest of it at once. */
  update(text: string, isFinal: boolean): void {
    if (!this.#isAsked) this.#askForRenderer();
    if (text === this.#text && !isFinal) return;
    if (!text.startsWith(this.#text)) this.#clear();
    this.#text = text;
    this.#renderIn(isFinal || this.#fed === 0 ? 0 : Math.max(RENDER_MS, 4 * this.#lastRenderMs));
  }

  #askForRenderer(): void {
    this.#isAsked = true;
    this.#options.load().then(
      (renderer) => {
        this.#renderer = renderer;
        this.#renderIn(0);
      },
      () => undefined, // the text stays plain
    );
  }

  #clear(): void {
    this.#rendered.replaceChildren();
    this.#blocks = new MarkdownBlocks();
    this.#waiting = [];
    this.#tail = null;
    this.#fed = 0;
  }

  #renderIn(ms: number): void {
    if (this.#timer !== undefined && ms > 0) return;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      this.#render();
    }, ms);
  }

  #render(): void {
    const startMs = performance.now();
    const length = this.#renderer === null ? 0 : Math.min(this.#text.length, MAX_RENDERED_LENGTH);
    const rest = this.#text.slice(length);
    this.#note.hidden = length === 0 || rest === '';
    this.#plain.update(rest);
    if (this.#renderer === null) return;
    for (const block of this.#blocks.append(this.#text.slice(this.#fed, length))) this.#waiting.push(block);
    this.#fed = length;
    while (this.#waiting.length > 0 && performance.now() - startMs < SLICE_MS) {
      this.#finish(this.#nextBlocks(), this.#renderer);
    }
    if (this.#waiting.length === 0) this.#showTail(this.#renderer);
    this.#lastRenderMs = performance.now() - startMs;
    if (this.#waiting.length > 0) this.#renderIn(0);
  }

  /** The next finished block; with those after it, as far as they are short and nothing of them is shown. */
  #nextBlocks(): string {
    let count = 1;
    let length = this.#waiting[0]?.length ?? 0;
    while (this.#tail === null && count < this.#waiting.length) {
      length += this.#waiting[count]?.length ?? 0;
      if (length > MAX_BATCH_LENGTH) break;
      count++;
    }
    return this.#waiting.splice(0, count).join('');
  }

  #finish(block: string, renderer: ContentRenderer): void {
    const tail = this.#tail;
    this.#tail = null;
    // Shown as the tail already: what is selected in it stays selected.
    if (tail !== null && tail.text.trimEnd() === block.trimEnd()) return;
    const target = tail?.element ?? this.#addBlock();
    target.replaceChildren(renderer.renderMarkdown(block));
  }

  #showTail(renderer: ContentRenderer): void {
    const text = this.#blocks.tail;
    if (text === (this.#tail?.text ?? '')) return;
    const target = this.#tail?.element ?? this.#addBlock();
    target.replaceChildren(renderer.renderMarkdown(text));
    this.#tail = { element: target, text };
  }

  #addBlock(): HTMLElement {
    const block = element('div', 'markdown-block');
    this.#rendered.append(block);
    return block;
  }

  readonly #followLink = (event: Event): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null) return;
    // VS Code's own listener further up would open the link a second time.
    event.preventDefault();
    event.stopPropagation();
    const url = link.getAttribute('href');
    if (url !== null && event.type === 'click') this.#options.onLink(url);
  };
}
