import { msg, type Message } from '../../message.ts';

/** `±n unit`, as `$timestamp` and the dates take it. */
export interface TimeShift {
  readonly amount: number;
  readonly unit: TimeUnit;
}

/** Years, months, weeks, days, hours, minutes, seconds, milliseconds, as REST Client writes them. */
export type TimeUnit = 'y' | 'M' | 'w' | 'd' | 'h' | 'm' | 's' | 'ms';

/** A system variable with its arguments read. */
export type SystemUse =
  | { readonly kind: 'uuid' | 'isoTimestamp' | 'profile' | 'envId' | 'function' }
  | { readonly kind: 'timestamp'; readonly shift: TimeShift | null }
  | {
      readonly kind: 'datetime';
      readonly isLocal: boolean;
      /** `rfc1123`, `iso8601`, or a pattern of day.js in its quotes. */
      readonly format: string;
      readonly shift: TimeShift | null;
    }
  | { readonly kind: 'randomInt'; readonly from: number; readonly to: number }
  | { readonly kind: 'processEnv' | 'dotenv' | 'secret'; readonly name: string }
  | {
      readonly kind: 'prompt';
      readonly label: string;
      /** What is typed stays hidden and counts as a secret. */
      readonly isHidden: boolean;
      /** What the question begins with, where nothing was answered before; empty for nothing. */
      readonly initial: string;
    };

/** Why a `$…` expression is none. */
export interface SystemFault {
  readonly reason: 'unknown-system' | 'arguments';
  readonly message: Message;
}

/** What people are told of a system variable. */
export interface SystemVariable {
  /** With its `$`. */
  readonly name: string;
  /** With its arguments, optional ones in brackets. */
  readonly usage: string;
  /** As VS Code's snippets have it, without the braces around it. */
  readonly snippet: string;
  readonly meaning: Message;
}

/** All system variables. Source: language specification, "Variables". */
export const SYSTEM_VARIABLES: readonly SystemVariable[] = [
  entry('$guid', '', '', msg('A new random UUID.')),
  entry('$uuid', '', '', msg('A new random UUID.')),
  entry('$timestamp', '[±n unit]', '', msg('Seconds since 1970, UTC.')),
  entry('$isoTimestamp', '', '', msg('Now as ISO 8601 in UTC, with milliseconds.')),
  entry(
    '$datetime',
    'rfc1123|iso8601|"pattern" [±n unit]',
    '${1|rfc1123,iso8601,"YYYY-MM-DD HH:mm:ss"|}',
    msg('Now in UTC, in a standard format or by a pattern of day.js.'),
  ),
  entry(
    '$localDatetime',
    'rfc1123|iso8601|"pattern" [±n unit]',
    '${1|rfc1123,iso8601,"YYYY-MM-DD HH:mm:ss"|}',
    msg('Now in the local time zone, in a standard format or by a pattern of day.js.'),
  ),
  entry(
    '$randomInt',
    'min max',
    '${1:0} ${2:100}',
    msg('A random whole number from min up to max, which is not included.'),
  ),
  entry('$processEnv', 'NAME', '${1:NAME}', msg('A variable of the environment of VS Code.')),
  entry(
    '$dotenv',
    'NAME',
    '${1:NAME}',
    msg('A variable of the .env file beside this file or at the root of the workspace.'),
  ),
  entry('$prompt', 'label', '${1:label}', msg('Asked each time the request is sent.')),
  entry(
    '$password',
    'label',
    '${1:label}',
    msg('Asked each time the request is sent; what you type stays hidden and is not kept.'),
  ),
  entry(
    '$secret',
    'name',
    '${1:name}',
    msg('A secret of the profile, kept in the secret storage; asked once.'),
  ),
  entry('$profile', '', '', msg('The name of the profile the request is sent with.')),
  entry('$envId', '', '', msg('The envId of that profile.')),
  entry('$function', '', '', msg('The name of the function the request goes to.')),
];

/** True for `$…` but what a file may define under such a name. */
export function isSystemVariable(expression: string): boolean {
  if (!expression.startsWith('$')) return false;
  return /\s/.test(expression) || SYSTEM_VARIABLES.some(({ name }) => name === expression);
}

