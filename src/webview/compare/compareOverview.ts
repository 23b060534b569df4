import type { ComparedHeader } from '../../core/compare/compareHeaders.ts';
import type { ComparedTiming } from '../../core/compare/compareTiming.ts';
import type { ComparedRun, ComparisonSnapshot } from '../../protocol/comparison.ts';
import type { ComparisonStrings } from '../../protocol/strings/comparisonStrings.ts';
import { visibleLine } from '../content/visibleControls.ts';
import { element, setAttribute, setClass, setText, setTitle } from '../dom.ts';
import { fill, formatBytes } from '../format.ts';
import { formatDuration } from '../timeline/duration.ts';

/** Characters of a value that a cell shows. */
const MAX_LENGTH = 500;

/** A row of a table: what it is about, both sides, and how they differ. */
interface OverviewRow {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly note: string;
  /** Null for one that is the same. */
  readonly mark: 'changed' | 'missing' | 'added' | 'expected' | null;
}

/** What was asked and answered, timing, headers: three tables. */
export class CompareOverview {
  readonly element: HTMLElement;
  readonly #strings: ComparisonStrings;
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  readonly #clock = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  readonly #facts: OverviewTable;
  readonly #timing: OverviewTable;
  readonly #headers: OverviewTable;
  readonly #headersSame = element('p', 'note');
  readonly #showSame: HTMLInputElement;
  #snapshot: ComparisonSnapshot | null = null;

