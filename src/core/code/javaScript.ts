import { isPlain, withPlaceholders, type Template, type TemplatePart } from './template.ts';

/** How a language has the value of a secret: an expression. */
export type SecretExpression = (variable: string) => string;

/** `process.env.NAME`. */
export const fromProcess: SecretExpression = (variable) => `process.env.${variable}`;

/** A text as a literal in single quotes, in back quotes where it has several lines. */
export function jsString(text: string): string {
  return text.includes('\n') ? `\`${escapeTemplate(text)}\`` : quoted(text);
}

/** A text in single quotes. */
function quoted(text: string): string {
  return `'${escapeCommon(text).replaceAll("'", "\\'")}'`;
}

/** A text with secrets as an expression. */
export function jsText(template: Template, secretOf: SecretExpression = fromProcess): string {
  if (isPlain(template)) return jsString(withPlaceholders(template));
  const [only] = template;
  if (template.length === 1 && only !== undefined) return jsPart(only, secretOf);
  const parts = template.map((part) =>
    part.kind === 'text' ? escapeTemplate(part.text) : `\${${jsPart(part, secretOf)}}`,
  );
  return `\`${parts.join('')}\``;
}

/** The name of a property: as it is where it is an identifier, else quoted; `__proto__` is a name like any other. */
export function jsKey(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A JSON value as an object literal, over several lines. */
export function jsValue(value: unknown, indent: string, textOf: (text: string) => string = jsString): string {
  if (typeof value === 'string') return textOf(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  const isArray = Array.isArray(value);
  const items = isArray
    ? value.map((item) => jsValue(item, inner, textOf))
    : Object.entries(value).map(([key, item]) => `${jsKey(key)}: ${jsValue(item, inner, textOf)}`);
  if (items.length === 0) return isArray ? '[]' : '{}';
  const lines = items.map((item) => `${inner}${item},\n`).join('');
  return isArray ? `[\n${lines}${indent}]` : `{\n${lines}${indent}}`;
}

/** Bytes as base64 in lines of a literal, or several joined by `+`. */
export function jsLongString(text: string, indent: string): string {
  const lines = text.match(/.{1,96}/gs) ?? [''];
  return lines.map((line) => jsString(line)).join(` +\n${indent}`);
}

function jsPart(part: TemplatePart, secretOf: SecretExpression): string {
  switch (part.kind) {
    case 'text':
      return jsString(part.text);
    case 'secret': {
      const value = secretOf(part.variable);
      if (part.encoding === 'url') return `encodeURIComponent(${value})`;
      return part.encoding === 'json' ? `JSON.stringify(${value}).slice(1, -1)` : value;
    }
    case 'base64':
      return `Buffer.from(${jsText(part.parts, secretOf)}).toString('base64')`;
  }
}

function escapeTemplate(text: string): string {
  return escapeCommon(text, '\n').replace(/`|\$(?=\{)/g, '\\$&');
}

/** Escapes for every kind of literal. @param kept a control character that may stand as it is */
function escapeCommon(text: string, kept = ''): string {
  return text.replace(/[\\\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => {
    if (character === kept) return character;
    switch (character) {
      case '\\':
        return '\\\\';
      case '\n':
        return '\\n';
      case '\r':
        return '\\r';
      case '\t':
        return '\\t';
      default:
        return escapeUnit(character);
    }
  });
}

/** What cannot be seen, or would turn the text around, as its code. */
function escapeUnit(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}
