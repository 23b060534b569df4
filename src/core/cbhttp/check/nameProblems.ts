import { msg } from '../../message.ts';
import {
  directiveOf,
  placedRequests,
  referredName,
  shift,
  type CbDocument,
  type PlacedRequest,
  type Problem,
} from '../document.ts';
import { requestNamed } from '../variables/lookUp.ts';

/** What is wrong among the names of a document: given twice, or sent before one another in a circle. */
export function nameProblems(document: CbDocument): Problem[] {
  const names = new Set<string>();
  const repeated: PlacedRequest[] = [];
  const referring: PlacedRequest[] = [];
  for (const placed of placedRequests(document)) {
    const { name, directives } = placed.request;
    if (directives.length === 0) continue;
    if (name !== null) {
      if (names.has(name)) repeated.push(placed);
      names.add(name);
    }
    if (directives.some(isReference)) referring.push(placed);
  }
  return [...repeated.map(repeatedName), ...circles(document, referring)];
}

function repeatedName({ request, offset }: PlacedRequest): Problem {
  const directive = directiveOf(request, 'name');
  return {
    code: 'duplicate-name',
    severity: 'warning',
    message: msg('Another request above is named "{0}" too.', request.name ?? ''),
    span: shift(directive?.valueSpan ?? request.requestLineSpan, offset),
    data: { name: request.name ?? '' },
  };
}

/** One problem for each `@ref` that closes a circle; each request is looked at once. */
function circles(document: CbDocument, referring: readonly PlacedRequest[]): Problem[] {
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
      const target = isReference(directive) ? requestNamed(document, directive.value) : undefined;
      if (target === undefined || state.get(target) === 'done') continue;
      if (state.get(target) === undefined) {
        state.set(target, 'open');
        path.push({ placed: target, next: 0 });
        continue;
      }
      const from = path.findIndex(({ placed }) => placed === target);
      const circle = [
        ...path.slice(from).map(({ placed }) => referredName(placed.request) ?? ''),
        directive.value,
      ];
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
