import { createAgUiReader } from './agUi.ts';
import { createAnthropicReader } from './anthropic.ts';
import { readCloudbaseBot } from './cloudbaseBot.ts';
import type { Convention, EventReader } from './convention.ts';
import { createOpenAiChatReader } from './openAiChat.ts';
import { readOpenAiResponses } from './openAiResponses.ts';

/** Readers of all conventions for one stream, to be tried in this order. The bot's last: its fields are the least its own. */
export function createReaders(): readonly { readonly convention: Convention; readonly read: EventReader }[] {
  return [
    { convention: 'openai-chat', read: createOpenAiChatReader() },
    { convention: 'openai-responses', read: readOpenAiResponses },
    { convention: 'anthropic', read: createAnthropicReader() },
    { convention: 'ag-ui', read: createAgUiReader() },
    { convention: 'cloudbase-bot', read: readCloudbaseBot },
  ];
}
