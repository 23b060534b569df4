import type { LogChoice, LogSearchSnapshot, LogsSnapshot } from '../../protocol/logs.ts';
import type { LogsStrings } from '../../protocol/strings/logsStrings.ts';
import { element, icon, setAttribute, setClass, setText, setTitle } from '../dom.ts';
import { fill } from '../format.ts';
import { zoneOffset } from './clockTime.ts';
import { Select } from './select.ts';

/** What the user does in the bar. */
export interface LogSearchActions {
  readonly onSearch: (choice: LogChoice) => void;
  readonly onCancel: () => void;
}

/** What deployed logs are searched for, and the button that does it: nothing is asked without it. */
export class LogSearchBar {
  readonly element: HTMLElement;
  readonly #strings: LogsStrings;
  readonly #id: Select;
  readonly #range: Select;
  readonly #zone: Select;
  readonly #mark = icon('search');
  readonly #words = element('span', '');
  readonly #button: HTMLButtonElement;
  readonly #environment = element('span', 'view-facts');
  readonly #zoneNote: HTMLElement;
  #choice: LogChoice | null = null;
  /** What the host said last of it: the user's own choice stays until it says something else. */
  #told = '';
  #isSearching = false;

  constructor(strings: LogsStrings, { onSearch, onCancel }: LogSearchActions) {
    this.#strings = strings;
    const change = (changes: Partial<LogChoice>): void => {
      if (this.#choice !== null) this.#choice = { ...this.#choice, ...changes };
    };
    this.#id = new Select('log-id', strings.searchFor, (id) => change({ id: id === '' ? null : Number(id) }));
    this.#range = new Select('log-range', strings.range, (range) =>
      change({ range: range as LogChoice['range'] }),
    );
    this.#zone = new Select('log-zone', strings.zone, (zone) => change({ utcOffsetMinutes: Number(zone) }));
    this.#button = element('button', 'text-button', {
      id: 'search-logs',
      attributes: { type: 'button' },
      children: [this.#mark, this.#words],
    });
    this.#button.addEventListener('click', () => {
      if (this.#isSearching) onCancel();
      else if (this.#choice !== null) onSearch(this.#choice);
    });
    this.#zoneNote = element('p', 'note', { id: 'log-zone-note', text: strings.zoneUnknown });
    setAttribute(this.#zone.element, 'aria-describedby', this.#zoneNote.id);
    const bar = element('div', 'view-bar', {
      children: [this.#id.element, this.#range.element, this.#zone.element, this.#button, this.#environment],
    });
    this.element = element('div', 'log-search', { children: [bar, this.#zoneNote] });
  }

  update(logs: LogsSnapshot, search: LogSearchSnapshot): void {
    const { byId, byFunction, ranges, utc, environment, searchLogs, cancel } = this.#strings;
    const told = JSON.stringify(search.choice);
    if (told !== this.#told) this.#choice = search.choice;
    this.#told = told;
    const { id, range, utcOffsetMinutes } = this.#choice ?? search.choice;
    this.#id.update(
      [
        ...logs.requestIds.map((one, index) => ({ value: String(index), label: fill(byId, one) })),
        { value: '', label: fill(byFunction, logs.functionName) },
      ],
      id === null ? '' : String(id),
    );
    this.#range.update(
      search.ranges.map((one) => ({ value: one, label: ranges[one] })),
      range,
    );
    this.#zone.update(
      search.utcOffsets.map((one) => ({ value: String(one), label: fill(utc, zoneOffset(one)) })),
      String(utcOffsetMinutes),
    );
    this.#isSearching = search.state === 'searching';
    setText(this.#words, this.#isSearching ? cancel : searchLogs);
    setClass(this.#mark, icon(this.#isSearching ? 'debug-stop' : 'search').className);
    const words = fill(environment, search.envId, search.profile);
    setText(this.#environment, words);
    setTitle(this.#environment, words);
  }
}
