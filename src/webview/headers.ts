import type { HeaderList } from '../core/ports.ts';
import type { PanelStrings } from '../protocol/messages.ts';
import { element, icon, setText } from './dom.ts';
import type { ViewState } from './state.ts';

/** The collapsible tables of response and request headers. */
export class Headers {
  readonly element: HTMLElement;
  readonly #response: HeaderSection;
  readonly #request: HeaderSection;

  constructor(strings: PanelStrings, onToggle: (section: string, isOpen: boolean) => void) {
    this.#response = new HeaderSection('headers', strings.responseHeaders, onToggle);
    this.#request = new HeaderSection('request-headers', strings.requestHeaders, onToggle);
    this.element = element('div', 'header-sections', {
      children: [this.#response.element, this.#request.element],
    });
  }

  update(state: ViewState): void {
    this.element.hidden = state.run === null;
    this.#response.update(state.run?.response?.headers ?? null, state);
    this.#request.update(state.run?.requestHeaders ?? null, state);
  }
}

/** One table behind its summary; the rows are made when it is opened. */
class HeaderSection {
  readonly element: HTMLDetailsElement;
  readonly #count = element('span', 'count');
  readonly #body = element('tbody', '');
  #shown = '';

  constructor(id: string, title: string, onToggle: (section: string, isOpen: boolean) => void) {
    const label = element('span', 'section-title', { text: title });
    const table = element('table', 'header-table', {
      attributes: { 'aria-label': title },
      children: [this.#body],
    });
    this.element = element('details', 'header-section', {
      id,
      children: [
        element('summary', '', { children: [icon('chevron-right'), label, this.#count] }),
        element('div', 'header-scroll', {
          role: 'region',
          attributes: { tabindex: '0', 'aria-label': title },
          children: [table],
        }),
      ],
    });
    this.element.addEventListener('toggle', () => onToggle(id, this.element.open));
  }

  update(headers: HeaderList | null, state: ViewState): void {
    this.element.hidden = headers === null || headers.length === 0;
    const isOpen = state.openSections.includes(this.element.id);
    if (this.element.open !== isOpen) this.element.open = isOpen;
    if (headers === null) return;
    setText(this.#count, String(headers.length));
    const key = isOpen ? JSON.stringify(headers) : '';
    if (key === this.#shown) return;
    this.#shown = key;
    this.#body.replaceChildren(...(isOpen ? headers.map(([name, value]) => headerRow(name, value)) : []));
  }
}

function headerRow(name: string, value: string): HTMLElement {
  const nameCell = element('th', '', { text: name, attributes: { scope: 'row' } });
  return element('tr', '', { children: [nameCell, element('td', '', { text: value })] });
}
