import type { ChannelKind } from './channel.ts';
import type { AssemblySink, EventReader } from './convention.ts';
import { asObject, asText, type JsonObject } from './jsonShape.ts';

/**
 * Reads Anthropic's message events. A tool call has a channel of its own. Blocks of text that follow each other are
 * one text, since a citation splits a sentence into blocks; blocks of thinking are its paragraphs.
 */
export function createAnthropicReader(): EventReader {
  let message = 0;
  let kindBefore: ChannelKind | null = null;
  /** IDs of the text and of the thinking that deltas now belong to: the block they began with. */
  const begun = { content: '', reasoning: '' };

  const startBlock = (id: string, block: JsonObject, sink: AssemblySink): void => {
    const kind = kindOf(asText(block.type));
    if (kind === null) return;
    if (kind === 'tool') {
      sink.tool(id, { name: block.name, callId: block.id });
    } else if (kind !== kindBefore) {
      begun[kind] = id;
    } else if (kind === 'reasoning') {
      sink.paragraph(kind, begun[kind]);
    }
    kindBefore = kind;
    if (kind !== 'tool') sink.text(kind, begun[kind], block.text ?? block.thinking);
  };

  return (json, sink) => {
    const block = typeof json.index === 'number' ? String(json.index) : '';
    const id = message > 1 ? `${message}/${block}` : block;
    switch (json.type) {
      case 'message_start': {
        const started = asObject(json.message);
        message++;
        kindBefore = null;
        sink.model(started?.model);
        sink.usage(started?.usage);
        return true;
      }
      case 'content_block_start': {
        const started = asObject(json.content_block);
        if (started !== undefined) startBlock(id, started, sink);
        return true;
      }
      case 'content_block_delta': {
        const delta = asObject(json.delta);
        sink.text('content', begun.content, delta?.text);
        sink.text('reasoning', begun.reasoning, delta?.thinking);
        if (typeof delta?.partial_json === 'string') sink.tool(id, { delta: delta.partial_json });
        return true;
      }
      case 'message_delta':
        sink.finish(asObject(json.delta)?.stop_reason);
        return true;
      case 'message_stop':
        sink.terminate('message_stop');
        return true;
      case 'content_block_stop':
        return true;
      default:
        return false;
    }
  };
}

function kindOf(blockType: string): 'content' | 'reasoning' | 'tool' | null {
  if (blockType === 'text') return 'content';
  if (blockType === 'thinking') return 'reasoning';
  return blockType.endsWith('tool_use') ? 'tool' : null;
}
