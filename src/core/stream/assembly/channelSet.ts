import { TextChannel, type ChannelKind } from './channel.ts';

/** Channels of one stream; what would need another one is written to the last. */
export const MAX_CHANNELS = 200;
const MAX_LABEL_LENGTH = 200;

/** The channels of one stream, found by their kind and the ID their convention gives them. */
export class ChannelSet {
  readonly #list: TextChannel[] = [];
  /** Maps, since IDs come from the server and may be `__proto__`. */
  readonly #byId = {
    content: new Map<string, TextChannel>(),
    reasoning: new Map<string, TextChannel>(),
    tool: new Map<string, TextChannel>(),
    refusal: new Map<string, TextChannel>(),
  } satisfies Record<ChannelKind, unknown>;

  /** In order of first appearance; always the same array. */
  get list(): readonly TextChannel[] {
    return this.#list;
  }

  /** True if a channel of the kind exists. */
  has(kind: ChannelKind): boolean {
    return this.#byId[kind].size > 0;
  }

  /** True if the channel of an ID exists and is not empty. */
  hasText(kind: ChannelKind, id: string): boolean {
    return (this.#byId[kind].get(id)?.length ?? 0) > 0;
  }

  /** The channel of an ID, made where there is none yet. */
  get(kind: ChannelKind, id: string, atMs: number): TextChannel {
    return this.#byId[kind].get(id) ?? this.add(kind, id, atMs);
  }

  /** A new channel for an ID, in place of the one found by it so far, which stays in the list. */
  add(kind: ChannelKind, id: string, atMs: number): TextChannel {
    const last = this.#list.at(-1);
    if (last !== undefined && this.#list.length === MAX_CHANNELS) return last;
    const siblings = this.#list.filter((channel) => channel.kind === kind).length;
    const channel = new TextChannel(siblings === 0 ? kind : `${kind}-${siblings + 1}`, kind, atMs);
    this.#list.push(channel);
    this.#byId[kind].set(id, channel);
    if (kind !== 'tool' && siblings > 0) this.#labelById(kind);
    return channel;
  }

  #labelById(kind: ChannelKind): void {
    for (const [id, channel] of this.#byId[kind]) channel.label = id.slice(0, MAX_LABEL_LENGTH);
  }

  /** Names a tool's channel, where it has no name yet. */
  nameTool(channel: TextChannel, name: string): void {
    if (channel.kind === 'tool' && channel.label === '') channel.label = name.slice(0, MAX_LABEL_LENGTH);
  }
}
