import { tabs, type Tab } from '../protocol/messages.ts';
import type { PanelStrings } from '../protocol/strings/panelStrings.ts';
import { element, setAttribute, setText } from './dom.ts';
import { shownTab, tabsOf, type ViewState } from './state.ts';

/** The tabs' names in a row (ARIA: tabs, chosen by focus). It scrolls where they do not fit. */
export class TabBar {
  readonly element = element('div', 'tab-bar', { role: 'tablist' });
  readonly #buttons = new Map<Tab, HTMLButtonElement>();
  readonly #badge = element('span', 'count');
  readonly #onTab: (tab: Tab) => void;
  #offered: readonly Tab[] = [];
  #shown: Tab | null = null;

  constructor(strings: PanelStrings, onTab: (tab: Tab) => void) {
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
    this.#buttons.get('problems')?.append(this.#badge);
    this.element.addEventListener('keydown', (event) => this.#keyPressed(event));
    this.element.addEventListener('scroll', () => this.#markEdges());
    this.element.addEventListener('wheel', (event) => this.#wheel(event), { passive: true });
    new ResizeObserver(() => this.#revealShown()).observe(this.element);
  }

  update(state: ViewState): void {
    const offered = tabsOf(state);
    const shown = shownTab(state);
    this.element.hidden = offered.length === 0;
    const areOthers = offered.join() !== this.#offered.join();
    if (areOthers) this.#offer(offered, shown);
    for (const tab of offered) {
      const isShown = tab === shown;
      setAttribute(this.#button(tab), 'aria-selected', String(isShown));
      this.#button(tab).tabIndex = isShown ? 0 : -1;
    }
    const stream = state.run?.stream ?? null;
    const found = stream === null ? 0 : stream.errorCount + stream.warningCount;
    const count = found + (state.run?.problemCount ?? 0);
    this.#badge.hidden = count === 0;
    setText(this.#badge, count > 999 ? '999+' : String(count));
    if (!areOthers && shown === this.#shown) return;
    this.#shown = shown;
    this.#revealShown();
  }

  /** Elements that are put elsewhere lose the keyboard: it goes back to where it was, or to the tab that is shown. */
  #offer(offered: readonly Tab[], shown: Tab | null): void {
    const focused = tabs.find((tab) => this.#button(tab) === document.activeElement);
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

  #button(tab: Tab): HTMLButtonElement {
    const button = this.#buttons.get(tab);
    if (button === undefined) throw new Error(`There is no tab ${tab}.`);
    return button;
  }

  #keyPressed(event: KeyboardEvent): void {
    const at = this.#offered.findIndex((tab) => this.#button(tab) === document.activeElement);
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
