const { answer, pieces } = require('./reply');

/** AG-UI 格式：类型在 JSON 里，没有 [DONE] / AG-UI: the type is in the JSON, RUN_FINISHED is the end. */
module.exports = function* agUi(question) {
  const run = { threadId: 'thread-1', runId: `run-${Date.now()}` };
  const toolCallId = 'call-1';
  const messageId = 'message-1';

  yield { type: 'RUN_STARTED', ...run };

  yield { type: 'TOOL_CALL_START', toolCallId, toolCallName: 'search_docs' };
  for (const delta of pieces(JSON.stringify({ query: question }))) {
    yield { type: 'TOOL_CALL_ARGS', toolCallId, delta };
  }
  yield { type: 'TOOL_CALL_END', toolCallId };

  yield { type: 'TEXT_MESSAGE_START', messageId, role: 'assistant' };
  for (const delta of pieces(answer(question))) yield { type: 'TEXT_MESSAGE_CONTENT', messageId, delta };
  yield { type: 'TEXT_MESSAGE_END', messageId };

  yield { type: 'RUN_FINISHED', ...run };
};
