const { setTimeout: delay } = require('node:timers/promises');

const openai = require('./openai');
const agUi = require('./ag-ui');
const bot = require('./bot');

// 路径决定流的格式 / The path selects the format of the stream.
const formats = {
  '/chat/completions': openai,
  '/ag-ui': agUi,
  '/bot': bot,
};

exports.main = async (event, context) => {
  const { pathname, searchParams } = new URL(context.httpContext.url);
  const format = formats[pathname];
  if (!format) {
    const message = `没有这个路径 / No such path: ${pathname}. Try ${Object.keys(formats).join(', ')}.`;
    return { statusCode: 404, headers: { 'Content-Type': 'application/json' }, body: { message } };
  }

  const question = event?.messages?.at(-1)?.content ?? event?.msg ?? '你好';
  const pauseMs = Number(searchParams.get('pause') ?? 80);

  const sse = context.sse();
  const client = new AbortController();
  sse.on('close', () => client.abort());

  try {
    for (const data of format(question)) {
      sse.send({ data });
      await delay(pauseMs, undefined, { signal: client.signal });
    }
  } catch (error) {
    // 客户端断开不是错误 / A client that leaves is not an error.
    if (!client.signal.aborted) throw error;
  } finally {
    sse.end();
  }
};
