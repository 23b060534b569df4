/** A piece of XML or HTML text and what it is; `plain` is text between tags and the punctuation of tags. */
export interface MarkupToken {
  readonly kind: 'plain' | 'tag' | 'attribute' | 'string' | 'comment';
  readonly text: string;
}

/** One tag, text run, comment, CDATA section, declaration or processing instruction of XML, as written. */
interface XmlPart {
  readonly kind: 'open' | 'close' | 'empty' | 'text' | 'other';
  readonly text: string;
  /** Element name of a tag. */
  readonly name: string;
}

const SECTIONS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;
const IN_TAG = /(\s+)([^\s=/>"']+)|("[^"]*"|'[^']*')|([^\s"']+|\s+|["'])/g;
/** Deeper levels stand where this one stands: indents of ten thousand levels would be most of the text. */
const MAX_INDENT_LEVEL = 40;

/** Cuts XML or HTML into tokens for colouring. Joined again they are the text, whatever the text is. */
export function markupTokens(text: string): MarkupToken[] {
  const tokens: MarkupToken[] = [];
  for (const part of markupParts(text)) {
    const tag = /^<\/?[^\s<>/!?]+/.exec(part)?.[0];
    if (tag !== undefined && part.endsWith('>')) {
      tokens.push({ kind: 'tag', text: tag });
      for (const [whole, space, attribute, string] of part.slice(tag.length).matchAll(IN_TAG)) {
        if (space !== undefined && attribute !== undefined) {
          tokens.push({ kind: 'plain', text: space }, { kind: 'attribute', text: attribute });
        } else {
          tokens.push({
            kind: string !== undefined ? 'string' : /[/>]/.test(whole) ? 'tag' : 'plain',
            text: whole,
          });
        }
      }
    } else {
      tokens.push({ kind: /^<[!?]/.test(part) ? 'comment' : 'plain', text: part });
    }
  }
  return tokens;
}

/**
 * XML laid out, one element a line, two spaces a level. An element with text of its own, or with
 * `xml:space="preserve"`, stays as written, since white space counts there.
 * @returns null for text whose tags do not match: that is no XML, and is best shown as it came
 */
export function prettyXml(text: string): string | null {
  const parts = xmlParts(text);
  const asWritten = parts && elementsAsWritten(parts);
  if (!parts || !asWritten) return null;
  let pretty = '';
  let level = 0;
  /** Level of the element that is written as it is, or -1. */
  let keptFrom = -1;
  for (const [index, { kind, text: written }] of parts.entries()) {
    if (kind === 'close') level--;
    if (keptFrom >= 0) pretty += written;
    else if (kind !== 'text') {
      const isEmptyPair = kind === 'close' && parts[index - 1]?.kind === 'open';
      const indent = '  '.repeat(Math.min(level, MAX_INDENT_LEVEL));
      pretty += pretty === '' || isEmptyPair ? written : `\n${indent}${written}`;
    }
    if (kind === 'close' && level === keptFrom) keptFrom = -1;
    if (kind === 'open') {
      if (keptFrom < 0 && asWritten.has(index)) keptFrom = level;
      level++;
    }
  }
  return pretty;
}

/** The parts of XML, or null where a tag is broken or a text stands outside of the root. */
function xmlParts(text: string): XmlPart[] | null {
  const parts: XmlPart[] = [];
  for (const part of markupParts(text)) {
    const [, slash, name] = /^<(\/?)([^\s<>/!?]+)/.exec(part) ?? [];
    if (part.startsWith('<') && !part.endsWith('>')) return null;
    if (name === undefined) {
      parts.push({ kind: part.startsWith('<') ? 'other' : 'text', text: part, name: '' });
    } else {
      const kind = slash === '/' ? 'close' : part.endsWith('/>') ? 'empty' : 'open';
      parts.push({ kind, text: part, name });
    }
  }
  return parts;
}

/** Indexes of the opening tags of elements that must stay as written, or null if tags do not match. */
function elementsAsWritten(parts: readonly XmlPart[]): Set<number> | null {
  const found = new Set<number>();
  const open: number[] = [];
  let elements = 0;
  for (const [index, { kind, text, name }] of parts.entries()) {
    const parent = open.at(-1);
    const isText = kind === 'text' ? text.trim().replace('\uFEFF', '') !== '' : text.startsWith('<![CDATA[');
    if (isText && parent === undefined) return null;
    if (isText && parent !== undefined) found.add(parent);
    if (kind === 'open' || kind === 'empty') elements++;
    if (kind === 'open') {
      open.push(index);
      if (/\sxml:space\s*=\s*["']preserve["']/.test(text)) found.add(index);
    }
    if (kind === 'close' && parts[open.pop() ?? -1]?.name !== name) return null;
  }
  return open.length === 0 && elements > 0 ? found : null;
}

/** Cuts text into tags, comments, sections, declarations, instructions and the text between, in linear time. */
function* markupParts(text: string): Generator<string> {
  const closers = new Closers(text);
  for (let at = 0; at < text.length;) {
    const tag = text.indexOf('<', at);
    const textEnd = tag < 0 ? text.length : tag;
    if (textEnd > at) yield text.slice(at, textEnd);
    if (tag < 0) return;
    at = partEnd(text, tag, closers);
    yield text.slice(tag, at);
  }
}

/** Where what begins with `<` ends; for what is broken, where it turns out to be. */
function partEnd(text: string, start: number, closers: Closers): number {
  for (const [opener, closer] of SECTIONS) {
    if (text.startsWith(opener, start))
      return closers.after(closer, start + opener.length) ?? start + opener.length;
  }
  if (!/^[^\s<>?]/.test(text.charAt(start + 1))) return start + 1;
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '>') return at + 1;
    if (character === '<') return at;
    // An opening quote or bracket that is never closed is a character like others.
    if (character === '"' || character === "'") at = (closers.after(character, at + 1) ?? at + 1) - 1;
    if (character === '[' && text.startsWith('<!', start)) at = (closers.after(']', at + 1) ?? at + 1) - 1;
  }
  return text.length;
}

/** Looks for what closes a part, and never again for what the rest of the text does not have. */
class Closers {
  readonly #text: string;
  readonly #missing = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The offset after the next closer, or null. */
  after(closer: string, from: number): number | null {
    const at = this.#missing.has(closer) ? -1 : this.#text.indexOf(closer, from);
    if (at >= 0) return at + closer.length;
    this.#missing.add(closer);
    return null;
  }
}
