import type { BodyState } from '../core/compare/comparisonVerdict.ts';
import type { Channel } from '../core/stream/assembly/channel.ts';
import { prettyJson } from '../core/stream/prettyJson.ts';
import { bodyText } from './bodyText.ts';
import type { Run } from './run.ts';

/** Bytes of bodies compared at once, and up to which two are compared as JSON. */
const STEP_BYTES = 256 * 1024;
const JSON_BYTES = 2_000_000;

/** The texts that a stream's events put together, without reasoning and tool calls. */
export function contentChannels(run: Run): readonly Channel[] {
  const channels = run.stream?.analysis.assembly.channels ?? [];
  return channels.filter(({ kind, length }) => kind === 'content' && length > 0);
}

/** True where the events of two streams put together the same text. */
export function isSameText(left: Run, right: Run): boolean {
  const [lefts, rights] = [contentChannels(left), contentChannels(right)];
  const lengthOf = (channels: readonly Channel[]): number =>
    channels.reduce((sum, { length }) => sum + length, 0);
  const textOf = (channels: readonly Channel[]): string =>
    channels.map((channel) => channel.slice(0, channel.length)).join('');
  return lengthOf(lefts) === lengthOf(rights) && textOf(lefts) === textOf(rights);
}

/** How far two bodies are the same: by their bytes, or as JSON that is laid out. */
export function compareBodies(left: Run, right: Run): BodyState {
  if (areSameBytes(left, right)) return 'same';
  if (Math.max(left.byteLength, right.byteLength) > JSON_BYTES) return 'different';
  const laidOut = (run: Run): string | null => prettyJson([...bodyText(run)].join(''));
  const one = laidOut(left);
  return one !== null && one === laidOut(right) ? 'laidOut' : 'different';
}

function areSameBytes(left: Run, right: Run): boolean {
  if (left.byteLength !== right.byteLength) return false;
  for (let from = 0; from < left.byteLength; from += STEP_BYTES) {
    const to = Math.min(left.byteLength, from + STEP_BYTES);
    // The one may be a view that reading the other changes.
    const bytes = left.bytes(from, to).slice();
    if (Buffer.compare(bytes, right.bytes(from, to)) !== 0) return false;
  }
  return true;
}
