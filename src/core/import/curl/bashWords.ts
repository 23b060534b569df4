import { hole, type Holes } from '../holes.ts';
import { readAnsiQuote } from './ansiQuote.ts';
import { openQuote, outputHole, variableHole, variableName } from './shellText.ts';

/** Reads the words of bash one after another, from `at`. */
export class BashWords {
  at = 0;
  /** Those that the text sets. */
  readonly variables: Map<string, string>;
  /** True within brackets around commands, whose end is the end of a word. */
  endsAtBracket = false;
  readonly #text: string;
  readonly #holes: Holes;
  /** What variables may add: built one from another, they could grow without end. */
  #budget: number;

  constructor(text: string, holes: Holes, variables = new Map<string, string>()) {
    this.#text = text;
    this.#holes = holes;
    this.variables = variables;
    this.#budget = 2 * text.length + 10_000;
  }

  /** A reader of another text that knows the same variables. */
  within(text: string): BashWords {
    return new BashWords(text, this.#holes, this.variables);
  }

  /** A word, up to a blank or an operator. */
  readText(): string {
    const text = this.#text;
    let word = '';
    while (this.at < text.length) {
      const character = text[this.at] ?? '';
      if (/[\s;&|<>]/.test(character) || (character === ')' && this.endsAtBracket)) break;
      if (character === "'") {
        const end = text.indexOf("'", this.at + 1);
        if (end === -1) throw openQuote(this.at);
        word += text.slice(this.at + 1, end);
        this.at = end + 1;
      } else if (character === '"') {
        this.at++;
        word += this.readDoubleQuoted(true);
      } else if (character === '\\') {
        if (this.skipContinuation()) {
          if (/^\s?$/.test(text[this.at] ?? '')) break;
          continue;
        }
        const code = text.codePointAt(this.at + 1);
        word += code === undefined ? '' : String.fromCodePoint(code);
        this.at += 1 + (code === undefined ? 0 : code > 0xffff ? 2 : 1);
      } else if (character === '$') {
        word += this.#readDollar(false);
      } else if (character === '`') {
        word += this.#readBackticks();
      } else {
        const plain = /[^\s;&|<>'"\\$`)]*/y;
        plain.lastIndex = this.at;
        const run = plain.exec(text)?.[0] || character;
        word += run;
        this.at += run.length;
      }
    }
    return word;
  }

  /** @param isQuoted false for a here-document, which ends with its text */
  readDoubleQuoted(isQuoted: boolean): string {
    const text = this.#text;
    const opening = this.at - 1;
    const special = isQuoted ? /["\\$`]/g : /[\\$`]/g;
    let word = '';
    for (;;) {
      special.lastIndex = this.at;
      const next = special.exec(text)?.index ?? -1;
      if (next === -1) {
        if (isQuoted) throw openQuote(opening);
        word += text.slice(this.at);
        this.at = text.length;
        return word;
      }
      word += text.slice(this.at, next);
      this.at = next;
      const character = text[next];
      if (character === '"') {
        this.at++;
        return word;
      }
      if (character === '$') word += this.#readDollar(true);
      else if (character === '`') word += this.#readBackticks();
      else if (!this.skipContinuation()) {
        const escaped = text[next + 1] ?? '';
        word += /^["\\$`]$/.test(escaped) && (isQuoted || escaped !== '"') ? escaped : `\\${escaped}`;
        this.at += 2;
      }
    }
  }

  #readDollar(isQuoted: boolean): string {
    const text = this.#text;
    const start = this.at;
    const next = text[start + 1] ?? '';
    if (next === "'" && !isQuoted) {
      const read = readAnsiQuote(text, start + 2);
      if (read === null) throw openQuote(start);
      this.at = read.end;
      return read.text;
    }
    if (next === '"' && !isQuoted) {
      this.at++; // $"…" is translated by nobody
      return '';
    }
    const written = next === '(' ? this.#readWrittenText(start + 2) : null;
    if (written !== null) return written;
    if (next === '(') {
      this.at = this.#endOfSubstitution(start + 1);
      return this.#readSubstitution(text.slice(start + 2, this.at - 1));
    }
    if (next === '{') {
      const end = text.indexOf('}', start);
      if (end === -1) throw openQuote(start);
      this.at = end + 1;
      const name = variableName(text, start + 2);
      return this.#valueOf(name === '' ? 'value' : name);
    }
    const name = variableName(text, start + 1) || (/^[\d@*#?!-]/.exec(next)?.[0] ?? '');
    this.at = start + 1 + name.length;
    if (name === '') return '$';
    return this.#valueOf(/^\w/.test(name) && !/^\d/.test(name) ? name : 'value');
  }

  /** The output of a command is not known; that of `printf … | base64` is, for a sign-in that needs it. */
  #readSubstitution(inner: string): string {
    const [, written] = /^\s*(?:printf +%s|echo +-n) +([^]*?)\|\s*base64\b[^]*$/.exec(inner) ?? [];
    if (written === undefined || written.length > 1000) return outputHole(this.#holes);
    const text = this.within(written).readText();
    const character = hole(this.#holes, `base64 ${text}`);
    this.#holes.encoded.set(character, text);
    return character;
  }

  /** What `$(cat <<'EOF' …)` writes, without the line ends behind it; null for another command. */
  #readWrittenText(from: number): string | null {
    const text = this.#text;
    const opening = /\s{0,99}cat\s{0,99}<<(-?)\s{0,99}(['"\\]?)(\w{1,60})['"]?[ \t]{0,99}\n/y;
    opening.lastIndex = from;
    const [whole, dash, quote, word = ''] = opening.exec(text) ?? [];
    if (whole === undefined) return null;
    const start = from + whole.length;
    const end = new RegExp(`^${dash === '-' ? '\\t*' : ''}${word}\\n\\s*\\)`, 'gm');
    end.lastIndex = start;
    const found = end.exec(text);
    if (found === null) throw openQuote(from - 1);
    this.at = end.lastIndex;
    const lines = text.slice(start, found.index);
    const written = dash === '-' ? lines.replace(/^\t+/gm, '') : lines;
    const read = quote === '' ? this.within(written).readDoubleQuoted(false) : written;
    return withoutLineEnds(read);
  }

  #valueOf(name: string): string {
    const value = this.variables.get(name);
    this.#budget -= value?.length ?? 0;
    return value === undefined || this.#budget < 0 ? variableHole(this.#holes, name) : value;
  }

  #readBackticks(): string {
    const text = this.#text;
    const start = this.at;
    let at = start + 1;
    while (at < text.length && text[at] !== '`') at += text[at] === '\\' ? 2 : 1;
    if (at >= text.length) throw openQuote(start);
    this.at = at + 1;
    return outputHole(this.#holes);
  }

  /** The end of `$(…)`, whose bracket opens at `from`. Quotes within it are skipped. */
  #endOfSubstitution(from: number): number {
    const text = this.#text;
    let depth = 0;
    let at = from;
    while (at < text.length) {
      const character = text[at];
      if (character === '(') depth++;
      else if (character === ')' && --depth === 0) return at + 1;
      else if (character === '\\') at++;
      else if (character === "'") {
        const end = text.indexOf("'", at + 1);
        if (end === -1) break;
        at = end;
      }
      at++;
    }
    throw openQuote(from);
  }

  /** A backslash before a line's end joins two lines, also where blanks crept in between. */
  skipContinuation(): boolean {
    const text = this.#text;
    if (text[this.at] !== '\\') return false;
    let at = this.at + 1;
    while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at++;
    if (text[at] !== '\n') return false;
    this.at = at + 1;
    return true;
  }
}

/** As `$(…)` takes a command's output. */
function withoutLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return text.slice(0, end);
}
