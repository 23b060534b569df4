import type { TextEdit } from '../../cbhttp/actions/codeAction.ts';
import type { Span } from '../../cbhttp/document.ts';
import type { ConfigEntry } from '../configFormats.ts';

/** Writes another key in place of one, in quotes where that has some. */
export function replaceKey({ start, end }: Span, written: string, key: string): TextEdit {
  const isQuoted = end - start > written.length;
  return { span: { start, end }, text: isQuoted ? `"${key}"` : key };
}

/** Puts an entry with a text after another one, laid out like it: on a line of its own, or on the same line. */
export function insertEntry(text: string, after: ConfigEntry, key: string, value: string): TextEdit {
  const { start } = after.keySpan;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  const isQuoted = text[start] === '"' || text[start] === "'";
  const isOwnLine = /^\s*$/.test(before);
  const isBlock = /^\s*(?:-\s+)+$/.test(before) || (isOwnLine && !isQuoted); // of YAML
  const written = isQuoted ? `"${key}": "${value}"` : `${key}: ${value}`;
  const indent = before.replaceAll('-', ' ');
  const separator = isBlock ? `\n${indent}` : isOwnLine ? `,\n${indent}` : ', ';
  return { span: { start: after.value.end, end: after.value.end }, text: separator + written };
}
