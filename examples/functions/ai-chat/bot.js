const { answer, pieces, thinking } = require('./reply');

/** CloudBase 智能体格式：thinking，再 text，最后 [DONE] / CloudBase bot style: thinking, then text, then [DONE]. */
module.exports = function* bot(question) {
  const created = Math.floor(Date.now() / 1000);
  const message = (fields) => ({
    created,
    model: 'sample-model',
    role: 'assistant',
    content: '',
    finish_reason: 'continue',
    ...fields,
  });

  for (const text of pieces(thinking(question))) yield message({ type: 'thinking', reasoning_content: text });
  for (const text of pieces(answer(question))) yield message({ type: 'text', content: text });
  yield message({ type: 'text', finish_reason: 'stop' });
  yield '[DONE]';
};
