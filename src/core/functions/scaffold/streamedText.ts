/** What the functions made from templates stream, word by word; it stands in quotes in their code. */
export const streamedText =
  '你好！ Hello! Every word of this text is an event of its own, ' +
  'sent the moment it is ready. 这就是 流式 响应。';
