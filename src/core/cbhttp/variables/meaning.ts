import { msg, type Message } from '../../message.ts';
import { fileVariables, shift, type CbDocument, type PlacedVariable, type Span } from '../document.ts';
import { replaceVariables } from './placeholders.ts';

/** What a variable stands for. */
export interface KnownVariable {
  readonly kind: 'known';
  /** `prompt`: `@prompt name` of the request. */
  readonly source: 'given' | 'prompt' | 'file' | 'profile' | 'shared' | 'system' | 'response';
  /** Variables inside replaced; null where it is known only when sending, or must not be shown. */
  readonly value: string | null;
  /** A secret, or built from one. */
  readonly isSecret: boolean;
  /** Where it is defined in the document: the file variable, the `@prompt`, the request's `@name`. Else null. */
  readonly definition: Span | null;
  /** The profile it belongs to, where it belongs to one. */
  readonly profile: string | null;
}

/** Why a variable has no value. */
export interface UnknownVariable {
  readonly kind: 'unknown';
  /** `no-response`: the request is there and was not sent yet; `nothing-found`: its answer has no such part. */
  readonly reason:
    | 'undefined'
    | 'circular'
    | 'too-long'
    | 'unknown-system'
    | 'arguments'
    | 'no-response'
    | 'nothing-found'
    | 'untrusted';
  readonly message: Message;
  /** What nothing defines, where a new variable of that name would help. */
  readonly name?: string;
  /** The names of a circle, from one to the same; else empty. */
  readonly cycle: readonly string[];
  /** Of the file variable whose own text holds what is wrong, in the document; null where the use itself is wrong. */
  readonly within: Span | null;
}

export type LookUp = KnownVariable | UnknownVariable;

/** Where names find their values, beside the document's file variables. */
export interface VariableSources {
  /** Given for this send: command line, prompts. */
  readonly given: (name: string) => KnownVariable | undefined;
  readonly profile: { readonly name: string; readonly variables: Readonly<Record<string, string>> };
  readonly shared: Readonly<Record<string, string>>;
  /** What the file does not define: `$…`, parts of exchanges, and what is unknown. */
  readonly other: (expression: string, at: number) => LookUp;
}

/** How many file variables may be built one from another, and how long one may grow, in UTF-16 units. */
const MAX_DEPTH = 100;
const MAX_LENGTH = 10_000_000;

/** Says what `{{expression}}` at an offset of the document means. Never throws. */
export type Meaning = (expression: string, at: number) => LookUp;

/**
 * The meanings of a document's variables, in the order of the language: given for this send → file → profile →
 * `$shared` → the rest. What a file variable means is found once, and kept as long as the function is.
 */
export function meaningsIn(document: CbDocument, sources: VariableSources): Meaning {
  const inFile = fileVariables(document);
  const known = new Map<string, KnownVariable>();

  const find = (expression: string, at: number, path: readonly Definition[]): LookUp => {
    const given = sources.given(expression);
    if (given !== undefined) return given;
    const { name: profile, variables } = sources.profile;
    const inProfile = own(variables, expression);
    const shared = own(sources.shared, expression);
    const placed = pickDefinition(inFile.get(expression) ?? [], at);
    if (placed !== undefined) {
      const definition = fileDefinition(placed);
      const isItself = path.at(-1)?.key === definition.key; // `@a = {{a}}` passes on what the settings say
      if (!isItself || (inProfile ?? shared) === undefined) return valueOf(definition, path);
    }
    if (inProfile !== undefined) return valueOf(setting('profile', expression, inProfile, profile, at), path);
    if (shared !== undefined) return valueOf(setting('shared', expression, shared, '$shared', at), path);
    return sources.other(expression, at);
  };

  const valueOf = (definition: Definition, path: readonly Definition[]): LookUp => {
    const { key, name, text, span } = definition;
    const made = known.get(key);
    if (made !== undefined) return made;
    const before = path.findIndex((step) => step.key === key);
    if (before !== -1) {
      const cycle = [...path.slice(before), definition].map((step) => step.name);
      const message = msg('The variable is defined by itself: {0}.', cycle.join(' → '));
      return { kind: 'unknown', reason: 'circular', message, cycle, within: span };
    }
    if (path.length >= MAX_DEPTH) return tooLong(name, span);

    let fault: UnknownVariable | null = null;
    let isKnown = true;
    let isSecret = false;
    let length = 0;
    const inner = [...path, definition];
    const value = replaceVariables(text, (expression, { start }) => {
      if (fault !== null) return '';
      const found = find(expression, span === null ? definition.at : definition.at + start, inner);
      if (found.kind === 'unknown') {
        fault = found.within === null ? { ...found, within: span } : found;
        return '';
      }
      isSecret ||= found.isSecret;
      isKnown &&= found.value !== null;
      length += found.value?.length ?? 0;
      if (length > MAX_LENGTH) fault = tooLong(name, span);
      return found.value ?? '';
    });
    if (fault !== null) return fault;
    const { source, profile } = definition;
    const result: KnownVariable = {
      kind: 'known',
      source,
      value: isKnown ? value : null,
      isSecret,
      definition: span,
      profile,
    };
    known.set(key, result);
    return result;
  };

  return (expression, at) => find(expression, at, []);
}

/** A text that a name stands for, its own variables unresolved. */
interface Definition {
  readonly key: string;
  readonly name: string;
  readonly text: string;
  readonly source: 'file' | 'profile' | 'shared';
  readonly profile: string | null;
  /** In the document; null for one of the settings. */
  readonly span: Span | null;
  /** Where its own variables are looked up: its text's place, or that of the use for one of the settings. */
  readonly at: number;
}

function fileDefinition({ variable, offset }: PlacedVariable): Definition {
  const { name, value: text } = variable;
  const span = shift(variable.span, offset);
  const at = offset + variable.valueSpan.start;
  return { key: `file ${span.start}`, name, text, source: 'file', profile: null, span, at };
}

function setting(
  source: 'profile' | 'shared',
  name: string,
  text: string,
  profile: string,
  at: number,
): Definition {
  return { key: `${source} ${at} ${name}`, name, text, source, profile, span: null, at };
}

/** A value that stands somewhere as it is. */
export function plain(source: KnownVariable['source'], value: string, profile: string | null): KnownVariable {
  return { kind: 'known', source, value, isSecret: false, definition: null, profile };
}

/** A use that is wrong in itself. */
export function unknown(reason: UnknownVariable['reason'], message: Message): UnknownVariable {
  return { kind: 'unknown', reason, message, cycle: [], within: null };
}

function tooLong(name: string, within: Span | null): UnknownVariable {
  const message = msg('The variable {0} is built from too many others.', name);
  return { kind: 'unknown', reason: 'too-long', message, cycle: [], within };
}

/** The last definition above the use, else the first below it; a definition is not above itself. */
function pickDefinition(definitions: readonly PlacedVariable[], at: number): PlacedVariable | undefined {
  let low = 0;
  let high = definitions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(definitions[middle]) <= at) low = middle + 1;
    else high = middle;
  }
  const nearest = definitions[low - 1];
  const isInside = nearest !== undefined && at <= nearest.offset + nearest.variable.span.end;
  return (isInside ? definitions[low - 2] : nearest) ?? definitions[low] ?? nearest;
}

function startOf(definition: PlacedVariable | undefined): number {
  return definition === undefined ? 0 : definition.offset + definition.variable.span.start;
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
