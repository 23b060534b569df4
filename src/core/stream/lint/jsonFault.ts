import { msg, type Message } from '../../message.ts';

/** Where and why a text leaves JSON's grammar. */
export interface JsonFault {
  /** In UTF-16 units; the text's length where it ends too early. */
  readonly offset: number;
  readonly reason: Message;
  /** False where nothing before the fault shows that the text is more than words in brackets. */
  readonly isMeantAsJson: boolean;
}

/** A text as far as it was read. */
interface Reading {
  readonly text: string;
  at: number;
  /** The open brackets, outermost first. */
  readonly open: string[];
  expected: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';
  /** True after the first key or comma: words in brackets have neither. */
  hasParts: boolean;
}

const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
/** The beginning of a scalar that the text's end cuts off. */
const CUT_SCALAR = /(?:-?(?:\d+(?:\.|(?:\.\d+)?[eE][+-]?))?|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)$/y;
const FOREIGN = /(?:-?Infinity|NaN|undefined|(None|True|False))(?![\w$])/y;
const BARE_KEY = /([\p{L}_$][\p{L}\p{N}_$-]{0,40})[ \t\r\n]*:/uy;

/** The first fault of a text after RFC 8259, or null for JSON; linear, however deep the brackets. */
export function firstJsonFault(text: string): JsonFault | null {
  const reading: Reading = { text, at: 0, open: [], expected: 'value', hasParts: false };
  for (;;) {
    skipBlanks(reading);
    if (reading.at === text.length) return reading.expected === 'nothing' ? null : tooShort(reading);
    const fault = step(reading);
    if (fault !== null) return fault;
  }
}

function step(reading: Reading): JsonFault | null {
  const character = reading.text[reading.at] ?? '';
  switch (reading.expected) {
    case 'value':
    case 'value-or-end':
      return value(reading, character);
    case 'key':
    case 'key-or-end':
      return key(reading, character);
    case 'colon':
      if (character !== ':') return fault(reading, msg('A colon is missing after a key.'));
      reading.at++;
      reading.expected = 'value';
      return null;
    case 'comma-or-end':
      return commaOrEnd(reading, character);
    case 'nothing':
      return afterEnd(reading, character);
  }
}

function value(reading: Reading, character: string): JsonFault | null {
  switch (character) {
    case '{':
    case '[':
      reading.open.push(character);
      reading.expected = character === '{' ? 'key-or-end' : 'value-or-end';
      reading.at++;
      return null;
    case '"':
      return string(reading) ?? endValue(reading);
    case ']':
    case '}':
      if (reading.expected === 'value-or-end') return close(reading, character);
      return trailingComma(reading) ?? missingValue(reading, character);
    case ',':
      return missingValue(reading, character);
  }
  const scalar = match(SCALAR, reading);
  if (scalar !== null) {
    reading.at += scalar[0].length;
    return endValue(reading);
  }
  if (match(CUT_SCALAR, reading) !== null) return tooShort(reading);
  return faultInsteadOfValue(reading, character);
}

function faultInsteadOfValue(reading: Reading, character: string): JsonFault {
  if (character === "'") return singleQuote(reading);
  const foreign = match(FOREIGN, reading);
  if (foreign !== null) {
    const reason =
      foreign[1] === undefined
        ? msg('JSON has no {0}.', foreign[0])
        : msg('JSON has no {0}: was Python’s str() used in place of json.dumps()?', foreign[0]);
    return fault(reading, reason, true);
  }
  if (character === '/') return fault(reading, msg('JSON has no comments.'));
  if (/[-+.\d]/.test(character)) return fault(reading, msg('A number is not written as JSON wants it.'));
  return fault(reading, msg('"{0}" stands where a value should.', shown(reading)));
}

