import assert from 'node:assert/strict';
import fc from 'fast-check';
import { before, describe, it } from 'mocha';
import { NO_FUNCTION } from '../../../../src/core/code/expressible.ts';
import { miniProgramCode as write } from '../../../../src/core/code/miniProgramCode.ts';
import { fill } from '../../../../src/core/message.ts';
import { createSseDecoder } from '../../../../src/core/stream/sseDecoder.ts';
import type { StreamRecord } from '../../../../src/core/stream/record.ts';
import { codeRequestOf } from '../../../support/preparedCode.ts';
import { runMiniProgram, type MiniProgram } from '../../../support/miniProgram.ts';

const CHINESE_STREAM = [
  '\ufeff: 心跳\n',
  'retry: 3000\r\n',
  '\r\n',
  'id: 一\revent: 开始\rdata: 你好，世界\r\r',
  'data: 第一行\r\ndata:第二行\r\ndata\r\ndata:  两个空格\r\n\r\n',
  'id: a\0b\ndata: {"content":"𠮷👩‍👩‍👧"}\n\n',
  'id\n\n',
  'unknown: 未知\nevent: 空\n\n',
  'data:\n\n',
  'retry: 12x\nid: 二\n\ndata: 之后\n\n',
  ': \n:no space\n',
  'data: [DONE]\n\ndata: 没有结束',
].join('');

function miniProgramCode(...given: Parameters<typeof write>): string {
  const code = write(...given);
  assert.ok(typeof code === 'string');
  return code;
}

/** What our own decoder makes of a stream, but for the tail the standard drops. */
function ourRecords(bytes: Uint8Array): StreamRecord[] {
  const records: StreamRecord[] = [];
  const decoder = createSseDecoder((record) => records.push(record));
  decoder.feed(bytes);
  decoder.end();
  return records.filter(({ kind }) => kind !== 'incomplete');
}

/** What generated code makes of it. */
function theirRecords(program: MiniProgram, chunks: readonly Uint8Array[]): StreamRecord[] {
  const records: StreamRecord[] = [];
  const call = program.callStream({
    event: ({ type, data, id, lastEventId }) => records.push({ kind: 'event', type, id, lastEventId, data }),
    comment: (text) => records.push({ kind: 'comment', text }),
    retry: (ms) => records.push({ kind: 'retry', ms }),
  });
  call.onHeadersReceived?.({ statusCode: 200, header: { 'content-type': 'text/event-stream' } });
  for (const chunk of chunks) call.onChunkedReceived?.({ data: Uint8Array.from(chunk).buffer });
  call.success?.({ statusCode: 200, header: {}, data: '' });
  return records;
}

