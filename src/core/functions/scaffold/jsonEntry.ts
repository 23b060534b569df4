import type { TextEdit } from '../../cbhttp/actions/codeAction.ts';
import { valueOf, type ConfigNode } from '../configFormats.ts';
import type { FunctionEntry } from './scaffold.ts';

/**
 * The edits that put a function at the end of `functions` in JSON with comments. Nothing that stands there is touched,
 * which jsonc-parser's `modify` does not promise: it lays out the neighbours anew. Null where `functions` is no list.
 */
export function addToJson(text: string, root: ConfigNode, entry: FunctionEntry): TextEdit[] | null {
  if (root.kind !== 'object') return null;
  const list = valueOf(root, 'functions');
  if (list !== undefined && list.kind !== 'list') return null;
  const layout = layoutOf(text);
  if (list === undefined) {
    const write: Write = (indent) =>
      indent === null
        ? `"functions": [${onOneLine(entry)}]`
        : `"functions": [${layout.eol}${indent}${layout.unit}${onLines(entry, indent + layout.unit, layout)}${layout.eol}${indent}]`;
    const last = root.entries.at(-1);
    if (last === undefined) return insertFirst(text, root, write, layout);
    return insertAfter(text, { start: last.keySpan.start, end: last.value.end }, write, layout);
  }
  const write: Write = (indent) => (indent === null ? onOneLine(entry) : onLines(entry, indent, layout));
  const last = list.items.at(-1);
  if (last === undefined) return insertFirst(text, list, write, layout);
  return insertAfter(text, last, write, layout);
}

/** What is put in, at an indentation; on one line for null. */
type Write = (indent: string | null) => string;

interface Layout {
  /** One level. */
  readonly unit: string;
  readonly eol: string;
}

/** As the text has it; two blanks where it does not say. */
function layoutOf(text: string): Layout {
  return { unit: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ', eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** On a line of its own where the last one has one; a comment behind that stays behind it. */
function insertAfter(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  write: Write,
  { eol }: Layout,
): TextEdit[] {
  const indent = indentAt(text, start);
  if (indent === null) return [insertion(end, `, ${write(null)}`)];
  const rest = /^[ \t]*(,?)[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/.exec(lineFrom(text, end));
  if (rest === null) return [insertion(end, `,${eol}${indent}${write(indent)}`)];
  const lineEnd = end + rest[0].length;
  const added = insertion(lineEnd, `${eol}${indent}${write(indent)}`);
  if (rest[1] === ',') return [added];
  if (lineEnd === end) return [insertion(end, `,${added.text}`)];
  return [insertion(end, ','), added];
}

/** Into an object or list that is empty. */
function insertFirst(text: string, { start }: ConfigNode, write: Write, { unit, eol }: Layout): TextEdit[] {
  const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
  return [insertion(start + 1, `${eol}${outer}${unit}${write(outer + unit)}${eol}${outer}`)];
}

/** What is before a place on its line; null where that is more than blanks. */
function indentAt(text: string, offset: number): string | null {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*$/.test(before) ? before : null;
}

function lineFrom(text: string, offset: number): string {
  return /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
}

function onLines(entry: FunctionEntry, indent: string, { unit, eol }: Layout): string {
  return JSON.stringify(entry, null, unit).replaceAll('\n', eol + indent);
}

function onOneLine(entry: FunctionEntry): string {
  const fields = Object.entries(entry).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{ ${fields.join(', ')} }`;
}

function insertion(offset: number, text: string): TextEdit {
  return { span: { start: offset, end: offset }, text };
}