function key(reading: Reading, character: string): JsonFault | null {
  if (character === '"') {
    const broken = string(reading);
    if (broken !== null) return broken;
    reading.hasParts = true;
    reading.expected = 'colon';
    return null;
  }
  if (character === '}') {
    return trailingComma(reading) ?? close(reading, character);
  }
  if (character === "'") return singleQuote(reading);
  const bare = match(BARE_KEY, reading);
  if (bare !== null) return fault(reading, msg('The key {0} needs double quotes.', bare[1] ?? ''), true);
  if (character === '/') return fault(reading, msg('JSON has no comments.'));
  return fault(reading, msg('"{0}" stands where a key should.', shown(reading)));
}

function commaOrEnd(reading: Reading, character: string): JsonFault | null {
  if (character === '}' || character === ']') return close(reading, character);
  if (character !== ',') {
    const reason = msg('"{0}" follows a value: is a comma missing, or a quote not escaped?', shown(reading));
    return fault(reading, reason);
  }
  reading.at++;
  reading.hasParts = true;
  reading.expected = reading.open.at(-1) === '{' ? 'key' : 'value';
  return null;
}

function afterEnd(reading: Reading, character: string): JsonFault {
  if (character !== '{' && character !== '[') return fault(reading, msg('Text follows the JSON value.'));
  // Footnotes such as [1][2] are text.
  const isObject = reading.text.trimStart().startsWith('{');
  return fault(reading, msg('Several JSON values stand in one event.'), isObject || reading.hasParts);
}

function close(reading: Reading, character: string): JsonFault | null {
  const bracket = reading.open.at(-1) ?? '';
  if ((bracket === '{') !== (character === '}')) {
    return fault(reading, msg('"{0}" closes what "{1}" has opened.', character, bracket));
  }
  reading.open.pop();
  reading.at++;
  return endValue(reading);
}

/** Moves behind a string; its fault if it has one. */
function string(reading: Reading): JsonFault | null {
  const { text } = reading;
  for (let at = reading.at + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      reading.at = at + 1;
      return null;
    }
    if (code < 0x20) {
      reading.at = at;
      return fault(reading, msg('A control character stands in a string, such as a line break.'), true);
    }
    if (code !== 0x5c) continue;
    const escape = /^(?:["\\/bfnrt]|u[\da-fA-F]{4})/.exec(text.slice(at + 1, at + 6));
    if (escape !== null) {
      at += escape[0].length;
      continue;
    }
    if (/^(?:u[\da-fA-F]{0,3})?$/.test(text.slice(at + 1))) break;
    reading.at = at;
    return fault(reading, msg('A backslash in a string begins no escape that JSON knows.'), true);
  }
  return tooShort(reading);
}

function endValue(reading: Reading): null {
  reading.expected = reading.open.length === 0 ? 'nothing' : 'comma-or-end';
  return null;
}

function skipBlanks(reading: Reading): void {
  while (isBlankCode(reading.text.charCodeAt(reading.at))) reading.at++;
}

function isBlankCode(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function match(pattern: RegExp, { text, at }: Reading): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The character read next; a control character, or one that turns the direction of text, as U+FFFD. */
function shown({ text, at }: Reading): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0).replace(/\p{C}/u, '\uFFFD');
}

function singleQuote(reading: Reading): JsonFault {
  return fault(reading, msg('Strings and keys need double quotes, not single ones.'), true);
}

/** The fault of a bracket that closes, if a comma stands before it. */
function trailingComma({ text, at }: Reading): JsonFault | null {
  const before = text.slice(0, at).trimEnd();
  if (!before.endsWith(',')) return null;
  const reason = msg('A comma stands before a closing bracket.');
  return { offset: before.length - 1, reason, isMeantAsJson: true };
}

function missingValue(reading: Reading, character: string): JsonFault {
  return fault(reading, msg('A value is missing before "{0}".', character));
}

/** A bracket alone may be a token of any text. */
function tooShort({ text, hasParts }: Reading): JsonFault {
  return {
    offset: text.length,
    reason: msg('It ends too early: was it cut off, or split over several events?'),
    isMeantAsJson: hasParts || /^[ \t\r\n]*[[{][ \t\r\n]*["{[]/.test(text),
  };
}

function fault(reading: Reading, reason: Message, isMeantAsJson = reading.hasParts): JsonFault {
  return { offset: reading.at, reason, isMeantAsJson };
}
