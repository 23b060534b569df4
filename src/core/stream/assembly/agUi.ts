import type { EventReader } from './convention.ts';
import { asText } from './jsonShape.ts';

const FAMILY = /^(?:RUN|STEP|TEXT_MESSAGE|TOOL_CALL|THINKING|REASONING|STATE|MESSAGES|ACTIVITY)_[A-Z_]+$/;

/**
 * Reads AG-UI events. One channel for each message ID; a chunk without one goes on with the message before it. Older
 * servers send `THINKING_…`, which has no message ID, where newer ones send `REASONING_…`.
 */
export function createAgUiReader(): EventReader {
  let message = '';
  let reasoning = '';
  let call = '';
  let thoughts = 0;
  return (json, sink) => {
    const type = asText(json.type);
    switch (type) {
      case 'TEXT_MESSAGE_CONTENT':
      case 'TEXT_MESSAGE_CHUNK':
        message = asText(json.messageId) || message;
        sink.text('content', message, json.delta);
        return true;
      case 'REASONING_MESSAGE_CONTENT':
      case 'REASONING_MESSAGE_CHUNK':
        reasoning = asText(json.messageId) || reasoning;
        sink.text('reasoning', reasoning, json.delta);
        return true;
      case 'THINKING_TEXT_MESSAGE_START':
        reasoning = String(++thoughts);
        return true;
      case 'THINKING_TEXT_MESSAGE_CONTENT':
        sink.text('reasoning', reasoning, json.delta);
        return true;
      case 'TOOL_CALL_START':
      case 'TOOL_CALL_ARGS':
      case 'TOOL_CALL_CHUNK':
        call = asText(json.toolCallId) || call;
        sink.tool(call, { name: json.toolCallName, delta: json.delta });
        return true;
      case 'RUN_ERROR':
        sink.fail(json);
        sink.terminate(type);
        return true;
      case 'RUN_FINISHED':
        sink.terminate(type);
        return true;
      default:
        return FAMILY.test(type);
    }
  };
}
