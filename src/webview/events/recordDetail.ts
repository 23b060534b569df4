import type { RecordDetail as DetailedRecord } from '../../protocol/answers.ts';
import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { assertNever } from '../assertNever.ts';
import { ChoiceGroup } from '../choiceGroup.ts';
import { copyButton } from '../copyButton.ts';
import { element, iconButton, setText } from '../dom.ts';
import { fill } from '../format.ts';
import { JsonTreeView } from '../content/jsonTreeView.ts';
import { PlainText } from '../content/plainText.ts';
import { recordFacts } from './recordFacts.ts';
import { splitter } from '../splitter.ts';
import type { ViewState } from '../state.ts';
import type { TabContext } from '../tabView.ts';

const MIN_HEIGHT_PX = 88;
/** px left to everything above the pane. */
const MIN_REST_PX = 190;

/** What the user can do with the detail pane itself. */
export interface RecordDetailActions {
  readonly onClose: () => void;
  readonly onResize: (height: number) => void;
}

/** The pane at the bottom that shows the selected record in full: what is known of it, and its data. */
export class RecordDetail {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  readonly #pane: HTMLElement;
  readonly #title = element('h2', 'pane-title');
  readonly #views: ChoiceGroup;
  readonly #facts = element('dl', 'facts');
  readonly #note = element('p', 'note');
  readonly #plain = new PlainText();
  readonly #text: HTMLElement;
  readonly #json: JsonTreeView;
  #runId = 0;
  #shown: DetailedRecord | null = null;
  /** The user wants JSON as it came, not as a tree. */
  #isRaw = false;

  constructor(context: TabContext, actions: RecordDetailActions) {
    this.#context = context;
    const { strings } = context;
    this.#views = new ChoiceGroup(strings.content.viewAs, (view) => {
      this.#isRaw = view === 'raw';
      this.#showData();
    });
    this.#text = element('div', 'text', {
      role: 'region',
      attributes: { tabindex: '0', 'aria-label': strings.columnData },
      children: [this.#plain.element],
    });
    const copyText = (text: string): void => context.post({ type: 'copyText', text });
    const words = { ...strings.content, bodyLabel: strings.columnData };
    this.#json = new JsonTreeView('detail-json', words, { onCopyValue: copyText, onCopyPath: copyText });
    this.#pane = element('section', 'detail', {
      id: 'detail',
      role: 'region',
      attributes: { 'aria-label': strings.record.label },
      children: [this.#bar(actions), this.#facts, this.#note, this.#text, this.#json.element],
    });
    this.element = element('div', 'detail-holder', { children: [this.#splitter(actions), this.#pane] });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') actions.onClose();
    });
  }

  update(state: ViewState): void {
    const isShown = state.isDetailOpen && state.run !== null && state.activeRow !== null;
    this.element.hidden = !isShown;
    if (!isShown) return;
    this.#runId = state.run.runId;
    const height = state.detailHeight === null ? '' : `${state.detailHeight}px`;
    if (this.#pane.style.height !== height) this.#pane.style.height = height;
    if (state.record === this.#shown) return;
    this.#shown = state.record;
    this.#showRecord(state.record);
  }

  #bar(actions: RecordDetailActions): HTMLElement {
    const { strings } = this.#context;
    return element('div', 'pane-bar', {
      children: [
        this.#title,
        this.#views.element,
        copyButton('copy-record', strings.copy, () => this.#hand('copy')),
        iconButton('open-record', 'go-to-file', strings.content.openInEditor, () => this.#hand('open')),
        iconButton('close-detail', 'close', strings.close, actions.onClose),
      ],
    });
  }

  #splitter({ onResize }: RecordDetailActions): HTMLElement {
    return splitter({
      label: this.#context.strings.record.label,
      controls: 'detail',
      bounds: () => ({
        height: this.#pane.offsetHeight,
        min: MIN_HEIGHT_PX,
        max: Math.max(MIN_HEIGHT_PX, window.innerHeight - MIN_REST_PX),
      }),
      onResize,
    });
  }

  #showRecord(record: DetailedRecord | null): void {
    const { strings } = this.#context;
    setText(this.#title, record === null ? '' : recordTitle(record, strings));
    const facts = record === null ? [] : recordFacts(record, strings, this.#numbers);
    this.#facts.replaceChildren(
      ...facts.map(({ name, value }) =>
        element('div', 'fact', {
          children: [
            element('dt', '', { text: name }),
            element('dd', '', { text: value, title: value, attributes: { dir: 'auto' } }),
          ],
        }),
      ),
    );
    this.#note.hidden = record === null || (record.data !== '' && !record.isShortened);
    setText(this.#note, record?.data === '' ? strings.record.noData : strings.record.shortened);
    this.#showData();
    this.#text.scrollTop = 0;
  }

  #showData(): void {
    const data = this.#shown?.data ?? '';
    // A number or a word alone is no tree.
    const isJson = /^\s*[[{]/.test(data) && this.#json.show(data);
    const { content } = this.#context.strings;
    this.#views.update(
      isJson
        ? [
            { value: 'tree', label: content.asTree },
            { value: 'raw', label: content.asRaw },
          ]
        : [],
      this.#isRaw ? 'raw' : 'tree',
    );
    const isTree = isJson && !this.#isRaw;
    this.#json.element.hidden = !isTree;
    this.#text.hidden = isTree;
    this.#plain.update(isTree ? '' : data);
  }

  #hand(type: 'copy' | 'open'): void {
    if (this.#shown === null) return;
    this.#context.post({ type, runId: this.#runId, content: { kind: 'record', row: this.#shown.row } });
  }
}

/** What a record is called. */
function recordTitle({ kind, eventIndex }: DetailedRecord, strings: PanelStrings): string {
  switch (kind) {
    case 'event':
      return fill(strings.record.event, String(eventIndex));
    case 'comment':
    case 'retry':
    case 'incomplete':
    case 'resumed':
      return strings[kind];
    default:
      return assertNever(kind);
  }
}
