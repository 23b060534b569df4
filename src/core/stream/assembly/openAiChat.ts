import type { AssemblySink, EventReader } from './convention.ts';
import { asObject, asText } from './jsonShape.ts';

/**
 * Reads OpenAI's chat completion chunks and what others made of them: `reasoning_content` (DeepSeek, Hunyuan) or
 * `reasoning`, tool calls without an index. One channel for each choice.
 */
export function createOpenAiChatReader(): EventReader {
  let lastCall = '';

  const readCall = (choice: string, value: unknown, sink: AssemblySink): void => {
    const call = asObject(value);
    if (call === undefined) return;
    const made = asObject(call.function);
    if (typeof call.index === 'number') lastCall = `${choice}/${call.index}`;
    else if (asText(call.id) !== '') lastCall = `${choice}/${asText(call.id)}`;
    sink.tool(lastCall, { name: made?.name, callId: call.id, delta: made?.arguments });
  };

  return (json, sink) => {
    if (!Array.isArray(json.choices)) return false;
    let fits = false;
    for (const value of json.choices as unknown[]) {
      const choice = asObject(value);
      const delta = asObject(choice?.delta);
      if (choice === undefined || delta === undefined) continue;
      fits = true;
      const id = typeof choice.index === 'number' ? String(choice.index) : '0';
      sink.text('reasoning', id, delta.reasoning_content ?? delta.reasoning);
      sink.text('content', id, delta.content);
      sink.text('refusal', id, delta.refusal);
      if (Array.isArray(delta.tool_calls)) {
        for (const call of delta.tool_calls as unknown[]) readCall(id, call, sink);
      }
      const made = asObject(delta.function_call);
      if (made !== undefined) sink.tool(`${id}/0`, { name: made.name, delta: made.arguments });
      sink.finish(choice.finish_reason);
    }
    return fits;
  };
}
