import { msg, type Message } from '../../message.ts';
import { profileOf } from '../../profiles/profileFor.ts';
import { fileVariables, type CbDocument, type PlacedVariable } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { SYSTEM_VARIABLES } from '../variables/systemVariables.ts';
import { hasPlaceholders, snippetText, type Completion, type CompletionKind } from './completion.ts';
import { requestNames } from './directives.ts';
import type { Place } from './place.ts';
import { responseParts } from './responses.ts';

/** What can stand between the braces; where they are not closed yet, the offers close them. */
export function variables(
  document: CbDocument,
  place: Place,
  isClosed: boolean,
  context: LanguageContext,
): readonly Completion[] {
  const before = place.text.slice(0, place.offset - place.span.start);
  const close = isClosed ? '' : '}}';
  const argument = /^\$(\w+)[ \t]+([^]*)$/.exec(before);
  if (argument !== null) return systemArguments(place, argument[1] ?? '', argument[2] ?? '', close, context);
  const base = /^([^\s.$[\]]+)[.[]/.exec(before)?.[1];
  if (base !== undefined && requestNames(document, undefined, context).has(base)) {
    return responseParts(document, place, base, close, context);
  }
  return names(document, place, close, context);
}

function names(document: CbDocument, place: Place, close: string, context: LanguageContext): Completion[] {
  const offers = new Map<string, Completion>();
  const offer = (label: string, kind: CompletionKind, group: number, detail: Message | string): void => {
    if (offers.has(label)) return;
    offers.set(label, { label, kind, detail, insertText: label + close, span: place.span, group });
  };
  for (const { word, value } of place.request?.directives ?? []) {
    const name = /^[^\s=]+/.exec(value)?.[0];
    if (word === 'prompt' && name !== undefined) offer(name, 'variable', 0, msg('asked when sending'));
  }
  for (const [name, definitions] of fileVariables(document)) {
    const shown = definitionFor(definitions, place);
    if (shown !== undefined) offer(name, 'variable', 0, shorten(shown.variable.value));
  }
  const profile = profileAt(place, context);
  for (const [name, value] of Object.entries(profile.variables)) {
    offer(name, 'variable', 1, msg('{0} · profile {1}', shorten(value), profile.name));
  }
  for (const [name, value] of Object.entries(context.profiles.sharedVariables)) {
    offer(name, 'variable', 2, msg('{0} · profile {1}', shorten(value), '$shared'));
  }
  for (const name of requestNames(document, undefined, context)) {
    if (!/^[^\s.$[\]{}"][^\s.[\]{}"]*$/.test(name) || offers.has(name)) continue; // some titles fit no expression
    offers.set(name, {
      label: name,
      kind: 'request',
      detail: msg('answer of this request'),
      insertText: `${name}.${close === '' ? '' : `\${0}${close}`}`,
      ...(close === '' ? {} : { isSnippet: true }),
      span: place.span,
      group: 3,
      opensNext: true,
    });
  }
  return [...offers.values(), ...systemNames(place, close, context)];
}

/** The last definition above the place, else the first; never the one that the place stands in. */
function definitionFor(
  definitions: readonly PlacedVariable[],
  { offset }: Place,
): PlacedVariable | undefined {
  const others = definitions.filter(
    ({ variable: { span }, offset: at }) => offset < at + span.start || offset > at + span.end,
  );
  return others.findLast(({ variable, offset: at }) => at + variable.span.start < offset) ?? others[0];
}

function systemNames(place: Place, close: string, context: LanguageContext): Completion[] {
  const system = SYSTEM_VARIABLES.map(({ name, usage, snippet, meaning }): Completion => {
    const isSnippet = hasPlaceholders(snippet);
    return {
      label: name,
      kind: 'system-variable',
      ...(usage === name ? {} : { detail: usage.slice(name.length + 1) }),
      documentation: meaning,
      insertText: (isSnippet ? snippet : snippetText(snippet)) + close,
      ...(isSnippet ? { isSnippet } : {}),
      span: place.span,
      group: 5,
    };
  });
  const secrets = context.secretNames(profileAt(place, context).name).map((name): Completion => {
    const label = `$secret ${name}`;
    return { label, kind: 'secret', insertText: label + close, span: place.span, group: 4 };
  });
  return [...secrets, ...system];
}

function systemArguments(
  place: Place,
  name: string,
  before: string,
  close: string,
  context: LanguageContext,
): readonly Completion[] {
  const word = /\S*$/.exec(before)?.[0] ?? '';
  const span = { start: place.offset - word.length, end: place.span.end };
  const offer = (values: readonly string[], kind: CompletionKind = 'value'): Completion[] =>
    values.map((value) => {
      const isSnippet = hasPlaceholders(value);
      return {
        label: snippetText(value),
        kind,
        insertText: value + close,
        ...(isSnippet ? { isSnippet } : {}),
        span,
        group: 0,
      };
    });
  const isFirst = word.length === before.length;
  switch (name) {
    case 'processEnv':
      return isFirst ? offer(context.environmentNames) : [];
    case 'dotenv':
      return isFirst ? offer(context.dotenvNames) : [];
    case 'secret':
      return isFirst ? offer(context.secretNames(profileAt(place, context).name), 'secret') : [];
    case 'datetime':
    case 'localDatetime':
      return isFirst
        ? offer(['rfc1123', 'iso8601', '"YYYY-MM-DD"', '"YYYY-MM-DD HH:mm:ss"', '"YYYY-MM-DDTHH:mm:ssZ"'])
        : offer(SHIFTS);
    case 'timestamp':
      return offer(SHIFTS);
    default:
      return [];
  }
}

const SHIFTS = ['${1:1} ${2|d,h,m,s,ms,w,M,y|}', '-1 d', '1 h', '-1 h'];

/** The profile that the request at a place is sent with. */
export function profileAt(
  { request }: Place,
  { profiles }: LanguageContext,
): LanguageContext['profiles']['active'] {
  return (request && profileOf(request, profiles)) ?? profiles.active;
}

/** Variables whose value begins an address, so that a target can begin with them; of the file, then of the profile. */
export function addressVariables(
  document: CbDocument,
  place: Place,
  context: LanguageContext,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, value: string): void => {
    if (/^(?:https?|fn):\/\//i.test(value) && !found.has(name)) found.set(name, shorten(value));
  };
  for (const [name, definitions] of fileVariables(document)) {
    const shown = definitionFor(definitions, place);
    if (shown !== undefined) add(name, shown.variable.value);
  }
  const { variables } = profileAt(place, context);
  for (const [name, value] of Object.entries({ ...context.profiles.sharedVariables, ...variables })) {
    add(name, value);
  }
  return found;
}

/** Variables with their braces, for a text; nothing while a word is being typed, which belongs to the text. */
export function variablesInText(
  document: CbDocument,
  place: Place,
  context: LanguageContext,
): readonly Completion[] {
  const { section, sectionOffset, offset } = place;
  if (/[\p{L}\p{N}_$-]/u.test(section.text[offset - 1 - sectionOffset] ?? '')) return [];
  return names(document, place, '}}', context).map((one) => ({
    ...one,
    label: `{{${one.label}}}`,
    insertText: `{{${one.insertText}`,
  }));
}

/** A value beside its name. */
function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
