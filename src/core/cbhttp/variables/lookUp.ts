import { msg, type Message } from '../../message.ts';
import { profileOf } from '../../profiles/profileFor.ts';
import { MASK } from '../../profiles/redact.ts';
import type { Profile } from '../../profiles/profile.ts';
import {
  directiveOf,
  fileFunction,
  placedRequests,
  referredName,
  requestAtOffset,
  shift,
  type CbDocument,
  type PlacedRequest,
} from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import {
  meaningsIn,
  plain,
  unknown,
  type KnownVariable,
  type LookUp,
  type UnknownVariable,
} from './meaning.ts';
import { readResponseReference } from './responseReference.ts';
import { describePart, shownPart } from './shownPart.ts';
import { wrongPart } from './responseValue.ts';
import { readSystemVariable, type SystemUse } from './systemVariables.ts';

export type { KnownVariable, LookUp, UnknownVariable } from './meaning.ts';

/**
 * What a `{{expression}}` that stands at an offset means, as far as that can be known without asking or sending
 * anything. Never throws.
 */
export function lookUp(
  document: CbDocument,
  expression: string,
  at: number,
  context: LanguageContext,
): LookUp {
  const placed = requestAtOffset(document, at);
  const profile = profileAt(placed, context);
  const meaning = meaningsIn(document, {
    given: (name) => promptedVariable(placed, name),
    profile,
    shared: context.profiles.sharedVariables,
    other: (other) => {
      if (other.startsWith('$')) return systemMeaning(other, { document, placed, profile, context });
      return responseMeaning(document, other, context);
    },
  });
  return meaning(expression, at);
}

/** The `@prompt name` of a request, as a variable that is known when sending. */
function promptedVariable(placed: PlacedRequest | undefined, name: string): KnownVariable | undefined {
  const directive = placed?.request.directives.find(
    ({ word, value }) => word === 'prompt' && readPromptDirective(value).name === name,
  );
  if (placed === undefined || directive === undefined) return undefined;
  const isSecret = readPromptDirective(directive.value).isHidden;
  const definition = shift(directive.span, placed.offset);
  return { kind: 'known', source: 'prompt', value: null, isSecret, definition, profile: null };
}

/** `@prompt name [description]`: a variable whose name says so is asked hidden, as in REST Client. */
export function readPromptDirective(value: string): { name: string; label: string; isHidden: boolean } {
  const name = /^\S*/.exec(value)?.[0] ?? '';
  const label = value.slice(name.length).trim();
  return { name, label: label === '' ? name : label, isHidden: /^pass(?:wd|word)?$/i.test(name) };
}

/** What is said of an expression that nothing defines; a name may stand for an answer, or for a variable. */
export function undefinedVariable(name: string): UnknownVariable {
  const requestName = readResponseReference(name, () => false)?.requestName;
  if (requestName !== undefined) return unknown('undefined', msg('No request is named "{0}".', requestName));
  const shown = `{{${name}}}`; // whole, as an argument: VS Code does not fill a template's {{{0}}}
  const message = /[\s=]/.test(name)
    ? msg('The variable {0} has no value. A name holds no blanks and no "=".', shown)
    : msg(
        'The variable {0} has no value. Write "@{1} = …" in the file, or add it to the variables of the profile.',
        shown,
        name,
      );
  return { ...unknown('undefined', message), name };
}

/** What is said of a part of an exchange that has not been yet. */
export function notSentYet(requestName: string): UnknownVariable {
  return unknown(
    'no-response',
    msg('"{0}" has no response yet. Send it first, or write "# @ref {0}" above this request.', requestName),
  );
}

/** Whether the document has a request of that name. */
export function hasRequest(document: CbDocument, name: string): boolean {
  return requestNamed(document, name) !== undefined;
}

/** The first request of that name; where no `@name` gives it, the first with that title. */
export function requestNamed(document: CbDocument, name: string): PlacedRequest | undefined {
  return namesOf(document).get(name);
}

/**
 * The name that an expression means by a word: a request's name, or the one that httpYac makes a variable of it by,
 * `getToken` for `get-token` and `get token`. Undefined where no request has either.
 */
export function answerName(document: CbDocument, word: string): string | undefined {
  if (hasRequest(document, word)) return word;
  let words = answerWords.get(document);
  if (words === undefined) {
    words = new Map();
    for (const name of namesOf(document).keys()) {
      const joined = name
        .trim()
        .replace(/\s/g, '-')
        .replace(/-./g, (dashed) => dashed.slice(1).toUpperCase());
      if (!words.has(joined)) words.set(joined, name);
    }
    answerWords.set(document, words);
  }
  return words.get(word);
}

