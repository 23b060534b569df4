import { openQuote, type ShellWord } from './shellText.ts';

/** Characters that a program of Windows gets as its command line, each with its place in the text. */
export interface CommandLine {
  readonly characters: string[];
  readonly places: number[];
}

/**
 * The words of a command line, as the C runtime splits it: blanks outside quotes, `\"`, `""` within quotes.
 * @param end of the line in the text
 * @param halvesBackslashes true where every backslash is doubled, not only those before a quote
 * @throws CbError `parse` where a quote has no end
 */
export function splitLine(line: CommandLine, end: number, halvesBackslashes = false): ShellWord[] {
  const { characters, places } = line;
  const words: ShellWord[] = [];
  const isBlank = (index: number): boolean => characters[index] === ' ' || characters[index] === '\t';
  let at = 0;
  for (;;) {
    while (isBlank(at)) at++;
    if (at >= characters.length) return words;
    const start = places[at] ?? 0;
    const read = readWord(line, at, isBlank, halvesBackslashes);
    at = read.end;
    words.push({ text: read.text, span: { start, end: places[at] ?? end } });
  }
}

/** The name of the `%NAME%` at an offset; '' for none. The `%E4%` of a URL is none. */
export function percentVariable(text: string, at: number): string {
  VARIABLE.lastIndex = at;
  const name = VARIABLE.exec(text)?.[1] ?? '';
  return /^[A-F\d]{2}$/i.test(name) ? '' : name;
}

/** Behind the prompt of a console, which was copied along, where one stands at a line's start; else that start. */
export function endOfPrompt(text: string, at: number): number {
  PROMPT.lastIndex = at;
  return PROMPT.test(text) ? PROMPT.lastIndex : at;
}

const VARIABLE = /%([A-Za-z_][\w()]{0,99})%/y;
const PROMPT = /(?:PS [^\n>]*>|>>|[A-Z]:\\(?![^\n>]*curl(?:\.exe)?[ \t])[^\n<>|"&]*>|More\?)[ \t]*/iy;

function readWord(
  { characters, places }: CommandLine,
  start: number,
  isBlank: (index: number) => boolean,
  halvesBackslashes: boolean,
): { readonly text: string; readonly end: number } {
  let text = '';
  let quote = -1;
  let at = start;
  while (at < characters.length && (quote !== -1 || !isBlank(at))) {
    const first = at;
    while (characters[at] === '\\') at++;
    const backslashes = at - first;
    if (characters[at] === '"') {
      text += '\\'.repeat(backslashes >> 1);
      if (backslashes % 2 === 1) {
        text += '"';
      } else if (quote !== -1 && characters[at + 1] === '"') {
        text += '"';
        at++;
      } else {
        quote = quote === -1 ? at : -1;
      }
      at++;
    } else if (backslashes > 0) {
      text += '\\'.repeat(halvesBackslashes ? (backslashes + 1) >> 1 : backslashes);
    } else {
      text += characters[at++] ?? '';
    }
  }
  if (quote !== -1) throw openQuote(places[quote] ?? 0);
  return { text, end: at };
}
