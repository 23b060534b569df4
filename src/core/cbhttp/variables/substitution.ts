import { msg } from '../../message.ts';
import type { BodySource } from '../../ports.ts';
import type { Profile } from '../../profiles/profile.ts';
import { isSecretName } from '../../profiles/plainSecrets.ts';
import { atPlace, createFetchedValues, type FetchOptions, type SecretPlace } from './fetchedValues.ts';
import { fileFunction, shift, type CbDocument, type PlacedRequest, type Span } from '../document.ts';
import { answerName, noEnvId, notSentYet, readPromptDirective, undefinedVariable } from './lookUp.ts';
import {
  meaningsIn,
  plain,
  unknown,
  type KnownVariable,
  type LookUp,
  type UnknownVariable,
} from './meaning.ts';
import { replaceVariables } from './placeholders.ts';
import { refusal } from './refusal.ts';
import { readResponseReference } from './responseReference.ts';
import { needsJsonPath, responseValue } from './responseValue.ts';
import type { Question, SendPorts } from './sendPorts.ts';
import { readSystemVariable, type SystemUse } from './systemVariables.ts';
import { formatDate, unixSeconds } from './systemValues.ts';

/** What one send knows before anything is asked. */
export interface SubstitutionFrame {
  readonly document: CbDocument;
  readonly placed: PlacedRequest;
  readonly profile: Profile;
  readonly shared: Readonly<Record<string, string>>;
  /** Variables given for this send. */
  readonly given: Readonly<Record<string, string>>;
  /** Names of requests that are sent before it and have not been yet: parts of their exchanges stay missing. */
  readonly awaited?: ReadonlySet<string>;
}

/**
 * Replaces the variables of one request for one send. Values that have to be asked for, read or loaded are noted
 * first and fetched afterwards, so that a request with a mistake asks nothing: build, fetch, and build again until
 * nothing was missing.
 */
export interface Substitution {
  /**
   * The text with its variables replaced; undefined while something is missing.
   * @param use where it stands in the document
   * @throws CbError `unresolved-variable`, `untrusted-workspace` with the place as span
   */
  replace(text: string, use: Span): string | undefined;
  /** Whether a variable of that name has, or will have, a value there. */
  isKnown(name: string, use: Span): boolean;
  /** A body file's bytes; undefined while it is missing. @throws what reading it threw, at `use` */
  file(path: string, use: Span): Uint8Array | undefined;
  /** The same for a file that is sent as it is. */
  sentFile(path: string, use: Span): Uint8Array | BodySource | undefined;
  /** Fetches what was missing, some of it first; false where that was nothing. @throws like `FetchedValues.fetch` */
  fetch(options: FetchOptions): Promise<boolean>;
  /** What `build` gives with a stand-in for each secret. */
  withoutSecrets<T>(build: () => T): T;
  /** Values of secrets and hidden answers that were used, and of variables that are called like secrets. */
  readonly secrets: ReadonlySet<string>;
  /** Names of the process's variables that were used. */
  readonly environmentNames: ReadonlySet<string>;
  /** Where the secrets that were fetched belong; null where none was. */
  secretPlace(): SecretPlace | null;
}

/** UTF-16 units from which on a variable's value is a secret by its name: shorter ones stand everywhere. */
const MIN_SECRET_LENGTH = 8;

/** Any text without a meaning in a URL. */
const STAND_IN = 'secret';

/** The placeholder that is being replaced. */
interface Use {
  readonly span: Span;
  readonly at: number;
  /** Of this placeholder alone. */
  readonly key: string;
}

