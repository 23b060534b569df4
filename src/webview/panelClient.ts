import type { AnswerTo, PanelAnswer } from '../protocol/answers.ts';
import { NO_FILTER, type FromWebview, type ToWebview } from '../protocol/messages.ts';
import type { PanelQuery } from '../protocol/queries.ts';
import { BodyParts } from './bodyParts.ts';
import { RowCache } from './events/rowCache.ts';
import { reduce, type Action, type ViewState } from './state.ts';

/** ms before rows that could not be had are asked for again. */
const RETRY_MS = 250;
/** What a panel without a run asks by: of a function's logs. */
const NO_RUN = 0;

/** What the client needs from the page it lives in. */
export interface ClientPorts {
  readonly post: (message: FromWebview) => void;
  /** ms on a monotonic clock. */
  readonly now: () => number;
  readonly after: (ms: number, callback: () => void) => void;
  /** The state or the rows have changed: draw, soon. */
  readonly onChange: () => void;
}

/** Holds the page's state and asks the host for what that state needs to be drawn. */
export class PanelClient {
  readonly rows = new RowCache();
  readonly #ports: ClientPorts;
  readonly #waiting = new Map<number, (answer: PanelAnswer | null) => void>();
  readonly #body = new BodyParts();
  #state: ViewState;
  #lastRequestId = 0;
  /** The record that was asked for last, so that it is asked for once. */
  #askedRecord = '';

  constructor(state: ViewState, ports: ClientPorts) {
    this.#state = state;
    this.#ports = ports;
  }

  get state(): ViewState {
    return this.#state;
  }

  /** Takes a message of the host in. */
  receive(message: ToWebview): void {
    const before = this.#state;
    this.dispatch({ type: 'message', message, atMs: this.#ports.now() });
    const { runId, filterId } = this.#state;
    if (runId !== before.runId || filterId !== before.filterId) this.rows.clear();
    // A page that VS Code restored brings its filter along.
    const isFilterSet = (this.#state.run?.stream?.filter ?? null) !== null;
    if (!before.isLoaded && this.#state.isLoaded && !isFilterSet) this.#sendFilter(before.filter);
    if (message.type === 'state') {
      if (message.tail?.filterId === filterId) this.rows.put(message.tail.from, message.tail.rows);
      return;
    }
    const answer = message.type === 'answer' && message.runId === (runId ?? NO_RUN) ? message.answer : null;
    this.#waiting.get(message.requestId)?.(answer);
    this.#waiting.delete(message.requestId);
  }

  /** Lets an action happen. */
  dispatch(action: Action): void {
    const before = this.#state;
    this.#state = reduce(before, action);
    if (this.#state === before) return;
    if (this.#state.filter !== before.filter)
      this.#ports.post({ type: 'setFilter', filter: this.#state.filter });
    if (action.type === 'setTab') this.#ports.post({ type: 'setTab', tab: action.tab });
    this.#fetchRecord();
    this.#ports.onChange();
  }

  /** Asks the host about the run that is shown; null where it cannot answer, or another run came meanwhile. */
  async ask<K extends PanelQuery['kind']>(
    query: Extract<PanelQuery, { readonly kind: K }>,
  ): Promise<AnswerTo<K> | null> {
    const { run, panel } = this.#state;
    if (run === null && panel.logs === null) return null;
    const runId = run?.runId ?? NO_RUN;
    if (query.kind !== 'body') return (await this.#get(runId, query)) as AnswerTo<K> | null;
    const part = await this.#get(runId, { kind: 'body', from: this.#body.from(runId) });
    return this.#body.take(runId, part as AnswerTo<'body'> | null) as AnswerTo<K> | null;
  }

  async #get(runId: number, query: PanelQuery): Promise<PanelAnswer | null> {
    const requestId = ++this.#lastRequestId;
    const answer = await new Promise<PanelAnswer | null>((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.#ports.post({ type: 'get', requestId, runId, query });
    });
    return answer?.kind === query.kind ? answer : null;
  }

  /** Tells which rows are in view or near it: from `from` up to `to`, not included. */
  wantRows(from: number, to: number): void {
    const { run, filterId } = this.#state;
    const range = run === null ? null : this.rows.missing(from, to);
    if (range === null) return;
    const ticket = this.rows.asked(range);
    void this.ask<'rows'>({ kind: 'rows', filterId, ...range }).then((answer) => {
      const rows = answer?.filterId === this.#state.filterId ? answer.rows : [];
      if (this.rows.accept(ticket, rows)) this.#ports.onChange();
      else this.#ports.after(RETRY_MS, this.#ports.onChange);
    });
  }

  /** Asks the host to put the selected record on the clipboard; false if none is selected. */
  copyRecord(): boolean {
    const { run, selectedRow, isDetailOpen } = this.#state;
    if (run === null || selectedRow === null || !isDetailOpen) return false;
    this.#ports.post({ type: 'copy', runId: run.runId, content: { kind: 'record', row: selectedRow } });
    return true;
  }

  #fetchRecord(): void {
    const { run, selectedRow, isDetailOpen } = this.#state;
    const isWanted = run !== null && isDetailOpen && selectedRow !== null && selectedRow < run.rowCount;
    const key = isWanted ? `${run.runId}:${selectedRow}` : '';
    if (key === this.#askedRecord) return;
    this.#askedRecord = key;
    if (isWanted) void this.ask<'record'>({ kind: 'record', row: selectedRow });
  }

  #sendFilter(filter: ViewState['filter']): void {
    if (JSON.stringify(filter) !== JSON.stringify(NO_FILTER)) this.#ports.post({ type: 'setFilter', filter });
  }
}
