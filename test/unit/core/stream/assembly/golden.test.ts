import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { TextAssembly, type AssemblyOptions } from '../../../../../src/core/stream/assembly/textAssembly.ts';
import { EventStore } from '../../../../../src/core/stream/eventStore.ts';

/** What an assembly says, as plain data. */
function summary(assembly: TextAssembly) {
  const { convention, usage, model, finishReason, isTerminated, terminator, failure } = assembly;
  const channels = assembly.channels.map(
    (channel) => [channel.key, channel.label, channel.slice(0)] as const,
  );
  return { convention, channels, usage, model, finishReason, isTerminated, terminator, failure };
}

/** Feeds a golden stream through a store in chunks of so many bytes, one each 10 ms. */
function assembleFile(name: string, chunkBytes: number, options?: AssemblyOptions): TextAssembly {
  const bytes = readFileSync(new URL(`../../../../fixtures/streams/${name}.txt`, import.meta.url));
  const store = new EventStore();
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    store.append(100 + (from / chunkBytes) * 10, bytes.subarray(from, from + chunkBytes));
  }
  store.end();
  const assembly = new TextAssembly(options);
  for (let row = 0; row < store.length; row++) {
    if (store.kind(row) !== 'event') continue;
    const data = store.text(row);
    let json: unknown;
    try {
      json = JSON.parse(data);
    } catch {
      json = undefined;
    }
    const [eventIndex, atMs, type] = [store.eventIndex(row), store.atMs(row), store.type(row)];
    assembly.add({ eventIndex, atMs, type, data, json });
  }
  store.dispose();
  return assembly;
}

const noUsage = {
  inputTokens: null,
  outputTokens: null,
  totalTokens: null,
  reasoningTokens: null,
  cachedTokens: null,
};

const golden: readonly (readonly [name: string, expected: ReturnType<typeof summary>])[] = [
  [
    'openai-chat',
    {
      convention: 'openai-chat',
      channels: [
        ['reasoning', '', '用户想知道杭州和北京的天气,先查两地。'],
        ['content', '', '我来查一下两地的天气 🌤️。'],
        ['tool', 'get_weather', '{"city":"杭州"}'],
        ['tool-2', 'get_weather', '{"city":"北京"}'],
      ],
      usage: { inputTokens: 84, outputTokens: 61, totalTokens: 145, reasoningTokens: 22, cachedTokens: 64 },
      model: 'deepseek-r1',
      finishReason: 'tool_calls',
      isTerminated: true,
      terminator: '[DONE]',
      failure: '',
    },
  ],
  [
    'openai-responses',
    {
      convention: 'openai-responses',
      channels: [
        ['reasoning', '', '**理解问题**\n\n要找的是订单 2026-0042。\n\n**选择工具**\n\n用 find_order。'],
        ['content', '', '正在查找您的订单……'],
        ['tool', 'find_order', '{"number":"2026-0042"}'],
      ],
      usage: { inputTokens: 96, outputTokens: 73, totalTokens: 169, reasoningTokens: 41, cachedTokens: 0 },
      model: 'gpt-5-mini',
      finishReason: 'completed',
      isTerminated: true,
      terminator: 'response.completed',
      failure: '',
    },
  ],
  [
    'cloudbase-bot',
    {
      convention: 'cloudbase-bot',
      channels: [
        ['reasoning', '', '用户问的是 HTTP 云函数,先查环境里的函数。'],
        ['tool', 'list_functions', '{"envId":"my-dev-1a2b","limit":20}'],
        ['content', '', '环境里有一个函数:**chat** 🚀'],
      ],
      usage: { ...noUsage, inputTokens: 210, outputTokens: 48, totalTokens: 258 },
      model: 'hunyuan-t1',
      finishReason: 'stop',
      isTerminated: true,
      terminator: '[DONE]',
      failure: '',
    },
  ],
  [
    'ag-ui',
    {
      convention: 'ag-ui',
      channels: [
        ['reasoning', '', '需要先搜索文档。'],
        ['content', 'm-1', '我先搜索一下。'],
        ['tool', 'search_docs', '{"query":"HTTP 云函数"}'],
        ['content-2', 'm-2', '找到三篇文档:快速开始、流式返回、鉴权。'],
      ],
      usage: null,
      model: '',
      finishReason: '',
      isTerminated: true,
      terminator: 'RUN_FINISHED',
      failure: '',
    },
  ],
  [
    'anthropic',
    {
      convention: 'anthropic',
      channels: [
        ['reasoning', '', '要算 27 × 453,交给计算器。'],
        ['content', '', '按照文档,用计算器得到结果。'],
        ['tool', 'calculate', '{"式子": "27*453"}'],
      ],
      usage: { ...noUsage, inputTokens: 412, outputTokens: 89, cachedTokens: 256 },
      model: 'claude-sonnet-4-5',
      finishReason: 'tool_use',
      isTerminated: true,
      terminator: 'message_stop',
      failure: '',
    },
  ],
  [
    'named-events',
    {
      convention: null,
      channels: [],
      usage: null,
      model: '',
      finishReason: '',
      isTerminated: true,
      terminator: 'event: done',
      failure: '第三段丢失',
    },
  ],
];

describe('TextAssembly on golden streams', () => {
  for (const [name, expected] of golden) {
    it(`assembles the golden stream ${name}, however its bytes are split`, () => {
      for (const chunkBytes of [1, 7, 64, 1000, 1_000_000]) {
        assert.deepEqual(summary(assembleFile(name, chunkBytes)), expected, `chunks of ${chunkBytes} bytes`);
      }
    });
  }

  it("takes the content from where the user's path points", () => {
    const select = (json: unknown): readonly unknown[] => {
      const segment = (json as { segment?: { text: string; no: number } }).segment;
      return segment === undefined ? [] : [segment.no, segment.text, null, true, {}];
    };
    const named = summary(assembleFile('named-events', 64, { select }));
    assert.equal(named.convention, 'json-path');
    assert.deepEqual(named.channels, [['content', '', '1春眠不觉晓,2处处闻啼鸟。']]);
  });
});
