import type { Holes } from '../holes.ts';
import { problemOf } from '../imported.ts';
import { endOfPrompt, percentVariable, splitLine, type CommandLine } from './commandLine.ts';
import { emptyCommand, openQuote, variableHole, type ShellCommand, type ShellText } from './shellText.ts';

/**
 * Reads commands as the command prompt of Windows does, and their words as a program's C runtime: `^`, `%NAME%`, `\"`,
 * `""`. Linear. Source: cmd /?; Microsoft C runtime, "Parsing C command-line arguments"; what Chrome and Firefox write
 * under "Copy as cURL (cmd)".
 */
export function readCmd(text: string, holes: Holes): ShellText {
  const reader = new CmdReader(text, holes);
  try {
    reader.readAll();
  } catch (error) {
    return { commands: reader.commands, problem: problemOf(error) };
  }
  return { commands: reader.commands, problem: null };
}

class CmdReader {
  readonly commands: ShellCommand[] = [];
  readonly #text: string;
  readonly #holes: Holes;
  /**
   * Browsers double each backslash, also where a program takes both for what they are. Some wrote carets within plain
   * quotes, where cmd takes them for text.
   */
  readonly #isOfBrowser: boolean;
  #at = 0;
  #command = emptyCommand();
  #line: CommandLine = { characters: [], places: [] };
  /** Where the quote opened in which ^ is a character, or -1. */
  #quote = -1;

  constructor(text: string, holes: Holes) {
    this.#text = text;
    this.#holes = holes;
    this.#isOfBrowser = /curl(?:\.exe)? +\^"|\^\\\^"/i.test(text);
  }

  readAll(): void {
    const text = this.#text;
    this.#at = endOfPrompt(text, 0);
    while (this.#at < text.length) {
      const character = text[this.#at] ?? '';
      const isQuoted = this.#quote !== -1;
      if (character === '"') {
        this.#quote = isQuoted ? -1 : this.#at;
        this.#push(character);
      } else if (character === '^' && (!isQuoted || this.#isOfBrowser)) {
        this.#readCaret();
      } else if (character === '%') {
        this.#readPercent();
      } else if (character === '\n') {
        if (isQuoted) throw openQuote(this.#quote);
        this.#endCommand();
        this.#at = endOfPrompt(text, this.#at + 1);
      } else if ((character === '&' || character === '|') && !isQuoted) {
        const isDoubled = text[this.#at + 1] === character;
        if (character === '|' && !isDoubled) this.#command.leftOut.push(this.#pipedTo());
        this.#endCommand();
        this.#at += isDoubled ? 2 : 1;
      } else if ((character === '>' || character === '<') && !isQuoted) {
        this.#skipRedirection();
      } else {
        this.#push(character);
      }
    }
    if (this.#quote !== -1) throw openQuote(this.#quote);
    this.#endCommand();
  }

  /** Adds a character of the command line. @param length of what stands for it */
  #push(character: string, length = 1): void {
    this.#line.characters.push(character);
    this.#line.places.push(this.#at);
    this.#at += length;
  }

  #endCommand(): void {
    const command = this.#command;
    for (const word of splitLine(this.#line, this.#at, this.#isOfBrowser)) command.words.push(word);
    if (command.words.length > 0) this.commands.push(command);
    this.#command = emptyCommand();
    this.#line = { characters: [], places: [] };
  }

  /** A caret before a line's end joins two lines; what stands behind them, or behind the caret, means itself. */
  #readCaret(): void {
    this.#at++;
    if (this.#text[this.#at] === '\n') this.#at = endOfPrompt(this.#text, this.#at + 1);
    if (this.#at < this.#text.length) this.#push(this.#text[this.#at] ?? '');
  }

  /** `%NAME%`. A batch file writes `%%` for one. */
  #readPercent(): void {
    const name = percentVariable(this.#text, this.#at);
    if (name !== '') {
      this.#push(variableHole(this.#holes, name), name.length + 2);
    } else {
      this.#push('%', this.#text[this.#at + 1] === '%' ? 2 : 1);
    }
  }

  #pipedTo(): string {
    return /^\|[ \t]*[^\s]*/.exec(this.#text.slice(this.#at, this.#at + 60))?.[0] ?? '|';
  }

  #skipRedirection(): void {
    // The number of what is redirected.
    if (/[ \t]\d$/.test(this.#text.slice(Math.max(0, this.#at - 2), this.#at))) {
      this.#line.characters.pop();
      this.#line.places.pop();
      this.#at--;
    }
    const rest = this.#text.slice(this.#at, this.#at + 500);
    const found = /^\d?[<>]{1,2}(?:&\d|[ \t]*(?:"[^"\n]*"|[^\s&|]*))/.exec(rest)?.[0] ?? '>';
    this.#command.leftOut.push(found);
    this.#at += found.length;
  }
}
