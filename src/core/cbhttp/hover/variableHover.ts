import { msg, type Message } from '../../message.ts';
import { MASK } from '../../profiles/redact.ts';
import type { Place } from '../complete/place.ts';
import { positionAt, type CbDocument } from '../document.ts';
import { headerInfo } from '../knowledge/headers.ts';
import { statusInfo } from '../knowledge/statusCodes.ts';
import type { LanguageContext } from '../languageContext.ts';
import { lookUp, type KnownVariable } from '../variables/lookUp.ts';
import { SYSTEM_VARIABLES } from '../variables/systemVariables.ts';
import type { HoverPart } from './hoverPart.ts';
import { knownText } from './knownText.ts';

/** How much of a value is shown, in UTF-16 units. */
const MAX_SHOWN = 2000;

/** A variable's value and where it comes from. */
export function variableParts(
  document: CbDocument,
  expression: string,
  at: number,
  context: LanguageContext,
): readonly HoverPart[] {
  if (expression === '') return [];
  const found = lookUp(document, expression, at, context);
  const parts: HoverPart[] = [{ kind: 'heading', text: expression }];
  if (found.kind === 'unknown') {
    // The problem shown above the hover says what to do about a new name; this says where it was looked for.
    const isNew = found.name !== undefined;
    const where = msg('It has no value in this file, in the profile or in $shared.');
    return [...parts, { kind: 'text', message: isNew ? where : found.message }];
  }
  if (found.isSecret) parts.push({ kind: 'value', text: MASK });
  else if (found.value !== null) parts.push({ kind: 'value', text: shorten(found.value) });
  parts.push({ kind: 'text', message: sourceOf(document, expression, found) });
  if (found.value === null && !found.isSecret && found.source !== 'prompt') {
    parts.push({ kind: 'text', message: msg('Its value is known when the request is sent.') });
  }
  const meaning = partMeaning(expression, found.value);
  return meaning === undefined ? parts : [...parts, { kind: 'text', message: meaning }];
}

/** The value that a file variable has where it is written. */
export function definitionParts(
  document: CbDocument,
  place: Place,
  context: LanguageContext,
): readonly HoverPart[] {
  const { section, sectionOffset, span } = place;
  const variable = section.variables.find(({ nameSpan }) => nameSpan.start + sectionOffset === span.start);
  if (variable === undefined) return [];
  const { text } = knownText(document, variable.value, sectionOffset + variable.valueSpan.start, context);
  return [
    { kind: 'heading', text: variable.name },
    { kind: 'value', text: shorten(text) },
    { kind: 'text', message: msg('Variable of this file.') },
  ];
}

function sourceOf(document: CbDocument, expression: string, found: KnownVariable): Message {
  switch (found.source) {
    case 'given':
    case 'prompt':
      return msg('Asked when the request is sent.');
    case 'file': {
      const line = found.definition === null ? 0 : positionAt(document, found.definition.start).line;
      return msg('Variable of this file, line {0}.', line + 1);
    }
    case 'profile':
      return msg('Variable of the profile "{0}".', found.profile ?? '');
    case 'shared':
      return msg('Variable that all profiles share ($shared).');
    case 'system': {
      const name = /^\S+/.exec(expression)?.[0];
      return SYSTEM_VARIABLES.find((one) => one.name === name)?.meaning ?? msg('System variable.');
    }
    case 'response':
      return msg('From the last exchange of "{0}".', /^[^.[]*/.exec(expression)?.[0] ?? '');
  }
}

/** What the part of an answer means that the expression names. */
function partMeaning(expression: string, value: string | null): Message | undefined {
  if (expression.endsWith('.response.status')) return statusInfo(Number(value))?.meaning;
  const header = /\.headers\.([\w-]+)$/.exec(expression)?.[1];
  return header === undefined ? undefined : headerInfo(header)?.meaning;
}

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
