import { getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { CbError } from '../errors.ts';
import { msg } from '../message.ts';

/** A piece of a text and what takes its place; offsets in UTF-16 units. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Where a setting stands in a settings file: `['cbhttp.profiles']`, or below `settings` in a workspace file. */
export type SettingPath = readonly string[];

/** How VS Code indents a settings file that says nothing else. */
const INDENT = '    ';

/**
 * Writes a value into JSON with comments, as a new member or in place of the old value, and leaves every other
 * character alone: comments, blank lines, trailing commas, line ends. Objects on the way are made where they lack.
 * @throws CbError `settings` where the text is no JSON, or something else than an object is in the way
 */
export function setValue(text: string, path: SettingPath, value: unknown): TextEdit[] {
  const root = rootOf(text);
  const eol = lineEnd(text);
  const unit = indentUnit(text, root);
  if (root === undefined) {
    const whole = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    const start = text.trimEnd();
    const before = start === '' ? '' : start + eol;
    return [{ offset: 0, length: text.length, text: before + render(whole, '', unit, eol) + eol }];
  }
  let object = root;
  for (const [depth, key] of path.entries()) {
    const member = memberOf(object, key);
    const rest = path.slice(depth + 1);
    const found = member?.children?.[1];
    if (found === undefined) {
      const inner = rest.reduceRight<unknown>((content, name) => ({ [name]: content }), value);
      return insertMember(text, object, key, inner, unit, eol);
    }
    const isReplaced = rest.length === 0 || found.type === 'null';
    if (isReplaced) {
      const inner = rest.reduceRight<unknown>((content, name) => ({ [name]: content }), value);
      const written = render(inner, indentAt(text, found.offset), unit, eol);
      return [{ offset: found.offset, length: found.length, text: written }];
    }
    if (found.type !== 'object') throw inTheWay(path.slice(0, depth + 1));
    object = found;
  }
  return [];
}

/**
 * Takes a member out of JSON with comments: its line ends and the comment behind it go along, comments above it stay.
 * Nothing where it is not there. @throws CbError `settings` where the text is no JSON
 */
export function removeValue(text: string, path: SettingPath): TextEdit[] {
  let object = rootOf(text);
  for (const key of path.slice(0, -1)) object = object && memberOf(object, key)?.children?.[1];
  const member = object && memberOf(object, path.at(-1) ?? '');
  if (object === undefined || member === undefined) return [];
  const siblings = object.children ?? [];
  const index = siblings.indexOf(member);
  const before = siblings[index - 1];
  const edits: TextEdit[] = [];
  let end = endOf(member);
  const comma = commaAfter(text, end);
  if (comma !== null) end = comma + 1;
  else if (before !== undefined) {
    const formerComma = commaAfter(text, endOf(before));
    if (formerComma !== null) edits.push({ offset: formerComma, length: 1, text: '' });
  }
  const lineStart = text.lastIndexOf('\n', member.offset - 1) + 1;
  const isAlone = text.slice(lineStart, member.offset).trim() === '';
  const rest = skipSameLine(text, end);
  const isLast = /^\r?(?:\n|$)/.test(text.slice(rest));
  if (isAlone && isLast && rest < text.length) {
    const next = text.indexOf('\n', rest) + 1;
    return [...edits, { offset: lineStart, length: next - lineStart, text: '' }];
  }
  const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  return [...edits, { offset: member.offset, length: end + blanks - member.offset, text: '' }];
}

/** Where a member's name stands, without its quotes; null where it is not there, or the text is no JSON. */
export function findKey(
  text: string,
  path: SettingPath,
): { readonly start: number; readonly end: number } | null {
  let object = parseTree(text, [], { allowTrailingComma: true });
  for (const key of path.slice(0, -1)) object = object && memberOf(object, key)?.children?.[1];
  const key = object && memberOf(object, path.at(-1) ?? '')?.children?.[0];
  return key === undefined ? null : { start: key.offset + 1, end: endOf(key) - 1 };
}

/** A value in JSON with comments; undefined where it is not there, or the text is no JSON. */
export function readValue(text: string, path: SettingPath): unknown {
  let node = parseTree(text, [], { allowTrailingComma: true });
  for (const key of path) node = node && memberOf(node, key)?.children?.[1];
  return node && (getNodeValue(node) as unknown);
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let edited = text;
  for (const { offset, length, text: inserted } of edits.toSorted((a, b) => b.offset - a.offset)) {
    edited = edited.slice(0, offset) + inserted + edited.slice(offset + length);
  }
  return edited;
}

/** The file's object; undefined for a text that holds nothing but comments. */
function rootOf(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw new CbError(
      'settings',
      msg('The settings file is not valid JSON in line {0}. Repair it first.', line),
    );
  }
  if (root !== undefined && root.type !== 'object') {
    throw new CbError('settings', msg('The settings file should hold an object.'));
  }
  return root;
}

