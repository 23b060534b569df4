import type { Holes } from '../holes.ts';
import { problemOf } from '../imported.ts';
import { endOfPrompt, percentVariable, splitLine } from './commandLine.ts';
import { endOfComment, isText, readAssignment, redirectionAt, unescaped } from './powershellText.ts';
import { PowerShellWords } from './powershellWords.ts';
import { emptyCommand, variableHole, type ShellCommand, type ShellText } from './shellText.ts';

/**
 * Reads commands as PowerShell does: `'…'`, `"…"`, backticks, here-strings, `$name`, `--%`. Variables that the text
 * sets have their values, others become holes. Linear. Source: about_Quoting_Rules, about_Parsing.
 */
export function readPowerShell(text: string, holes: Holes): ShellText {
  const reader = new PowerShellReader(text, holes);
  try {
    reader.readAll();
  } catch (error) {
    return { commands: reader.commands, problem: problemOf(error) };
  }
  return { commands: reader.commands, problem: null };
}

class PowerShellReader {
  readonly commands: ShellCommand[] = [];
  readonly #text: string;
  readonly #holes: Holes;
  readonly #words: PowerShellWords;
  #command = emptyCommand();
  /** The variable that the command sets, and the text that it adds to; or null. */
  #assigned: { readonly name: string; readonly before: string } | null = null;
  /** What the command before a `|` hands on, where that is a text. */
  #piped: string | null = null;

  constructor(text: string, holes: Holes) {
    this.#text = text;
    this.#words = new PowerShellWords(text, holes);
    this.#holes = holes;
  }

  readAll(): void {
    const text = this.#text;
    this.#words.at = endOfPrompt(text, 0);
    while (this.#words.at < text.length) {
      const character = text[this.#words.at] ?? '';
      const commentEnd = endOfComment(text, this.#words.at);
      if (character === '\n') {
        this.#endCommand();
        this.#words.at = endOfPrompt(text, this.#words.at + 1);
      } else if (character === ';') {
        this.#endCommand();
        this.#words.at++;
      } else if (text.startsWith('&&', this.#words.at) || text.startsWith('||', this.#words.at)) {
        this.#endCommand();
        this.#words.at += 2;
      } else if (character === ' ' || character === '\t' || character === '\r') {
        this.#words.at++;
      } else if (commentEnd !== -1) {
        this.#words.at = commentEnd;
      } else if (character === '`' && /^`[ \t\r]*\n/.test(text.slice(this.#words.at, this.#words.at + 20))) {
        this.#words.at = endOfPrompt(text, text.indexOf('\n', this.#words.at) + 1);
      } else if (character === '|') {
        this.#words.at++;
        this.#readPipe();
      } else if (character === '&') {
        this.#words.at++; // calls what follows
      } else if (character === '+' && this.#assigned !== null) {
        this.#words.at++; // joins two texts
      } else if (text.startsWith('--%', this.#words.at)) {
        this.#readVerbatim();
      } else {
        this.#readWord();
      }
    }
    this.#endCommand();
  }

  /** A word, or what may stand in its place: a redirection, at the start `$name =`. */
  #readWord(): void {
    const start = this.#words.at;
    const assignment = this.#command.words.length === 0 ? readAssignment(this.#text, start) : null;
    const redirection = redirectionAt(this.#text, start);
    if (assignment !== null) {
      const { name, isMore, end } = assignment;
      this.#assigned = { name, before: isMore ? this.#words.valueOf(name) : '' };
      this.#words.at = end;
    } else if (redirection !== '') {
      this.#command.leftOut.push(redirection);
      this.#words.at += redirection.length;
    } else {
      const text = this.#words.read(this.#assigned !== null);
      this.#command.words.push({ text, span: { start, end: this.#words.at } });
    }
  }

  #endCommand(): void {
    const command = this.#command;
    this.#command = emptyCommand();
    const assigned = this.#assigned;
    this.#assigned = null;
    const value = assigned === null ? null : this.#valueGiven(command);
    if (assigned !== null) this.#words.variables.delete(assigned.name);
    if (assigned !== null && value !== null) {
      this.#words.variables.set(assigned.name, assigned.before + value);
    } else if (command.words.length > 0) {
      if (this.#piped !== null) command.input = [{ kind: 'text', text: this.#piped }];
      this.commands.push({
        ...command,
        words: command.words.map((word) => ({ ...word, text: unescaped(word.text) })),
      });
    }
    this.#piped = null;
  }

  #readPipe(): void {
    const [only, ...more] = this.#command.words;
    const previous = this.#command;
    const isText =
      only !== undefined && more.length === 0 && /['"$@]/.test(this.#text[only.span.start] ?? '');
    if (isText) {
      this.#command = emptyCommand();
      this.#piped = only.text;
      return;
    }
    previous.leftOut.push(
      `| ${/^[^\s;]*/.exec(this.#text.slice(this.#words.at, this.#words.at + 60).trim())?.[0] ?? ''}`,
    );
    this.#endCommand();
    // What it is piped to is no command of its own.
    while (this.#words.at < this.#text.length && !/[\n;]/.test(this.#text[this.#words.at] ?? ''))
      this.#words.at++;
  }

  /** What a variable is set to: a text, several that are joined, a number; null for what is not known. */
  #valueGiven({ words, leftOut }: ShellCommand): string | null {
    if (words.length === 0 || leftOut.length > 0) return null;
    const written = words.map(({ span }) => this.#text.slice(span.start, span.end));
    const isKnown = written.every(isText) || (words.length === 1 && /^\d+$/.test(written[0] ?? ''));
    return isKnown ? words.map(({ text }) => text).join('') : null;
  }

  /** What stands behind `--%`, up to the line's end or a pipe: `%NAME%`, words as a program's C runtime splits them. */
  #readVerbatim(): void {
    const text = this.#text;
    const characters: string[] = [];
    const places: number[] = [];
    let isQuoted = false;
    for (this.#words.at += 3; this.#words.at < text.length && text[this.#words.at] !== '\n';) {
      const character = text[this.#words.at] ?? '';
      if (character === '"') isQuoted = !isQuoted;
      if (!isQuoted && (character === '|' || text.startsWith('&&', this.#words.at))) break;
      const name = percentVariable(text, this.#words.at);
      characters.push(name === '' ? character : variableHole(this.#holes, name));
      places.push(this.#words.at);
      this.#words.at += name === '' ? 1 : name.length + 2;
    }
    for (const word of splitLine({ characters, places }, this.#words.at)) this.#command.words.push(word);
  }
}
