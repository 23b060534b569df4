const express = require('express');

const app = express();

app.use(express.json());
app.use(express.urlencoded());
app.use(express.text({ type: 'text/*' }));

// 把收到的请求原样告诉调用方 / What arrived, told back to the caller.
function echo(req) {
  return {
    method: req.method,
    path: req.path,
    query: req.query,
    headers: req.headers,
    body: req.body ?? null,
  };
}

app.post('/api/hello', (req, res) => {
  const user = req.body?.user ?? '云函数';
  res.json({ message: `你好，${user}！ Hello, ${user}!`, ...echo(req) });
});

// wx.cloud.callHTTPFunction 的六种方法 / The six methods of wx.cloud.callHTTPFunction.
for (const method of ['get', 'post', 'put', 'delete', 'head', 'options']) {
  app[method]('/{*path}', (req, res) => {
    res.json(echo(req));
  });
}

// 请求体无法解析时也返回 JSON / A body that cannot be read is answered in JSON, too.
app.use((error, req, res, next) => {
  if (res.headersSent) return next(error);
  res.status(error.status ?? 500).json({ error: error.message });
});

// 云端固定使用 9000 端口 / In the cloud the port is always 9000.
const port = Number(process.env.PORT ?? 9000);
app.listen(port, '0.0.0.0', (error) => {
  if (error) throw error;
  console.log(`my-http-function listens on port ${port}`);
});
