import assert from 'node:assert/strict';
import { fill } from '../../../../src/core/message.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';
import { TextChannel } from '../../../../src/core/stream/assembly/channel.ts';
import {
  exportJsonLines,
  exportMarkdown,
  type ExportedStream,
} from '../../../../src/core/stream/streamExport.ts';
import { recordLine } from '../../../../src/core/stream/transcript.ts';
import { storeOf, utf8 } from '../../../support/eventStreams.ts';
import { plainConnection, plainTls } from '../../../support/wireFixtures.ts';

const stream: ExportedStream = {
  request: {
    wire: {
      method: 'POST',
      url: 'http://127.0.0.1/?key=secret',
      headers: [['authorization', 'Bearer secret']],
      body: null,
      connectTimeoutMs: 0,
      tls: plainTls,
      proxy: null,
    },
    profile: readProfiles(undefined, undefined).active,
    route: 'local',
    functionName: 'chat',
    stream: 'auto',
    timeoutMs: 0,
    idleTimeoutMs: 0,
    followsRedirects: true,
    usesCookieJar: true,
    shownUrl: 'http://127.0.0.1/?key=***',
    shownHeaders: [['authorization', 'Bearer ***']],
    secrets: [],
  },
  label: 'Chat',
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: '1.1',
    headers: [['content-type', 'text/event-stream']],
    connection: plainConnection,
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

  it('writes records of any size as the command line prints them, in pieces no longer than a moment', () => {
    const long = `${'"\\\u0001你好😀'.repeat(50_000)}\ndata: end`;
    const store = storeOf(utf8(`: ${'c'.repeat(200_000)}\n\nid: 7\ndata: ${long}\n\ndata: ${long}`));
    const pieces = [...exportJsonLines({ ...stream, store })];
    assert.ok(pieces.every(({ length }) => length < 200_000));
    const lines = pieces.join('').trimEnd().split('\n').slice(2, -1);
    const expected = Array.from({ length: store.length }, (_, row) => {
      const { atMs = 0, eventIndex = 0, record } = store.get(row) ?? {};
      return JSON.stringify(record && recordLine(atMs, eventIndex, record));
    });
    assert.equal(expected.length, 3);
    assert.deepEqual(lines, expected);
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

  it('takes a fence of any length, and texts of any size in pieces', () => {
    const ticks = '`'.repeat(300_000);
    const store = storeOf(utf8(`data: a${ticks}b\n\n: ${'c'.repeat(200_000)}\n\n`));
    const channel = new TextChannel('content', 'content', 0);
    channel.append(`x${'😀'.repeat(100_000)}`, 0);
    const pieces = [...exportMarkdown({ ...stream, store, channels: [channel] }, fill)];
    const text = pieces.join('');
    assert.ok(text.includes(`\n${ticks}\`\na${ticks}b\n${ticks}\`\n`));
    assert.ok(text.includes(`: ${'c'.repeat(200_000)}\n`));
    assert.ok(text.includes(`## content\n\n\`\`\`\n${channel.slice(0)}\n\`\`\`\n`));
    assert.ok(pieces.every((piece) => !/\p{Surrogate}/u.test(piece)));
    const largest = Math.max(...pieces.map((piece) => (/^\n?`{4}/.test(piece) ? 0 : piece.length)));
    assert.ok(largest < 200_000, 'but the fences themselves');
  });
});
