import { directiveWord } from '../directives.ts';
import type { CbDocument } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import { bodyFileMarks } from './bodyFiles.ts';
import type { Completion } from './completion.ts';
import { directivesAtLineStart, directiveValues, directiveWords } from './directives.ts';
import { headerNames, headerValues } from './headers.ts';
import { multipartOffers, opensInMultipart } from './multipart.ts';
import { placeAt, type Place } from './place.ts';
import { httpVersions, methodsAndTargets, targets } from './requestLines.ts';
import { requestTemplates } from './requestTemplates.ts';
import { variables, variablesInText } from './variables.ts';

/**
 * What can stand at an offset. Paths of body files need the disk: see `bodyFiles`.
 * @param trigger the character that was just typed, where it opened the list; undefined where a person asked for it
 */
export function completionsAt(
  document: CbDocument,
  offset: number,
  context: LanguageContext,
  trigger?: string,
): readonly Completion[] {
  const place = placeAt(document, offset);
  if (trigger !== undefined && !opensList(place, trigger)) return [];
  switch (place.kind) {
    case 'method':
      return [...methodsAndTargets(document, place, context), ...requestTemplates(document, place, context)];
    case 'target':
      return targets(document, place, context);
    case 'http-version':
      return httpVersions(place);
    case 'header-name':
      return headerNames(document, place);
    case 'header-value':
      return headerValues(place, place.name, context);
    case 'directive-word':
      return directiveWords(place, '');
    case 'comment':
      return place.text === '' ? directiveWords(place, '@') : [];
    case 'directive-value':
      return directiveValues(document, place, directiveWord(place.word), context);
    case 'variable':
      return variables(document, place, place.isClosed, context);
    case 'body-file-mark':
      return bodyFileMarks(place);
    case 'variable-name':
      return directivesAtLineStart(place);
    case 'body': {
      const parts = multipartOffers(place, context);
      return parts.length > 0 || trigger !== undefined ? parts : variablesInText(document, place, context);
    }
    case 'body-file':
    case 'title':
    case 'variable-value':
    case 'foreign':
      return [];
  }
}

/** Characters that open the list when they are typed, where {@link completionsAt} has something to offer. */
export const TRIGGER_CHARACTERS: readonly string[] = [' ', '@', ':', ',', '/', '<', '{', '$', '.', '[', '-'];

/** Whether a typed character says that a choice comes: many stand in ordinary text as well. */
function opensList(place: Place, trigger: string): boolean {
  switch (trigger) {
    case ' ':
      return (
        ['directive-value', 'header-value', 'target'].includes(place.kind) ||
        (place.kind === 'variable' && place.text.startsWith('$')) ||
        (place.kind === 'body' && opensInMultipart(place, trigger))
      );
    case '-':
      return place.kind === 'body' && opensInMultipart(place, trigger);
    case '@':
      return ['directive-word', 'variable-name', 'body-file-mark'].includes(place.kind);
    case ':':
      return (
        place.kind === 'header-value' ||
        (place.kind === 'target' && place.text.startsWith('fn:')) ||
        (place.kind === 'body' && opensInMultipart(place, trigger))
      );
    case ',':
      return place.kind === 'header-value';
    case '/':
      return place.kind === 'target' || place.kind === 'header-value';
    case '<':
      return place.kind === 'body-file-mark';
    case '{':
    case '$':
    case '.':
    case '[':
      return place.kind === 'variable';
    default:
      return false;
  }
}
