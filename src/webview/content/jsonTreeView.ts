import { copyButton } from '../copyButton.ts';
import { element, iconButton } from '../dom.ts';
import { fill } from '../format.ts';
import { searchJson, textPattern, type JsonMatches } from './jsonText.ts';
import { JsonTree } from './jsonTree.ts';

/** ms after the last key before a search begins: one over a large text takes longer than a key press. */
const SEARCH_MS = 150;

/** Words of the view. */
export interface JsonTreeStrings {
  readonly bodyLabel: string;
  readonly jsonSearch: string;
  /** `{0} of {1}` */
  readonly jsonMatch: string;
  readonly jsonNoMatch: string;
  readonly jsonPrevious: string;
  readonly jsonNext: string;
  readonly jsonCopyValue: string;
  readonly jsonCopyPath: string;
}

/** What the user can do in the view; texts go to the clipboard. */
export interface JsonTreeViewActions {
  readonly onCopyValue: (value: string) => void;
  /** A JSONPath (RFC 9535). */
  readonly onCopyPath: (path: string) => void;
}

/** A JSON tree with its search and its copy buttons. */
export class JsonTreeView {
  readonly element: HTMLElement;
  readonly #strings: JsonTreeStrings;
  readonly #tree: JsonTree;
  readonly #input: HTMLInputElement;
  readonly #count = element('span', 'json-count', { role: 'status' });
  #text = '';
  #matches: JsonMatches = { offsets: [], isCut: false };
  /** The match shown, 0-based, or -1. */
  #at = -1;
  #timer: number | undefined;

  /** @param id distinguishes the elements of two views in a page. */
  constructor(id: string, strings: JsonTreeStrings, actions: JsonTreeViewActions) {
    this.#strings = strings;
    this.#tree = new JsonTree(strings.bodyLabel, actions);
    this.#input = element('input', 'json-search', {
      attributes: { type: 'search', placeholder: strings.jsonSearch, 'aria-label': strings.jsonSearch },
    });
    this.#input.addEventListener('input', () => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#search(), SEARCH_MS);
    });
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    const bar = element('div', 'json-bar', {
      children: [
        this.#input,
        this.#count,
        iconButton(`${id}-previous`, 'arrow-up', strings.jsonPrevious, () => this.#step(-1)),
        iconButton(`${id}-next`, 'arrow-down', strings.jsonNext, () => this.#step(1)),
        copyButton(`${id}-copy-value`, strings.jsonCopyValue, () =>
          actions.onCopyValue(this.#tree.active?.value ?? ''),
        ),
        iconButton(`${id}-copy-path`, 'key', strings.jsonCopyPath, () =>
          actions.onCopyPath(this.#tree.active?.path ?? ''),
        ),
      ],
    });
    this.element = element('div', 'json-view', { children: [bar, this.#tree.element] });
  }

  /** Shows a text; returns false, and shows nothing, for text that is no JSON. */
  show(text: string): boolean {
    if (text === this.#text && text !== '') return true;
    this.#text = text;
    const isJson = this.#tree.show(text);
    if (isJson && this.#input.value !== '') this.#search();
    return isJson;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      if (this.#timer !== undefined) this.#search();
      else this.#step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && this.#input.value !== '') {
      this.#input.value = '';
      this.#search();
      // Else the pane around would close.
      event.stopPropagation();
    }
  }

  #search(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    const words = this.#input.value;
    this.#matches = words === '' ? { offsets: [], isCut: false } : searchJson(this.#text, words);
    this.#tree.mark(words === '' ? null : textPattern(words));
    this.#at = -1;
    this.#step(1);
  }

  #step(by: number): void {
    const { offsets, isCut } = this.#matches;
    if (offsets.length === 0) {
      this.#count.textContent = this.#input.value === '' ? '' : this.#strings.jsonNoMatch;
      return;
    }
    this.#at = (this.#at + by + offsets.length) % offsets.length;
    this.#tree.reveal(offsets[this.#at] ?? 0);
    const total = `${offsets.length}${isCut ? '+' : ''}`;
    this.#count.textContent = fill(this.#strings.jsonMatch, String(this.#at + 1), total);
  }
}