/** Reads `$name arguments`. Never throws; linear. */
export function readSystemVariable(expression: string): SystemUse | SystemFault {
  const name = /^\S*/.exec(expression)?.[0] ?? '';
  const rest = expression.slice(name.length).trim();
  const known = SYSTEM_VARIABLES.find((one) => one.name === name);
  if (known === undefined) {
    return { reason: 'unknown-system', message: msg('There is no system variable {0}.', name) };
  }
  return readArguments(name, rest) ?? { reason: 'arguments', message: usageMessage(known) };
}

function readArguments(name: string, rest: string): SystemUse | null {
  switch (name) {
    case '$timestamp': {
      const shift = readShift(words(rest));
      return shift === undefined ? null : { kind: 'timestamp', shift };
    }
    case '$datetime':
    case '$localDatetime': {
      const [format = '', ...more] = words(rest);
      const shift = readShift(more);
      if (shift === undefined || !/^(?:rfc1123|iso8601|"[^]+"|'[^]+')$/.test(format)) return null;
      return { kind: 'datetime', isLocal: name === '$localDatetime', format, shift };
    }
    case '$randomInt':
      return readRandomInt(words(rest));
    case '$processEnv':
    case '$dotenv':
    case '$secret': {
      const value = unquote(rest);
      if (value === '' || /\s/.test(value)) return null;
      return {
        kind: name === '$processEnv' ? 'processEnv' : name === '$dotenv' ? 'dotenv' : 'secret',
        name: value,
      };
    }
    case '$prompt':
    case '$password':
      return readPrompt(rest, name === '$password');
    default:
      return rest === '' ? { kind: plainKinds[name] ?? 'uuid' } : null;
  }
}

const plainKinds: Readonly<Record<string, 'isoTimestamp' | 'profile' | 'envId' | 'function'>> = {
  $isoTimestamp: 'isoTimestamp',
  $profile: 'profile',
  $envId: 'envId',
  $function: 'function',
};

/** Without numbers 0 to 1000, as JetBrains has it; two numbers in any order, as httpYac has it. */
function readRandomInt(given: readonly string[]): SystemUse | null {
  if (given.length === 0) return { kind: 'randomInt', from: 0, to: 1000 };
  const [first, second] = given.map(Number);
  if (given.length !== 2 || !Number.isSafeInteger(first) || !Number.isSafeInteger(second)) return null;
  const [a, b] = [first ?? 0, second ?? 0];
  return { kind: 'randomInt', from: Math.min(a, b), to: Math.max(a, b) };
}

/** A label, and after `$value:` what the question begins with, as httpYac has it. */
function readPrompt(rest: string, isHidden: boolean): SystemUse | null {
  const mark = rest.indexOf('$value:');
  const label = unquote((mark === -1 ? rest : rest.slice(0, mark)).trim());
  const initial = mark === -1 ? '' : unquote(rest.slice(mark + '$value:'.length).trim());
  return label === '' ? null : { kind: 'prompt', label, isHidden, initial };
}

/** @returns null for none, undefined for a wrong one */
function readShift(given: readonly string[]): TimeShift | null | undefined {
  if (given.length === 0) return null;
  const [, amount, unit] = /^([+-]?\d{1,9}) (y|M|w|d|h|m|s|ms)$/.exec(given.join(' ')) ?? [];
  return amount === undefined ? undefined : { amount: Number(amount), unit: unit as TimeUnit };
}

/** Words, and texts in quotes with them. */
function words(text: string): string[] {
  return text.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
}

function unquote(text: string): string {
  return /^(?:"[^"]*"|'[^']*')$/.test(text) ? text.slice(1, -1) : text;
}

function usageMessage({ name, usage }: SystemVariable): Message {
  if (usage === name) return msg('{0} takes no arguments.', name);
  return msg('Write it like this: {0}', `{{${usage}}}`); // whole, as an argument: VS Code does not fill a template's {{{0}}}
}

function entry(name: string, args: string, snippet: string, meaning: Message): SystemVariable {
  const withArguments = (text: string): string => (text === '' ? name : `${name} ${text}`);
  return { name, usage: withArguments(args), snippet: `\\${withArguments(snippet)}`, meaning };
}
