import type { Holes } from '../holes.ts';
import { problemOf } from '../imported.ts';
import type { BodyPiece } from '../requestParts.ts';
import { BashWords } from './bashWords.ts';
import { outputOf } from './shellOutput.ts';
import {
  emptyCommand,
  openQuote,
  variableName,
  type CommandDraft,
  type ShellCommand,
  type ShellText,
  type ShellWord,
} from './shellText.ts';

/**
 * Reads commands as bash does: quotes, `$'…'`, continuation lines, comments, here-documents, pipes. Nothing is run:
 * variables that the text sets have their values, others become holes, and so does the output of commands. Linear.
 * Source: POSIX shell command language, 2.2 and 2.7; Bash manual, ANSI-C quoting.
 */
export function readBash(text: string, holes: Holes): ShellText {
  const reader = new BashReader(text, holes);
  try {
    reader.readAll();
  } catch (error) {
    return { commands: reader.commands, problem: problemOf(error) };
  }
  return { commands: reader.commands, problem: null };
}

/** Words that stand before a command and change nothing of it. */
const BEFORE_COMMAND = new Set(
  'export local declare readonly time sudo exec command do then else if while until !'.split(' '),
);
/** `NAME=$(` before a command whose output is kept, in quotes or not. */
const OUTPUT_OF_CURL = /[A-Za-z_]\w*="?\$\((?=\s*curl\s)/y;

/** A here-document whose lines are still to come. */
interface Heredoc {
  readonly command: CommandDraft;
  readonly delimiter: string;
  readonly isQuoted: boolean;
  readonly stripsTabs: boolean;
}

class BashReader {
  readonly commands: ShellCommand[] = [];
  readonly #text: string;
  readonly #words: BashWords;
  #command = emptyCommand();
  /** The command whose output the next one reads. */
  #pipedFrom: CommandDraft | null = null;
  #isPiped = false;
  /** What the last command writes, and what those in `{ … }` do; null where that is not known. */
  #output: readonly BodyPiece[] | null = null;
  #group: readonly BodyPiece[] | null = null;
  #heredocs: Heredoc[] = [];
  /** The brackets that are open around commands: `true` for those in quotes. */
  readonly #brackets: boolean[] = [];

  constructor(text: string, holes: Holes) {
    this.#text = text;
    this.#words = new BashWords(text, holes);
  }

