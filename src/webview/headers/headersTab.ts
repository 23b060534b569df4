import type { HeaderList } from '../../core/ports.ts';
import type { RunSnapshot } from '../../protocol/messages.ts';
import { copyButton } from '../copyButton.ts';
import { element, iconButton, setClass, setText } from '../dom.ts';
import { statusClass } from '../format.ts';
import type { ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';
import { sentFacts } from './sentFacts.ts';
import { visibleLine } from '../content/visibleControls.ts';

/** What the host puts in place of a secret. */
const MASK = '***';

/** The headers of the response, and of the request as it was sent, secrets masked. */
export class HeadersTab implements TabView {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #status = element('span', 'code');
  readonly #version = element('span', '');
  readonly #target = element('p', 'message-start');
  readonly #response: HeaderTable;
  readonly #request: HeaderTable;
  readonly #sent: SentSection;
  readonly #masked: HTMLElement;

  constructor(context: TabContext) {
    this.#context = context;
    const { headers } = context.strings;
    const statusLine = element('p', 'message-start', { children: [this.#version, this.#status] });
    this.#response = new HeaderTable(context, {
      id: 'headers',
      title: headers.response,
      copy: headers.copyResponse,
      start: statusLine,
    });
    this.#request = new HeaderTable(context, {
      id: 'request-headers',
      title: headers.request,
      copy: headers.copyRequest,
      start: this.#target,
    });
    this.#sent = new SentSection(context);
    this.#masked = element('p', 'note', { text: headers.masked });
    this.element = element('div', 'headers-tab', {
      children: [
        element('div', 'tab-scroller', {
          role: 'region',
          attributes: { 'aria-label': headers.label, tabindex: '0' },
          children: [this.#response.element, this.#sent.element, this.#request.element, this.#masked],
        }),
      ],
    });
  }

  update({ run }: ViewState): void {
    if (run === null) return;
    this.#updateResponse(run);
    this.#sent.update(run);
    setText(this.#target, `${run.method} ${visibleLine(run.url)}`);
    this.#request.update(run.requestHeaders, this.#context.strings.headers.noHeaders);
    this.#masked.hidden = !run.requestHeaders.some(([, value]) => value.includes(MASK));
  }

  #updateResponse({ response, phase }: RunSnapshot): void {
    const { noHeaders, noResponse, noResponseYet } = this.#context.strings.headers;
    setText(this.#version, response === null ? '' : `HTTP/${response.httpVersion} `);
    setText(this.#status, response === null ? '' : statusText(response.status, response.statusText));
    if (response !== null) setClass(this.#status, `code code-${statusClass(response.status)}`);
    const empty = response !== null ? noHeaders : phase === 'ended' ? noResponse : noResponseYet;
    this.#response.update(response?.headers ?? [], empty);
  }
}

/** How the request was sent, as a table. */
class SentSection {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #rows = element('tbody', '');
  #url = '';
  #key = '';

  constructor(context: TabContext) {
    this.#context = context;
    const { headers: words, copyUrl, copyAs } = context.strings;
    const title = element('h2', 'section-title', { id: 'sent-title', text: words.sent });
    const copy = copyButton('copy-sent-url', copyUrl, () =>
      context.post({ type: 'copyText', text: this.#url }),
    );
    const code = iconButton('copy-as', 'code', copyAs, () => context.post({ type: 'copyAs' }));
    const names = [words.name, words.value].map((text) =>
      element('th', '', { text, attributes: { scope: 'col' } }),
    );
    const table = element('table', 'header-table', {
      id: 'sent',
      attributes: { 'aria-labelledby': title.id },
      children: [
        element('thead', 'for-screen-readers', { children: [element('tr', '', { children: names })] }),
        this.#rows,
      ],
    });
    this.element = element('section', 'header-section', {
      children: [element('header', 'section-bar', { children: [title, copy, code] }), table],
    });
  }

  update(run: RunSnapshot): void {
    const facts = sentFacts(run, this.#context.strings.headers);
    this.#url = run.url;
    this.element.hidden = facts.length === 0;
    const key = JSON.stringify(facts);
    if (key === this.#key) return;
    this.#key = key;
    this.#rows.replaceChildren(
      ...facts.map(({ name, value, isWarning }) => {
        const row = headerRow(name, value);
        if (isWarning === true) row.classList.add('fact-warning');
        return row;
      }),
    );
  }
}

/** What a {@link HeaderTable} is made of. */
interface HeaderTableOptions {
  /** Of the table. */
  readonly id: string;
  readonly title: string;
  /** What its button does. */
  readonly copy: string;
  /** The line above the headers. */
  readonly start: HTMLElement;
}

/** A heading with a copy button, the message's first line, and its headers. */
class HeaderTable {
  readonly element: HTMLElement;
  readonly #start: HTMLElement;
  readonly #count = element('span', 'count');
  readonly #copy: HTMLButtonElement;
  readonly #empty = element('p', 'note');
  readonly #table: HTMLElement;
  readonly #rows = element('tbody', '');
  #shown: HeaderList | null = null;
  #key = '';

  constructor({ strings, post }: TabContext, { id, title, copy, start }: HeaderTableOptions) {
    this.#start = start;
    this.#copy = copyButton(`copy-${id}`, copy, () =>
      post({ type: 'copyText', text: headerLines(this.#shown ?? []) }),
    );
    const heading = element('h2', 'section-title', { id: `${id}-title`, text: title });
    const names = [strings.headers.name, strings.headers.value].map((text) =>
      element('th', '', { text, attributes: { scope: 'col' } }),
    );
    this.#table = element('table', 'header-table', {
      id,
      attributes: { 'aria-labelledby': heading.id },
      children: [
        element('thead', 'for-screen-readers', { children: [element('tr', '', { children: names })] }),
        this.#rows,
      ],
    });
    this.element = element('section', 'header-section', {
      children: [
        element('header', 'section-bar', { children: [heading, this.#count, this.#copy] }),
        start,
        this.#empty,
        this.#table,
      ],
    });
  }

  /** Shows headers; where there are none, why. */
  update(headers: HeaderList, empty: string): void {
    const isEmpty = headers.length === 0;
    this.#start.hidden = this.#start.textContent === '';
    for (const part of [this.#table, this.#count, this.#copy]) part.hidden = isEmpty;
    this.#empty.hidden = !isEmpty;
    setText(this.#empty, empty);
    setText(this.#count, String(headers.length));
    this.#shown = headers;
    // A state is a fresh copy each time: what it says decides.
    const key = JSON.stringify(headers);
    if (key === this.#key) return;
    this.#key = key;
    this.#rows.replaceChildren(...headers.map(([name, value]) => headerRow(name, value)));
  }
}

function headerRow(name: string, value: string): HTMLElement {
  const nameCell = element('th', '', { text: visibleLine(name), attributes: { scope: 'row' } });
  const valueCell = element('td', '', { text: visibleLine(value), attributes: { dir: 'auto' } });
  return element('tr', '', { children: [nameCell, valueCell] });
}

/** Headers as they stand in a message, a line each. */
function headerLines(headers: HeaderList): string {
  return headers.map(([name, value]) => `${name}: ${value}\n`).join('');
}

function statusText(status: number, reason: string): string {
  return `${status} ${visibleLine(reason)}`.trimEnd();
}
