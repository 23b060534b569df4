import type { EventReader } from './convention.ts';
import { asObject, asText } from './jsonShape.ts';

/**
 * Reads the answer of a CloudBase bot: `type` says which part of it an event is, `finish_reason` is `continue` until
 * it stops. Knowledge, search and tool results say nothing of the text.
 */
export const readCloudbaseBot: EventReader = (json, sink) => {
  const isBot =
    json.role === 'assistant' || typeof json.finish_reason === 'string' || typeof json.record_id === 'string';
  switch (json.type) {
    case 'thinking': {
      if (typeof json.reasoning_content !== 'string' && typeof json.content !== 'string') return false;
      const thinking = asText(json.reasoning_content);
      sink.text('reasoning', '', thinking === '' ? json.content : thinking);
      break;
    }
    case 'tool-call': {
      const call = asObject(json.tool_call);
      const made = asObject(call?.function);
      if (call === undefined || made === undefined) return false;
      sink.tool(asText(call.id), { name: made.name, callId: call.id, delta: toText(made.arguments) });
      break;
    }
    case 'text':
      if (typeof json.content !== 'string' && !isBot) return false;
      sink.text('reasoning', '', json.reasoning_content);
      sink.text('content', '', json.content);
      break;
    case 'assistant':
    case undefined:
      if (!isBot || typeof json.content !== 'string') return false;
      sink.text('reasoning', '', json.reasoning_content);
      sink.text('content', '', json.content);
      break;
    default:
      return isBot;
  }
  if (json.finish_reason !== 'continue') sink.finish(json.finish_reason);
  return true;
};

/** A tool's arguments, which come as text or as JSON. */
function toText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    return JSON.stringify(value);
  } catch {
    return ''; // nested deeper than the stack: nothing a person would read
  }
}
