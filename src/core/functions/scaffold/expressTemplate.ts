import { streamedText } from './streamedText.ts';

/** The version of Express that the template was tried with. */
export const expressVersion = '5.3.0';

/** index.js of a function on Express: a web server that streams, and answers in JSON. */
export function expressCode(name: string): string {
  return `const { setTimeout: delay } = require('node:timers/promises');
const express = require('express');

const app = express();
app.use(express.json());

const text = '${streamedText}';

// 流式回答：每个词一个事件 / A stream: one event for each word, the way a language model answers.
app.get('/stream', async (req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  for (const content of text.match(/\\S+\\s*/g)) {
    if (res.closed) return; // 客户端已断开 / The client has left.
    res.write(\`data: \${JSON.stringify({ choices: [{ delta: { content } }] })}\\n\\n\`);
    await delay(250);
  }
  res.end('data: [DONE]\\n\\n');
});

// 普通回答 / A plain answer.
app.post('/hello', (req, res) => {
  const name = req.body?.name ?? '云函数';
  res.json({ message: \`你好，\${name}！ Hello, \${name}!\` });
});

// 云端固定使用 9000 端口 / In the cloud the port is always 9000.
const port = Number(process.env.PORT ?? 9000);
app.listen(port, '0.0.0.0', (error) => {
  if (error) throw error;
  console.log(\`${name} listens on port \${port}\`);
});
`;
}
