import { decodeBase64 } from './base64.ts';
import {
  joinTemplates,
  plainText,
  type SecretEncoding,
  type Template,
  type TemplatePart,
} from './template.ts';

/** What a mark stands for. */
export interface MarkedSecret {
  /** The environment variable that stands for it in generated code. */
  readonly variable: string;
  /** What it is, for people: `$secret key`, `$processEnv NAME`, or the credential's kind. */
  readonly what: string;
}

/**
 * Stand-ins for secrets. A request is prepared with a mark in the place of each value, so that the value itself is not
 * even read, and a mark is found again wherever it ended up: it is of lower-case letters and digits, which no encoding
 * of URLs, forms or JSON changes.
 */
export interface SecretMarks {
  /** The mark of a secret; the same one for the same `what`. */
  mark(what: string, wantedVariable: string): string;
  /** The text as parts, its marks as secrets in that encoding. */
  split(text: string, encoding: SecretEncoding): Template;
  /** True where a mark stands in the text. */
  isIn(text: string): boolean;
  /** UTF-16 units of the mark that begins at a place; 0 where none does. */
  lengthAt(text: string, at: number): number;
  /** A variable for something that was found without a mark. */
  variableFor(what: string, wantedVariable: string): string;
  /** All variables in the order in which they were wanted. */
  readonly secrets: readonly MarkedSecret[];
}

/** Marks of one request. @param nonce lower-case letters and digits that stand nowhere in it */
export function createSecretMarks(nonce: string): SecretMarks {
  const secrets: MarkedSecret[] = [];
  const pattern = (): RegExp => new RegExp(`cbmark${nonce}n(\\d+)e`, 'g');

  const variableFor = (what: string, wanted: string): string => {
    const known = secrets.find((secret) => secret.what === what);
    if (known !== undefined) return known.variable;
    const name = environmentName(wanted);
    const taken = new Set(secrets.map(({ variable }) => variable));
    let variable = name;
    for (let count = 2; taken.has(variable); count++) variable = `${name}_${count}`;
    secrets.push({ variable, what });
    return variable;
  };

  const split = (text: string, encoding: SecretEncoding): Template => {
    const parts: TemplatePart[] = [];
    let from = 0;
    for (const match of text.matchAll(pattern())) {
      const secret = secrets[Number(match[1])];
      if (secret === undefined) continue;
      parts.push(...plainText(text.slice(from, match.index)));
      parts.push({ kind: 'secret', variable: secret.variable, encoding });
      from = match.index + match[0].length;
    }
    return joinTemplates(parts, plainText(text.slice(from)));
  };

  return {
    secrets,
    variableFor,
    split,
    isIn: (text) => pattern().test(text),
    lengthAt(text, at) {
      const sticky = new RegExp(pattern().source, 'y');
      sticky.lastIndex = at;
      return sticky.exec(text)?.[0].length ?? 0;
    },
    mark(what, wanted) {
      const variable = variableFor(what, wanted);
      return `cbmark${nonce}n${secrets.findIndex((secret) => secret.variable === variable)}e`;
    },
  };
}

/** The value of an Authorization header as parts, also where a mark stands in its Basic user and password. */
export function splitAuthorization(value: string, marks: SecretMarks): Template {
  const [, scheme = '', encoded = ''] = /^(Basic[ \t]+)(\S+)$/i.exec(value) ?? [];
  const decoded = encoded === '' ? null : decodeBase64(encoded);
  if (decoded === null) return marks.split(value, 'raw');
  const text = new TextDecoder().decode(decoded);
  if (!marks.isIn(text)) return marks.split(value, 'raw');
  return [
    { kind: 'text', text: scheme },
    { kind: 'base64', parts: marks.split(text, 'raw') },
  ];
}

/** The name of an environment variable: upper-case, all but letters and digits as `_`, no digit first. */
export function environmentName(wanted: string): string {
  const name = wanted.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}
