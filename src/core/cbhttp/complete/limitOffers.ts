import type { Completion } from './completion.ts';

/** As many as anybody looks through: more make the editor slow. */
export const MAX_OFFERS = 1000;

/** The offers to show now. */
export interface ShownOffers {
  readonly offers: readonly Completion[];
  /** False where there are more: what is typed next chooses among all of them again. */
  readonly isComplete: boolean;
}

/**
 * Leaves out what is too much: kept are first the offers that begin with what is typed, then those that hold its
 * characters in their order, as the editor's own matching asks; of each the lower groups first.
 * @param textBefore what is typed from an absolute offset to the cursor
 */
export function limitOffers(
  offers: readonly Completion[],
  textBefore: (start: number) => string,
): ShownOffers {
  if (offers.length <= MAX_OFFERS) return { offers, isComplete: true };
  const typed = new Map<number, string>();
  const ranks: Completion[][] = [];
  for (const offer of offers) {
    const { start } = offer.span;
    let before = typed.get(start);
    if (before === undefined) typed.set(start, (before = textBefore(start).toLowerCase()));
    const text = (offer.filterText ?? offer.label).toLowerCase();
    const isPrefix = text.startsWith(before);
    if (!isPrefix && !hasInOrder(text, before)) continue;
    const rank = offer.group + (isPrefix ? 0 : GROUPS);
    (ranks[rank] ??= []).push(offer);
  }
  const kept = ranks.flat();
  return { offers: kept.slice(0, MAX_OFFERS), isComplete: false };
}

/** More than there are groups. */
const GROUPS = 100;

function hasInOrder(text: string, characters: string): boolean {
  let at = 0;
  for (const character of characters) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