const answerWords = new WeakMap<CbDocument, Map<string, string>>();

function namesOf(document: CbDocument): ReadonlyMap<string, PlacedRequest> {
  let names = requestNames.get(document);
  if (names === undefined) {
    names = new Map();
    for (const placed of placedRequests(document)) {
      const name = referredName(placed.request);
      if (name === null) continue;
      const known = names.get(name);
      if (known === undefined || (known.request.name === null && placed.request.name !== null))
        names.set(name, placed);
    }
    requestNames.set(document, names);
  }
  return names;
}

const requestNames = new WeakMap<CbDocument, Map<string, PlacedRequest>>();

function profileAt(placed: PlacedRequest | undefined, { profiles }: LanguageContext): Profile {
  return (placed && profileOf(placed.request, profiles)) ?? profiles.active;
}

interface Place {
  readonly document: CbDocument;
  readonly placed: PlacedRequest | undefined;
  readonly profile: Profile;
  readonly context: LanguageContext;
}

function systemMeaning(expression: string, place: Place): LookUp {
  const use = readSystemVariable(expression);
  if ('reason' in use) return unknown(use.reason, use.message);
  const { profile, context } = place;
  const sent: KnownVariable = { ...plain('system', '', null), value: null };
  switch (use.kind) {
    case 'processEnv':
      return (
        missingName(
          use,
          context.environmentNames,
          context,
          msg('The environment has no variable {0}.', use.name),
        ) ?? sent
      );
    case 'dotenv':
      return (
        missingName(use, context.dotenvNames, context, msg('There is no {0} in the .env file.', use.name)) ??
        sent
      );
    case 'prompt':
      return { ...sent, isSecret: use.isHidden };
    case 'secret':
      return { ...sent, isSecret: true, profile: profile.name };
    case 'profile':
      return plain('system', profile.name, profile.name);
    case 'envId':
      return profile.envId === '' ? noEnvId(profile.name) : plain('system', profile.envId, profile.name);
    case 'function':
      return { ...sent, value: functionName(place) };
    default:
      return sent;
  }
}

/** What is said of `$envId` where the profile has none. */
export function noEnvId(profile: string): UnknownVariable {
  return unknown('undefined', msg('The profile "{0}" has no envId.', profile));
}

/** Nothing is said where no name is known: then the workspace is not trusted. */
function missingName(
  { name }: Extract<SystemUse, { name: string }>,
  names: readonly string[],
  { environmentNames }: LanguageContext,
  message: Message,
): UnknownVariable | null {
  return environmentNames.length === 0 || names.includes(name) ? null : unknown('undefined', message);
}

function functionName({ document, placed }: Place): string | null {
  if (placed === undefined) return null;
  const fromTarget = /^fn:\/\/([^/?#\s{}]+)/i.exec(placed.request.target)?.[1];
  if (fromTarget !== undefined) return fromTarget;
  const directive = directiveOf(placed.request, 'function') ?? fileFunction(document)?.directive;
  return directive === undefined || directive.value.includes('{{') ? null : directive.value;
}

function responseMeaning(document: CbDocument, expression: string, context: LanguageContext): LookUp {
  const isRequest = (name: string): boolean =>
    answerName(document, name) !== undefined || context.otherRequestNames.includes(name);
  const reference = readResponseReference(expression, isRequest);
  if (reference === null || !isRequest(reference.requestName)) return undefinedVariable(expression);
  const { part } = reference;
  const requestName = answerName(document, reference.requestName) ?? reference.requestName;
  if (part.kind === 'wrong') return unknown('arguments', wrongPart(requestName));
  const exchange = context.lastExchange(requestName);
  if (exchange === undefined) return notSentYet(requestName);
  const found = shownPart(part, exchange);
  if (found === 'nothing') {
    return unknown(
      'nothing-found',
      msg('The last exchange of "{0}" has no {1}.', requestName, describePart(part)),
    );
  }
  const placed = requestNamed(document, requestName);
  const name = placed && directiveOf(placed.request, 'name');
  const definition = placed === undefined || name === undefined ? null : shift(name.valueSpan, placed.offset);
  // A mask is no value, though it may be shown.
  const isSecret = found.value?.includes(MASK) ?? false;
  return {
    kind: 'known',
    source: 'response',
    value: isSecret ? null : found.value,
    isSecret,
    definition,
    profile: null,
  };
}
