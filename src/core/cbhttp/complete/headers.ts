import type { CbDocument, Section } from '../document.ts';
import { headerInfo, headers } from '../knowledge/headers.ts';
import { mediaTypes } from '../knowledge/mediaTypes.ts';
import type { LanguageContext } from '../languageContext.ts';
import { COMPUTED_HEADERS } from '../lines.ts';
import { escapeSnippet, hasPlaceholders, snippetText, type Completion } from './completion.ts';
import type { Place } from './place.ts';
import { profileAt } from './variables.ts';

/** Header fields of requests that the request does not have yet, and those of the document's own. */
export function headerNames(
  document: CbDocument,
  place: Place & { kind: 'header-name' },
): readonly Completion[] {
  const written = new Set(
    place.request?.headers
      .filter(({ nameSpan }) => nameSpan.start + place.sectionOffset !== place.span.start)
      .map(({ name }) => name.toLowerCase()),
  );
  const offers: Completion[] = [];
  const offer = (label: string, group: number, rest: Partial<Completion>): void => {
    if (written.has(label.toLowerCase()) || COMPUTED_HEADERS.has(label.toLowerCase())) return;
    written.add(label.toLowerCase());
    const insertText = place.hasColon ? label : `${label}: `;
    offers.push({ label, kind: 'header', insertText, span: place.span, group, ...rest });
  };
  const usualFirst = [...[...COMMON].flatMap((name) => headerInfo(name) ?? []), ...headers];
  for (const { name, use, meaning, values } of usualFirst) {
    if (use === 'response') continue;
    const opensNext = !place.hasColon && values.length > 0;
    offer(name, COMMON.has(name) ? 0 : 1, { documentation: meaning, ...(opensNext ? { opensNext } : {}) });
  }
  for (const section of document.sections) {
    for (const name of ownNamesIn(section)) offer(name, 0, {});
  }
  return offers;
}

/** Usual values of a header field; in a list, of the item at the cursor. */
export function headerValues(place: Place, name: string, context: LanguageContext): readonly Completion[] {
  const lower = name.toLowerCase();
  const before = place.text.slice(0, place.offset - place.span.start);
  const itemStart = LISTS.has(lower) ? before.lastIndexOf(',') + 1 : 0;
  const item = before.slice(itemStart);
  const parameter = MEDIA.has(lower) ? item.lastIndexOf(';') + 1 : 0;
  const from = itemStart + parameter;
  const start = place.span.start + from + (/^[ \t]*/.exec(before.slice(from))?.[0].length ?? 0);
  const rest = parameter > 0 ? /^[^,;]*/ : LISTS.has(lower) ? /^[^,]*/ : /^[^]*/;
  const after = rest.exec(place.text.slice(place.offset - place.span.start))?.[0].trimEnd().length ?? 0;
  const span = { start, end: place.offset + after };
  const offers = new Map<string, Completion>();
  const offer = (snippet: string, group: number): void => {
    const label = snippetText(snippet);
    if (offers.has(label)) return;
    const isSnippet = hasPlaceholders(snippet);
    const documentation = mediaTypes.get(label);
    offers.set(label, {
      label,
      kind: 'value',
      insertText: isSnippet ? snippet : label,
      span,
      group,
      ...(isSnippet ? { isSnippet } : {}),
      ...(documentation === undefined ? {} : { documentation }),
    });
  };
  if (parameter > 0) {
    for (const one of parameters(lower, item)) offer(one, 0);
    return [...offers.values()];
  }
  if (lower === 'authorization') {
    for (const secret of context.secretNames(profileAt(place, context).name)) {
      offer(`Bearer {{\\$secret ${escapeSnippet(secret)}}}`, 0);
    }
  }
  for (const value of headerInfo(name)?.values ?? []) offer(value, 1);
  if (MEDIA.has(lower)) {
    for (const type of mediaTypes.keys()) if (lower === 'accept' || type !== '*/*') offer(type, 2);
  }
  return [...offers.values()];
}

function parameters(name: string, item: string): readonly string[] {
  if (name === 'accept') return ['q=0.9', 'q=0.8', 'q=0.5', 'q=0.1'];
  return /^\s*multipart\//i.test(item) ? ['boundary=${1:boundary}'] : ['charset=utf-8'];
}

/** Header names of a section's requests that the tables do not have. */
function ownNamesIn(section: Section): readonly string[] {
  let names = ownNames.get(section);
  if (names === undefined) {
    names = section.requests.flatMap((request) =>
      request.headers.map(({ name }) => name).filter((name) => headerInfo(name) === undefined),
    );
    ownNames.set(section, names);
  }
  return names;
}

const ownNames = new WeakMap<Section, readonly string[]>();

/** In the order of their use. */
const COMMON = new Set(['Content-Type', 'Authorization', 'Accept', 'Cookie', 'X-Qualifier', 'Last-Event-ID']);

const MEDIA = new Set(['accept', 'content-type']);

/** Fields whose value is a list with commas. */
const LISTS = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'access-control-request-headers',
  'cache-control',
  'prefer',
  'te',
]);
