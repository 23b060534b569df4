import type { TextEdit } from '../../cbhttp/actions/codeAction.ts';
import { valueOf, type ConfigNode } from '../configFormats.ts';
import type { FunctionEntry } from './scaffold.ts';

/**
 * The edit that puts a function at the end of `functions` in YAML, laid out like those before it: as a block, or
 * between brackets. Null where neither is what stands there.
 */
export function addToYaml(text: string, root: ConfigNode, entry: FunctionEntry): TextEdit[] | null {
  const list = valueOf(root, 'functions');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (list === undefined) {
    const start = text.trimEnd().length;
    if (isFlow(text, root) || lineStart(text, root.start) !== root.start) return null;
    return insertAt(endOfLine(text, start), `${eol}functions:${blockItem(entry, '  ', eol)}`);
  }
  if (list.kind !== 'list') return null;
  const last = list.items.at(-1);
  if (isFlow(text, list)) {
    const at = last?.end ?? list.start + 1;
    return insertAt(at, `${last === undefined ? '' : ', '}{ ${fieldsOf(entry).join(', ')} }`);
  }
  const first = list.items[0];
  if (first === undefined || last === undefined) return null;
  const indent = /^([ ]*)-\s+$/.exec(text.slice(lineStart(text, first.start), first.start))?.[1];
  if (indent === undefined) return null;
  const end = text.slice(0, last.end).trimEnd().length;
  return insertAt(endOfLine(text, end), blockItem(entry, indent, eol));
}

function blockItem(entry: FunctionEntry, indent: string, eol: string): string {
  const [first = '', ...rest] = fieldsOf(entry);
  return [`${eol}${indent}- ${first}`, ...rest.map((field) => `${indent}  ${field}`)].join(eol);
}

/** Names and words of an entry need no quotes. */
function fieldsOf(entry: FunctionEntry): string[] {
  return Object.entries(entry).map(([key, value]) => `${key}: ${String(value)}`);
}

function isFlow(text: string, { start }: ConfigNode): boolean {
  return text[start] === '[' || text[start] === '{';
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Before the line's end: behind a comment that belongs to it. */
function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function insertAt(offset: number, text: string): TextEdit[] {
  return [{ span: { start: offset, end: offset }, text }];
}
