import type { ComparisonSnapshot, FromComparison, PairDetail } from '../../protocol/comparison.ts';
import type { ComparisonStrings } from '../../protocol/strings/comparisonStrings.ts';
import { element, icon, iconButton, setAttribute, setText } from '../dom.ts';
import { fill } from '../format.ts';
import { VirtualGrid } from '../virtualGrid.ts';
import type { CompareClient } from './compareClient.ts';
import { PairDetailPane } from './pairDetail.ts';
import { PairRow } from './pairRow.ts';

const COLUMNS_ID = 'pair-columns';

/** What the tab needs from its page. */
export interface CompareEventsPorts {
  readonly client: CompareClient;
  readonly post: (message: FromComparison) => void;
  readonly redraw: () => void;
  readonly rowHeight: number;
}

/** Both runs' events in two columns, aligned; and the pair that is selected in full. */
export class CompareEvents {
  readonly element: HTMLElement;
  readonly #strings: ComparisonStrings;
  readonly #ports: CompareEventsPorts;
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  readonly #facts = element('span', 'view-facts', { id: 'pair-facts', attributes: { role: 'status' } });
  readonly #only: HTMLButtonElement;
  readonly #steps: readonly HTMLButtonElement[];
  readonly #hint: HTMLElement;
  readonly #grid: VirtualGrid<PairRow>;
  readonly #detail: PairDetailPane;
  #activeRow: number | null = null;
  #isOpen = false;
  #pair: PairDetail | null = null;
  #asked = '';
  /** The steps that are under way: each goes on from the one before. */
  #stepping = Promise.resolve();

