import { tabs, type ContentReference, type FilterInput, type FromWebview } from './messages.ts';
import { isPicture, parseRange } from './parseFromComparison.ts';
import { parseLogChoice, parseLogQuery } from './parseLogs.ts';
import type { PanelQuery } from './queries.ts';

/** Longest text taken from a page: what a user can have typed or selected. */
const MAX_TEXT_LENGTH = 10_000_000;

/** Narrows what a webview posted, which is untrusted; null for anything that is not a {@link FromWebview}. */
export function parseFromWebview(value: unknown): FromWebview | null {
  const message = asObject(value);
  switch (message?.['type']) {
    case 'ready':
    case 'cancel':
    case 'sendAgain':
    case 'resume':
    case 'startFunction':
    case 'compareWithPrevious':
    case 'copyAs':
    case 'moreLogs':
    case 'cancelLogs':
      return { type: message['type'] };
    case 'setPinned': {
      const { isPinned } = message;
      return typeof isPinned === 'boolean' ? { type: 'setPinned', isPinned } : null;
    }
    case 'setTab': {
      const tab = oneOf(tabs, message['tab']);
      return tab === null ? null : { type: 'setTab', tab };
    }
    case 'setFilter': {
      const filter = parseFilter(message['filter']);
      return filter === null ? null : { type: 'setFilter', filter };
    }
    case 'searchLogs': {
      const choice = parseLogChoice(asObject(message['choice']));
      return choice === null ? null : { type: 'searchLogs', choice };
    }
    case 'openLink': {
      const { url } = message;
      return isText(url) && /^(?:https?:|mailto:)/i.test(url) ? { type: 'openLink', url } : null;
    }
    case 'copyText': {
      const { text } = message;
      return isText(text) ? { type: 'copyText', text } : null;
    }
    case 'copy':
    case 'open': {
      const { type, runId } = message;
      const content = parseContent(message['content']);
      return isCount(runId) && content !== null ? { type, runId, content } : null;
    }
    case 'save': {
      const { runId } = message;
      return isCount(runId) ? { type: 'save', runId } : null;
    }
    case 'savePicture': {
      const { svg } = message;
      return isPicture(svg) ? { type: 'savePicture', svg } : null;
    }
    case 'get': {
      const { requestId, runId } = message;
      const query = parseQuery(message['query']);
      return isCount(requestId) && isCount(runId) && query !== null
        ? { type: 'get', requestId, runId, query }
        : null;
    }
    default:
      return null;
  }
}

function parseFilter(value: unknown): FilterInput | null {
  const filter = asObject(value);
  if (filter === null) return null;
  const { text, matchCase, type, showComments } = filter;
  const mode = oneOf(['text', 'regex', 'jsonpath'] as const, filter['mode']);
  const isComplete = typeof matchCase === 'boolean' && typeof showComments === 'boolean' && mode !== null;
  if (!isText(text) || !isComplete || !(type === null || isText(type))) return null;
  return { text, mode, matchCase, type, showComments };
}

function parseContent(value: unknown): ContentReference | null {
  const content = asObject(value);
  switch (content?.['kind']) {
    case 'body':
    case 'stream':
      return { kind: content['kind'] };
    case 'record':
      return isCount(content['row']) ? { kind: 'record', row: content['row'] } : null;
    case 'text':
      return isText(content['channel']) ? { kind: 'text', channel: content['channel'] } : null;
    default:
      return null;
  }
}

function parseQuery(value: unknown): PanelQuery | null {
  const query = asObject(value);
  switch (query?.['kind']) {
    case 'types':
    case 'problems':
      return { kind: query['kind'] };
    case 'body': {
      const { kind, from = 0 } = query;
      return isCount(from) ? { kind, from } : null;
    }
    case 'rows': {
      const { kind, filterId, from, count } = query;
      return isCount(filterId) && isCount(from) && isCount(count) ? { kind, filterId, from, count } : null;
    }
    case 'record':
      return isCount(query['row']) ? { kind: 'record', row: query['row'] } : null;
    case 'text': {
      const { kind, channel, from } = query;
      return isText(channel) && isCount(from) ? { kind, channel, from } : null;
    }
    case 'timeline': {
      const { kind, bins, fromMs, toMs } = query;
      return isCount(bins) ? { kind, bins, ...parseRange(fromMs, toMs) } : null;
    }
    case 'rowAt': {
      const { kind, atMs } = query;
      return Number.isFinite(atMs) ? { kind, atMs: atMs as number } : null;
    }
    case 'chunks': {
      const { kind, from, count } = query;
      return isCount(from) && isCount(count) ? { kind, from, count } : null;
    }
    case 'chunk':
      return isCount(query['index']) ? { kind: 'chunk', index: query['index'] } : null;
    case 'logs':
    case 'log':
      return parseLogQuery(query);
    default:
      return null;
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | null {
  return values.find((one) => one === value) ?? null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT_LENGTH;
}
