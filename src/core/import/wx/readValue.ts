import type { CbError } from '../../errors.ts';
import { msg, type Message } from '../../message.ts';
import { encodeAroundHoles, type Holes } from '../holes.ts';
import { unreadable } from '../imported.ts';
import { checkClosed, endOfBracket, type Code, type CodeToken } from './codeTokens.ts';
import { textOf, toJson, type CodeValue } from './codeValue.ts';
import { createHoleNames } from './holeNames.ts';
import type { Constants } from './constants.ts';
import { readNumber, unescapeString } from './literals.ts';
import { endOfTypeArguments } from './typeArguments.ts';

/** So deep objects nest. */
const MAX_DEPTH = 200;
const WORDS: Readonly<Record<string, CodeValue>> = {
  true: { kind: 'plain', json: 'true' },
  false: { kind: 'plain', json: 'false' },
  null: { kind: 'plain', json: 'null' },
  NaN: { kind: 'plain', json: 'null' },
  Infinity: { kind: 'plain', json: 'null' },
  undefined: { kind: 'undefined' },
};

/** Reads values of code without running it: what is no literal becomes a hole. */
export interface ValueReader {
  /** The value of the tokens from one index to another, exclusive. @throws CbError `parse` */
  read(from: number, to: number): CodeValue;
  /** Index of the comma or bracket that ends the expression at `from`, at most `to`. @throws CbError `parse` */
  endOf(from: number, to: number): number;
  /** What holes stand for, and what could not be read. */
  readonly hints: readonly Message[];
}

