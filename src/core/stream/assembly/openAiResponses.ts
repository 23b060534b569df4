import type { EventReader } from './convention.ts';
import { asObject, asText } from './jsonShape.ts';

/** Reads the events of OpenAI's Responses API (`response.output_text.delta` …). One channel for each output item. */
export const readOpenAiResponses: EventReader = (json, sink) => {
  const type = asText(json.type);
  if (!type.startsWith('response.')) return false;
  const item = asText(json.item_id);
  switch (type) {
    case 'response.output_text.delta':
      sink.text('content', item, json.delta);
      break;
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      sink.text('reasoning', item, json.delta);
      break;
    case 'response.reasoning_summary_part.added':
      sink.paragraph('reasoning', item);
      break;
    case 'response.refusal.delta':
      sink.text('refusal', item, json.delta);
      break;
    case 'response.output_item.added': {
      const added = asObject(json.item);
      if (added !== undefined && asText(added.name) !== '') {
        sink.tool(asText(added.id), { name: added.name, callId: added.call_id, delta: added.arguments });
      }
      break;
    }
    case 'response.function_call_arguments.delta':
    case 'response.custom_tool_call_input.delta':
    case 'response.mcp_call_arguments.delta':
      sink.tool(item, { delta: json.delta });
      break;
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      sink.terminate(type);
      break;
  }
  const response = asObject(json.response);
  if (response !== undefined) {
    sink.model(response.model);
    sink.usage(response.usage);
    sink.fail(response.error);
    if (response.status !== 'in_progress' && response.status !== 'queued') {
      sink.finish(asObject(response.incomplete_details)?.reason ?? response.status);
    }
  }
  return true;
};
