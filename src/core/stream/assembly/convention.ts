import type { ChannelKind } from './channel.ts';
import type { JsonObject } from './jsonShape.ts';

/** How a stream says its text. `json-path`: by the user's own path. Source: facts sheet, section 8. */
export type Convention =
  'openai-chat' | 'openai-responses' | 'cloudbase-bot' | 'ag-ui' | 'anthropic' | 'json-path';

/**
 * Where a reader writes what an event says. Values are taken as they stand in the JSON: one of a wrong type, or an
 * empty text, says nothing.
 */
export interface AssemblySink {
  /** Text of the channel that `id` names within its kind. */
  text(kind: Exclude<ChannelKind, 'tool'>, id: string, delta: unknown): void;
  /** A blank line, where the channel has text already: a paragraph of its own follows. */
  paragraph(kind: Exclude<ChannelKind, 'tool'>, id: string): void;
  /** A tool call and more of its arguments. A new `callId` together with a name begins a new call under `id`. */
  tool(id: string, call: { name?: unknown; callId?: unknown; delta?: unknown }): void;
  usage(usage: unknown): void;
  model(model: unknown): void;
  finish(reason: unknown): void;
  /** The event is the last that the convention knows. */
  terminate(terminator: string): void;
  /** An error inside the stream, as text or as an object with `message`, `code` or `type`. */
  fail(error: unknown): void;
}

/** Reads one event's JSON; false where it does not fit the convention. Holds what one stream needs to be understood. */
export type EventReader = (json: JsonObject, sink: AssemblySink) => boolean;