  readAll(): void {
    const text = this.#text;
    while (this.#words.at < text.length) {
      const character = text[this.#words.at] ?? '';
      if (character === '\n') {
        this.#endCommand();
        this.#words.at++;
        this.#readHeredocs();
      } else if (character === ' ' || character === '\t' || character === '\r') {
        this.#words.at++;
      } else if (character === '#') {
        this.#skipLine();
      } else if (this.#words.skipContinuation()) {
        continue;
      } else if (
        this.#command.words.length === 0 &&
        /^[$%>][ \t]/.test(text.slice(this.#words.at, this.#words.at + 2))
      ) {
        this.#words.at += 2; // the prompt of an example
      } else if (this.#readBracket(character)) {
        continue;
      } else if (character === ';' || character === '&' || character === '|') {
        this.#readSeparator(character);
      } else if (character === '<' || character === '>') {
        this.#readRedirection();
      } else {
        this.#readWord();
      }
    }
    this.#endCommand();
  }

  #endCommand(): void {
    const command = this.#command;
    this.#command = emptyCommand();
    this.#takePipe(command);
    const start = command.words.findIndex(
      (word) => !BEFORE_COMMAND.has(word.text) && !this.#takeAssignment(word),
    );
    command.words.splice(0, start === -1 ? command.words.length : start);
    const first = command.words[0]?.text;
    if (first === '{') {
      this.#group = [];
      command.words.shift();
    }
    if (first === '}') {
      this.#output = this.#group;
      this.#group = null;
    } else if (command.words.length > 0) {
      this.#output = outputOf(command);
      if (this.#group !== null)
        this.#group = this.#output === null ? null : [...this.#group, ...this.#output];
      this.commands.push(command);
    }
  }

  /** `(…)` and `NAME=$(…)` around commands, which are read as if they stood alone. */
  #readBracket(character: string): boolean {
    const text = this.#text;
    if (character === ')' && this.#brackets.length > 0) {
      this.#words.at++;
      if (this.#brackets.pop() === true && text[this.#words.at] === '"') this.#words.at++;
      this.#endCommand();
      this.#words.endsAtBracket = this.#brackets.length > 0;
      return true;
    }
    const { words } = this.#command;
    if (words.length > 4 || words.some((word) => !BEFORE_COMMAND.has(word.text))) return false;
    OUTPUT_OF_CURL.lastIndex = this.#words.at;
    const opening = character === '(' ? '(' : OUTPUT_OF_CURL.exec(text)?.[0];
    if (opening === undefined) return false;
    this.#words.at += opening.length;
    this.#brackets.push(opening.includes('"'));
    this.#words.endsAtBracket = true;
    return true;
  }

  /** What the command before a pipe writes is what this one reads. */
  #takePipe(command: CommandDraft): void {
    if (this.#pipedFrom !== null && command.words.length > 0) {
      this.#pipedFrom.leftOut.push(`| ${command.words[0]?.text ?? ''}`);
    }
    if (this.#isPiped && command.words.length > 0) command.input ??= this.#output;
    if (command.words.length > 0) this.#isPiped = false;
    this.#pipedFrom = null;
  }

  /** `NAME=value` before a command, or alone, sets a variable. */
  #takeAssignment({ text, span }: ShellWord): boolean {
    const name = variableName(text, 0);
    if (name === '' || text[name.length] !== '=' || this.#text[span.start] !== name[0]) return false;
    this.#words.variables.set(name, text.slice(name.length + 1));
    return true;
  }

  #readSeparator(character: string): void {
    const isPipe = character === '|' && this.#text[this.#words.at + 1] !== '|';
    const isDoubled = this.#text[this.#words.at + 1] === character;
    const from = this.#command;
    this.#words.at += isDoubled || (isPipe && this.#text[this.#words.at + 1] === '&') ? 2 : 1;
    this.#endCommand();
    this.#isPiped = isPipe;
    if (isPipe && from.words.length > 0) this.#pipedFrom = from;
  }

  #readRedirection(): void {
    const start = this.#words.at;
    const operator =
      /^(?:<<<|<<-|<<|<&|<>|>>|>&|>\||<|>)/.exec(this.#text.slice(start, start + 3))?.[0] ?? '';
    const command = this.#command;
    // A number right before it says which file.
    const last = command.words.at(-1);
    if (last?.span.end === start && /^\d$/.test(last.text)) command.words.pop();
    this.#words.at += operator.length;
    while (/^[ \t]$/.test(this.#text[this.#words.at] ?? '')) this.#words.at++;
    const wordStart = this.#words.at;
    const word = /^[\s;|<>]?$/.test(this.#text[this.#words.at] ?? '') ? '' : this.#words.readText();
    if (operator === '<<' || operator === '<<-') {
      const isQuoted = /['"\\]/.test(this.#text.slice(wordStart, this.#words.at));
      this.#heredocs.push({ command, delimiter: word, isQuoted, stripsTabs: operator === '<<-' });
    } else if (operator === '<<<') {
      command.input = [{ kind: 'text', text: `${word}\n` }];
    } else if (operator === '<') {
      command.input = [{ kind: 'file', path: word }];
    } else {
      command.leftOut.push(`${operator} ${word}`.trim());
    }
  }

  #readHeredocs(): void {
    for (const { command, delimiter, isQuoted, stripsTabs } of this.#heredocs) {
      const start = this.#words.at;
      const lines: string[] = [];
      for (;;) {
        if (this.#words.at >= this.#text.length) throw openQuote(Math.max(0, start - 1));
        const end = this.#text.indexOf('\n', this.#words.at);
        const last = end === -1 ? this.#text.length : end;
        let line = this.#text.slice(this.#words.at, last).replace(/\r$/, '');
        if (stripsTabs) line = line.replace(/^\t+/, '');
        this.#words.at = last + 1;
        if (line === delimiter) break;
        lines.push(`${line}\n`);
      }
      const written = lines.join('');
      command.input = [
        { kind: 'text', text: isQuoted ? written : this.#words.within(written).readDoubleQuoted(false) },
      ];
    }
    this.#heredocs = [];
  }

  #readWord(): void {
    const start = this.#words.at;
    const text = this.#words.readText();
    this.#command.words.push({ text, span: { start, end: this.#words.at } });
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#words.at);
    this.#words.at = end === -1 ? this.#text.length : end;
  }
}
