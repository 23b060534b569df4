// A comparison's page for the tests: as it is, with words that are their own names.
import type {
  ComparisonAnswer,
  ComparisonQuery,
  EventPair,
  FromComparison,
  ToComparison,
} from '../../src/protocol/comparison.ts';
import type { ComparisonStrings } from '../../src/protocol/strings/comparisonStrings.ts';
import { comparePage } from '../../src/webview/compare/comparePage.ts';

declare global {
  interface Window {
    /** What the comparison posted to its host. */
    compared: FromComparison[];
  }
}

window.compared = [];

/** The whole page of a comparison. Its host answers from these pairs; what else it says is handed to the function returned. */
export function openComparison(
  pairs: readonly EventPair[],
  words: ComparisonStrings,
  answers: readonly ComparisonAnswer[],
): (message: ToComparison) => void {
  const differing = pairs.filter(({ state }) => state !== 'same');
  const answerTo = (query: ComparisonQuery): ComparisonAnswer | undefined => {
    switch (query.kind) {
      case 'pairs': {
        const { alignmentId, from, count, onlyDifferences } = query;
        const shown = onlyDifferences ? differing : pairs;
        return { kind: 'pairs', alignmentId, from, pairs: shown.slice(from, from + count) };
      }
      case 'pair': {
        const pair = (query.onlyDifferences ? differing : pairs)[query.row];
        if (pair === undefined) return undefined;
        const { left, right } = pair;
        return {
          kind: 'pair',
          detail: { ...pair, leftData: left?.preview ?? '', rightData: right?.preview ?? '' },
        };
      }
      case 'difference': {
        const others = differing.map(({ pair }) => pair);
        const found =
          query.direction === 'next'
            ? others.find((pair) => pair > query.pair)
            : others.findLast((pair) => pair < query.pair);
        return { kind: 'difference', pair: found ?? null };
      }
      case 'timelines':
        return answers.find(({ kind }) => kind === 'timelines');
    }
  };
  const page = comparePage({
    strings: words,
    saved: { tab: 'overview', onlyDifferences: false },
    save: () => undefined,
    post: (message) => {
      window.compared.push(message);
      if (message.type !== 'get') return;
      const { requestId, query } = message;
      const answer = answerTo(query);
      setTimeout(() =>
        page.receive(
          answer === undefined ? { type: 'failed', requestId } : { type: 'answer', requestId, answer },
        ),
      );
    },
  });
  document.getElementById('app')?.replaceChildren(page.element);
  return (message) => page.receive(message);
}
