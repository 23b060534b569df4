import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { TextAssembly, type AssemblyOptions } from '../../../../../src/core/stream/assembly/textAssembly.ts';

/** What an assembly says, as plain data. */
function summary(assembly: TextAssembly) {
  const { convention, usage, model, finishReason, isTerminated, terminator, failure } = assembly;
  const channels = assembly.channels.map(
    (channel) => [channel.key, channel.label, channel.slice(0)] as const,
  );
  return { convention, channels, usage, model, finishReason, isTerminated, terminator, failure };
}

/** Feeds JSON events, one each `stepMs`, the first at 1000 ms. */
function assemble(events: readonly unknown[], options?: AssemblyOptions, stepMs = 10): TextAssembly {
  const assembly = new TextAssembly(options);
  events.forEach((json, eventIndex) => {
    const atMs = 1000 + eventIndex * stepMs;
    assembly.add({ eventIndex, atMs, type: 'message', data: '', json });
  });
  return assembly;
}

const chat = (delta: unknown, more: object = {}) => ({ choices: [{ index: 0, delta, ...more }] });
describe('TextAssembly', () => {
  it('leaves all but the content to the convention where the user gave a path', () => {
    const odd = [chat({ content: 'a', reasoning_content: 'r', shout: 'A' })];
    const shout = (json: unknown) => [
      (json as { choices: { delta: { shout: string } }[] }).choices[0]?.delta.shout,
    ];
    assert.deepEqual(summary(assemble(odd, { select: shout })).channels, [
      ['reasoning', '', 'r'],
      ['content', '', 'A'],
    ]);
  });

  it('gives the same text however a convention cuts it into deltas', () => {
    const wrap: Record<string, (delta: string) => unknown> = {
      chat: (content) => chat({ content }),
      responses: (delta) => ({ type: 'response.output_text.delta', item_id: 'm', delta }),
      bot: (content) => ({ type: 'text', role: 'assistant', content, finish_reason: 'continue' }),
      agUi: (delta) => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta }),
      anthropic: (text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    };
    const pieces = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(wrap)), pieces, (name, deltas) => {
        const whole = deltas.join('');
        const assembly = assemble(deltas.map((delta) => wrap[name]?.(delta)));
        assert.deepEqual(summary(assembly).channels, whole === '' ? [] : [['content', '', whole]]);
      }),
    );
  });

  it('keeps tool calls apart that a server gives one index, or an ID in place of one', () => {
    const call = (fields: object) => chat({ tool_calls: [fields] });
    const made = (args: string, name?: string) => ({ name, arguments: args });
    const texts = (events: unknown[]) =>
      summary(assemble(events)).channels.map(([, label, text]) => [label, text]);
    assert.deepEqual(
      texts([
        call({ index: 0, id: 'a', function: made('{"n":1}', 'one') }),
        call({ index: 0, id: 'b', function: made('{"n":', 'two') }),
        call({ index: 0, function: made('2}') }),
      ]),
      [['one', '{"n":1}'], ['two', '{"n":2}']],
    ); // prettier-ignore
    assert.deepEqual(
      texts([call({ id: 'a', function: made('1', 'one') }), call({ id: 'b', function: made('2', 'two') })]),
      [['one', '1'], ['two', '2']],
    ); // prettier-ignore
    assert.deepEqual(
      texts([
        call({ index: 0, id: 'x1', function: made('{', 'one') }),
        call({ index: 0, id: 'x2', function: made('}') }),
      ]),
      [['one', '{}']],
    );
  });

  it('separates the choices of one answer, refusals, and the thoughts of older AG-UI servers', () => {
    const choices = [
      {
        choices: [
          { index: 0, delta: { content: 'a' } },
          { index: 1, delta: { content: 'b' } },
        ],
      },
      chat({ content: 'A' }),
      chat({ refusal: '抱歉' }),
    ];
    assert.deepEqual(summary(assemble(choices)).channels, [
      ['content', '0', 'aA'],
      ['content-2', '1', 'b'],
      ['refusal', '', '抱歉'],
    ]);
    const thought = (delta: string) => ({ type: 'THINKING_TEXT_MESSAGE_CONTENT', delta });
    const start = { type: 'THINKING_TEXT_MESSAGE_START' };
    assert.deepEqual(summary(assemble([start, thought('a'), thought('b'), start, thought('c')])).channels, [
      ['reasoning', '1', 'ab'],
      ['reasoning-2', '2', 'c'],
    ]);
  });

  it('tells the blocks of one Anthropic message from those of the next', () => {
    const start = (index: number, block: object) => ({
      type: 'content_block_start',
      index,
      content_block: block,
    });
    const delta = (index: number, delta: object) => ({ type: 'content_block_delta', index, delta });
    const message = [{ type: 'message_start', message: {} }, start(0, { type: 'text', text: '' })];
    const thinking = start(1, { type: 'thinking', thinking: '' });
    const events = [
      ...message,
      delta(0, { text: 'a' }),
      thinking,
      delta(1, { thinking: 'b' }),
      { ...thinking, index: 2 },
      delta(2, { thinking: 'c' }),
      start(3, { type: 'text', text: 'd' }),
      ...message,
      delta(0, { text: 'e' }),
    ];
    assert.deepEqual(summary(assemble(events)).channels, [
      ['content', '0', 'a'],
      ['reasoning', '', 'b\n\nc'],
      ['content-2', '3', 'd'],
      ['content-3', '2/0', 'e'],
    ]);
  });

  it('reads each event by its own convention where a stream mixes them, and names the first', () => {
    const mixed = assemble([
      { type: 'thinking', reasoning_content: '想', finish_reason: 'continue' },
      { progress: 0.5 },
      chat({ content: '答' }),
      { type: 'RUN_ERROR', message: '额度用完', code: 'QUOTA' },
    ]);
    assert.deepEqual(summary(mixed), {
      convention: 'cloudbase-bot',
      channels: [
        ['reasoning', '', '想'],
        ['content', '', '答'],
      ],
      usage: null,
      model: '',
      finishReason: '',
      isTerminated: true,
      terminator: 'RUN_ERROR',
      failure: '额度用完',
    });
  });

  it('finds errors inside a stream', () => {
    const failureOf = (...events: unknown[]) => assemble(events).failure;
    assert.equal(
      failureOf({ error: { message: 'Rate limit', code: 429 } }, { error: 'second' }),
      'Rate limit',
    );
    assert.equal(failureOf({ error: { code: 429 } }), '429');
    assert.equal(failureOf({ error: 'plain' }), 'plain');
    assert.equal(failureOf({ error: null }, { error: false }, { error: '' }), '');
    assert.equal(
      failureOf({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
      'Overloaded',
    );
    assert.equal(failureOf({ type: 'error', code: 'server_error', message: 'Broken' }), 'Broken');
    const failed = { status: 'failed', error: { code: 'server_error', message: '内部错误' } };
    const response = assemble([{ type: 'response.failed', response: failed }]);
    assert.deepEqual(
      [response.failure, response.terminator, response.finishReason],
      ['内部错误', 'response.failed', 'failed'],
    );
    const plain = new TextAssembly();
    plain.add({ eventIndex: 0, atMs: 1, type: 'error', data: '函数出错', json: undefined });
    assert.equal(plain.failure, '函数出错');
  });

  it('leaves alone what only looks like a convention', () => {
    const events = [
      { choices: ['甲', '乙'], model: 'Tesla' },
      { choices: [{ text: '甲' }] },
      { type: 'PROGRESS', delta: 'x' },
      { content: 'no role' },
      { type: 'text', text: 'other' },
      [{ choices: [] }],
      'text',
      null,
      7,
    ];
    const { convention, channels, model } = summary(assemble(events));
    assert.deepEqual({ convention, channels, model }, { convention: null, channels: [], model: '' });
  });

  it('holds at most 200 channels and writes the rest to the last', () => {
    const events = Array.from({ length: 1000 }, (_, index) => ({
      type: 'TEXT_MESSAGE_CONTENT',
      messageId: index === 1 ? '__proto__' : `m${index}`,
      delta: `${index} `,
    }));
    const { channels } = assemble(events);
    assert.equal(channels.length, 200);
    assert.equal(channels[1]?.label, '__proto__');
    assert.equal(channels[198]?.slice(0), '198 ');
    assert.equal(channels[199]?.slice(0), events.slice(199).map(({ delta }) => delta).join('')); // prettier-ignore
    assert.equal(new Set(channels.map(({ key }) => key)).size, 200);
  });

  it('survives any JSON in any place of any convention', () => {
    const any = fc.oneof(fc.jsonValue(), fc.constantFrom('', 'x', 0, -1, 1e99, null, [], {}, [null], [{}]));
    const name = fc.constantFrom(
      'type', 'choices', 'delta', 'index', 'tool_calls', 'function', 'function_call', 'arguments', 'id', 'content',
      'reasoning_content', 'finish_reason', 'usage', 'message', 'content_block', 'item', 'response', 'item_id', 'error',
      'tool_call', 'messageId', 'toolCallId', 'partial_json', 'output_tokens', 'role', '__proto__', 'constructor',
    ); // prettier-ignore
    const type = fc.constantFrom(
      'response.output_item.added', 'response.completed', 'message_start', 'content_block_start', 'content_block_delta',
      'message_delta', 'TEXT_MESSAGE_CHUNK', 'TOOL_CALL_ARGS', 'RUN_ERROR', 'text', 'thinking', 'tool-call', 'error',
    ); // prettier-ignore
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 5 }, any, type, fc.array(tie('node'), { maxLength: 3 }), tie('object')),
      object: fc
        .tuple(type, fc.array(fc.tuple(name, tie('node')), { maxLength: 6 }))
        .map(([value, entries]) => JSON.parse(toJson([['type', value], ...entries])) as unknown),
    }));
    fc.assert(
      fc.property(fc.array(node, { maxLength: 8 }), (events) => {
        const assembly = assemble(events);
        for (const channel of assembly.channels) assert.equal(channel.slice(0).length, channel.length);
        for (const nowMs of [1000, 2000]) assert.ok((assembly.rate(nowMs)?.perSecond ?? 0) >= 0);
      }),
      { numRuns: 2000 },
    );
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    const call = { type: 'tool-call', tool_call: { id: 'c', function: { name: 'f', arguments: deep } } };
    assert.deepEqual(summary(assemble([chat({ content: deep }), call])).channels, [['tool', 'f', '']]);
  });

  it('tells when the first text came: neither empty deltas nor a tool’s arguments are one', () => {
    const tool = chat({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] });
    const assembly = assemble([chat({ role: 'assistant', content: '' }), tool, chat({ reasoning: '想' })]);
    assert.equal(assembly.firstTextMs, 1020);
    assert.deepEqual(assembly.channels.map(({ firstAtMs, lastAtMs }) => [firstAtMs, lastAtMs]), [[1010, 1010], [1020, 1020]]); // prettier-ignore
    assert.equal(assemble([tool]).firstTextMs, null);
  });

  describe('rate', () => {
    const deltas = Array.from({ length: 101 }, () => chat({ content: 'abcde' }));

    it('is of characters over the last seconds while the stream runs, and falls when it stalls', () => {
      const assembly = assemble(deltas, {}, 100); // 50 characters a second, from 1000 to 11000 ms
      const live = assembly.rate(11_001);
      assert.equal(live?.unit, 'characters');
      assert.ok(Math.abs((live?.perSecond ?? 0) - 50) < 3, String(live?.perSecond));
      assert.ok((assembly.rate(12_500)?.perSecond ?? 99) < 30);
      assert.deepEqual(assembly.rate(30_000), { perSecond: 0, unit: 'characters' });
    });

    it('is over all of the stream at its end: of tokens where it counts them', () => {
      assert.deepEqual(assemble(deltas, {}, 100).rate(11_000), { perSecond: 50.5, unit: 'characters' });
      const usage = (output: number, reasoning = 0) => ({
        choices: [],
        usage: { completion_tokens: output, completion_tokens_details: { reasoning_tokens: reasoning } },
      });
      assert.deepEqual(assemble([...deltas, usage(200)], {}, 100).rate(11_100), {
        perSecond: 20,
        unit: 'tokens',
      });
      // Reasoning nobody saw is not in the time that is measured.
      assert.deepEqual(assemble([...deltas, usage(300, 100)], {}, 100).rate(11_100), {
        perSecond: 20,
        unit: 'tokens',
      });
    });

    it('is of tokens while it runs where each event counts them', () => {
      const counted = deltas.map((event, index) => ({
        ...event,
        usage: { completion_tokens: 2 * (index + 1) },
      }));
      const rate = assemble(counted, {}, 100).rate(11_001);
      assert.equal(rate?.unit, 'tokens');
      assert.ok(Math.abs((rate?.perSecond ?? 0) - 20) < 2, String(rate?.perSecond));
    });

    it('is unknown where nothing came, or all at one moment', () => {
      assert.equal(new TextAssembly().rate(5), null);
      assert.equal(assemble(deltas, {}, 0).rate(1000), null);
    });
  });
});

/** Keys as own properties, `__proto__` too, as a server would send them. */
function toJson(entries: readonly (readonly [string, unknown])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
}
