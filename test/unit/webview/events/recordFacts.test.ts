import assert from 'node:assert/strict';
import type { RecordDetail } from '../../../../src/protocol/answers.ts';
import type { PanelStrings } from '../../../../src/protocol/strings/panelStrings.ts';
import { recordFacts } from '../../../../src/webview/events/recordFacts.ts';

const strings = {
  columnTime: 'Time',
  columnType: 'Type',
  columnId: 'ID',
  record: { gap: 'Gap', bytes: 'Bytes', bytesAt: '{0} at {1}', chunk: 'Chunk' },
} as PanelStrings;

const record: RecordDetail = {
  row: 3,
  kind: 'event',
  eventIndex: 2,
  atMs: 1004.4,
  gapMs: 0.42,
  eventType: 'message',
  id: '7',
  preview: '{}',
  text: null,
  lastEventId: '7',
  byteOffset: 10_240,
  byteLength: 532,
  chunkIndex: 12,
  data: '{}',
  isShortened: false,
  isDuplicate: false,
};

function facts(changes: Partial<RecordDetail> = {}): Record<string, string> {
  const found = recordFacts({ ...record, ...changes }, strings, new Intl.NumberFormat('en'));
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}

describe('facts of a record', () => {
  it('say when, what and where', () => {
    assert.deepEqual(facts(), {
      Time: '1.004 s',
      Gap: '+0.4 ms',
      Type: 'message',
      ID: '7',
      Bytes: '532 at 10,240',
      Chunk: '12',
    });
  });

  it('name a last event ID that an earlier event set', () => {
    assert.equal(facts({ id: '' })['Last-Event-ID'], '7');
    assert.equal('ID' in facts({ id: '' }), false);
  });

  it('show what is hidden in a type or an ID, and not all of a long one', () => {
    assert.equal(facts({ eventType: 'a\u202Eb' })['Type'], 'a[U+202E]b');
    assert.equal(facts({ id: 'x'.repeat(100_000) })['ID']?.length, 1001);
  });
});
