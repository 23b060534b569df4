import { referencesIn, type VariableReference } from '../references.ts';
import type { UnknownVariable } from '../variables/lookUp.ts';
import type { SectionView } from './sectionView.ts';

/** Variables of a section without a value, each where it stands. */
export function checkVariables(view: SectionView): void {
  for (const reference of referencesIn(view.section)) {
    const found = view.lookUp(reference.expression, reference.span.start);
    if (found.kind === 'unknown') reportUnknown(view, reference, found);
  }
}

function reportUnknown(view: SectionView, reference: VariableReference, found: UnknownVariable): void {
  const { expression, span } = reference;
  const data = { name: expression };
  if (found.reason === 'circular') {
    const variable = view.section.variables.find(
      ({ valueSpan }) => valueSpan.start <= span.start && span.end <= valueSpan.end,
    );
    if (variable !== undefined && found.cycle.includes(variable.name))
      view.report('circular-variable', 'error', found.message, span, data);
    return;
  }
  // What a definition lacks is reported there; how long a chain of them is shows only from its end.
  if (found.within !== null && (found.reason !== 'too-long' || reference.where === 'variable')) return;
  if (found.reason === 'no-response') {
    if (!isSentBefore(view, reference)) view.report('no-response', 'hint', found.message, span, data);
    return;
  }
  const severity = found.reason === 'untrusted' ? 'information' : 'warning';
  view.report('unknown-variable', severity, found.message, span, data);
}

/** True where `@ref` sends the request whose answer is used. */
function isSentBefore({ section }: SectionView, { expression, span }: VariableReference): boolean {
  const request = section.requests.findLast((one) => one.span.start <= span.start);
  const name = expression.split('.', 1)[0];
  return (
    request?.directives.some(({ word, value }) => /^(?:force-)?ref$/.test(word) && value === name) === true
  );
}
