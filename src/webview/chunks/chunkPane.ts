import type { AnswerTo, ChunkRow } from '../../protocol/answers.ts';
import type { ChunksStrings } from '../../protocol/strings/chunksStrings.ts';
import { chunkText } from './chunkText.ts';
import { ChoiceGroup } from '../choiceGroup.ts';
import { copyButton } from '../copyButton.ts';
import { element, iconButton, setText } from '../dom.ts';
import { fill, formatGap } from '../format.ts';
import { HexView } from '../content/hexView.ts';
import { splitter } from '../splitter.ts';

/** Lowest height of the pane, and of what stays above it, in px. */
const MIN_HEIGHT = 88;
const MIN_ABOVE = 88;

/** What the user does in the pane. */
export interface ChunkPaneActions {
  readonly onClose: () => void;
  readonly onCopy: () => void;
}

/** One chunk: its exact figures and its bytes, as text or in hexadecimal. */
export class ChunkPane {
  readonly element: HTMLElement;
  readonly #strings: ChunksStrings;
  readonly #pane: HTMLElement;
  readonly #title = element('h2', 'pane-title');
  readonly #views: ChoiceGroup;
  readonly #facts = element('dl', 'facts');
  readonly #values: readonly HTMLElement[];
  readonly #note = element('p', 'note');
  readonly #text: HTMLElement;
  readonly #hex: HexView;
  #isHex = false;
  #content: AnswerTo<'chunk'> | null = null;

  constructor(strings: ChunksStrings, { onClose, onCopy }: ChunkPaneActions) {
    this.#strings = strings;
    this.#views = new ChoiceGroup(strings.view, (view) => this.#setView(view === 'hex'));
    this.#text = element('pre', 'text', {
      id: 'chunk-text',
      role: 'region',
      attributes: { 'aria-label': strings.text, tabindex: '0' },
    });
    this.#hex = new HexView({ bodyLabel: strings.hex, firstBytes: strings.firstBytes });
    const { columnTime, columnGap, columnSize, columnOffset, recordsCompleted } = strings;
    const facts = [columnTime, columnGap, columnSize, columnOffset, recordsCompleted].map(fact);
    this.#facts.append(...facts.map(({ holder }) => holder));
    this.#values = facts.map(({ value }) => value);
    const bar = element('div', 'pane-bar', {
      children: [
        this.#title,
        this.#views.element,
        copyButton('copy-chunk', strings.copyText, onCopy),
        iconButton('close-chunk', 'close', strings.close, onClose),
      ],
    });
    this.#pane = element('section', 'detail chunk-pane', {
      id: 'chunk',
      attributes: { 'aria-label': strings.detailLabel },
      children: [bar, this.#facts, this.#note, this.#text, this.#hex.element],
    });
    const bounds = (): { height: number; min: number; max: number } => ({
      height: this.#pane.clientHeight,
      min: MIN_HEIGHT,
      max: Math.max(MIN_HEIGHT, (this.element.parentElement?.clientHeight ?? 0) - MIN_ABOVE),
    });
    const onResize = (height: number): void => void (this.#pane.style.height = `${height}px`);
    this.element = element('div', 'detail-holder', {
      children: [splitter({ label: strings.detailLabel, controls: 'chunk', bounds, onResize }), this.#pane],
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') onClose();
    });
    this.#setView(false);
  }

  /** Shows what is known of a chunk: its bytes may come later. */
  show(index: number, row: ChunkRow | undefined, content: AnswerTo<'chunk'> | null): void {
    const { title, byteCount, byteRange, firstBytes } = this.#strings;
    setText(this.#title, fill(title, String(index)));
    const values =
      row === undefined
        ? []
        : [
            `${row.atMs.toFixed(3)} ms`,
            row.gapMs < 1 ? `+${row.gapMs.toFixed(3)} ms` : formatGap(row.gapMs),
            fill(byteCount, String(row.byteLength)),
            fill(byteRange, String(row.byteOffset), String(row.byteOffset + row.byteLength)),
            String(row.rowCount),
          ];
    this.#values.forEach((value, place) => setText(value, values[place] ?? ''));
    const byteLength = row?.byteLength ?? content?.bytes.length ?? 0;
    this.#note.hidden = content?.isShortened !== true;
    setText(this.#note, fill(firstBytes, String(content?.bytes.length ?? 0), String(byteLength)));
    if (content === this.#content) return;
    this.#content = content;
    this.#draw();
  }

  /** The text of what is shown, as it was received; null while there is nothing. */
  get text(): string | null {
    return this.#content === null ? null : new TextDecoder().decode(this.#content.bytes);
  }

  #setView(isHex: boolean): void {
    const { text, hex } = this.#strings;
    this.#isHex = isHex;
    const choices = [
      { value: 'text', label: text },
      { value: 'hex', label: hex },
    ];
    this.#views.update(choices, isHex ? 'hex' : 'text');
    this.#draw();
  }

  #draw(): void {
    const bytes = this.#content?.bytes ?? new Uint8Array();
    this.#text.hidden = this.#isHex;
    this.#hex.element.hidden = !this.#isHex;
    setText(this.#text, this.#isHex ? '' : chunkText(bytes));
    this.#hex.show(this.#isHex ? bytes : new Uint8Array(), this.#isHex ? bytes.length : 0);
    this.#text.scrollTop = 0;
  }
}

function fact(label: string): { readonly holder: HTMLElement; readonly value: HTMLElement } {
  const value = element('dd', '');
  const holder = element('div', 'fact', { children: [element('dt', '', { text: label }), value] });
  return { holder, value };
}
