import type { AnswerTo } from '../../protocol/answers.ts';
import type { FromWebview } from '../../protocol/messages.ts';
import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { assertNever } from '../assertNever.ts';
import type { ContentKind } from '../content/contentKind.ts';
import { element } from '../dom.ts';
import { FollowEnd } from '../followEnd.ts';
import { HexView } from '../content/hexView.ts';
import { HtmlView } from '../content/htmlPreview.ts';
import { ImageView } from '../content/imageView.ts';
import { JsonTreeView } from '../content/jsonTreeView.ts';
import { loadMarkdown } from '../content/lazyScript.ts';
import { MarkdownView } from '../content/markdownView.ts';
import { PlainText } from '../content/plainText.ts';
import { showXml } from '../content/xmlView.ts';

/** A body's content, shown as what it is. Only the views that are needed are made. */
export class BodyContent {
  readonly element = element('div', 'body-content', { id: 'body' });
  readonly #words: PanelStrings['content'] & { readonly bodyLabel: string };
  readonly #post: (message: FromWebview) => void;
  readonly #plain = new PlainText();
  readonly #text: HTMLElement;
  readonly #end: FollowEnd;
  #json: JsonTreeView | null = null;
  #html: HtmlView | null = null;
  #hex: HexView | null = null;
  #image: ImageView | null = null;
  #markdown: MarkdownView | null = null;

  constructor(strings: PanelStrings, post: (message: FromWebview) => void) {
    this.#words = { ...strings.content, bodyLabel: strings.body.label };
    this.#post = post;
    this.#text = this.#region();
    this.#text.append(this.#plain.element);
    this.#end = new FollowEnd(this.#text, this.#plain.element, () => undefined);
  }

  /** Begins with another body, of which more is to come or not. */
  reset(isLive: boolean): void {
    this.#image?.dispose();
    this.element.replaceChildren();
    this.#plain.update('');
    this.#end.reset(isLive);
  }

  /** Says that no more is to come. */
  end(): void {
    this.#end.setLive(false);
  }

  /** Shows text as it came. */
  showRaw(text: string): void {
    this.#plain.update(text);
    this.#put(this.#text);
  }

  /**
   * Shows a body as what it is.
   * @param byteCount how many bytes the whole body has
   * @returns false where it is not what it says it is, and for plain text: nothing is shown then
   */
  show(kind: ContentKind, { contentType, text, bytes }: AnswerTo<'body'>, byteCount: number): boolean {
    switch (kind) {
      case 'json':
        return text !== null && this.#showJson(text);
      case 'xml':
      case 'html':
      case 'markdown':
        if (text !== null) this.#showMarkup(kind, text);
        return text !== null;
      case 'image':
        if (bytes === null) return false;
        this.#image ??= new ImageView(this.#words);
        this.#image.show(bytes, (contentType.split(';')[0] ?? '').trim());
        this.#put(this.#image.element);
        return true;
      case 'binary':
        if (bytes === null) return false;
        this.#hex ??= new HexView(this.#words);
        this.#hex.show(bytes, byteCount);
        this.#put(this.#hex.element);
        return true;
      case 'text':
        return false;
      default:
        return assertNever(kind);
    }
  }

  #showJson(text: string): boolean {
    const copy = (value: string): void => this.#post({ type: 'copyText', text: value });
    this.#json ??= new JsonTreeView('body-json', this.#words, { onCopyValue: copy, onCopyPath: copy });
    const isJson = this.#json.show(text);
    if (isJson) this.#put(this.#json.element);
    return isJson;
  }

  #showMarkup(kind: 'xml' | 'html' | 'markdown', text: string): void {
    if (kind === 'xml') {
      const region = this.#region();
      showXml(region, text);
      this.#put(region);
    } else if (kind === 'html') {
      this.#html ??= new HtmlView(this.#words, loadMarkdown);
      this.#html.show(text);
      this.#put(this.#html.element);
    } else {
      this.#markdown ??= new MarkdownView({
        strings: { ...this.#words, textLabel: this.#words.bodyLabel },
        load: loadMarkdown,
        onLink: (url) => this.#post({ type: 'openLink', url }),
      });
      this.#markdown.update(text, true);
      this.#put(this.#markdown.element);
    }
  }

  #region(): HTMLElement {
    return element('div', 'text', {
      role: 'region',
      attributes: { 'aria-label': this.#words.bodyLabel, tabindex: '0' },
    });
  }

  #put(view: HTMLElement): void {
    if (this.element.firstElementChild !== view) this.element.replaceChildren(view);
  }
}
