import assert from 'node:assert/strict';
import { PROTOCOL_VERSION, type RunSnapshot, type ToWebview } from '../../../src/protocol/messages.ts';
import { readSavedState, UNTOUCHED } from '../../../src/webview/savedState.ts';
import {
  elapsedAt,
  initialState,
  reduce,
  toSavedState,
  type Action,
  type ViewState,
} from '../../../src/webview/state.ts';
import { sampleRow, sampleRun } from './samples.ts';

const message = (one: ToWebview, atMs = 0): Action => ({ type: 'message', message: one, atMs });
const snapshot = (run: RunSnapshot | null, atMs = 0): Action =>
  message({ type: 'state', protocolVersion: PROTOCOL_VERSION, run }, atMs);
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
    const stale = message({ type: 'state', protocolVersion: PROTOCOL_VERSION + 1, run: sampleRun() });
    assert.equal(reduce(state, stale), state);
  });

  it('selects a row, opens the detail and stops following', () => {
    const state = after(snapshot(sampleRun()), { type: 'select', row: 7, follow: false });
    assert.equal(state.activeRow, 7);
    assert.equal(state.isDetailOpen, true);
    assert.equal(state.follow, false);
  });

  it('takes only the record that is selected now', () => {
    const record = { ...sampleRow(7), lastEventId: '', data: 'x', isShortened: false, prettyData: null };
    const selected = after(snapshot(sampleRun()), { type: 'select', row: 7, follow: false });
    const answer = (row: number, runId: number): Action =>
      message({ type: 'record', requestId: 1, runId, record: { ...record, row } });
    assert.equal(reduce(selected, answer(7, 1)).record?.data, 'x');
    assert.equal(reduce(selected, answer(8, 1)).record, null);
    assert.equal(reduce(selected, answer(7, 2)).record, null);
    assert.equal(reduce(reduce(selected, { type: 'closeDetail' }), answer(7, 1)).record, null);
  });

  it('keeps the active row when the detail is closed, so that the keyboard goes on from there', () => {
    const state = after(
      snapshot(sampleRun()),
      { type: 'select', row: 7, follow: false },
      { type: 'closeDetail' },
    );
    assert.equal(state.activeRow, 7);
    assert.equal(state.isDetailOpen, false);
  });

  it('starts clean with a new run, but keeps the arrangement of the page', () => {
    const state = after(
      snapshot(sampleRun()),
      { type: 'resizeDetail', height: 240 },
      { type: 'toggleSection', section: 'headers', isOpen: true },
      { type: 'select', row: 7, follow: false },
      { type: 'scrolled', topRow: 3 },
      message({
        type: 'rows',
        requestId: 1,
        runId: 1,
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
    assert.deepEqual(state.openSections, ['headers']);
  });

  it('keeps selection and lock over further snapshots of the same run', () => {
    const state = after(
      snapshot(sampleRun()),
      { type: 'select', row: 7, follow: false },
      snapshot(sampleRun({ rowCount: 200 })),
    );
    assert.equal(state.activeRow, 7);
    assert.equal(state.follow, false);
    assert.equal(state.run?.rowCount, 200);
  });

  it('gives the type and id columns room only once a row needs them', () => {
    const rows = (...list: readonly ReturnType<typeof sampleRow>[]): Action =>
      message({ type: 'rows', requestId: 1, runId: 1, rows: list });
    const plain = after(snapshot(sampleRun()), rows(sampleRow(0)));
    assert.deepEqual([plain.typeWidth, plain.idWidth], [0, 0]);
    const named = reduce(plain, rows(sampleRow(1, { eventType: 'delta', id: '42' })));
    assert.deepEqual([named.typeWidth, named.idWidth], [5, 2]);
    assert.equal(reduce(named, rows(sampleRow(2))), named);
  });

  it('drops a body of another run', () => {
    const body = { type: 'body', requestId: 1, text: 'old', isShortened: false } as const;
    const state = after(snapshot(sampleRun({ runId: 2 })), message({ ...body, runId: 1 }));
    assert.equal(state.body, null);
    assert.equal(reduce(state, message({ ...body, runId: 2 })).body?.text, 'old');
  });

  it('lets the clock run on between snapshots until the end', () => {
    const running = after(snapshot(sampleRun({ elapsedMs: 1000 }), 5000));
    assert.equal(elapsedAt(running, 5250), 1250);
    const end = { reason: 'complete', message: '', advice: [] } as const;
    const ended = after(snapshot(sampleRun({ elapsedMs: 1300, phase: 'ended', end }), 5000));
    assert.equal(elapsedAt(ended, 9999), 1300);
  });

  it('comes back as the user left it, for the same run only', () => {
    const left = after(
      snapshot(sampleRun()),
      { type: 'select', row: 7, follow: false },
      { type: 'scrolled', topRow: 2.5 },
    );
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
