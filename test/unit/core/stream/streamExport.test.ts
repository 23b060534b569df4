import assert from 'node:assert/strict';
import { fill } from '../../../../src/core/message.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';
import {
  exportJsonLines,
  exportMarkdown,
  type ExportedStream,
} from '../../../../src/core/stream/streamExport.ts';
import { storeOf, utf8 } from '../../../support/eventStreams.ts';

const stream: ExportedStream = {
  request: {
    wire: {
      method: 'POST',
      url: 'http://127.0.0.1/?key=secret',
      headers: [['authorization', 'Bearer secret']],
      body: null,
      connectTimeoutMs: 0,
    },
    profile: readProfiles(undefined, undefined).active,
    route: 'local',
    functionName: 'chat',
    stream: 'auto',
    timeoutMs: 0,
    idleTimeoutMs: 0,
    shownUrl: 'http://127.0.0.1/?key=***',
    shownHeaders: [['authorization', 'Bearer ***']],
  },
  label: 'Chat',
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: '1.1',
    headers: [['content-type', 'text/event-stream']],
    body: (async function* () {})(),
  },
  responseAtMs: 3.00049,
  store: storeOf(
    utf8(': beat\n\nevent: a\nid: 1\ndata: 你好\n\nretry: 5\ndata: ```\ndata: ````\n\ndata: cut'),
  ),
  end: { exchange: { reason: 'complete', error: null, bytes: 70 }, atMs: 9 },
  channels: [],
  verdicts: [],
};

describe('exportJsonLines', () => {
  it('writes what the command line prints, a line each, without secrets', () => {
    const text = [...exportJsonLines(stream)].join('');
    assert.ok(text.endsWith('\n') && !text.includes('secret'));
    const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['request', 'response', 'comment', 'event', 'retry', 'event', 'incomplete', 'end'],
    );
    assert.deepEqual(lines[3], { kind: 'event', atMs: 0, index: 0, event: 'a', id: '1', lastEventId: '1', data: '你好' }); // prettier-ignore
    assert.equal(lines[5]?.['index'], 1);
    assert.deepEqual(lines[7], { kind: 'end', atMs: 9, reason: 'complete', events: 2, bytes: 70 });
  });
});

describe('exportMarkdown', () => {
  it('holds every record, in fences that its text cannot end, without secrets', () => {
    const text = [...exportMarkdown(stream, fill)].join('');
    assert.ok(!text.includes('secret'));
    assert.match(text, /^# Chat\n/);
    assert.ok(text.includes('POST http://127.0.0.1/?key=***\nauthorization: Bearer ***'));
    assert.ok(text.includes('#0 a id 1\n\n```\n你好\n```\n'));
    assert.ok(text.includes('#1\n\n`````\n```\n````\n`````\n'));
    assert.ok(text.includes('incomplete\n\n```\ncut\n```\n'));
  });

  it('takes any number of fences', () => {
    const store = storeOf(utf8(`data: ${'``` '.repeat(200_000)}\n\n`));
    assert.match([...exportMarkdown({ ...stream, store }, fill)].join(''), /\n````\n``` /);
  });
});