describe('miniProgramCode', () => {
  let program: MiniProgram;
  before(async () => {
    const request = await codeRequestOf(
      'POST fn://chat/sse\nContent-Type: application/json\n\n{"q":"你好"}',
      { profile: { envId: 'dev-1' } },
      { view: 'function' },
    );
    program = runMiniProgram(miniProgramCode(request, fill, true));
  });

  it('gives the events our own decoder gives, wherever a Chinese stream is cut', () => {
    const bytes = new TextEncoder().encode(CHINESE_STREAM);
    const expected = ourRecords(bytes);
    assert.equal(expected.filter(({ kind }) => kind === 'event').length, 6);
    for (let at = 0; at <= bytes.length; at++) {
      assert.deepEqual(
        theirRecords(program, [bytes.subarray(0, at), bytes.subarray(at)]),
        expected,
        `cut at byte ${at}`,
      );
    }
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    assert.deepEqual(theirRecords(program, single), expected);
  });

  it('gives them for any bytes in any chunks', () => {
    const piece = fc.constantFrom(
      ...[
        'data',
        'data:',
        'data: ',
        'event: ',
        'id: ',
        'id',
        'retry: ',
        '12',
        ':',
        ' ',
        '\r',
        '\n',
        '\r\n',
        '\n\n',
        '中',
        '𠮷',
        '\0',
        'é',
        '\ufeff',
      ].map((text) => [...new TextEncoder().encode(text)]),
      ...[
        [0xe4, 0xbd],
        [0xf0, 0x9f],
        [0xff],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xe0, 0x80],
        [0xf4, 0x90],
        [0x80],
      ],
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.array(fc.nat(60), { maxLength: 6 }),
        (pieces, cuts) => {
          // A line that nothing ends is no comment yet.
          const bytes = Uint8Array.from([...pieces.flat(), 10]);
          const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort(
            (a, b) => a - b,
          );
          const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
          assert.deepEqual(theirRecords(program, chunks), ourRecords(bytes));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('shows an error that came instead of a stream', () => {
    const text = '{"code":"FUNCTION_NOT_FOUND","message":"函数不存在"}';
    const bytes = new TextEncoder().encode(text);
    const call = program.callStream({ event: () => assert.fail('no event') });
    call.onHeadersReceived?.({ statusCode: 404, header: { 'Content-Type': 'application/json' } });
    call.onChunkedReceived?.({ data: Uint8Array.from(bytes.subarray(0, 44)).buffer });
    call.onChunkedReceived?.({ data: Uint8Array.from(bytes.subarray(44)).buffer });
    call.success?.({ statusCode: 404, header: {}, data: '' });
    assert.deepEqual(program.written.at(-1), ['error', 404, text]);
  });

  it('has every parameter of the document', async () => {
    const text =
      '# @timeout 1200ms\n# @data-type text\n# @response-type arraybuffer\nPUT fn://chat/api/hello?x=1\nX-Custom-Header: value\nContent-Type: application/json\n\n{"key":"value"}';
    const options = { profile: { envId: 'dev-1' } };
    const request = await codeRequestOf(text, options, { view: 'function' });
    const [plain] = runMiniProgram(miniProgramCode(request, fill, false)).calls;
    assert.ok(plain);
    const { success, fail, complete, data, ...rest } = plain;
    assert.deepEqual(
      { ...rest, config: { ...rest.config }, header: { ...rest.header } },
      {
        name: 'chat',
        config: { env: 'dev-1' },
        path: '/api/hello?x=1',
        method: 'PUT',
        header: { 'X-Custom-Header': 'value', 'Content-Type': 'application/json' },
        timeout: 1200,
        dataType: 'text',
        responseType: 'arraybuffer',
      },
    );
    assert.equal(JSON.stringify(data), '{"key":"value"}');
    for (const callback of [success, fail, complete]) assert.equal(typeof callback, 'function');
    const [stream] = runMiniProgram(miniProgramCode(request, fill, true)).calls;
    assert.equal(stream?.enableChunked, true);
    assert.equal(stream.dataType, undefined, 'only where nothing streams');
    assert.equal(typeof stream.onHeadersReceived, 'function');
  });

  it('asks for base library 3.15.1', async () => {
    const code = miniProgramCode(await codeRequestOf('GET fn://f/', {}, { view: 'function' }), fill, false);
    for (const version of ['3.15.1', '3.15.2', '3.16.0', '4.0', '3.100.0']) {
      assert.equal(runMiniProgram(code, version).calls.length, 1, version);
    }
    for (const version of ['3.15.0', '3.9.1', '2.32.3', '']) {
      assert.throws(() => runMiniProgram(code, version), /3\.15\.1/, version);
    }
    assert.match(code, /3\.15\.1/);
  });

  it('warns of what the document says', async () => {
    const codeOf = async (text: string) =>
      // In one line, however its comments were wrapped.
      miniProgramCode(await codeRequestOf(text, {}, { view: 'function' }), fill, false).replace(
        /\n *\/\/ /g,
        ' ',
      );
    assert.match(await codeOf('PATCH fn://f/'), /PATCH is not supported/);
    const authorized = await codeOf('GET fn://f/\nAuthorization: Bearer abc');
    assert.match(authorized, /Authorization is left out/);
    assert.doesNotMatch(authorized, /abc/);
    assert.match(await codeOf('# @timeout 30s\nGET fn://f/'), /less than 1500[^]*timeout: 30000/);
    assert.match(await codeOf('GET fn://f/'), /less than 1500.* timeout: 1499/);
    assert.doesNotMatch(await codeOf('# @timeout 1s\nGET fn://f/'), /less than/);
    assert.match(await codeOf('GET fn://f/?k={{$secret key}}'), /no secret[^]*k=<CBHTTP_SECRET_P_KEY>/);
    const digits = await codeOf(
      'POST fn://f/\nContent-Type: application/json\n\n{"id":12345678901234567890}',
    );
    assert.match(digits, /digits of the large numbers/);
    assert.match(
      await codeOf('POST fn://f/\nContent-Type: text/plain\n\nhi'),
      /only names objects[^]*data: 'hi'/,
    );
  });

  it('is for functions only', async () => {
    const request = await codeRequestOf('GET http://127.0.0.1:1/x', {}, { view: 'function' });
    assert.equal(write(request, fill, false), NO_FUNCTION);
  });
});
