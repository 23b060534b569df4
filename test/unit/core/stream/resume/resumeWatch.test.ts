import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatMessage } from '../../../../../src/core/message.ts';
import { EventStore } from '../../../../../src/core/stream/eventStore.ts';
import { judgeResume, resumeMessages } from '../../../../../src/core/stream/resume/resumeMessage.ts';
import { ResumeWatch, type ResumeFinding } from '../../../../../src/core/stream/resume/resumeWatch.ts';
import { StreamAnalysis } from '../../../../../src/core/stream/streamAnalysis.ts';
import { utf8 } from '../../../../support/eventStreams.ts';

const event = (id: string | number, data = `of ${id}`): string => `id: ${id}\ndata: ${data}\n\n`;

/** A store of a stream that broke between these texts. */
function brokenStore(...parts: readonly string[]): EventStore {
  const store = new EventStore();
  parts.forEach((part, index) => {
    if (index > 0) store.resume(index * 1000, store.lastEventId);
    store.append(index * 1000 + 10, utf8(part));
  });
  store.end();
  return store;
}

function watch(...parts: readonly string[]): {
  last: ResumeFinding;
  duplicates: number[];
  store: EventStore;
} {
  const store = brokenStore(...parts);
  const watching = new ResumeWatch(store);
  watching.advance();
  const last = watching.findings.at(-1);
  assert.ok(last);
  const duplicates = Array.from({ length: store.length }, (_, row) => row).filter((row) =>
    watching.isDuplicate(row),
  );
  return { last, duplicates, store };
}

const words = (finding: ResumeFinding): string =>
  resumeMessages(finding)
    .map((one) => formatMessage(one))
    .join(' ');

describe('ResumeWatch', () => {
  it('sees that nothing is missing', () => {
    const { last, duplicates, store } = watch(event(1) + event(2) + 'id: 3\ndata: cut', event(3) + event(4));
    assert.deepEqual([last.duplicates, last.missing, last.nextId, last.point.lastEventId], [0, 0, '3', '2']);
    assert.deepEqual(duplicates, []);
    assert.deepEqual(
      Array.from({ length: store.length }, (_, row) => store.kind(row)),
      ['event', 'event', 'incomplete', 'resumed', 'event', 'event'],
    );
    assert.equal(store.atMs(3), 1000);
    assert.deepEqual(store.get(3)?.record, { kind: 'resumed', lastEventId: '2' });
    assert.equal(judgeResume(last).tone, 'good');
    assert.match(words(last), /Last-Event-ID: 2\. Nothing is missing/);
  });

  it('counts a gap, by the step that ids have', () => {
    assert.equal(watch(event(1) + event(2), event(6)).last.missing, 3);
    assert.equal(watch(event(10) + event(20), event(50)).last.missing, 2);
    assert.equal(watch(event('m-8') + event('m-9'), event('m-12')).last.missing, 2);
    assert.equal(watch(event(10) + event(20), event(25)).last.missing, null);
    assert.equal(watch(event('a') + event('b'), event('c')).last.missing, null);
    assert.equal(watch(event(9), event(3)).last.missing, null);
    assert.equal(judgeResume(watch(event(1), event(4)).last).tone, 'bad');
  });

  it('marks what came again, and what is new behind it', () => {
    const { last, duplicates } = watch(event(1) + event(2), event(1) + event(2) + event(3));
    assert.deepEqual([last.duplicates, last.missing, last.isFromStart], [2, 0, true]);
    assert.deepEqual(duplicates, [3, 4]);
    assert.match(words(last), /began anew.*2 events came again.*Nothing is missing/);
    // A second break, in the middle of what came again.
    const twice = watch(event(1) + event(2) + event(3), event(1), event(2) + event(3) + event(4));
    assert.deepEqual([twice.last.duplicates, twice.last.missing], [2, 0]);
  });

  it('says where ids do not tell, and where the first event came again', () => {
    const { last } = watch('data: a\n\ndata: b\n\n', 'data: a\n\ndata: b\n\n');
    assert.deepEqual([last.missing, last.isFromStart], [null, true]);
    assert.match(words(last), /without Last-Event-ID.*began anew.*cannot be told: they have no ids/);
    assert.equal(watch('data: a\n\n', '').last.events, 0);
  });

  it('keeps what came again out of the text', () => {
    const delta = (id: number, text: string): string =>
      event(id, JSON.stringify({ choices: [{ delta: { content: text } }] }));
    const analysis = new StreamAnalysis(
      brokenStore(delta(1, 'a') + delta(2, 'b'), delta(1, 'a') + delta(2, 'b') + delta(3, 'c')),
    );
    while (!analysis.advance(Infinity, () => 0));
    assert.equal(analysis.assembly.channels[0]?.slice(0, 10), 'abc');
  });

  it('leaves the linter’s places right, a cut tail without blame, and a second BOM', () => {
    const store = brokenStore(
      '\uFEFFdata: a\n\ndata: b',
      '\uFEFFdata: c\n\ndatum: d\ndata: e\n\n',
      'evnt: f\ndata: g\n\n',
    );
    const analysis = new StreamAnalysis(store);
    for (let turn = 0; turn < 20; turn++) analysis.advance(Infinity, () => 0);
    const items = analysis.linter.list.items;
    assert.deepEqual(
      items.filter(({ code }) => code !== 'bom').map(({ code, row }) => [code, row]),
      [
        ['unknown-field', 4],
        ['unknown-field', 6],
      ],
    );
    assert.deepEqual(items.filter(({ code }) => code === 'bom').length, 2);
    assert.deepEqual(
      Array.from({ length: store.length }, (_, row) => store.text(row)),
      ['a', 'b', '', 'c', 'e', '', 'g'],
    );
  });

  it('knows the reconnection time and the last event ID', () => {
    const store = new EventStore();
    assert.deepEqual([store.retryMs, store.lastEventId], [null, '']);
    store.append(0, utf8('retry: 10\nid: 1\ndata: x\n\nretry: 250\n\nid: 2\n\nid: 3\n'));
    assert.deepEqual([store.retryMs, store.lastEventId], [250, '2']);
  });
});
