import assert from 'node:assert/strict';
import type { PanelAnswer } from '../../../src/protocol/answers.ts';
import {
  NO_FILTER,
  PROTOCOL_VERSION,
  type RunSnapshot,
  type ToWebview,
} from '../../../src/protocol/messages.ts';
import { readSavedState, UNTOUCHED } from '../../../src/webview/savedState.ts';
import {
  elapsedAt,
  initialState,
  problemCount,
  reduce,
  shownRowCount,
  shownTab,
  toSavedState,
  type Action,
  type ViewState,
} from '../../../src/webview/state.ts';
import { samplePanel, sampleRow, sampleRun, sampleStream } from './samples.ts';

const message = (one: ToWebview, atMs = 0): Action => ({ type: 'message', message: one, atMs });
const snapshot = (run: RunSnapshot | null, atMs = 0): Action =>
  message({ type: 'state', protocolVersion: PROTOCOL_VERSION, panel: samplePanel, run, tail: null }, atMs);
const answered = (answer: PanelAnswer, runId = 1): Action =>
  message({ type: 'answer', requestId: 1, runId, answer });
const select = (position: number, row: number | null = position): Action => ({
  type: 'select',
  position,
  row,
  follow: false,
});
const filtered = (filterId: number, rowCount: number): RunSnapshot =>
  sampleRun({
    stream: sampleStream({
      filter: { filterId, rowCount, isDone: true, error: '', cutCount: 0, cutBytes: 0 },
    }),
  });
const after = (...actions: readonly Action[]): ViewState => actions.reduce(reduce, initialState(UNTOUCHED));

