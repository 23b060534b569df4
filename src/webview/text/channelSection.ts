import type { ContentReference, FromWebview } from '../../protocol/messages.ts';
import { copyButton } from '../copyButton.ts';
import { element, iconButton, setAttribute, setText } from '../dom.ts';
import { fill } from '../format.ts';
import { JsonTree } from '../content/jsonTree.ts';
import { loadMarkdown } from '../content/lazyScript.ts';
import { MarkdownView } from '../content/markdownView.ts';
import { PlainText } from '../content/plainText.ts';
import type { TabContext } from '../tabView.ts';

/** What a {@link ChannelSection} shows. */
export interface ChannelShown {
  readonly runId: number;
  readonly name: string;
  /** As much of the text as is held. */
  readonly text: string;
  /** True if there is more than is held, and no more will be. */
  readonly isShortened: boolean;
  /** True once nothing more comes. */
  readonly isFinal: boolean;
  readonly as: 'markdown' | 'plain' | 'tool';
  /** True where no other channel is in view: the tab's own bar has its buttons then. */
  readonly isAlone: boolean;
}

/** One channel of the text: a heading with its buttons, and the text as Markdown, as it is, or as a JSON tree. */
export class ChannelSection {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #channel: string;
  readonly #heading = element('h2', 'channel-name');
  readonly #bar: HTMLElement;
  readonly #note = element('p', 'note');
  readonly #content = element('div', 'channel-content');
  #markdown: MarkdownView | null = null;
  #plain: PlainText | null = null;
  #tree: JsonTree | null = null;
  #shown: ChannelShown | null = null;

  constructor(context: TabContext, channel: string) {
    this.#context = context;
    this.#channel = channel;
    const { strings } = context;
    const copy = copyButton('', strings.copy, () => this.hand('copy'));
    const open = iconButton('', 'go-to-file', strings.content.openInEditor, () => this.hand('open'));
    for (const button of [copy, open]) button.removeAttribute('id');
    this.#bar = element('header', 'channel-bar', { children: [this.#heading, copy, open] });
    this.element = element('section', 'channel', {
      children: [this.#bar, this.#content, this.#note],
    });
  }

  /** Draws the channel; does nothing where nothing has changed. */
  update(shown: ChannelShown): void {
    const before = this.#shown;
    this.#shown = shown;
    setText(this.#heading, shown.name);
    setAttribute(this.element, 'aria-label', shown.name);
    setAttribute(this.element, 'data-as', shown.as);
    this.#bar.hidden = shown.isAlone;
    this.#note.hidden = !shown.isShortened;
    if (shown.isShortened) {
      const length = new Intl.NumberFormat(document.documentElement.lang || undefined);
      setText(this.#note, fill(this.#context.strings.text.shortened, length.format(shown.text.length)));
    }
    const isSame = before?.text === shown.text && before.isFinal === shown.isFinal && before.as === shown.as;
    if (!isSame) this.#draw(shown);
  }

  /** Copies the whole text of the channel, or opens it in an editor. */
  hand(type: 'copy' | 'open'): void {
    if (this.#shown === null) return;
    const content: ContentReference = { kind: 'text', channel: this.#channel };
    const message: FromWebview = { type, runId: this.#shown.runId, content };
    this.#context.post(message);
  }

  #draw({ name, text, isFinal, as }: ChannelShown): void {
    if (as === 'markdown') {
      this.#markdown ??= this.#makeMarkdown(name);
      this.#markdown.update(text, isFinal);
      this.#put(this.#markdown.element);
      return;
    }
    if (as === 'tool' && isFinal && /^\s*[[{]/.test(text)) {
      this.#tree ??= new JsonTree(name, {
        onCopyValue: (value) => this.#context.post({ type: 'copyText', text: value }),
      });
      if (this.#tree.show(text)) {
        this.#put(this.#tree.element);
        return;
      }
    }
    this.#plain ??= new PlainText();
    this.#plain.update(text);
    this.#put(this.#plain.element);
  }

  #makeMarkdown(name: string): MarkdownView {
    const view = new MarkdownView({
      strings: { ...this.#context.strings.content, textLabel: name },
      load: loadMarkdown,
      onLink: (url) => this.#context.post({ type: 'openLink', url }),
    });
    // It scrolls with the tab, which is a tab stop already.
    view.element.removeAttribute('tabindex');
    view.element.removeAttribute('role');
    view.element.removeAttribute('aria-label');
    return view;
  }

  #put(content: HTMLElement): void {
    if (this.#content.firstElementChild !== content) this.#content.replaceChildren(content);
  }
}
