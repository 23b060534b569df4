import { msg } from '../../message.ts';
import { fileVariables } from '../document.ts';
import { forEachText, referencesIn, type VariableReference } from '../references.ts';
import type { UnknownVariable } from '../variables/lookUp.ts';
import { findOpenBraces } from '../variables/placeholders.ts';
import type { SectionView } from './sectionView.ts';

/** Variables of a section without a value, each where it stands. */
export function checkVariables(view: SectionView): void {
  for (const reference of referencesIn(view.section)) {
    const found = view.lookUp(reference.expression, reference.span.start);
    if (found.kind === 'unknown') reportUnknown(view, reference, found);
  }
  if (view.section.text.includes('{{')) checkBraces(view);
}

/** Braces that look like a variable and are sent as they are. A body may hold any text, so nothing is said there. */
function checkBraces(view: SectionView): void {
  const { section } = view;
  forEachText(section, (span, where) => {
    const at = where === 'body' ? -1 : findOpenBraces(section.text.slice(span.start, span.end));
    if (at === -1) return;
    view.report(
      'open-braces',
      'warning',
      msg('This is no variable, and is sent as it is: the braces are not closed, or hold others.'),
      { start: span.start + at, end: span.start + at + 2 },
    );
  });
}

function reportUnknown(view: SectionView, reference: VariableReference, found: UnknownVariable): void {
  const { expression, span } = reference;
  const data = { name: found.name ?? expression };
  if (found.reason === 'circular') {
    const variable = view.section.variables.find(
      ({ valueSpan }) => valueSpan.start <= span.start && span.end <= valueSpan.end,
    );
    // A circle is reported where it is written; one in the settings, where it is used.
    const isWritten = found.cycle.some((name) => fileVariables(view.scope.document).has(name));
    if (isWritten ? variable !== undefined && found.cycle.includes(variable.name) : found.within === null)
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
  const isOf = (name: string): boolean =>
    expression.startsWith(name) && /^[.[]|^$/.test(expression.slice(name.length));
  return request?.directives.some(({ word, value }) => /^(?:force-)?ref$/.test(word) && isOf(value)) === true;
}
