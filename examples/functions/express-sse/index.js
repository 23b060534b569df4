const express = require('express');

const app = express();

app.get('/sse', (req, res) => {
  res.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    Connection: 'keep-alive',
  });

  // 初始注释，避免某些代理超时 / A first comment, so that no proxy on the way gives up waiting.
  res.write(': keep-alive\n\n');

  // 每秒一个事件 / One event a second.
  const timer = setInterval(() => {
    const data = { time: new Date().toISOString() };
    res.write(`data: ${JSON.stringify(data)}\n\n`);
  }, 1000);

  // 客户端断开后停止 / Stop when the client leaves.
  req.on('close', () => {
    clearInterval(timer);
    res.end();
  });
});

// 云端固定使用 9000 端口 / In the cloud the port is always 9000.
const port = Number(process.env.PORT ?? 9000);
app.listen(port, '0.0.0.0', (error) => {
  if (error) throw error;
  console.log(`express-sse listens on port ${port}`);
});
