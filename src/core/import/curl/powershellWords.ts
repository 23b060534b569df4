import { hole, type Holes } from '../holes.ts';
import { endOfExpression, hereText, readEscape } from './powershellText.ts';
import { openQuote, outputHole, variableHole, variableName } from './shellText.ts';

/** Reads the words of PowerShell at `at`, which moves behind what was read. */
export class PowerShellWords {
  at = 0;
  /** By names in lower case. */
  readonly variables = new Map<string, string>();
  readonly #text: string;
  readonly #holes: Holes;
  /** What variables may add: built one from another, they could grow without end. */
  #budget: number;

  constructor(text: string, holes: Holes) {
    this.#text = text;
    this.#budget = 2 * text.length + 10_000;
    this.#holes = holes;
  }

  /** A word, up to a blank or an operator. @param endsAtPlus true in a sum of texts */
  read(endsAtPlus: boolean): string {
    const text = this.#text;
    let word = '';
    const start = this.at;
    while (this.at < text.length) {
      const character = text[this.at] ?? '';
      if (/[\s;|<>]/.test(character) || (character === '+' && endsAtPlus)) break;
      if (/^@['"][ \t\r]*\n/.test(text.slice(this.at, this.at + 20)) && this.at === start) {
        word += this.#readHereString();
      } else if (character === "'") {
        word += this.#readSingleQuoted();
      } else if (character === '"') {
        this.at++;
        word += this.#readDoubleQuoted(this.at - 1);
      } else if (character === '`') {
        word += this.#readEscape();
      } else if (character === '$') {
        word += this.#readDollar();
      } else {
        const plain = /[^\s;|<>'"`$]+/y;
        plain.lastIndex = this.at;
        const run = plain.exec(text)?.[0] ?? character;
        word += run;
        this.at += run.length;
      }
    }
    return word;
  }

  #readSingleQuoted(): string {
    const text = this.#text;
    const opening = this.at;
    let word = '';
    for (;;) {
      const end = text.indexOf("'", this.at + 1);
      if (end === -1) throw openQuote(opening);
      word += text.slice(this.at + 1, end);
      this.at = end + 1;
      if (text[this.at] !== "'") return word;
      word += "'";
    }
  }

  /** From behind a double quote to behind the one that closes it. */
  #readDoubleQuoted(opening: number): string {
    const text = this.#text;
    let word = '';
    for (;;) {
      const plain = /[^"`$]*/y;
      plain.lastIndex = this.at;
      const run = plain.exec(text)?.[0] ?? '';
      word += run;
      this.at += run.length;
      const character = text[this.at];
      if (character === undefined) throw openQuote(opening);
      if (character === '$') {
        word += this.#readDollar();
      } else if (character === '`') {
        word += this.#readEscape();
      } else {
        this.at++;
        if (text[this.at] !== '"') return word;
        word += '"';
        this.at++;
      }
    }
  }

  #readHereString(): string {
    const text = this.#text;
    const quote = text[this.at + 1] ?? '';
    const first = text.indexOf('\n', this.at) + 1;
    const end = new RegExp(`\\r?\\n${quote}@`, 'g');
    end.lastIndex = first - 1;
    const found = end.exec(text);
    if (found === null) throw openQuote(this.at);
    const written = text.slice(first, Math.max(first, found.index)).replaceAll('\r\n', '\n');
    this.at = end.lastIndex;
    if (quote === "'") return written;
    const inner = new PowerShellWords(`${hereText(written)}"`, this.#holes);
    for (const [name, value] of this.variables) inner.variables.set(name, value);
    return inner.#readDoubleQuoted(0);
  }

  #readDollar(): string {
    const text = this.#text;
    const start = this.at;
    if (text[start + 1] === '(') {
      this.at = endOfExpression(text, start + 1);
      return this.#readExpression(text.slice(start + 2, this.at - 1));
    }
    const isBraced = text[start + 1] === '{';
    let at = start + (isBraced ? 2 : 1);
    if (/^env:/i.test(text.slice(at, at + 4))) at += 4;
    const name = variableName(text, at);
    if (name === '') {
      this.at = start + 1;
      return '$';
    }
    at += name.length;
    this.at = isBraced && text[at] === '}' ? at + 1 : at;
    return this.valueOf(name);
  }

  /** What the text sets a variable to, or a hole. */
  valueOf(name: string): string {
    const value = this.variables.get(name.toLowerCase());
    this.#budget -= value?.length ?? 0;
    return value === undefined || this.#budget < 0 ? variableHole(this.#holes, name) : value;
  }

  /** `$(…)`: what it gives is not known, but mostly one variable of the environment, perhaps escaped. */
  #readExpression(inner: string): string {
    const base64 = /ToBase64String\([^]*GetBytes\(([^]*?)\)\)\s*$/.exec(inner.slice(0, 1000))?.[1];
    if (base64 !== undefined) {
      const parts = [...base64.matchAll(/'((?:[^']|'')*)'|\$env:(\w+)/gi)];
      const read = parts
        .map(([, literal, name = '']) => literal?.replaceAll("''", "'") ?? this.valueOf(name))
        .join('');
      const character = hole(this.#holes, `base64 ${read}`);
      this.#holes.encoded.set(character, read);
      return character;
    }
    const name = /\$env:(\w+)/i.exec(inner.slice(0, 1000))?.[1];
    return name === undefined ? outputHole(this.#holes) : this.valueOf(name);
  }

  #readEscape(): string {
    const { text, end } = readEscape(this.#text, this.at);
    this.at = end;
    return text;
  }
}
