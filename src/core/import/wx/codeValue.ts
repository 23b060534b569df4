/** A value that stands in code. Texts may have holes. */
export type CodeValue =
  | { readonly kind: 'text'; readonly text: string }
  /** A number, `true`, `false` or `null`, as JSON has it. */
  | { readonly kind: 'plain'; readonly json: string }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, CodeValue> }
  | { readonly kind: 'array'; readonly items: readonly CodeValue[] }
  /** Known when the code runs; `hole` is the character that stands for it. */
  | { readonly kind: 'hole'; readonly hole: string }
  /** A function, or `undefined`: JSON leaves it out. */
  | { readonly kind: 'function' | 'undefined' };

/** The text that a value is in a header, an address or a form; undefined for one that is none. */
export function textOf(value: CodeValue | undefined): string | undefined {
  switch (value?.kind) {
    case 'text':
      return value.text;
    case 'plain':
      return value.json;
    case 'hole':
      return value.hole;
    default:
      return undefined;
  }
}

/** The value as `JSON.stringify` gives it, holes in quotes; undefined for what JSON leaves out. */
export function toJson(value: CodeValue, indent: string, level = ''): string | undefined {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text);
    case 'plain':
      return value.json;
    case 'hole':
      return level === '' ? value.hole : `"${value.hole}"`;
    case 'array': {
      const inner = level + (indent || ' ');
      return bracket(
        '[',
        value.items.map((item) => toJson(item, indent, inner) ?? 'null'),
        ']',
        indent,
        level,
      );
    }
    case 'object': {
      const inner = level + (indent || ' ');
      const members = [...value.members].flatMap(([key, member]) => {
        const json = toJson(member, indent, inner);
        return json === undefined ? [] : [`${JSON.stringify(key)}:${indent === '' ? '' : ' '}${json}`];
      });
      return bracket('{', members, '}', indent, level);
    }
    case 'function':
    case 'undefined':
      return undefined;
  }
}

/** @param level the indent of the line it begins on; a blank at least for what stands inside something */
function bracket(
  open: string,
  items: readonly string[],
  close: string,
  indent: string,
  level: string,
): string {
  if (items.length === 0) return open + close;
  if (indent === '') return open + items.join(',') + close;
  const inner = level + indent;
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${level}${close}`;
}

/** True for a value with a hole that is no part of a text. */
export function hasLooseHole(value: CodeValue): boolean {
  if (value.kind === 'array') return value.items.some(hasLooseHole);
  if (value.kind === 'object') return [...value.members.values()].some(hasLooseHole);
  return value.kind === 'hole';
}
