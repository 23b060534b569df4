import { element, setAttribute, setText } from './dom.ts';

/** The words on a {@link TabBar}. */
export interface TabBarStrings<T extends string> {
  /** Of all the tabs. */
  readonly tabsLabel: string;
  readonly tabs: Readonly<Record<T, string>>;
}

/** The tabs' names in a row (ARIA: tabs, chosen by focus). It scrolls where they do not fit. */
export class TabBar<T extends string> {
  readonly element = element('div', 'tab-bar', { role: 'tablist' });
  readonly #buttons = new Map<T, HTMLButtonElement>();
  readonly #badge = element('span', 'count');
  readonly #onTab: (tab: T) => void;
  #offered: readonly T[] = [];
  #shown: T | null = null;

  /** @param counted the tab that has a count beside its name */
  constructor(tabs: readonly T[], counted: T, strings: TabBarStrings<T>, onTab: (tab: T) => void) {
    this.#onTab = onTab;
    setAttribute(this.element, 'aria-label', strings.tabsLabel);
    for (const tab of tabs) {
      const button = element('button', 'tab', {
        id: `tab-${tab}`,
        role: 'tab',
        attributes: { type: 'button', 'aria-controls': `panel-${tab}` },
        children: [element('span', '', { text: strings.tabs[tab] })],
      });
      button.addEventListener('click', () => onTab(tab));
      this.#buttons.set(tab, button);
    }
    this.#button(counted).append(this.#badge);
    this.element.addEventListener('keydown', (event) => this.#keyPressed(event));
    this.element.addEventListener('scroll', () => this.#markEdges());
    this.element.addEventListener('wheel', (event) => this.#wheel(event), { passive: true });
    new ResizeObserver(() => this.#revealShown()).observe(this.element);
  }

  update(offered: readonly T[], shown: T | null, count: number): void {
    this.element.hidden = offered.length === 0;
    const areOthers = offered.join() !== this.#offered.join();
    if (areOthers) this.#offer(offered, shown);
    for (const tab of offered) {
      const isShown = tab === shown;
      setAttribute(this.#button(tab), 'aria-selected', String(isShown));
      this.#button(tab).tabIndex = isShown ? 0 : -1;
    }
    this.#badge.hidden = count === 0;
    setText(this.#badge, count > 999 ? '999+' : String(count));
    if (!areOthers && shown === this.#shown) return;
    this.#shown = shown;
    this.#revealShown();
  }

  /** Elements that are put elsewhere lose the keyboard: it goes back to where it was, or to the tab that is shown. */
  #offer(offered: readonly T[], shown: T | null): void {
    const focused = this.#focused();
    this.#offered = offered;
    this.element.replaceChildren(...offered.map((tab) => this.#button(tab)));
    if (focused === undefined) return;
    const next = offered.includes(focused) ? focused : shown;
    if (next !== null) this.#button(next).focus();
  }

  #revealShown(): void {
    if (this.#shown !== null)
      this.#button(this.#shown).scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.#markEdges();
  }

  /** Says at which ends there are more names than show. */
  #markEdges(): void {
    const { scrollLeft, scrollWidth, clientWidth } = this.element;
    setAttribute(this.element, 'data-more-before', scrollLeft > 1 ? '' : null);
    setAttribute(this.element, 'data-more-after', scrollLeft + clientWidth < scrollWidth - 1 ? '' : null);
  }

  /** As over VS Code's own tabs, a wheel without a sideways turn scrolls sideways. */
  #wheel({ deltaX, deltaY }: WheelEvent): void {
    if (deltaX === 0) this.element.scrollLeft += deltaY;
  }

  #button(tab: T): HTMLButtonElement {
    const button = this.#buttons.get(tab);
    if (button === undefined) throw new Error(`There is no tab ${tab}.`);
    return button;
  }

  #focused(): T | undefined {
    return this.#offered.find((tab) => this.#button(tab) === document.activeElement);
  }

  #keyPressed(event: KeyboardEvent): void {
    const focused = this.#focused();
    const at = focused === undefined ? -1 : this.#offered.indexOf(focused);
    const last = this.#offered.length - 1;
    const to = new Map([
      ['ArrowRight', at === last ? 0 : at + 1],
      ['ArrowLeft', at <= 0 ? last : at - 1],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    const tab = to === undefined ? undefined : this.#offered[to];
    if (tab === undefined) return;
    event.preventDefault();
    this.#onTab(tab);
    this.#button(tab).focus();
  }
}

/** What a tab of a {@link TabBar} shows. */
export function tabPanel(tab: string): HTMLElement {
  return element('div', 'tab-panel', {
    id: `panel-${tab}`,
    role: 'tabpanel',
    attributes: { 'aria-labelledby': `tab-${tab}` },
  });
}
