import type { PanelStrings, RecordDetail } from '../protocol/messages.ts';
import { assertNever } from './assertNever.ts';
import { copyButton } from './copyButton.ts';
import { element, iconButton } from './dom.ts';
import { fill, formatTime } from './format.ts';
import { showJson } from './jsonView.ts';
import { splitter } from './splitter.ts';
import type { ViewState } from './state.ts';

const MIN_HEIGHT_PX = 88;
/** px left to everything above the pane. */
const MIN_REST_PX = 190;

/** What the user can do in the detail pane. */
export interface DetailActions {
  readonly onClose: () => void;
  readonly onCopy: () => void;
  readonly onResize: (height: number) => void;
}

/** The pane at the bottom that shows the selected record in full. */
export class Detail {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #pane: HTMLElement;
  readonly #title = element('span', 'pane-title');
  readonly #facts = element('dl', 'facts');
  readonly #data: HTMLElement;
  #shown: RecordDetail | null = null;

  constructor(strings: PanelStrings, actions: DetailActions) {
    this.#strings = strings;
    const close = iconButton('close-detail', 'close', strings.close, actions.onClose);
    const copy = copyButton('copy-record', strings.copy, actions.onCopy);
    this.#data = element('pre', 'text', {
      role: 'region',
      attributes: { tabindex: '0', 'aria-label': strings.columnData },
    });
    this.#pane = element('section', 'detail', {
      id: 'detail',
      role: 'region',
      attributes: { 'aria-label': strings.detailLabel },
      children: [
        element('div', 'pane-bar', { children: [this.#title, copy, close] }),
        this.#facts,
        this.#data,
      ],
    });
    const bar = splitter({
      label: strings.detailLabel,
      controls: 'detail',
      bounds: () => ({
        height: this.#pane.offsetHeight,
        min: MIN_HEIGHT_PX,
        max: Math.max(MIN_HEIGHT_PX, window.innerHeight - MIN_REST_PX),
      }),
      onResize: actions.onResize,
    });
    this.element = element('div', 'detail-holder', { children: [bar, this.#pane] });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') actions.onClose();
    });
  }

  update(state: ViewState): void {
    const isShown = state.isDetailOpen && state.run !== null && state.activeRow !== null;
    this.element.hidden = !isShown;
    if (!isShown) return;
    const height = state.detailHeight === null ? '' : `${state.detailHeight}px`;
    if (this.#pane.style.height !== height) this.#pane.style.height = height;
    if (state.record === this.#shown) return;
    this.#shown = state.record;
    this.#show(state.record);
  }

  #show(record: RecordDetail | null): void {
    this.#title.textContent = record === null ? '' : recordTitle(record, this.#strings);
    this.#facts.replaceChildren(...(record === null ? [] : facts(record, this.#strings)));
    if (record !== null && record.prettyData !== null) showJson(this.#data, record.prettyData);
    else this.#data.textContent = record?.data ?? '';
    this.#data.scrollTop = 0;
  }
}

/** What a record is called. */
function recordTitle(record: RecordDetail, strings: PanelStrings): string {
  switch (record.kind) {
    case 'event':
      return fill(strings.eventTitle, String(record.eventIndex));
    case 'comment':
      return strings.comment;
    case 'retry':
      return strings.retry;
    case 'incomplete':
      return strings.incomplete;
    default:
      return assertNever(record.kind);
  }
}

/** Name and value of what is known of a record; `Last-Event-ID` is a name on the wire, the same in any language. */
function facts(record: RecordDetail, strings: PanelStrings): HTMLElement[] {
  const known: readonly (readonly [name: string, value: string])[] = [
    [strings.columnTime, formatTime(record.atMs)],
    [strings.columnType, record.eventType],
    [strings.columnId, record.id],
    ['Last-Event-ID', record.lastEventId],
    [strings.columnData, record.isShortened ? strings.shortened : ''],
  ];
  return known
    .filter(([, value]) => value !== '')
    .map(([name, value]) =>
      element('div', 'fact', {
        children: [element('dt', '', { text: name }), element('dd', '', { text: value, title: value })],
      }),
    );
}