describe('webview state', () => {
  it('begins with nothing, following', () => {
    const state = initialState(UNTOUCHED);
    assert.equal(state.isLoaded, false);
    assert.equal(state.run, null);
    assert.equal(state.follow, true);
  });

  it('knows that nothing has been sent yet', () => {
    const state = after(snapshot(null));
    assert.equal(state.isLoaded, true);
    assert.equal(state.run, null);
  });

  it('ignores a message of another build', () => {
    const state = initialState(UNTOUCHED);
    const stale = message({
      type: 'state',
      protocolVersion: PROTOCOL_VERSION + 1,
      panel: samplePanel,
      run: sampleRun(),
      tail: null,
    });
    assert.equal(reduce(state, stale), state);
  });

  it('selects a row, opens the detail and stops following', () => {
    const state = after(snapshot(sampleRun()), select(7));
    assert.equal(state.activeRow, 7);
    assert.equal(state.isDetailOpen, true);
    assert.equal(state.follow, false);
  });

  it('takes only the record that is selected now', () => {
    const detail = {
      lastEventId: '',
      byteOffset: 0,
      byteLength: 9,
      chunkIndex: 0,
      data: 'x',
      isShortened: false,
    };
    const selected = after(snapshot(sampleRun()), select(7));
    const answer = (row: number, runId: number): Action =>
      answered({ kind: 'record', record: { ...sampleRow(row), ...detail } }, runId);
    assert.equal(reduce(selected, answer(7, 1)).record?.data, 'x');
    assert.equal(reduce(selected, answer(8, 1)).record, null);
    assert.equal(reduce(selected, answer(7, 2)).record, null);
    assert.equal(reduce(reduce(selected, { type: 'closeDetail' }), answer(7, 1)).record, null);
  });

  it('keeps the active row when the detail is closed, so that the keyboard goes on from there', () => {
    const state = after(snapshot(sampleRun()), select(7), { type: 'closeDetail' });
    assert.equal(state.activeRow, 7);
    assert.equal(state.isDetailOpen, false);
  });

  it('starts clean with a new run, but keeps the arrangement of the page', () => {
    const state = after(
      snapshot(sampleRun()),
      { type: 'resizeDetail', height: 240 },
      { type: 'setTab', tab: 'timeline' },
      select(7),
      { type: 'scrolled', topRow: 3 },
      answered({
        kind: 'rows',
        filterId: 0,
        from: 0,
        rows: [sampleRow(0, { id: 'abc', eventType: 'delta' })],
      }),
      snapshot(sampleRun({ runId: 2 })),
    );
    assert.equal(state.activeRow, null);
    assert.equal(state.isDetailOpen, false);
    assert.equal(state.follow, true);
    assert.equal(state.topRow, 0);
    assert.equal(state.idWidth, 0);
    assert.equal(state.typeWidth, 0);
    assert.equal(state.detailHeight, 240);
    assert.equal(state.tab, 'timeline');
  });

  it('keeps selection and lock over further snapshots of the same run', () => {
    const state = after(snapshot(sampleRun()), select(7), snapshot(sampleRun({ rowCount: 200 })));
    assert.equal(state.activeRow, 7);
    assert.equal(state.follow, false);
    assert.equal(state.run?.rowCount, 200);
  });

  it('gives the type and id columns room only once a row needs them', () => {
    const rows = (...list: readonly ReturnType<typeof sampleRow>[]): Action =>
      answered({ kind: 'rows', filterId: 0, from: 0, rows: list });
    const plain = after(snapshot(sampleRun()), rows(sampleRow(0)));
    assert.deepEqual([plain.typeWidth, plain.idWidth], [0, 0]);
    const named = reduce(plain, rows(sampleRow(1, { eventType: 'delta', id: '42' })));
    assert.deepEqual([named.typeWidth, named.idWidth], [5, 2]);
    assert.equal(reduce(named, rows(sampleRow(2))), named);
  });

  it('counts in the rows of the filter, and finds the selected record again without it', () => {
    const found = after(
      snapshot(sampleRun()),
      snapshot(filtered(3, 2)),
      select(1, null),
      answered({ kind: 'rows', filterId: 3, from: 0, rows: [sampleRow(40), sampleRow(70)] }),
    );
    assert.deepEqual([found.activeRow, found.selectedRow, shownRowCount(found)], [1, 70, 2]);
    const whole = reduce(found, snapshot(sampleRun()));
    assert.deepEqual([whole.activeRow, whole.selectedRow, whole.isDetailOpen], [70, 70, true]);
    const other = reduce(found, snapshot(filtered(4, 1)));
    assert.deepEqual([other.activeRow, other.isDetailOpen], [null, false]);
    const stale = answered({ kind: 'rows', filterId: 3, from: 0, rows: [sampleRow(1, { id: 'x' })] });
    assert.equal(reduce(other, stale), other);
  });

  it('takes the filter off to show a record from elsewhere', () => {
    const shown = after(snapshot(filtered(3, 2)), { type: 'showRow', row: 55 });
    assert.deepEqual([shown.tab, shown.filter], ['events', NO_FILTER]);
    assert.equal(reduce(shown, snapshot(sampleRun())).activeRow, 55);
  });

  it('shows what it showed while the display is paused', () => {
    const paused = after(snapshot(sampleRun()), { type: 'setPaused', isPaused: true }, snapshot(sampleRun({ rowCount: 500 }))); // prettier-ignore
    assert.equal(shownRowCount(paused), 100);
    assert.equal(shownRowCount(reduce(paused, { type: 'setPaused', isPaused: false })), 500);
  });

  it('shows the tab that was chosen where the answer has it, else the first', () => {
    const chosen = after(snapshot(sampleRun()), { type: 'setTab', tab: 'text' });
    assert.equal(shownTab(chosen), 'text');
    const response = { status: 200, statusText: 'OK', httpVersion: '1.1', headers: [], format: null };
    assert.equal(shownTab(reduce(chosen, snapshot(sampleRun({ response })))), 'body');
    const remembered = { ...samplePanel, tab: 'chunks' } as const;
    const first = message({
      type: 'state',
      protocolVersion: PROTOCOL_VERSION,
      panel: remembered,
      run: sampleRun(),
      tail: null,
    });
    assert.equal(shownTab(after(first)), 'chunks');
  });

  it('counts what is to be said of the stream and of the run', () => {
    const run = sampleRun({ problemCount: 2, stream: sampleStream({ errorCount: 1, warningCount: 3 }) });
    assert.equal(problemCount(after(snapshot(run))), 6);
    assert.equal(problemCount(after(snapshot({ ...run, stream: null }))), 2);
    assert.equal(problemCount(after(snapshot(null))), 0);
  });

  it('lets the clock run on between snapshots until the end', () => {
    const running = after(snapshot(sampleRun({ elapsedMs: 1000 }), 5000));
    assert.equal(elapsedAt(running, 5250), 1250);
    const end = { reason: 'complete', message: '', advice: [] } as const;
    const ended = after(snapshot(sampleRun({ elapsedMs: 1300, phase: 'ended', end }), 5000));
    assert.equal(elapsedAt(ended, 9999), 1300);
  });

  it('comes back as the user left it, for the same run only', () => {
    const left = after(snapshot(sampleRun()), select(7), { type: 'scrolled', topRow: 2.5 });
    assert.equal(toSavedState(left).panelId, 'panel-1');
    const saved = readSavedState(JSON.parse(JSON.stringify(toSavedState(left))));
    const same = reduce(initialState(saved), snapshot(sampleRun()));
    assert.deepEqual([same.activeRow, same.isDetailOpen, same.follow, same.topRow], [7, true, false, 2.5]);
    const other = reduce(initialState(saved), snapshot(sampleRun({ runId: 9 })));
    assert.deepEqual(
      [other.activeRow, other.isDetailOpen, other.follow, other.topRow],
      [null, false, true, 0],
    );
  });

  it('reads any saved state without trust', () => {
    for (const value of [undefined, null, 3, 'x', [], {}, { runId: 'a', topRow: -1, openSections: 5 }]) {
      assert.deepEqual(readSavedState(value), UNTOUCHED);
    }
  });
});
