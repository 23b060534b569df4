import type { LastExchange } from '../languageContext.ts';
import { jsonText } from './exactJson.ts';
import type { ResponsePart } from './responseReference.ts';

/** A part of an exchange as it is shown. Null as value: there may be something, which is found when sending. */
export function shownPart(part: ResponsePart, exchange: LastExchange): { value: string | null } | 'nothing' {
  switch (part.kind) {
    case 'status':
      return { value: String(exchange.status) };
    case 'eventCount':
      return { value: String(exchange.eventCount) };
    case 'text':
      return { value: exchange.text };
    case 'header': {
      if (part.of === 'request') return { value: null };
      const values = exchange.headers.filter(([name]) => name.toLowerCase() === part.name);
      return values.length === 0 ? 'nothing' : { value: values.map(([, value]) => value).join(', ') };
    }
    case 'body':
      if (part.of === 'request') return { value: null };
      if (part.path === '') return { value: exchange.text };
      return walk(exchange.json, part.path);
    case 'event': {
      const data = exchange.eventData(part.index);
      if (data === undefined) return 'nothing';
      return part.path === '' ? { value: data } : walkText(data, part.path);
    }
    default:
      return { value: null };
  }
}

function walkText(text: string, path: string): { value: string | null } | 'nothing' {
  try {
    return walk(JSON.parse(text), path);
  } catch {
    return 'nothing'; // no JSON
  }
}

/** Follows a JSONPath of names and indexes only; others are left to the time of sending. */
function walk(json: unknown, path: string): { value: string | null } | 'nothing' {
  const step = /\.([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)|\[(-?\d+)\]|\['([^'\\]*)'\]|\["([^"\\]*)"\]/y;
  let value = json;
  for (step.lastIndex = 1; step.lastIndex < path.length;) {
    const match = step.exec(path);
    if (match === null) return { value: null };
    const name = match[1] ?? match[3] ?? match[4];
    if (typeof value !== 'object' || value === null) return 'nothing';
    if (name !== undefined) {
      if (Array.isArray(value) || !Object.hasOwn(value, name)) return 'nothing';
      value = (value as Record<string, unknown>)[name];
    } else {
      if (!Array.isArray(value)) return 'nothing';
      value = (value as unknown[]).at(Number(match[2]));
    }
    if (value === undefined) return 'nothing';
  }
  return value === undefined ? 'nothing' : { value: jsonText(value) };
}

/** A part in a few words. */
export function describePart(part: ResponsePart): string {
  if (part.kind === 'header') return part.name;
  if (part.kind === 'event') return `events[${part.index}]`;
  return 'path' in part ? part.path : part.kind;
}
