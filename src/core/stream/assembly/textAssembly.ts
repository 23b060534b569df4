import type { Channel, ChannelKind } from './channel.ts';
import { ChannelSet } from './channelSet.ts';
import type { AssemblySink, Convention } from './convention.ts';
import { asObject, asText, type JsonObject } from './jsonShape.ts';
import { RateMeter } from './rateMeter.ts';
import { createReaders } from './readers.ts';
import { mergeUsage, readUsage, type Usage } from './usage.ts';

/** UTF-16 units kept of a word the server says about its stream: a model, a reason, an error. */
const MAX_WORD_LENGTH = 2000;

/** One event of the stream; nothing of it is kept. */
export interface AssemblyEvent {
  /** 0-based among the events. */
  readonly eventIndex: number;
  /** ms since the request was sent; must not go back from event to event. */
  readonly atMs: number;
  readonly type: string;
  readonly data: string;
  /** `data` parsed, undefined where it is no JSON. */
  readonly json: unknown;
}

/** How fast the stream writes. Tokens only where the stream counts them; characters are UTF-16 units. */
export interface AssemblyRate {
  readonly perSecond: number;
  readonly unit: 'tokens' | 'characters';
}

/** What a user may set. */
export interface AssemblyOptions {
  /**
   * The user's own JSONPath: the strings and numbers it finds in an event are the content, in place of what a
   * convention takes for it. Must not throw.
   */
  readonly select?: (json: unknown) => readonly unknown[];
}

/**
 * The texts that the events of a stream add up to: answer, reasoning, tool calls; and what the stream says about
 * itself. Every event is read by the convention its own JSON fits, whatever the URL and whatever came before it, so
 * a stream may mix conventions or switch; events that fit none are passed over. Adding is linear over a stream.
 * Results of tools are no text of the answer and left out. Source: facts sheet, section 8.
 */
export class TextAssembly {
  readonly #select: AssemblyOptions['select'];
  readonly #readers = createReaders();
  readonly #sink: AssemblySink;
  readonly #channels = new ChannelSet();
  readonly #characters = new RateMeter();
  readonly #tokens = new RateMeter();
  /** When the event that is being read came, then when the last one did. */
  #atMs = 0;
  #characterCount = 0;
  #deltaCount = 0;
  #usageCount = 0;
  #firstOutputMs = 0;
  #lastOutputMs = 0;
  #convention: Convention | null = null;
  #usage: Usage | null = null;
  #model = '';
  #finishReason = '';
  #terminator = '';
  #failure = '';
  #firstTextMs: number | null = null;

