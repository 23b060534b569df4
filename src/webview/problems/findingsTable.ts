import type { FindingShown } from '../../protocol/answers.ts';
import type { ProblemsStrings } from '../../protocol/strings/problemsStrings.ts';
import { element, icon, setText } from '../dom.ts';
import { fill } from '../format.ts';
import { visibleLine } from '../content/visibleControls.ts';

/** Findings listed at first, and by each press of the button below. */
const PAGE = 200;
const RANK = { error: 0, warning: 1, info: 2 } as const;

/** The findings with the gravest first, each kind in the order of the stream. */
export function sortFindings(findings: readonly FindingShown[]): FindingShown[] {
  return findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** The findings of the wire linter as a table. */
export class FindingsTable {
  readonly element: HTMLElement;
  readonly #strings: ProblemsStrings;
  readonly #showRow: (row: number) => void;
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  readonly #count = element('span', 'count');
  readonly #rows = element('tbody', '');
  readonly #more: HTMLButtonElement;
  #findings: readonly FindingShown[] = [];
  #keys: readonly string[] = [];
  #limit = PAGE;

  constructor(strings: ProblemsStrings, showRow: (row: number) => void) {
    this.#strings = strings;
    this.#showRow = showRow;
    const columns = [strings.severity, strings.message, strings.event, strings.offset];
    const heading = element('h2', 'section-title', { id: 'findings-title', text: strings.findings });
    const names = columns.map((text) => element('th', '', { text, attributes: { scope: 'col' } }));
    const table = element('table', 'findings', {
      id: 'findings',
      attributes: { 'aria-labelledby': heading.id },
      children: [element('thead', '', { children: [element('tr', '', { children: names })] }), this.#rows],
    });
    this.#more = element('button', 'choice more-findings', { attributes: { type: 'button' } });
    this.#more.addEventListener('click', () => {
      this.#limit += PAGE;
      this.#draw();
    });
    this.element = element('section', 'findings-section', {
      children: [element('header', 'section-bar', { children: [heading, this.#count] }), table, this.#more],
    });
  }

  /** Begins with another run: the list is short again. */
  reset(): void {
    this.#limit = PAGE;
  }

  update(findings: readonly FindingShown[]): void {
    this.element.hidden = findings.length === 0;
    this.#findings = sortFindings(findings);
    setText(this.#count, this.#numbers.format(findings.length));
    this.#draw();
  }

  /** A row that has not changed is left alone, with the focus in it. */
  #draw(): void {
    const shown = this.#findings.slice(0, this.#limit);
    const keys = shown.map((finding) => JSON.stringify(finding));
    while (this.#rows.children.length > shown.length) this.#rows.lastElementChild?.remove();
    shown.forEach((finding, index) => {
      if (keys[index] === this.#keys[index]) return;
      const before = this.#rows.children.item(index);
      if (before === null) this.#rows.append(this.#row(finding));
      else before.replaceWith(this.#row(finding));
    });
    this.#keys = keys;
    const rest = this.#findings.length - shown.length;
    this.#more.hidden = rest === 0;
    setText(this.#more, fill(this.#strings.showMore, this.#numbers.format(Math.min(rest, PAGE))));
  }

  #row({ severity, message, code, eventIndex, row, byteOffset }: FindingShown): HTMLElement {
    const word = element('span', 'severity-word', { text: this.#strings.severities[severity] });
    const event = element('td', 'finding-event');
    if (row !== null && eventIndex !== null) event.append(this.#eventButton(row, eventIndex));
    else if (eventIndex !== null) event.append(element('span', '', { text: String(eventIndex) }));
    return element('tr', '', {
      children: [
        element('td', `severity ${severity}`, { children: [icon(severity), word] }),
        element('td', 'finding-message', {
          children: [
            element('span', '', { text: visibleLine(message), attributes: { dir: 'auto' } }),
            element('span', 'finding-code', { text: code }),
          ],
        }),
        event,
        element('td', 'finding-offset', {
          text: byteOffset === null ? '' : this.#numbers.format(byteOffset),
        }),
      ],
    });
  }

  #eventButton(row: number, eventIndex: number): HTMLElement {
    const label = fill(this.#strings.showEvent, String(eventIndex));
    const button = element('button', 'link-button', {
      text: String(eventIndex),
      title: label,
      attributes: { type: 'button', 'aria-label': label },
    });
    button.addEventListener('click', () => this.#showRow(row));
    return button;
  }
}
