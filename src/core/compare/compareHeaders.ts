import type { HeaderList } from '../ports.ts';

/** Fields whose values are others in each response. */
const VOLATILE =
  /^(?:date|age|expires|etag|last-modified|server-timing|x-(?:response-time|runtime|process-time|timestamp)|traceparent|tracestate|cf-ray|x-amz-cf-id|nel|report-to|.*(?:request|trace|log|span|correlation|invoke)-?id)$/;

/** A header field of two responses. */
export interface ComparedHeader {
  /** As the first response that has it writes it. */
  readonly name: string;
  /** In the order they came; empty where it is missing. */
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly state: 'same' | 'changed' | 'missing' | 'added';
  /** True for one that differs by its nature, such as Date or a request's id. */
  readonly isExpected: boolean;
}

/** Compares header fields: names in any case and any order, values of a repeated field in any order. */
export function compareHeaders(left: HeaderList, right: HeaderList): ComparedHeader[] {
  const fields = new Map<string, { name: string; left: string[]; right: string[] }>();
  const collect = (side: 'left' | 'right', headers: HeaderList): void => {
    for (const [name, value] of headers) {
      const key = name.toLowerCase();
      const field = fields.get(key) ?? { name, left: [], right: [] };
      field[side].push(value.trim());
      fields.set(key, field);
    }
  };
  collect('left', left);
  collect('right', right);
  return [...fields].map(([key, field]) => {
    const state = stateOf(field.left, field.right);
    return { ...field, state, isExpected: state === 'changed' && VOLATILE.test(key) };
  });
}

function stateOf(left: readonly string[], right: readonly string[]): ComparedHeader['state'] {
  if (left.length === 0) return 'added';
  if (right.length === 0) return 'missing';
  return JSON.stringify([...left].sort()) === JSON.stringify([...right].sort()) ? 'same' : 'changed';
}
