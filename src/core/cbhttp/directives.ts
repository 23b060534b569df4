import { msg, type Message } from '../message.ts';
import type { Directive } from './document.ts';

/** The directives of the language and what is wrong with a value, if anything. Source: language specification. */
const checks = new Map<string, (value: string) => Message | null>(
  Object.entries({
    name: required,
    function: required,
    profile: required,
    route: oneOf('gateway', 'service', 'local'),
    qualifier: required,
    timeout: duration,
    'connect-timeout': duration,
    'idle-timeout': duration,
    stream: oneOf('on', 'off', 'auto'),
    'data-type': oneOf('json', 'text'),
    'response-type': oneOf('text', 'arraybuffer'),
    note: anything,
    prompt: required,
    'no-redirect': anything,
    'no-cookie-jar': anything,
    reconnect: (value) => (/^\d+$/.test(value) ? null : msg('A whole number is expected, e.g. "3".')),
    ref: required,
    'force-ref': required,
    expect: anything,
    disabled: anything,
  }),
);

/** The words of all directives. */
export const directiveWords: readonly string[] = [...checks.keys()];

/** Every way to write a directive, and the one word that stands for it: httpYac also takes `forceRef`. */
const words = new Map(
  directiveWords.flatMap((word) => [
    [word, word],
    [word.replace(/-[a-z]/g, (dashed) => dashed.slice(1).toUpperCase()), word],
  ]),
);

/** The word under which a directive is known: `force-ref` also for `forceRef`. */
export function directiveWord(written: string): string {
  return words.get(written) ?? written;
}

/** Directives that are read and checked, and do nothing so far. */
const withoutEffect = new Set(['expect']);

/** True for a directive of this language that has no effect yet. */
export function isWithoutEffect(word: string): boolean {
  return withoutEffect.has(word);
}

const withVariables = new Set([
  'function',
  'route',
  'qualifier',
  'timeout',
  'connect-timeout',
  'idle-timeout',
  'stream',
]);

/** True for a directive whose variables are replaced; in others `{{…}}` is text. */
export function takesVariables(word: string): boolean {
  return withVariables.has(word);
}

/** True if `word` is a directive of this language. */
export function isDirective(word: string): boolean {
  return checks.has(word);
}

/** True for a request that sending all of a file leaves out: `@disabled` without a value that says no, as in httpYac. */
export function isDisabled(directives: readonly Directive[]): boolean {
  return directives.some(({ word, value }) => word === 'disabled' && !/^(?:false|0)$/.test(value));
}

/** What is wrong with a known directive's value, or null. */
export function checkDirective(word: string, value: string): Message | null {
  return checks.get(word)?.(value) ?? null;
}

/** `1500ms`, `30s`, `2m` or a bare number of ms, as ms; undefined for anything else. */
export function parseDuration(value: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(value.trim());
  if (match?.[1] === undefined) return undefined;
  const unit = match[2] === 'm' ? 60_000 : match[2] === 's' ? 1000 : 1;
  return Number(match[1]) * unit;
}

function anything(): null {
  return null;
}

function required(value: string): Message | null {
  return value === '' ? msg('A value is missing here.') : null;
}

function oneOf(...values: string[]): (value: string) => Message | null {
  return (value) =>
    values.includes(value) ? null : msg('One of these is expected: {0}.', values.join(', '));
}

function duration(value: string): Message | null {
  return parseDuration(value) === undefined
    ? msg('A duration is expected: 1500ms, 30s, 2m, or a number of milliseconds.')
    : null;
}