export function createValueReader(code: Code, constants: Constants, holes: Holes): ValueReader {
  const { tokens, text } = code;
  const hints: Message[] = [];
  const reading = new Set<number>();
  const { holeFor, shortSource } = createHoleNames(code, holes, behind);
  const unknownParts = new Set<string>();
  /** What constants may add: used again and again, they could grow without end. */
  let budget = 4 * text.length + 10_000;
  const valueOf = (index: number): string => tokens[index]?.value ?? '';

  function endOf(from: number, to: number): number {
    let at = from;
    while (at < to && valueOf(at) !== ',') at = endOfTypeArguments(code, at) ?? behind(at);
    return Math.min(at, to);
  }

  /** Behind a token, or behind the bracket or template that it opens. */
  function behind(index: number): number {
    const token = tokens[index];
    if (token === undefined) return index + 1;
    if (token.type === 'TemplateHead') {
      let at = index;
      while (tokens[at]?.type === 'TemplateHead' || tokens[at]?.type === 'TemplateMiddle') {
        const next = tokens[at]?.partner ?? -1;
        if (next <= at) throw openEnd(token, msg('The quote that opens here has no end.'));
        at = next;
      }
      return at + 1;
    }
    checkClosed(token);
    return token.type === 'Punctuator' && /^[([{]$/.test(token.value) ? endOfBracket(code, index) : index + 1;
  }

  function read(from: number, to: number, depth = 0): CodeValue {
    const first = tokens[from];
    if (first === undefined || from >= to) return { kind: 'undefined' };
    if (depth > MAX_DEPTH) throw openEnd(first, msg('This is nested too deep.'));
    const last = endOfCasts(from, to);
    if (last < to) return read(from, last, depth + 1);
    if (to - from === 1) return readToken(from, first, depth);
    const end = behind(from);
    if (first.value === '(' && end === to) return read(from + 1, to - 1, depth + 1);
    if (isFunction(from, to)) return { kind: 'function' };
    if (end === to) {
      if (first.value === '{') return readObject(from, to, depth);
      if (first.value === '[') return readArray(from, to, depth);
      if (first.type === 'TemplateHead') return readTemplate(from, depth);
    }
    return readSigned(from, to) ?? readCall(from, to, depth) ?? readSum(from, to, depth) ?? holeFor(from, to);
  }

  function readToken(index: number, { type, value, start }: CodeToken, depth: number): CodeValue {
    const token = tokens[index];
    if (token !== undefined) checkClosed(token);
    budget -= value.length + 1;
    if (budget < 0) throw unreadable(msg('This is too long.'), { start, end: start + value.length });
    if (type === 'StringLiteral' || type === 'NoSubstitutionTemplate') {
      const inner = type === 'StringLiteral' ? value : value.replaceAll('\r\n', '\n');
      return { kind: 'text', text: unescapeString(inner.slice(1, -1)) };
    }
    if (type === 'NumericLiteral') {
      const json = readNumber(value);
      return json === null ? holeFor(index, index + 1) : { kind: 'plain', json };
    }
    if (type === 'IdentifierName') {
      const known = Object.hasOwn(WORDS, value) ? WORDS[value] : undefined;
      if (known !== undefined) return known;
      const constant = constants.get(value);
      if (constant !== undefined && constant.from <= index && !reading.has(constant.from)) {
        reading.add(constant.from);
        const found = read(constant.from, constant.to, depth + 1);
        reading.delete(constant.from);
        if (found.kind !== 'hole' && found.kind !== 'function') return found;
      }
      return holeFor(index, index + 1);
    }
    if (type === 'RegularExpressionLiteral') return holeFor(index, index + 1);
    throw unreadable(msg('This is no value.'), { start, end: start + value.length });
  }

  /** `-1`, `!0`, `void 0`. */
  function readSigned(from: number, to: number): CodeValue | null {
    if (to - from !== 2) return null;
    const [sign, operand] = [valueOf(from), valueOf(from + 1)];
    if (sign === 'void') return { kind: 'undefined' };
    if (sign === '!' && /^[01]$/.test(operand)) return { kind: 'plain', json: String(operand === '0') };
    const number = tokens[from + 1]?.type === 'NumericLiteral' ? readNumber(operand) : null;
    if (number === null || (sign !== '-' && sign !== '+')) return null;
    return { kind: 'plain', json: sign === '-' && number !== '0' ? `-${number}` : number };
  }

  /** `JSON.stringify(…)` and `encodeURIComponent(…)` of what can be read; `String(…)`. */
  function readCall(from: number, to: number, depth: number): CodeValue | null {
    const isStringify =
      valueOf(from) === 'JSON' && valueOf(from + 1) === '.' && valueOf(from + 2) === 'stringify';
    const open = isStringify ? from + 3 : from + 1;
    const name = valueOf(from);
    const isOther = name === 'encodeURIComponent' || name === 'String';
    if ((!isStringify && !isOther) || valueOf(open) !== '(' || behind(open) !== to) return null;
    const end = endOf(open + 1, to - 1);
    const value = read(open + 1, end, depth + 1);
    if (isStringify) {
      const json = value.kind === 'hole' ? value.hole : toJson(value, indentOf(end + 1, to - 1));
      return json === undefined ? { kind: 'undefined' } : { kind: 'text', text: json };
    }
    const content = textOf(value);
    if (content === undefined) return null;
    if (name === 'String' || value.kind === 'hole') return { kind: 'text', text: content };
    return { kind: 'text', text: encodeAroundHoles(content) };
  }

  /** The third argument of `JSON.stringify`. */
  function indentOf(from: number, to: number): string {
    const third = endOf(from, to) + 1;
    if (third >= to) return '';
    const value = textOf(read(third, endOf(third, to))) ?? '';
    return /^\d+$/.test(value) ? ' '.repeat(Math.min(10, Number(value))) : value.slice(0, 10);
  }

  /** Texts joined by `+`. */
  function readSum(from: number, to: number, depth: number): CodeValue | null {
    const ends: number[] = [];
    for (let at = from; at < to; at = behind(at)) {
      if (valueOf(at) === '+') ends.push(at);
      // Anything that binds weaker, or is calculated, makes it more than a text.
      else if (tokens[at]?.type === 'Punctuator' && !/^(?:[.([{]|\?\.)$/.test(valueOf(at))) return null;
    }
    if (ends.length === 0 || !mayBeText(from, to)) return null;
    const values: CodeValue[] = [];
    let start = from;
    for (const end of [...ends, to]) {
      if (end === start) return null;
      values.push(read(start, end, depth + 1));
      start = end + 1;
    }
    if (!values.some(({ kind }) => kind === 'text')) return null;
    const pieces = values.map(textOf);
    return pieces.includes(undefined) ? null : { kind: 'text', text: pieces.join('') };
  }

  /** True where a text stands at the top, or a constant that may be one. */
  function mayBeText(from: number, to: number): boolean {
    for (let at = from; at < to; at = behind(at)) {
      const { type, value } = tokens[at] ?? { type: 'Invalid', value: '' };
      if (/^(?:StringLiteral|NoSubstitutionTemplate|TemplateHead)$/.test(type) || constants.has(value))
        return true;
    }
    return false;
  }

  function readTemplate(from: number, depth: number): CodeValue {
    let result = '';
    let at = from;
    for (;;) {
      const token = tokens[at];
      if (token === undefined) break;
      const isLast = token.type === 'TemplateTail';
      const inner = token.value.slice(1, isLast ? -1 : -2).replaceAll('\r\n', '\n');
      result += unescapeString(inner);
      if (isLast) break;
      const value = read(at + 1, token.partner, depth + 1);
      result += textOf(value) ?? textOf(holeFor(at + 1, token.partner)) ?? '';
      at = token.partner;
    }
    return { kind: 'text', text: result };
  }

  function readArray(from: number, to: number, depth: number): CodeValue {
    const items: CodeValue[] = [];
    for (let at = from + 1; at < to - 1;) {
      const end = endOf(at, to - 1);
      if (valueOf(at) === '...') unknownPart(at, end);
      else items.push(at === end ? { kind: 'undefined' } : read(at, end, depth + 1));
      at = end + 1;
    }
    return { kind: 'array', items };
  }

  function readObject(from: number, to: number, depth: number): CodeValue {
    const members = new Map<string, CodeValue>();
    for (let at = from + 1; at < to - 1;) {
      const end = endOf(at, to - 1);
      readMember(at, end, members, depth + 1);
      at = end + 1;
    }
    return { kind: 'object', members };
  }

  function readMember(from: number, to: number, members: Map<string, CodeValue>, depth: number): void {
    const first = tokens[from];
    if (first === undefined || from >= to) return;
    if (first.value === '...') {
      const next = valueOf(from + 1);
      const mayBeKnown = next === '{' || (to - from === 2 && constants.has(next));
      const value: CodeValue = mayBeKnown ? read(from + 1, to, depth) : { kind: 'undefined' };
      if (value.kind === 'object') for (const [key, member] of value.members) members.set(key, member);
      else unknownPart(from, to);
      return;
    }
    let at = from;
    // `get name() {…}`, `async name() {…}`, `*name() {…}`
    while (
      at + 1 < to &&
      /^(?:get|set|async|static|\*)$/.test(valueOf(at)) &&
      !/^[:(,]$/.test(valueOf(at + 1))
    )
      at++;
    const key = readKey(at, depth);
    const next = valueOf(at) === '[' ? endOfBracket(code, at) : at + 1;
    if (next >= to) {
      if (key !== undefined) members.set(key, readToken(at, first, depth));
    } else if (valueOf(next) === ':') {
      const value = read(next + 1, to, depth);
      if (key !== undefined) members.set(key, value);
    } else if (valueOf(next) === '(' || valueOf(next) === '<') {
      if (key !== undefined) members.set(key, { kind: 'function' });
    } else {
      const { start, value } = tokens[next] ?? first;
      throw unreadable(msg('This is no member of an object.'), { start, end: start + value.length });
    }
  }

  function readKey(index: number, depth: number): string | undefined {
    const token = tokens[index];
    if (token === undefined) return undefined;
    if (token.value === '[') {
      const end = endOfBracket(code, index);
      const key = textOf(read(index + 1, end - 1, depth));
      if (key === undefined) unknownPart(index, end);
      return key;
    }
    if (token.type === 'IdentifierName') return token.value;
    const value =
      token.type === 'StringLiteral' || token.type === 'NumericLiteral'
        ? readToken(index, token, depth)
        : null;
    if (value !== null) return textOf(value);
    const { start } = token;
    throw unreadable(msg('This is no member of an object.'), { start, end: start + token.value.length });
  }

  /** An arrow at the top, or `function`. */
  function isFunction(from: number, to: number): boolean {
    if (/^(?:function|class)$/.test(valueOf(from) === 'async' ? valueOf(from + 1) : valueOf(from)))
      return true;
    for (let at = from; at < to; at = behind(at)) if (valueOf(at) === '=>') return true;
    return false;
  }

  /** Where `as Type`, `satisfies Type` or `!` of TypeScript begins; `to` where there is none. */
  function endOfCasts(from: number, to: number): number {
    if (valueOf(to - 1) === '!' && to - from > 1) return to - 1;
    for (let at = behind(from); at < to; at = behind(at)) {
      if (
        tokens[at]?.type === 'IdentifierName' &&
        /^(?:as|satisfies)$/.test(valueOf(at)) &&
        valueOf(at - 1) !== '.'
      )
        return at;
      if (valueOf(at) === '=>') return to; // what stands behind is the function's
    }
    return to;
  }

  function unknownPart(from: number, to: number): void {
    const source = shortSource(from, to);
    if (!unknownParts.has(source)) hints.push(msg('What {0} adds is not known here.', source));
    unknownParts.add(source);
  }

  return { read, endOf, hints };
}

function openEnd({ start }: CodeToken, message: Message): CbError {
  return unreadable(message, { start, end: start + 1 });
}
