import { streamedText } from './streamedText.ts';

/** The version of functions-framework that the template was tried with. */
export const frameworkVersion = '1.18.0';

/** index.js of a function on functions-framework: a handler that streams, and answers in JSON. */
export function frameworkCode(name: string): string {
  return `const { setTimeout: delay } = require('node:timers/promises');

const text = '${streamedText}';

exports.main = async (event, context) => {
  const { pathname } = new URL(context.httpContext.url);
  if (pathname === '/stream') return stream(context);

  // 普通回答 / A plain answer.
  const name = event?.name ?? '云函数';
  return { message: \`你好，\${name}！ Hello, \${name}!\` };
};

// 流式回答：每个词一个事件 / A stream: one event for each word, the way a language model answers.
async function stream(context) {
  const sse = context.sse();
  for (const content of text.match(/\\S+\\s*/g)) {
    if (sse.closed) return; // 客户端已断开 / The client has left.
    sse.send({ data: { choices: [{ delta: { content } }] } });
    await delay(250);
  }
  sse.send({ data: '[DONE]' });
  sse.end();
}

console.log('${name} is loaded');
`;
}