function inTheWay(path: SettingPath): CbError {
  return new CbError('settings', msg('{0} in the settings file should be an object.', path.join('.')));
}

/** The member with that name; of several, the last: it is the one that counts. */
function memberOf(object: Node, key: string): Node | undefined {
  if (object.type !== 'object') return undefined;
  return object.children?.findLast((member) => member.children?.[0]?.value === key);
}

function insertMember(
  text: string,
  object: Node,
  key: string,
  value: unknown,
  unit: string,
  eol: string,
): TextEdit[] {
  const last = object.children?.at(-1);
  const closing = endOf(object) - 1;
  const outer = indentAt(text, object.offset);
  if (last === undefined) {
    const kept = text.slice(object.offset + 1, closing).trimEnd(); // comments of an object without members
    const content = `${kept}${eol}${outer}${unit}${member(key, value, outer + unit, unit, eol)}${eol}${outer}`;
    return [{ offset: object.offset + 1, length: closing - object.offset - 1, text: content }];
  }
  const comma = commaAfter(text, endOf(last));
  const isOneLine = !text.slice(object.offset, endOf(object)).includes('\n');
  if (isOneLine) {
    const written = ` ${member(key, value, '', null, '')}`;
    const offset = comma === null ? endOf(last) : comma + 1;
    return [{ offset, length: 0, text: comma === null ? `,${written}` : `${written},` }];
  }
  const indent = indentAt(text, last.offset);
  const after = skipSameLine(text, comma === null ? endOf(last) : comma + 1);
  const written = eol + indent + member(key, value, indent, unit, eol);
  if (comma !== null) return [{ offset: after, length: 0, text: `${written},` }];
  if (after === endOf(last)) return [{ offset: after, length: 0, text: `,${written}` }];
  return [
    { offset: endOf(last), length: 0, text: ',' },
    { offset: after, length: 0, text: written },
  ];
}

function member(key: string, value: unknown, indent: string, unit: string | null, eol: string): string {
  return `${JSON.stringify(key)}: ${render(value, indent, unit, eol)}`;
}

/** @param unit null for one line */
function render(value: unknown, indent: string, unit: string | null, eol: string): string {
  if (unit === null) return JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ');
  return JSON.stringify(value, null, unit).replaceAll('\n', eol + indent);
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** The comma that follows, behind blanks and comments; null for none. */
function commaAfter(text: string, offset: number): number | null {
  const gap = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/.exec(text.slice(offset))?.[0].length ?? 0;
  return text[offset + gap] === ',' ? offset + gap : null;
}

/** Behind the comments that follow on the same line, if nothing else does; else where it was. */
function skipSameLine(text: string, offset: number): number {
  const gap = /^(?:[ \t]|\/\*(?:(?!\*\/)[^\n])*\*\/)*(?:\/\/[^\r\n]*)?/.exec(text.slice(offset))?.[0] ?? '';
  const isLineEnd = /^\r?(?:\n|$)/.test(text.slice(offset + gap.length));
  return isLineEnd ? offset + gap.trimEnd().length : offset;
}

/** The blanks that begin the line of an offset. */
function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

function indentUnit(text: string, root: Node | undefined): string {
  const first = root?.children?.[0];
  if (first === undefined) return INDENT;
  const indent = indentAt(text, first.offset);
  return indent === '' || indent.length > 8 ? INDENT : indent;
}

function lineEnd(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
