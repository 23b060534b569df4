import type { ComparisonQuery, DiffReference, FromComparison } from './comparison.ts';

/** Longest picture taken from a page. */
const MAX_PICTURE_LENGTH = 5_000_000;

type Fields = Readonly<Record<string, unknown>>;

/** Narrows what a comparison's page posted, which is untrusted; null for anything that is not a {@link FromComparison}. */
export function parseFromComparison(value: unknown): FromComparison | null {
  const message = asFields(value);
  switch (message?.['type']) {
    case 'ready':
    case 'swap':
    case 'sendBoth':
      return { type: message['type'] };
    case 'openDiff': {
      const content = parseDiff(message['content']);
      return content === null ? null : { type: 'openDiff', content };
    }
    case 'savePicture': {
      const { svg } = message;
      return isPicture(svg) ? { type: 'savePicture', svg } : null;
    }
    case 'get': {
      const { requestId } = message;
      const query = parseQuery(message['query']);
      return isCount(requestId) && query !== null ? { type: 'get', requestId, query } : null;
    }
    default:
      return null;
  }
}

function parseDiff(value: unknown): DiffReference | null {
  const content = asFields(value);
  switch (content?.['kind']) {
    case 'body':
    case 'text':
      return { kind: content['kind'] };
    case 'event': {
      const { alignmentId, pair } = content;
      return isCount(alignmentId) && isCount(pair) ? { kind: 'event', alignmentId, pair } : null;
    }
    default:
      return null;
  }
}

function parseQuery(value: unknown): ComparisonQuery | null {
  const query = asFields(value);
  if (query === null) return null;
  const { kind, alignmentId, onlyDifferences, from, count, row, pair, direction, bins, fromMs, toMs } = query;
  if (kind === 'timelines') return isCount(bins) ? { kind, bins, ...parseRange(fromMs, toMs) } : null;
  if (!isCount(alignmentId)) return null;
  if (kind === 'difference') {
    const isDirection = direction === 'next' || direction === 'previous';
    return isCount(pair) && isDirection ? { kind, alignmentId, pair, direction } : null;
  }
  if (typeof onlyDifferences !== 'boolean') return null;
  if (kind === 'pair') return isCount(row) ? { kind, alignmentId, onlyDifferences, row } : null;
  if (kind !== 'pairs' || !isCount(from) || !isCount(count)) return null;
  return { kind, alignmentId, onlyDifferences, from, count };
}

/** True for what may be an SVG that a page drew. */
export function isPicture(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_PICTURE_LENGTH && value.startsWith('<svg ');
}

/** A range of time in ms, as far as it is one. */
export function parseRange(
  fromMs: unknown,
  toMs: unknown,
): { readonly fromMs: number; readonly toMs: number } | Record<never, never> {
  const isRange = Number.isFinite(fromMs) && Number.isFinite(toMs) && (fromMs as number) < (toMs as number);
  return isRange ? { fromMs: fromMs as number, toMs: toMs as number } : {};
}

function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
