const { answer, pieces, thinking } = require('./reply');

/** OpenAI 格式：先 reasoning_content，再 content，最后 [DONE] / OpenAI style: reasoning first, then the answer. */
module.exports = function* openai(question) {
  const id = `chatcmpl-${Date.now()}`;
  const created = Math.floor(Date.now() / 1000);
  const chunk = (delta, finishReason = null) => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model: 'sample-model',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  });

  yield chunk({ role: 'assistant', content: '' });
  for (const text of pieces(thinking(question))) yield chunk({ reasoning_content: text });
  for (const text of pieces(answer(question))) yield chunk({ content: text });
  yield chunk({}, 'stop');
  yield '[DONE]';
};
