import type { FromWebview, ToWebview } from '../protocol/messages.ts';
import { RowCache } from './rowCache.ts';
import { isRunning, reduce, type Action, type ViewState } from './state.ts';

/** ms between two looks at a body that is still coming. */
const BODY_INTERVAL_MS = 250;
/** ms before rows that could not be had are asked for again. */
const RETRY_MS = 250;

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
  #state: ViewState;
  #lastRequestId = 0;
  /** What was asked for last, so that it is asked for once. */
  #askedRecord = '';
  #askedBody = '';
  #bodyRequestId = 0;
  #bodyAskedAtMs = -Infinity;
  #isBodyTimerSet = false;

  constructor(state: ViewState, ports: ClientPorts) {
    this.#state = state;
    this.#ports = ports;
  }

  get state(): ViewState {
    return this.#state;
  }

  /** Takes a message of the host in. */
  receive(message: ToWebview): void {
    const runIdBefore = this.#state.runId;
    this.dispatch({ type: 'message', message, atMs: this.#ports.now() });
    if (this.#state.runId !== runIdBefore) this.rows.clear();
    if (message.type === 'rows') {
      const hasNews = this.rows.accept(message.requestId, message.rows);
      if (hasNews) this.#ports.onChange();
      else this.#ports.after(RETRY_MS, this.#ports.onChange);
    } else if (message.type === 'failed' && this.rows.fail(message.requestId)) {
      this.#ports.after(RETRY_MS, this.#ports.onChange);
    }
    if ('requestId' in message && message.requestId === this.#bodyRequestId) {
      this.#bodyRequestId = 0;
      this.#fetchBody();
    }
  }

  /** Lets an action happen. */
  dispatch(action: Action): void {
    const before = this.#state;
    this.#state = reduce(before, action);
    if (this.#state === before) return;
    this.#fetchRecord();
    this.#fetchBody();
    this.#ports.onChange();
  }

  /** Tells which rows are in view or near it: from `from` up to `to`, not included. */
  wantRows(from: number, to: number): void {
    const runId = this.#state.run?.runId;
    const range = runId === undefined ? null : this.rows.missing(from, to);
    if (runId === undefined || range === null) return;
    const requestId = ++this.#lastRequestId;
    this.rows.asked(requestId, range);
    this.#ports.post({ type: 'getRows', requestId, runId, ...range });
  }

  /** Asks the host to put the selected record on the clipboard; false if none is selected. */
  copyRecord(): boolean {
    const { run, activeRow, isDetailOpen } = this.#state;
    if (run === null || activeRow === null || !isDetailOpen) return false;
    this.#ports.post({ type: 'copyRecord', runId: run.runId, row: activeRow });
    return true;
  }

  /** Asks the host to put the body on the clipboard. */
  copyBody(): void {
    const runId = this.#state.run?.runId;
    if (runId !== undefined) this.#ports.post({ type: 'copyBody', runId });
  }

  #fetchRecord(): void {
    const { run, activeRow, isDetailOpen } = this.#state;
    const isWanted = run !== null && isDetailOpen && activeRow !== null && activeRow < run.rowCount;
    const key = isWanted ? `${run.runId}:${activeRow}` : '';
    if (key === this.#askedRecord) return;
    this.#askedRecord = key;
    if (!isWanted) return;
    this.#ports.post({
      type: 'getRecord',
      requestId: ++this.#lastRequestId,
      runId: run.runId,
      row: activeRow,
    });
  }

  #fetchBody(): void {
    const { run } = this.#state;
    if (run === null || run.response === null || run.response.isEventStream) return;
    if (this.#state.body?.isShortened === true) return; // what is shown is all that would be
    const key = `${run.runId}:${run.phase}:${run.byteCount}`;
    if (key === this.#askedBody || this.#bodyRequestId !== 0) return;
    const now = this.#ports.now();
    const waitMs = this.#bodyAskedAtMs + BODY_INTERVAL_MS - now;
    if (isRunning(this.#state) && waitMs > 0) {
      if (this.#isBodyTimerSet) return;
      this.#isBodyTimerSet = true;
      this.#ports.after(waitMs, () => {
        this.#isBodyTimerSet = false;
        this.#fetchBody();
      });
      return;
    }
    this.#askedBody = key;
    this.#bodyAskedAtMs = now;
    this.#bodyRequestId = ++this.#lastRequestId;
    this.#ports.post({ type: 'getBody', requestId: this.#bodyRequestId, runId: run.runId });
  }
}
