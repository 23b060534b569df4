import { asObject, type JsonObject } from './jsonShape.ts';

/** Tokens as the stream itself counts them; null where it does not say. */
export interface Usage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  /** Of the output, spent on reasoning. */
  readonly reasoningTokens: number | null;
  /** Input that was read from a cache. */
  readonly cachedTokens: number | null;
}

/** Reads `usage` under the names of any convention. Null where it names no number of tokens. */
export function readUsage(value: unknown): Usage | null {
  const usage = asObject(value);
  if (usage === undefined) return null;
  const outputDetails = asObject(usage.completion_tokens_details) ?? asObject(usage.output_tokens_details);
  const inputDetails = asObject(usage.prompt_tokens_details) ?? asObject(usage.input_tokens_details);
  const read: Usage = {
    inputTokens: first(usage, 'prompt_tokens', 'input_tokens', 'promptTokens', 'inputTokens'),
    outputTokens: first(usage, 'completion_tokens', 'output_tokens', 'completionTokens', 'outputTokens'),
    totalTokens: first(usage, 'total_tokens', 'totalTokens'),
    reasoningTokens: first(outputDetails, 'reasoning_tokens'),
    cachedTokens: first(inputDetails, 'cached_tokens') ?? first(usage, 'cache_read_input_tokens'),
  };
  const isSilent =
    read.inputTokens === null &&
    read.outputTokens === null &&
    read.totalTokens === null &&
    read.reasoningTokens === null &&
    read.cachedTokens === null;
  return isSilent ? null : read;
}

/** The newer numbers, and the older ones where those are silent: Anthropic tells input and output apart in time. */
export function mergeUsage(before: Usage | null, after: Usage): Usage {
  return {
    inputTokens: after.inputTokens ?? before?.inputTokens ?? null,
    outputTokens: after.outputTokens ?? before?.outputTokens ?? null,
    totalTokens: after.totalTokens ?? before?.totalTokens ?? null,
    reasoningTokens: after.reasoningTokens ?? before?.reasoningTokens ?? null,
    cachedTokens: after.cachedTokens ?? before?.cachedTokens ?? null,
  };
}

function first(object: JsonObject | undefined, ...names: readonly string[]): number | null {
  for (const name of names) {
    const value = object?.[name];
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  }
  return null;
}
