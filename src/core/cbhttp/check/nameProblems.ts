import { msg } from '../../message.ts';
import { placedRequests, shift, type CbDocument, type PlacedRequest, type Problem } from '../document.ts';

/** What is wrong among the names of a document: given twice, or sent before one another in a circle. */
export function nameProblems(document: CbDocument): Problem[] {
  const byName = new Map<string, PlacedRequest>(); // of several with one name, the last
  const repeated: PlacedRequest[] = [];
  const referring: PlacedRequest[] = [];
  for (const placed of placedRequests(document)) {
    const { name, directives } = placed.request;
    if (directives.length === 0) continue;
    if (name !== null) {
      if (byName.has(name)) repeated.push(placed);
      byName.set(name, placed);
    }
    if (directives.some(isReference)) referring.push(placed);
  }
  return [...repeated.map(repeatedName), ...circles(byName, referring)];
}

function repeatedName({ request, offset }: PlacedRequest): Problem {
  const directive = request.directives.findLast(({ word }) => word === 'name');
  return {
    code: 'duplicate-name',
    severity: 'warning',
    message: msg('Another request above is named "{0}" too.', request.name ?? ''),
    span: shift(directive?.valueSpan ?? request.requestLineSpan, offset),
    data: { name: request.name ?? '' },
  };
}

/** One problem for each `@ref` that closes a circle; each request is looked at once. */
function circles(byName: ReadonlyMap<string, PlacedRequest>, referring: readonly PlacedRequest[]): Problem[] {
  const problems: Problem[] = [];
  const state = new Map<PlacedRequest, 'open' | 'done'>();
  for (const start of referring) {
    if (state.has(start)) continue;
    const path: { placed: PlacedRequest; next: number }[] = [{ placed: start, next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { request, offset } = top.placed;
      const directive = request.directives[top.next++];
      if (directive === undefined) {
        state.set(top.placed, 'done');
        path.pop();
        continue;
      }
      const target = isReference(directive) ? byName.get(directive.value) : undefined;
      if (target === undefined || state.get(target) === 'done') continue;
      if (state.get(target) === undefined) {
        state.set(target, 'open');
        path.push({ placed: target, next: 0 });
        continue;
      }
      const from = path.findIndex(({ placed }) => placed === target);
      const circle = [...path.slice(from).map(({ placed }) => placed.request.name ?? ''), directive.value];
      problems.push({
        code: 'circular-reference',
        severity: 'error',
        message: msg('Each of these requests waits for the next: {0}.', shownCircle(circle)),
        span: shift(directive.valueSpan, offset),
      });
    }
  }
  return problems;
}

function shownCircle(circle: readonly string[]): string {
  const shown = circle.length > 10 ? [...circle.slice(0, 5), '…', ...circle.slice(-4)] : circle;
  return shown.join(' → ');
}

function isReference({ word }: { readonly word: string }): boolean {
  return word === 'ref' || word === 'force-ref';
}
