// 用固定文字代替大模型 / Fixed texts in place of a language model.
exports.thinking = (question) => `用户问的是“${question}”。先想清楚要点，再用简短的中文回答。`;

exports.answer = (question) =>
  `关于“${question}”：HTTP 云函数就是运行在云端的 Web 服务。` +
  `它可以一边生成、一边把文字推送给客户端，这就是流式响应（SSE）🚀。`;

// 每次两个字，像模型一样一点点输出 / Two characters at a time, the way a model answers.
exports.pieces = (text) => text.match(/.{1,2}/gsu) ?? [];
