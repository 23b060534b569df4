import type { ChannelSnapshot } from '../../protocol/messages.ts';

/** UTF-16 units held of one channel, and of all. */
export const MAX_CHANNEL_LENGTH = 1_000_000;
const MAX_TOTAL_LENGTH = 4_000_000;

/** A piece of a channel that is not held yet. */
export interface TextPiece {
  readonly channel: string;
  readonly from: number;
  /** UTF-16 units there are from there on. */
  readonly lag: number;
}

/** The text of a run's channels as far as it has been fetched, each piece once. */
export class TextPieces {
  readonly #texts = new Map<string, string>();
  #total = 0;

  /** What is held of a channel. */
  text(channel: string): string {
    return this.#texts.get(channel) ?? '';
  }

  /** True if no more of a channel is held although there is more. */
  isFull({ key, length }: ChannelSnapshot): boolean {
    const held = this.text(key).length;
    return held < length && this.#room(held) <= 0;
  }

  /** The next piece to ask for among some channels: of the one that lags most; null if all there is is held. */
  next(channels: readonly ChannelSnapshot[]): TextPiece | null {
    let most: TextPiece | null = null;
    for (const { key, length } of channels) {
      const from = this.text(key).length;
      const lag = length - from;
      if (lag > (most?.lag ?? 0) && this.#room(from) > 0) most = { channel: key, from, lag };
    }
    return most;
  }

  /** Takes a piece; one that does not go on where the held text ends is dropped. */
  accept({ channel, from, text }: { channel: string; from: number; text: string }): void {
    const held = this.text(channel);
    if (from !== held.length) return;
    const piece = text.slice(0, Math.max(0, this.#room(held.length)));
    this.#texts.set(channel, held + piece);
    this.#total += piece.length;
  }

  #room(held: number): number {
    return Math.min(MAX_CHANNEL_LENGTH - held, MAX_TOTAL_LENGTH - this.#total);
  }
}
