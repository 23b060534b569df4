import { CbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import { isDisabled } from '../directives.ts';
import { referredName, shift, type CbDocument, type PlacedRequest } from '../document.ts';
import type { ExchangeMemory } from './exchange.ts';
import { requestNamed } from './lookUp.ts';

/**
 * The requests to send, in order, so that one finds the responses it refers to: those of `@ref` that have no whole one yet,
 * those of `@force-ref` in any case, each once, and the request itself last.
 * @throws CbError `parse` for a circle, a disabled request or a name that no request has, with the directive as span
 */
export function planSend(
  document: CbDocument,
  request: PlacedRequest,
  memory: ExchangeMemory,
): readonly PlacedRequest[] {
  const plan = new Set<PlacedRequest>();
  const open: PlacedRequest[] = [];

  const visit = (placed: PlacedRequest): void => {
    open.push(placed);
    for (const { word, value, span } of placed.request.directives) {
      if ((word !== 'ref' && word !== 'force-ref') || value === '') continue;
      if (word === 'ref' && memory.last(value)?.isComplete === true) continue;
      const at = shift(span, placed.offset);
      const referred = requestNamed(document, value);
      if (referred === undefined) {
        throw new CbError('parse', msg('No request of this file is named "{0}".', value), { span: at });
      }
      if (isDisabled(referred.request.directives)) {
        throw new CbError('parse', msg('"{0}" is disabled, so it is not sent first.', value), { span: at });
      }
      if (open.includes(referred)) throw circle([...open.slice(open.indexOf(referred)), referred], at);
      if (!plan.has(referred)) visit(referred);
    }
    open.pop();
    plan.add(placed);
  };
  visit(request);
  return [...plan];
}

function circle(path: readonly PlacedRequest[], span: { start: number; end: number }): CbError {
  const names = path.map(({ request }) => referredName(request) ?? '').join(' → ');
  return new CbError('parse', msg('The requests wait for each other: {0}.', names), { span });
}