  constructor(options: AssemblyOptions = {}) {
    this.#select = options.select;
    if (options.select !== undefined) this.#convention = 'json-path';
    this.#sink = {
      text: (kind, id, delta) => {
        if (kind !== 'content' || this.#select === undefined) this.#addText(kind, id, delta);
      },
      paragraph: (kind, id) => {
        if (this.#channels.hasText(kind, id)) this.#addText(kind, id, '\n\n');
      },
      tool: (id, call) => this.#addCall(id, call),
      usage: (usage) => this.#addUsage(usage),
      model: (model) => (this.#model ||= toWord(model)),
      finish: (reason) => (this.#finishReason = toWord(reason) || this.#finishReason),
      terminate: (terminator) => (this.#terminator = terminator),
      fail: (error) => (this.#failure ||= describeError(error)),
    };
  }

  /** The convention of the first event that fitted one; `json-path` where the user gave a path. */
  get convention(): Convention | null {
    return this.#convention;
  }

  /** In order of first appearance, at most 200: what would need more is written to the last. Always the same array. */
  get channels(): readonly Channel[] {
    return this.#channels.list;
  }

  /** The newest number of each kind that the stream has told. */
  get usage(): Usage | null {
    return this.#usage;
  }

  /** The first model named; may be empty. */
  get model(): string {
    return this.#model;
  }

  /** Why the model stopped, in the convention's own word; the last one told, may be empty. */
  get finishReason(): string {
    return this.#finishReason;
  }

  /** True once the stream has said that it is complete, or that it failed for good. */
  get isTerminated(): boolean {
    return this.#terminator !== '';
  }

  /** What said so last: `[DONE]`, `message_stop`, `RUN_FINISHED`, `event: done` …; empty if nothing has. */
  get terminator(): string {
    return this.#terminator;
  }

  /** The first error told inside the stream; empty if none. */
  get failure(): string {
    return this.#failure;
  }

  /** When the first text of any channel but a tool's came, in ms since the request was sent. */
  get firstTextMs(): number | null {
    return this.#firstTextMs;
  }

  /** Takes the next event. */
  add(event: AssemblyEvent): void {
    this.#atMs = event.atMs;
    const json = asObject(event.json);
    if (json?.error !== undefined) this.#sink.fail(json.error);
    const isKnown = json !== undefined && this.#readJson(json);
    if (!isKnown) this.#readPlain(event, json);
    if (this.#select === undefined || event.json === undefined) return;
    for (const found of this.#select(event.json)) {
      this.#addText('content', '', typeof found === 'number' ? String(found) : found);
    }
  }

  /**
   * How fast the stream writes, all channels together: over the last seconds while it runs; over all of it, from the
   * first delta to the last, where `nowMs` is no later than the last event or the stream has said it is complete.
   * Null before anything came and where all came at one moment.
   */
  rate(nowMs: number): AssemblyRate | null {
    if (this.#deltaCount === 0) return null;
    if (this.isTerminated || nowMs <= this.#atMs) return this.#overallRate();
    // Most conventions count at the end only: no live rate of tokens can be told from that.
    const countsAsItGoes = this.#usageCount > 2 && this.#usageCount * 2 >= this.#deltaCount;
    const perSecond = (countsAsItGoes ? this.#tokens : this.#characters).perSecond(nowMs);
    return perSecond === null ? null : { perSecond, unit: countsAsItGoes ? 'tokens' : 'characters' };
  }

  #overallRate(): AssemblyRate | null {
    const seconds = (this.#lastOutputMs - this.#firstOutputMs) / 1000;
    if (seconds <= 0) return null;
    const output = this.#usage?.outputTokens ?? null;
    if (output === null) return { perSecond: this.#characterCount / seconds, unit: 'characters' };
    // Reasoning that was counted but not sent took place before the first delta.
    const unseen = this.#channels.has('reasoning') ? 0 : (this.#usage?.reasoningTokens ?? 0);
    return { perSecond: Math.max(output - unseen, 0) / seconds, unit: 'tokens' };
  }

  #readJson(json: JsonObject): boolean {
    if (json.usage !== undefined) this.#addUsage(json.usage);
    for (const { convention, read } of this.#readers) {
      if (!read(json, this.#sink)) continue;
      this.#convention ??= convention;
      if (this.#model === '') this.#sink.model(json.model);
      return true;
    }
    return false;
  }

  /** What is said beside every convention: an error, an end. */
  #readPlain({ type, data, json: value }: AssemblyEvent, json: JsonObject | undefined): void {
    if (value === undefined && data.length < 100 && data.trim() === '[DONE]') this.#terminator = '[DONE]';
    else if (type === 'done') this.#terminator = 'event: done';
    if (type === 'error' || json?.type === 'error') this.#sink.fail(json);
    if (type === 'error') this.#sink.fail(data);
  }

  #addText(kind: ChannelKind, id: string, delta: unknown): void {
    if (typeof delta !== 'string' || delta === '') return;
    this.#channels.get(kind, id, this.#atMs).append(delta, this.#atMs);
    if (kind !== 'tool') this.#firstTextMs ??= this.#atMs;
    if (this.#deltaCount++ === 0) this.#firstOutputMs = this.#atMs;
    this.#lastOutputMs = this.#atMs;
    this.#characterCount += delta.length;
    this.#characters.add(this.#atMs, delta.length);
  }

  #addCall(id: string, call: { name?: unknown; callId?: unknown; delta?: unknown }): void {
    const name = asText(call.name);
    const callId = asText(call.callId);
    let channel = this.#channels.get('tool', id, this.#atMs);
    // Some servers give every call of a turn the same index; others a new ID to every delta, but no name.
    if (name !== '' && callId !== '' && channel.callId !== '' && callId !== channel.callId) {
      channel = this.#channels.add('tool', id, this.#atMs);
    }
    if (channel.callId === '') channel.callId = callId;
    this.#channels.nameTool(channel, name);
    this.#addText('tool', id, call.delta);
  }

  #addUsage(value: unknown): void {
    const read = readUsage(value);
    if (read === null) return;
    const before = this.#usage?.outputTokens ?? 0;
    this.#usage = mergeUsage(this.#usage, read);
    const more = (this.#usage.outputTokens ?? 0) - before;
    if (more <= 0) return;
    this.#usageCount++;
    this.#tokens.add(this.#atMs, more);
  }
}

function toWord(value: unknown): string {
  return asText(value).slice(0, MAX_WORD_LENGTH);
}

function describeError(error: unknown): string {
  const object = asObject(error);
  if (object === undefined) return toWord(error);
  const { message, code, type } = object;
  const word = [message, code, type].find((value) => asText(value) !== '' || typeof value === 'number');
  return typeof word === 'number' ? String(word) : toWord(word);
}