/** The substitution of one send. */
export function createSubstitution(frame: SubstitutionFrame, ports: SendPorts): Substitution {
  const { document, placed, profile, given } = frame;
  const fetched = createFetchedValues(ports);
  const madeHere = new Map<string, string>();
  const madeByVariables = ports.madeValues ?? madeHere;
  const secrets = new Set<string>();
  const environmentNames = new Set<string>();
  let hidesSecrets = false;
  let isNaming = false;
  let use: Use = { span: shift(placed.request.requestLineSpan, placed.offset), at: -1, key: '' };
  let meaning = makeMeaning();

  function makeMeaning() {
    return meaningsIn(document, {
      given: (name) => {
        const value = Object.hasOwn(given, name) ? given[name] : undefined;
        return value === undefined ? prompted(name) : plain('given', value, null);
      },
      profile,
      shared: frame.shared,
      other: (expression, at) =>
        expression.startsWith('$') ? systemValue(expression, at) : responseMeaning(expression),
    });
  }

  function prompted(name: string): KnownVariable | undefined {
    for (const { word, value } of placed.request.directives) {
      if (word !== 'prompt') continue;
      const prompt = readPromptDirective(value);
      if (prompt.name === name) return ask({ ...prompt, initial: '' });
    }
    return undefined;
  }

  function ask(question: Question): KnownVariable {
    const { name, isHidden } = question;
    const value = Object.hasOwn(given, name) ? given[name] : fetched.answer(question, use.span);
    if (value !== undefined && isHidden) secrets.add(value);
    return { ...plain('prompt', '', null), value: value ?? null, isSecret: isHidden };
  }

  function systemValue(expression: string, at: number): LookUp {
    const read = readSystemVariable(expression);
    if ('reason' in read) return unknown(read.reason, read.message);
    switch (read.kind) {
      case 'processEnv':
        return fromEnvironment(read.name);
      case 'dotenv':
        return fromDotenv(read.name);
      case 'prompt':
        return ask({ ...read, name: read.label });
      case 'secret':
        return secretValue(read.name);
      case 'profile':
        return plain('system', profile.name, profile.name);
      case 'envId':
        return profile.envId === '' ? noEnvId(profile.name) : plain('system', profile.envId, profile.name);
      case 'function': {
        const name = functionName();
        if (name !== null) return { ...pending(), value: name ?? null };
        return unknown(
          'undefined',
          msg('This request goes to no function, so {0} has no value.', '{{$function}}'),
        );
      }
      default:
        return at === use.at
          ? onceForEachPlace(madeHere, `${use.key} ${expression}`, read)
          : onceForEachPlace(madeByVariables, `${at} ${expression}`, read);
    }
  }

  /** Made once for each place, so that building again changes nothing. */
  function onceForEachPlace(made: Map<string, string>, key: string, read: SystemUse): LookUp {
    const value = made.get(key) ?? computeValue(read);
    if (value === null) return unknown('arguments', msg('This moment is outside the years that dates have.'));
    made.set(key, value);
    return plain('system', value, null);
  }

  function fromEnvironment(name: string): LookUp {
    if (ports.environment === null) return untrusted('$processEnv');
    environmentNames.add(name);
    const value = Object.hasOwn(ports.environment, name) ? ports.environment[name] : undefined;
    if (value !== undefined) return outsideValue(name, value);
    return unknown('undefined', msg('The environment has no variable {0}.', name));
  }

  function fromDotenv(name: string): LookUp {
    if (ports.dotenv === null) return untrusted('$dotenv');
    const dotenv = fetched.dotenv(use.span);
    if (dotenv === undefined) return pending();
    const value = Object.hasOwn(dotenv, name) ? dotenv[name] : undefined;
    if (value !== undefined) return outsideValue(name, value);
    return unknown('undefined', msg('There is no {0} in the .env file.', name));
  }

  /** API keys often stand there: what is called like one is hidden like one. */
  function outsideValue(name: string, value: string): LookUp {
    if (isSecretName(name) && value.length >= MIN_SECRET_LENGTH) secrets.add(value);
    return plain('system', value, null);
  }

  function secretValue(name: string): LookUp {
    if (hidesSecrets) return { ...plain('system', STAND_IN, profile.name), isSecret: true };
    const value = fetched.secret(name, use.span);
    if (value !== undefined) secrets.add(value);
    return { ...pending(), value: value ?? null, isSecret: true, profile: profile.name };
  }

  /** Null where the request goes to none, undefined while that is not known. */
  function functionName(): string | null | undefined {
    const { target, directives } = placed.request;
    const written = /^fn:\/\/([^/?#\s{}]+)(?![^/?#\s])/i.exec(target)?.[1];
    if (written !== undefined) return written;
    if (isNaming) return null;
    isNaming = true; // a target that names itself names nothing
    try {
      const full = target.startsWith('/')
        ? target
        : replace(target, shift(placed.request.targetSpan, placed.offset));
      if (full === undefined) return undefined;
      const name = /^fn:\/\/([^/?#\s]+)/i.exec(full)?.[1];
      if (name !== undefined || !full.startsWith('/')) return name ?? null;
      const own = directives.findLast(({ word }) => word === 'function');
      const directive =
        own === undefined ? fileFunction(document) : { directive: own, offset: placed.offset };
      if (directive === null) return null;
      return replace(directive.directive.value, shift(directive.directive.valueSpan, directive.offset));
    } finally {
      isNaming = false;
    }
  }

  function replace(text: string, span: Span): string | undefined {
    const outer = use;
    let isComplete = true;
    try {
      const replaced = replaceVariables(text, (expression, { start, end }) => {
        // What stands in a file has offsets of its own: its place in the document is that of the file's name.
        const at = Math.min(span.start + start, span.end);
        const place = at === span.end ? span : { start: at, end: Math.min(span.start + end, span.end) };
        use = { span: place, at, key: `${span.start} ${start}` };
        const found = meaning(expression, at);
        if (found.kind === 'unknown') throw refusal(found, expression, document, span);
        isComplete &&= found.value !== null;
        return found.value ?? '';
      });
      return isComplete ? replaced : undefined;
    } finally {
      use = outer;
    }
  }

  function responseMeaning(expression: string): LookUp {
    const isKnown = (name: string): boolean =>
      answerName(document, name) !== undefined || ports.memory.last(name) !== undefined;
    const reference = readResponseReference(expression, isKnown);
    if (reference === null || !isKnown(reference.requestName)) return undefinedVariable(expression);
    const requestName = answerName(document, reference.requestName) ?? reference.requestName;
    if (frame.awaited?.has(requestName) === true) return pending();
    const exchange = ports.memory.last(requestName);
    if (exchange === undefined) return notSentYet(requestName);
    const needsEngine = needsJsonPath(reference.part);
    const engine = needsEngine ? fetched.jsonPath(use.span) : undefined;
    if (needsEngine && engine === undefined) return pending();
    const found = responseValue(reference, exchange, engine);
    if ('missing' in found) return unknown('nothing-found', found.missing);
    for (const secret of found.secrets) secrets.add(secret);
    return plain('response', found.value, null);
  }

  function foundFile(path: string, isWhole: boolean, place: Span): Uint8Array | BodySource | undefined {
    const file = fetched.file(path, isWhole, place);
    if (file instanceof Error) throw atPlace(file, place);
    return file;
  }

  return {
    secrets,
    environmentNames,
    secretPlace: () => fetched.secretPlace(),
    replace,
    isKnown: (name, { start }) => meaning(name, start).kind === 'known',
    file: (path, place) => foundFile(path, true, place) as Uint8Array | undefined, // whole ones are bytes
    sentFile: (path, place) => foundFile(path, false, place),
    async fetch(options) {
      const hasFetched = await fetched.fetch(options);
      meaning = makeMeaning(); // what was missing is there now
      return hasFetched;
    },
    withoutSecrets(build) {
      hidesSecrets = true;
      meaning = makeMeaning();
      try {
        return build();
      } finally {
        hidesSecrets = false;
        meaning = makeMeaning();
      }
    },
  };
}

function computeValue(read: SystemUse): string | null {
  const now = new Date();
  switch (read.kind) {
    case 'uuid':
      return crypto.randomUUID();
    case 'isoTimestamp':
      return now.toISOString();
    case 'timestamp':
      return unixSeconds(now, read.shift);
    case 'datetime':
      return formatDate(now, read);
    case 'randomInt':
      return String(Math.floor(Math.random() * (read.to - read.from)) + read.from);
    default:
      return null;
  }
}

function pending(): KnownVariable {
  return { ...plain('system', '', null), value: null };
}

function untrusted(name: string): UnknownVariable {
  return unknown('untrusted', msg('{0} is only available in a trusted workspace.', name));
}
