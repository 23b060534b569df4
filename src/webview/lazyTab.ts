import { element } from './dom.ts';
import type { ViewState } from './state.ts';
import type { TabContext, TabView } from './tabView.ts';

/** A tab whose code is loaded when it is first shown. */
export class LazyTab implements TabView {
  readonly element = element('div', '');
  readonly #load: () => Promise<TabView>;
  readonly #redraw: () => void;
  #tab: TabView | null = null;
  #isLoading = false;

  constructor({ redraw }: TabContext, load: () => Promise<TabView>) {
    this.#load = load;
    this.#redraw = redraw;
  }

  update(state: ViewState): void {
    if (this.#tab !== null) this.#tab.update(state);
    else if (!this.#isLoading) void this.#begin();
  }

  async #begin(): Promise<void> {
    this.#isLoading = true;
    this.#tab = await this.#load();
    this.element.append(this.#tab.element);
    this.#redraw();
  }
}
