import { msg, type Message } from '../../message.ts';
import { placedRequests, referredName, type CbDocument, type CbRequest } from '../document.ts';
import { directives } from '../knowledge/directiveInfo.ts';
import type { LanguageContext } from '../languageContext.ts';
import type { Completion, CompletionKind } from './completion.ts';
import type { Place } from './place.ts';
import { functionNames } from './usedFunctions.ts';

/**
 * The directives that the request does not have yet.
 * @param mark what is still missing before the word: `@` after a bare `#`
 */
export function directiveWords(place: Place, mark: string): readonly Completion[] {
  const isGlued = mark !== '' && /[#/]$/.test(textBefore(place));
  const isFollowed = place.span.end < place.lineSpan.end;
  const written = place.request?.directives
    .filter(({ wordSpan }) => wordSpan.start + place.sectionOffset !== place.span.start)
    .map(({ word }) => word);
  return [...directives.values()]
    .filter(({ word }) => REPEATABLE.has(word) || written?.includes(word) !== true)
    .map(({ word, usage, meaning }) => {
      const insertText = `${isGlued ? ' ' : ''}${mark}${word}${usage === '' || isFollowed ? '' : ' '}`;
      return {
        label: mark + word,
        kind: 'directive',
        ...(usage === '' ? {} : { detail: usage }),
        documentation: meaning,
        insertText,
        span: place.span,
        group: 0,
        ...(WITH_VALUES.has(word) && !isFollowed ? { opensNext: true } : {}),
      };
    });
}

/** Directives where a line begins with `@`, which also begins a file variable: the comment mark comes before them. */
export function directivesAtLineStart(place: Place): readonly Completion[] {
  const start = place.span.start - 1;
  const isWordAlone = place.span.end === place.lineSpan.end && start === place.lineSpan.start;
  if (!isWordAlone) return [];
  return directiveWords(place, '@').map((offer) => ({
    ...offer,
    insertText: `# ${offer.insertText}`,
    span: { start, end: place.span.end },
  }));
}

/** What a directive can say. */
export function directiveValues(
  document: CbDocument,
  place: Place,
  word: string,
  context: LanguageContext,
): readonly Completion[] {
  const offer = (
    kind: CompletionKind,
    values: Iterable<string>,
    detail?: (value: string) => Message | string,
  ) =>
    [...values].map((value): Completion => {
      const text = detail?.(value);
      return {
        label: value,
        kind,
        insertText: value,
        span: place.span,
        group: 0,
        ...(text === undefined ? {} : { detail: text }),
      };
    });
  switch (word) {
    case 'profile':
      return offer(
        'profile',
        context.profiles.profiles.map(({ name }) => name),
        (name) => profileDetail(context, name),
      );
    case 'function':
      return offer('function', functionNames(document, context, place.request));
    case 'route':
      return offer('value', ['gateway', 'service', 'local'], (route) => routeDetail(route));
    case 'qualifier':
      return offer(
        'value',
        new Set([...context.profiles.profiles.map(({ qualifier }) => qualifier), '$LATEST']),
      ).filter(({ label }) => label !== '');
    case 'timeout':
    case 'connect-timeout':
    case 'idle-timeout':
      return offer('value', ['1500ms', '10s', '30s', '60s', '2m', '10m']);
    case 'stream':
      return offer('value', ['on', 'off', 'auto']);
    case 'data-type':
      return offer('value', ['json', 'text']);
    case 'response-type':
      return offer('value', ['text', 'arraybuffer']);
    case 'reconnect':
      return offer('value', ['1', '3', '5']);
    case 'ref':
    case 'force-ref':
      return offer('request', requestNames(document, place.request, context));
    case 'name':
      return offer('value', suggestedNames(place));
    default:
      return [];
  }
}

/** What the other requests are called: those of the document, then the names in the workspace. */
export function requestNames(
  document: CbDocument,
  except: CbRequest | undefined,
  context: LanguageContext,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { request } of placedRequests(document)) {
    const name = referredName(request);
    if (name !== null && request !== except) names.add(name);
  }
  for (const name of context.otherRequestNames) names.add(name);
  return names;
}

/** A name made of the title, or of the target's last word. */
function suggestedNames({ request }: Place): string[] {
  const path = request?.target.replace(/[?#][^]*$/, '') ?? '';
  return [request?.title ?? '', path.slice(path.lastIndexOf('/') + 1)]
    .map(
      (text) =>
        text
          .match(/[\p{L}\p{N}]+/gu)
          ?.map(capitalised)
          .join('') ?? '',
    )
    .filter((name, index, all) => name !== '' && name.length <= 40 && all.indexOf(name) === index);
}

function capitalised(word: string, index: number): string {
  const first = word.charAt(0);
  return (index === 0 ? first.toLowerCase() : first.toUpperCase()) + word.slice(1);
}

function profileDetail({ profiles }: LanguageContext, name: string): string {
  const profile = profiles.profiles.find((one) => one.name === name);
  return [profile?.route ?? '', profile?.envId ?? '']
    .filter((text) => text !== '' && text !== name)
    .join(' · ');
}

function routeDetail(route: string): Message {
  if (route === 'gateway') return msg('CloudBase HTTP API');
  return route === 'service' ? msg('HTTP access service') : msg('this machine');
}

function textBefore({ section, sectionOffset, lineSpan, offset }: Place): string {
  return section.text.slice(lineSpan.start - sectionOffset, offset - sectionOffset);
}

const REPEATABLE = new Set(['prompt', 'ref', 'force-ref', 'expect']);

/** Those that {@link directiveValues} has offers for. */
const WITH_VALUES = new Set([
  'profile',
  'function',
  'route',
  'qualifier',
  'timeout',
  'connect-timeout',
  'idle-timeout',
  'stream',
  'data-type',
  'response-type',
  'reconnect',
  'ref',
  'force-ref',
  'name',
]);