  constructor(strings: ComparisonStrings, ports: CompareEventsPorts) {
    this.#strings = strings;
    this.#ports = ports;
    const { client } = ports;
    this.#only = element('button', 'choice', {
      id: 'only-differences',
      text: strings.onlyDifferences,
      attributes: { type: 'button' },
    });
    this.#only.addEventListener('click', () => this.#setOnly(!client.onlyDifferences));
    this.#steps = [
      iconButton('previous-difference', 'arrow-up', `${strings.previousDifference} (Shift+F7)`, () => this.#goOn('previous')), // prettier-ignore
      iconButton('next-difference', 'arrow-down', `${strings.nextDifference} (F7)`, () => this.#goOn('next')), // prettier-ignore
    ];
    const bar = element('div', 'view-bar', { children: [this.#facts, this.#only, ...this.#steps] });
    this.#hint = element('p', 'hint');
    this.#grid = new VirtualGrid(ports.rowHeight, {
      label: strings.eventsLabel,
      strip: columnStrip(strings),
      columnsId: COLUMNS_ID,
      columnCount: 7,
      makeLine: () => new PairRow(strings),
      showLine: (line, look) => line.show(client.rows.get(line.number), look),
      activeRow: () => this.#activeRow,
      onWant: (from, to) => client.wantRows(from, to),
      onSelect: (row) => this.#select(row),
      onFollow: () => undefined,
      onClose: () => this.#close(),
      onCopy: () => false,
    });
    this.#detail = new PairDetailPane(strings, {
      onClose: () => this.#close(),
      post: ports.post,
      alignmentId: () => client.comparison?.events?.alignmentId ?? 0,
    });
    this.element = element('div', 'events-tab compared-events', {
      children: [bar, this.#hint, this.#grid.element, this.#detail.element],
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'F7' || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.#goOn(event.shiftKey ? 'previous' : 'next');
    });
  }

  update({ events }: ComparisonSnapshot): void {
    const { client } = this.#ports;
    const rowCount = client.rowCount;
    setAttribute(this.#only, 'aria-pressed', String(client.onlyDifferences));
    this.#only.disabled = events === null;
    for (const step of this.#steps) step.disabled = (events?.differenceCount ?? 0) === 0;
    setText(this.#facts, this.#factsOf(events));
    const hint =
      events === null ? this.#strings.noStreams : rowCount === 0 ? this.#strings.noDifferences : '';
    this.#hint.hidden = hint === '';
    setText(this.#hint, hint);
    this.#grid.element.hidden = rowCount === 0;
    if (this.#activeRow !== null && this.#activeRow >= rowCount) this.#activeRow = null;
    this.#fetch();
    this.#grid.update({ rowCount, activeRow: this.#activeRow, isOpen: this.#isOpen, follow: false });
    this.#detail.update(this.#isOpen && this.#activeRow !== null ? this.#pair : null);
  }

  #factsOf(events: ComparisonSnapshot['events']): string {
    if (events === null) return '';
    const { differenceCount, counts, isById, omitted } = events;
    const { differences, noDifferences, alikeCount, byId, byOrder, omitted: omittedWords } = this.#strings;
    const count = (value: number): string => this.#numbers.format(value);
    const parts = [
      differenceCount === 0 ? noDifferences : fill(differences, count(differenceCount)),
      counts.alike === 0 ? '' : fill(alikeCount, count(counts.alike)),
      isById ? byId : byOrder,
      omitted === 0 ? '' : fill(omittedWords, count(omitted)),
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }

  #select(row: number): void {
    this.#activeRow = row;
    this.#isOpen = true;
    this.#ports.redraw();
  }

  #close(): void {
    this.#isOpen = false;
    this.#grid.focus();
    this.#ports.redraw();
  }

  /** The pair the keyboard stands on stays the same one. */
  #setOnly(onlyDifferences: boolean): void {
    const { client } = this.#ports;
    const pair = this.#activeRow === null ? null : (client.rows.get(this.#activeRow)?.pair ?? null);
    client.setOnlyDifferences(onlyDifferences);
    this.#grid.reset(0, true);
    this.#activeRow = onlyDifferences ? null : pair;
    this.#isOpen &&= this.#activeRow !== null;
    this.#ports.redraw();
  }

  #goOn(direction: 'next' | 'previous'): void {
    this.#stepping = this.#stepping.then(() => this.#step(direction));
  }

  /** Goes to the next difference, or the one before; from the end on from the beginning. */
  async #step(direction: 'next' | 'previous'): Promise<void> {
    const { client } = this.#ports;
    const events = client.comparison?.events ?? null;
    if (events === null || events.differenceCount === 0) return;
    if (client.onlyDifferences) {
      const at = this.#activeRow ?? (direction === 'next' ? -1 : 0);
      const { differenceCount: count } = events;
      this.#select((at + (direction === 'next' ? 1 : count - 1) + count) % count);
    } else {
      const { alignmentId } = events;
      const ask = (pair: number) =>
        client.ask<'difference'>({ kind: 'difference', alignmentId, pair, direction });
      // Before the first row no difference is left out.
      const isFirst = this.#activeRow === null && direction === 'next';
      const found = isFirst ? null : await ask(this.#activeRow ?? 0);
      const first = await client.ask<'pair'>({ kind: 'pair', alignmentId, onlyDifferences: true, row: direction === 'next' ? 0 : events.differenceCount - 1 }); // prettier-ignore
      const pair = found?.pair ?? first?.detail.pair;
      if (pair !== undefined) this.#select(pair);
    }
    this.#grid.focus();
  }

  #fetch(): void {
    const { client } = this.#ports;
    const alignmentId = client.comparison?.events?.alignmentId;
    const row = this.#activeRow;
    if (!this.#isOpen || row === null || alignmentId === undefined) return;
    const { onlyDifferences } = client;
    const key = `${alignmentId}:${onlyDifferences}:${row}`;
    if (key === this.#asked) return;
    this.#asked = key;
    void client.ask<'pair'>({ kind: 'pair', alignmentId, onlyDifferences, row }).then((answer) => {
      if (answer === null || key !== this.#asked) return;
      this.#pair = answer.detail;
      this.#ports.redraw();
    });
  }
}

function columnStrip(strings: ComparisonStrings): HTMLElement {
  const column = (name: string, text: string): HTMLElement =>
    element('span', `cell ${name}`, {
      role: 'columnheader',
      attributes: text === '' ? { 'aria-label': strings.columnState } : {},
      children: [element('span', 'column-name', { text })],
    });
  const side = (letter: string, name: string): HTMLElement[] => [
    column(`index ${name}`, '#'),
    column(`time ${name}`, strings.timeline.time),
    column(`data ${name}`, letter),
  ];
  const state = column('pair-state', '');
  state.append(icon('blank'));
  const names = element('div', 'columns', {
    id: COLUMNS_ID,
    role: 'row',
    attributes: { 'aria-rowindex': '1' },
    children: [state, ...side('A', 'left'), ...side('B', 'right')],
  });
  return element('div', 'column-strip', { children: [names] });
}
