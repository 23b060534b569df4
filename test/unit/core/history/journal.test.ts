import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CbError } from '../../../../src/core/errors.ts';
import { FrameReader, type Frame } from '../../../../src/core/history/journal.ts';
import { JournalWriter } from '../../../../src/core/history/journalWriter.ts';
import { tellFrame } from '../../../../src/core/history/tellFrame.ts';
import type { WireResponse } from '../../../../src/core/ports.ts';
import type { FollowListener } from '../../../../src/core/stream/resume/followStream.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const SECRET = 'sk-0123456789';

const broken = new CbError('reset', { text: 'Broken: {0}, {1}', args: [`at ${SECRET}`, 7] });

const body = (async function* () {})();
const response: WireResponse = {
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [
    ['Content-Type', 'text/event-stream'],
    ['Set-Cookie', 'sid=cookie-value-1; Path=/; HttpOnly'],
    ['X-Echo', `token ${SECRET}`],
  ],
  connection: {
    isReused: false,
    dnsMs: 1,
    connectMs: 2,
    proxyMs: null,
    tlsMs: null,
    remoteAddress: '127.0.0.1:9000',
    proxy: null,
    tlsVersion: null,
    isVerified: true,
  },
  body,
};

/** Writes what `tell` tells, and hands out the journal. */
function written(tell: (writer: JournalWriter) => void, maxBytes = 1_000_000) {
  const frames: Uint8Array[] = [];
  const writer = new JournalWriter({
    maxBytes,
    hidden: () => [SECRET],
    write: (frame) => frames.push(frame),
    pressure: () => undefined,
  });
  tell(writer);
  return { writer, bytes: new Uint8Array(Buffer.concat(frames)) };
}

function tellAll(listener: FollowListener): void {
  listener.onSend?.([['Cookie', 'a=1; jar=cookie-value-0']]);
  listener.onRedirect?.(1.5, { ...response, status: 302 }, `http://127.0.0.1/next?api_key=${SECRET}&n=1`);
  listener.onResponse(2.25, response, true, 'event-stream');
  void listener.onChunk(3, utf8('data: 1\n\nid: 7\ndata: sk-0123'));
  void listener.onChunk(4, utf8('456789 cookie-value-1 cookie-value-0\n\n'));
  listener.onWait?.(5, 3005, 1, 3);
  listener.onResume?.(3005, '7');
  listener.onResponse(3010, response, true, 'event-stream');
  void listener.onChunk(3020, utf8('data: 2\n\n'));
  listener.onEnd(3030, { reason: 'reset', error: broken, bytes: 9 });
}

/** What a listener is told, as it can be compared. */
function told(frames: Iterable<Frame>): unknown[] {
  const calls: unknown[] = [];
  const note = (name: string) => (...args: readonly unknown[]) =>
    void calls.push([name, ...args.map((arg) => (arg instanceof Uint8Array ? new TextDecoder().decode(arg) : arg))]); // prettier-ignore
  const listener = {
    onRedirect: note('redirect'),
    onResponse: note('response'),
    onChunk: note('chunk'),
    onWait: note('wait'),
    onResume: note('resume'),
    onEnd: note('end'),
  };
  for (const frame of frames) void tellFrame(frame, listener, body);
  return calls;
}

describe('the journal of a run', () => {
  it('tells again what was told, in order and at its time, without the secrets', () => {
    const { bytes } = written(tellAll);
    const calls = told(new FrameReader().read(bytes)) as unknown[][];
    assert.deepEqual(calls.map(([name, atMs]) => [name, atMs]), [
      ['redirect', 1.5], ['response', 2.25], ['chunk', 3], ['chunk', 4], ['wait', 5], ['resume', 3005],
      ['response', 3010], ['chunk', 3020], ['end', 3030],
    ]); // prettier-ignore
    assert.equal(calls[0]?.[3], 'http://127.0.0.1/next?api_key=***&n=1');
    const [, , kept, hasRecords, format] = calls[1] as [string, number, WireResponse, boolean, string];
    assert.deepEqual(kept.headers, [
      ['Content-Type', 'text/event-stream'],
      ['Set-Cookie', 'sid=***; Path=/; HttpOnly'],
      ['X-Echo', 'token ***'],
    ]);
    assert.deepEqual([kept.status, kept.connection, hasRecords, format], [200, response.connection, true, 'event-stream']); // prettier-ignore
    assert.equal(calls[2]?.[2], 'data: 1\n\nid: 7\ndata: *******');
    assert.equal(calls[3]?.[2], '****** ************** **************\n\n');
    const end = calls[8]?.[2] as { reason: string; error: CbError };
    assert.deepEqual([end.reason, end.error.code, end.error.kind], ['reset', 'reset', 'reset']);
    assert.deepEqual(end.error.display, { text: 'Broken: {0}, {1}', args: ['at ***', 7] });
    assert.doesNotMatch(new TextDecoder().decode(bytes), /sk-0123|456789|cookie-value/);
  });

  it('is read up to where it is torn, in pieces of any size', () => {
    const { bytes } = written(tellAll);
    const whole = told(new FrameReader().read(bytes)).length;
    let before = 0;
    for (let length = 0; length <= bytes.length; length++) {
      const calls = told(new FrameReader().read(bytes.subarray(0, length)));
      assert.ok(calls.length >= before && calls.length <= whole);
      before = calls.length;
    }
    assert.equal(before, whole);
    for (const size of [1, 7, 100]) {
      const reader = new FrameReader();
      const calls: unknown[] = [];
      for (let from = 0; from < bytes.length; from += size) {
        calls.push(...told(reader.read(bytes.subarray(from, from + size))));
      }
      assert.equal(calls.length, whole);
    }
  });

  it('ends where something else begins: zeros of a disk that was not written', () => {
    const { bytes } = written(tellAll);
    const torn = new Uint8Array(bytes.length + 1000);
    torn.set(bytes);
    assert.equal(told(new FrameReader().read(torn)).length, 9);
  });

  it('keeps the beginning of a body that is too large, and what became of it', () => {
    const { bytes, writer } = written((one) => {
      one.onResponse(0, response, true, 'event-stream');
      for (let n = 0; n < 100; n++) void one.onChunk(n, utf8(`data: ${n}\n\n`));
      one.onEnd(100, { reason: 'complete', error: null, bytes: 890 });
    }, 1000);
    assert.ok(bytes.length < 1200, String(bytes.length));
    const calls = told(new FrameReader().read(bytes)) as unknown[][];
    const chunks = calls.filter(([name]) => name === 'chunk');
    assert.ok(chunks.length > 10 && chunks.length < 60);
    assert.equal(writer.keptBytes, chunks.map(([, , text]) => String(text).length).reduce((sum, one) => sum + one)); // prettier-ignore
    assert.equal(calls.at(-1)?.[0], 'end');
  });
});
