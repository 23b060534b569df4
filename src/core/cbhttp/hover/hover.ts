import { msg, type Message } from '../../message.ts';
import { placeAt, type Place } from '../complete/place.ts';
import { directiveWord } from '../directives.ts';
import { requestLabel, type CbDocument, type Span } from '../document.ts';
import { directives } from '../knowledge/directiveInfo.ts';
import { headerInfo } from '../knowledge/headers.ts';
import { mediaTypes } from '../knowledge/mediaTypes.ts';
import { methods } from '../knowledge/methods.ts';
import { statusInfo } from '../knowledge/statusCodes.ts';
import type { LanguageContext } from '../languageContext.ts';
import { requestNamed } from '../variables/lookUp.ts';
import { fact, functionKind, text, type HoverPart } from './hoverPart.ts';
import { targetParts } from './targetHover.ts';
import { definitionParts, variableParts } from './variableHover.ts';

/** What is said about a piece of text. Holds no secret: those are masked. */
export interface Hover {
  /** Absolute. */
  readonly span: Span;
  readonly parts: readonly HoverPart[];
}

/** What stands at an offset, in words; null where there is nothing to say. */
export function hoverAt(document: CbDocument, offset: number, context: LanguageContext): Hover | null {
  const place = placeAt(document, offset);
  const { span } = place;
  if (offset < place.offset) return null; // before a BOM
  const parts = partsOf(document, place, context);
  if (parts.length > 0 && span.end > span.start) return { span, parts };
  return place.kind === 'foreign' || place.kind === 'directive-value' || place.kind === 'header-value'
    ? wordHover(place)
    : null;
}

function partsOf(document: CbDocument, place: Place, context: LanguageContext): readonly HoverPart[] {
  switch (place.kind) {
    case 'variable':
      return variableParts(document, place.text, place.offset, context);
    case 'variable-name':
      return definitionParts(document, place, context);
    case 'method':
      return explain(place.text.toUpperCase(), methods.get(place.text.toUpperCase()));
    case 'target':
      return targetParts(document, place, context);
    case 'header-name': {
      const info = headerInfo(place.text);
      return info === undefined ? [] : explain(info.name, info.meaning, info.source);
    }
    case 'directive-word': {
      const info = directives.get(directiveWord(place.text));
      return explain(`@${place.text}${info?.usage ? ` ${info.usage}` : ''}`, info?.meaning);
    }
    case 'directive-value':
      return directiveParts(document, directiveWord(place.word), place.text, context);
    default:
      return [];
  }
}

function explain(heading: string, meaning: Message | undefined, source = ''): readonly HoverPart[] {
  if (meaning === undefined) return [];
  const parts: HoverPart[] = [
    { kind: 'heading', text: heading },
    { kind: 'text', message: meaning },
  ];
  if (source === '') return parts;
  const link = rfcLink(source);
  return [
    ...parts,
    { kind: 'fact', label: msg('Defined in'), value: source, ...(link === undefined ? {} : { link }) },
  ];
}

/** Where `RFC 9110, 8.3` can be read. */
function rfcLink(source: string): string | undefined {
  const [, number, section] = /^RFC (\d+)(?:, ([\d.]+))?$/.exec(source) ?? [];
  if (number === undefined) return undefined;
  return `https://www.rfc-editor.org/rfc/rfc${number}${section === undefined ? '' : `#section-${section}`}`;
}

function directiveParts(
  document: CbDocument,
  word: string,
  value: string,
  { profiles, functions }: LanguageContext,
): readonly HoverPart[] {
  switch (word) {
    case 'profile': {
      const profile = profiles.profiles.find(({ name }) => name === value);
      if (profile === undefined) return [];
      return [
        { kind: 'heading', text: value },
        { kind: 'fact', label: msg('Route'), value: profile.route },
        ...(profile.envId === '' ? [] : [fact(msg('Environment'), profile.envId)]),
        ...(profile.protected ? [text(msg('Protected: asks before every send.'))] : []),
      ];
    }
    case 'function': {
      const found = functions.find(({ name }) => name === value);
      return found === undefined ? [] : [{ kind: 'heading', text: value }, text(functionKind(found.kind))];
    }
    case 'ref':
    case 'force-ref': {
      const found = requestNamed(document, value);
      if (found === undefined) return [];
      const line = found.sectionLine + found.request.line + 1;
      return [
        { kind: 'heading', text: requestLabel(found.request) },
        text(msg('Request in line {0} of this file.', line)),
      ];
    }
    default:
      return [];
  }
}

/** A media type or a status code within a longer text. */
function wordHover(place: Place): Hover | null {
  const { section, sectionOffset, lineSpan, offset } = place;
  const line = section.text.slice(lineSpan.start - sectionOffset, lineSpan.end - sectionOffset);
  const column = offset - lineSpan.start;
  const isWord = (at: number): boolean => /[\w/+.*-]/.test(line[at] ?? '');
  let start = column;
  let end = column;
  while (start > 0 && isWord(start - 1)) start--;
  while (end < line.length && isWord(end)) end++;
  const word = line.slice(start, end);
  const parts =
    place.kind === 'header-value'
      ? explain(word, mediaTypes.get(word.toLowerCase()))
      : statusParts(word, line);
  return parts.length === 0
    ? null
    : { span: { start: lineSpan.start + start, end: lineSpan.start + end }, parts };
}

/** A number is taken for a status where the line speaks of one. */
function statusParts(word: string, line: string): readonly HoverPart[] {
  const info = /^\d{3}$/.test(word) && /status/i.test(line) ? statusInfo(Number(word)) : undefined;
  return info === undefined ? [] : explain(`${info.code} ${info.phrase}`, info.meaning);
}
