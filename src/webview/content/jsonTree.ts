import { element, setAttribute } from '../dom.ts';
import { isExpandable, JsonRows, type JsonRow } from './jsonRows.ts';
import { valueOf } from './jsonText.ts';
import { drawJsonRow } from './jsonTreeRow.ts';

/** Rows opened at the start: what fits on a large screen. */
const MAX_OPENED_ROWS = 200;
/** Levels a search opens; reading each level again makes more slow, and nobody reads them. */
const MAX_REVEALED_LEVELS = 1000;

/** What the user can do with a value of the tree. */
export interface JsonTreeActions {
  /** The value's text: a string without quotes, anything else as written. */
  readonly onCopyValue: (value: string) => void;
}

/**
 * JSON as a tree (ARIA: tree view). Its rows are siblings with a level each, so that nesting of any depth stays flat
 * in the DOM. Numbers are as written, duplicate keys are kept.
 */
export class JsonTree {
  readonly element: HTMLElement;
  readonly #actions: JsonTreeActions;
  readonly #rowOf = new WeakMap<Element, JsonRow>();
  #rows: JsonRows | null = null;
  #active: HTMLElement | null = null;
  #pattern: RegExp | null = null;

  constructor(label: string, actions: JsonTreeActions) {
    this.#actions = actions;
    this.element = element('div', 'json-tree', { role: 'tree', attributes: { 'aria-label': label } });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.element.addEventListener('click', (event) => this.#onClick(event));
  }

  /** Shows a text, its upper levels opened. Returns false, and shows nothing, for text that is no JSON. */
  show(text: string): boolean {
    if (text === this.#rows?.text) return true;
    this.#rows = JsonRows.of(text);
    this.#active = null;
    this.element.replaceChildren();
    if (this.#rows === null) return false;
    const root = this.#make(this.#rows.root, 1, 1);
    this.element.append(root);
    this.#activate(root);
    this.#openFirstRows(root);
    return true;
  }

  /** Value and JSONPath of the active row; null where nothing is shown. */
  get active(): { readonly value: string; readonly path: string } | null {
    const row = this.#active && this.#rowOf.get(this.#active);
    if (!row || this.#rows === null) return null;
    return { value: valueOf(this.#rows.text, row.node), path: this.#rows.path(row) };
  }

  /** Marks what matches in every row, now and later; null takes the marks away. */
  mark(pattern: RegExp | null): void {
    this.#pattern = pattern;
    for (const shown of this.element.children) this.#draw(shown as HTMLElement);
  }

  /** Opens the way to the key or value at an offset of the text, and makes it the active row. */
  reveal(offset: number): void {
    let shown = this.element.firstElementChild as HTMLElement | null;
    for (let level = 0; level < MAX_REVEALED_LEVELS; level++) {
      const row = shown && this.#rowOf.get(shown);
      if (shown === null || !row || this.#rows === null || !holds(row, offset)) break;
      this.#setOpen(shown, true);
      shown = this.#childOf(shown, row, this.#rows.childAt(row, offset));
    }
    if (shown === null) return;
    this.#activate(shown);
    shown.scrollIntoView({ block: 'nearest' });
  }

  #make(row: JsonRow, position: number, setSize: number): HTMLElement {
    const shown = element('div', 'json-row', {
      role: 'treeitem',
      attributes: {
        'aria-level': String(row.level + 1),
        'aria-posinset': String(position),
        'aria-setsize': String(setSize),
        'aria-selected': 'false',
        tabindex: '-1',
      },
    });
    if (isExpandable(row)) setAttribute(shown, 'aria-expanded', 'false');
    shown.style.setProperty('--level', String(row.level));
    this.#rowOf.set(shown, row);
    this.#draw(shown);
    return shown;
  }

  #draw(shown: HTMLElement): void {
    const row = this.#rowOf.get(shown);
    if (row && this.#rows !== null) drawJsonRow(shown, this.#rows.text, row, this.#pattern);
  }

  #openFirstRows(root: HTMLElement): void {
    let rowCount = 1;
    let level = [root];
    while (level.length > 0) {
      const next: HTMLElement[] = [];
      for (const shown of level) {
        const row = this.#rowOf.get(shown);
        if (!row || !isExpandable(row)) continue;
        const children = Math.min(row.node.memberCount, 100);
        if (rowCount > 1 && rowCount + children > MAX_OPENED_ROWS) return;
        next.push(...this.#setOpen(shown, true));
        rowCount += children;
      }
      level = next;
    }
  }

  /** Opens or closes a row; returns the rows it opened. */
  #setOpen(shown: HTMLElement, isOpen: boolean): HTMLElement[] {
    const row = this.#rowOf.get(shown);
    if (!row || !this.#rows || !isExpandable(row) || isOpened(shown) === isOpen) return [];
    setAttribute(shown, 'aria-expanded', String(isOpen));
    if (!isOpen) {
      for (let next = shown.nextElementSibling; next !== null; next = shown.nextElementSibling) {
        if ((this.#rowOf.get(next)?.level ?? 0) <= row.level) break;
        next.remove();
      }
      if (this.#active?.isConnected === false) this.#activate(shown);
      return [];
    }
    const children = this.#rows.children(row);
    const made = children.map((child, index) => this.#make(child, index + 1, children.length));
    shown.after(...made);
    return made;
  }

  #childOf(shown: HTMLElement, row: JsonRow, index: number): HTMLElement | null {
    let seen = -1;
    for (let next = shown.nextElementSibling; next !== null; next = next.nextElementSibling) {
      if (this.#rowOf.get(next)?.parent === row && ++seen === index) return next as HTMLElement;
    }
    return null;
  }

  #parentOf(shown: HTMLElement): HTMLElement | null {
    const parent = this.#rowOf.get(shown)?.parent;
    let before = shown.previousElementSibling;
    while (before !== null && this.#rowOf.get(before) !== parent) before = before.previousElementSibling;
    return before as HTMLElement | null;
  }

  #activate(shown: HTMLElement): void {
    const hadFocus = this.element.contains(document.activeElement);
    if (this.#active !== null) {
      setAttribute(this.#active, 'tabindex', '-1');
      setAttribute(this.#active, 'aria-selected', 'false');
    }
    this.#active = shown;
    setAttribute(shown, 'tabindex', '0');
    setAttribute(shown, 'aria-selected', 'true');
    if (hadFocus) shown.focus();
  }

  #onClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const shown = target?.closest<HTMLElement>('.json-row');
    // A drag that selected text is no click.
    if (!shown || getSelection()?.isCollapsed === false) return;
    this.#activate(shown);
    shown.focus();
    this.#setOpen(shown, !isOpened(shown));
  }

  #onKey(event: KeyboardEvent): void {
    const active = this.#active;
    if (active === null || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key === 'c' && getSelection()?.isCollapsed !== false) {
        this.#actions.onCopyValue(this.active?.value ?? '');
      }
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      this.#setOpen(active, !isOpened(active));
    } else {
      const next = this.#rowForKey(event.key, active);
      if (next === undefined) return;
      if (next !== null) {
        this.#activate(next);
        next.focus();
      }
    }
    event.preventDefault();
  }

  /** The row a key leads to; null if it leads nowhere, undefined for a key that does not move. */
  #rowForKey(key: string, active: HTMLElement): HTMLElement | null | undefined {
    const is = (sibling: Element | null): HTMLElement | null => sibling as HTMLElement | null;
    switch (key) {
      case 'ArrowDown':
        return is(active.nextElementSibling);
      case 'ArrowUp':
        return is(active.previousElementSibling);
      case 'Home':
        return is(this.element.firstElementChild);
      case 'End':
        return is(this.element.lastElementChild);
      case 'ArrowRight':
        if (isOpened(active)) return is(active.nextElementSibling);
        this.#setOpen(active, true);
        return null;
      case 'ArrowLeft':
        if (!isOpened(active)) return this.#parentOf(active);
        this.#setOpen(active, false);
        return null;
      default:
        return undefined;
    }
  }
}

function isOpened(shown: HTMLElement): boolean {
  return shown.getAttribute('aria-expanded') === 'true';
}

/** True if an offset is inside of the row's object or array: not the row's own key. */
function holds({ node }: JsonRow, offset: number): boolean {
  return node.memberCount > 0 && offset > node.start && offset < node.end;
}
