import { formatMessage, type Message, type Translate } from '../message.ts';

/** Columns of a comment line; a Chinese character takes two. */
const WIDTH = 100;

/** Lines of comment that say it, each beginning with `prefix`. No text can end the comment early. */
export function comment(message: Message, prefix: string, translate: Translate): string[] {
  const text = formatMessage(message, translate).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  const lines: string[] = [];
  let line = '';
  // Words stay whole; between Chinese characters a line may end anywhere but before punctuation.
  for (const word of text.match(
    /[\u2e80-\uffef][，。、；：！？）」]*|[^\s\u2e80-\uffef]+[，。、；：！？）」]*|\s+/gu,
  ) ?? []) {
    if (columns(prefix + line + word) > WIDTH && line.trim() !== '') {
      lines.push(prefix + line.trim());
      line = '';
    }
    line += word;
  }
  if (line.trim() !== '') lines.push(prefix + line.trim());
  return lines;
}

function columns(text: string): number {
  let count = 0;
  for (const character of text) count += character >= '\u2e80' ? 2 : 1;
  return count;
}