  constructor(strings: ComparisonStrings) {
    this.#strings = strings;
    this.#facts = new OverviewTable(strings.facts, strings.fact, strings);
    this.#timing = new OverviewTable(strings.timing, strings.fact, strings);
    this.#headers = new OverviewTable(strings.headers, strings.header, strings);
    setText(this.#headersSame, strings.allHeadersSame);
    this.#showSame = element('input', '', { id: 'show-same', attributes: { type: 'checkbox' } });
    this.#showSame.addEventListener('change', () => this.#draw());
    const toggle = element('label', 'show-same', {
      children: [this.#showSame, element('span', '', { text: strings.showSame })],
    });
    this.element = element('div', 'tab-scroller overview', {
      children: [
        this.#facts.element,
        this.#timing.element,
        element('div', 'overview-headers', {
          children: [this.#headers.element, this.#headersSame, toggle],
        }),
      ],
    });
  }

  update(snapshot: ComparisonSnapshot): void {
    this.#snapshot = snapshot;
    this.#draw();
  }

  #draw(): void {
    const snapshot = this.#snapshot;
    if (snapshot === null) return;
    this.#facts.show(this.#factRows(snapshot));
    this.#timing.show(snapshot.timing.map((one) => this.#timingRow(one)));
    const rows = snapshot.headers.map((header) => this.#headerRow(header));
    const shown = this.#showSame.checked ? rows : rows.filter(({ mark }) => mark !== null);
    this.#headers.show(shown);
    this.#headers.element.hidden = shown.length === 0;
    this.#headersSame.hidden = shown.length > 0 || rows.length === 0;
  }

  #factRows({ left, right, body, events }: ComparisonSnapshot): OverviewRow[] {
    const { strings } = { strings: this.#strings };
    const row = (name: string, of: (run: ComparedRun) => string, note = '', isJudged = true): OverviewRow => {
      const [one, other] = [of(left), of(right)];
      return { name, left: one, right: other, note, mark: isJudged && one !== other ? 'changed' : null };
    };
    const count = (value: number): string => this.#numbers.format(value);
    const rows = [
      row(strings.request, ({ method, url }) => `${method} ${url}`),
      row(strings.profile, ({ profile }) => profile),
      row(strings.status, ({ status, statusText }) =>
        status === null ? strings.noStatus : `${status} ${statusText}`.trimEnd(),
      ),
      row(strings.sent, ({ sentMs }) => (sentMs === null ? '' : this.#clock.format(sentMs)), '', false),
      row(strings.ending, ({ phase, reason }) =>
        phase !== 'ended' ? strings.phases[phase] : reason === null ? '' : strings.reasons[reason],
      ),
      row(strings.judgements, ({ judgements }) => judgements.join('\n')),
    ];
    const bodies = { same: strings.bodySame, laidOut: strings.bodyLaidOut, different: strings.bodyDifferent };
    const bodyRow = row(strings.body, ({ byteCount }) => formatBytes(byteCount), body === null ? '' : bodies[body], false); // prettier-ignore
    rows.push({ ...bodyRow, mark: body === 'different' ? 'changed' : null });
    if (events === null) return rows;
    const { differenceCount, counts } = events;
    const notes = [
      differenceCount === 0 ? strings.bodySame : fill(strings.differences, count(differenceCount)),
      counts.alike === 0 ? '' : fill(strings.alikeCount, count(counts.alike)),
    ];
    const eventRow = row(strings.eventCount, ({ eventCount }) => count(eventCount), notes.filter((one) => one !== '').join(' · '), false); // prettier-ignore
    rows.push({ ...eventRow, mark: differenceCount === 0 ? null : 'changed' });
    rows.push(row(strings.heartbeats, ({ heartbeatCount }) => count(heartbeatCount), '', false));
    return rows;
  }

  #timingRow({ key, left, right, deltaMs }: ComparedTiming): OverviewRow {
    const text = (ms: number | null): string => (ms === null ? '–' : formatDuration(ms));
    const sign = deltaMs === null || deltaMs === 0 ? '' : deltaMs > 0 ? '+' : '−';
    const note = deltaMs === null ? '' : `${sign}${formatDuration(Math.abs(deltaMs))}`;
    return { name: this.#strings.timings[key], left: text(left), right: text(right), note, mark: null };
  }

  #headerRow({ name, left, right, state, isExpected }: ComparedHeader): OverviewRow {
    const text = (values: readonly string[]): string => (values.length === 0 ? '–' : values.join('\n'));
    const { states, expected } = this.#strings;
    const note = state === 'same' ? '' : isExpected ? expected : states[state];
    const mark = state === 'same' ? null : isExpected ? 'expected' : state;
    return { name, left: text(left), right: text(right), note, mark };
  }
}

/** A table of both sides, brought up to date in place. */
class OverviewTable {
  readonly element: HTMLTableElement;
  readonly #body = element('tbody', '');

  constructor(caption: string, about: string, { difference }: ComparisonStrings) {
    const names = [about, 'A', 'B', difference].map((text) =>
      element('th', '', { text, attributes: { scope: 'col' } }),
    );
    this.element = element('table', 'fact-table compared', {
      children: [
        element('caption', '', { text: caption }),
        element('thead', '', { children: [element('tr', '', { children: names })] }),
        this.#body,
      ],
    });
  }

  show(rows: readonly OverviewRow[]): void {
    while (this.#body.rows.length > rows.length) this.#body.deleteRow(-1);
    rows.forEach(({ name, left, right, note, mark }, index) => {
      const row = this.#body.rows.item(index) ?? this.#addRow();
      setClass(row, mark === null ? '' : `differs ${mark}`);
      setAttribute(row, 'data-name', name.toLowerCase());
      [name, left, right, note].forEach((text, column) => {
        const cell = row.cells.item(column);
        if (cell === null) return;
        const shown = text.split('\n').map(visibleLine).join('\n');
        setText(cell, shown.length > MAX_LENGTH ? `${shown.slice(0, MAX_LENGTH)}…` : shown);
        setTitle(cell, column === 0 ? '' : shown.slice(0, 2000));
      });
    });
  }

  #addRow(): HTMLTableRowElement {
    const row = element('tr', '', {
      children: [
        element('th', '', { attributes: { scope: 'row' } }),
        element('td', '', { attributes: { dir: 'auto' } }),
        element('td', '', { attributes: { dir: 'auto' } }),
        element('td', 'compared-note'),
      ],
    });
    this.#body.append(row);
    return row;
  }
}
