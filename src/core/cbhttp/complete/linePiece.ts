import { methods } from '../knowledge/methods.ts';

/** What a piece of text is, apart from variables in it. */
export type TextKind =
  /** After `###`. */
  | { readonly kind: 'title' }
  /** `#` or `//` without a directive; the span is the text after the mark. */
  | { readonly kind: 'comment' }
  /** After `# @`; the span is the word. */
  | { readonly kind: 'directive-word' }
  | { readonly kind: 'directive-value'; readonly word: string }
  /** `@name`, before the `=`; the span is the name. */
  | { readonly kind: 'variable-name' }
  | { readonly kind: 'variable-value'; readonly name: string }
  /** First word of a line that may become a request line; the line may be empty. */
  | { readonly kind: 'method' }
  /** Of a request line, or of a line that continues it. */
  | { readonly kind: 'target'; readonly method: string | null; readonly isContinuation: boolean }
  | { readonly kind: 'http-version' }
  /** Of a header, or of a line among the headers that may become one; the line may be empty. */
  | { readonly kind: 'header-name'; readonly hasColon: boolean }
  | { readonly kind: 'header-value'; readonly name: string }
  | { readonly kind: 'body' }
  /** `<`, `<@` or `<@latin1` in a body, nothing after it; the span is the mark. */
  | { readonly kind: 'body-file-mark' }
  /** The path after the mark. */
  | { readonly kind: 'body-file'; readonly mark: string }
  /** A script or a line of another tool. */
  | { readonly kind: 'foreign' };

/** What a line says at a column, and where that stands within the line. */
export type LinePiece = TextKind & { readonly start: number; readonly end: number };

/** A comment, or a directive in it. */
export function readComment(trimmed: string, start: number, column: number): LinePiece {
  const mark = /^(?:#+|\/\/+)[ \t]*(@?)/.exec(trimmed);
  const wordStart = start + (mark?.[0].length ?? 0);
  const end = Math.max(wordStart, start + trimmed.length);
  if (mark?.[1] !== '@' || column < wordStart) {
    return { kind: 'comment', start: wordStart - (mark?.[1]?.length ?? 0), end };
  }
  const word = /^[^\s=]*/.exec(trimmed.slice(wordStart - start))?.[0] ?? '';
  const wordEnd = wordStart + word.length;
  if (column <= wordEnd) return { kind: 'directive-word', start: wordStart, end: wordEnd };
  const value = trimmed.slice(wordEnd - start).trimStart();
  if (value === '') return { kind: 'directive-value', word, start: end, end };
  return { kind: 'directive-value', word, start: end - value.length, end: Math.max(end, column) };
}

/** `@name = value`. */
export function readVariable(trimmed: string, start: number, column: number): LinePiece {
  const name = /^[^\s={}]*/.exec(trimmed.slice(1))?.[0] ?? '';
  const equals = trimmed.indexOf('=');
  if (equals === -1 || column <= start + equals) {
    return { kind: 'variable-name', start: start + 1, end: start + 1 + name.length };
  }
  const end = start + trimmed.length;
  return {
    kind: 'variable-value',
    name,
    start: end - trimmed.slice(equals + 1).trimStart().length,
    end,
  };
}

/** A line that is or may become a request line. */
export function readRequestPiece(line: string, start: number, column: number): LinePiece {
  const trimmed = line.trim();
  const word = /^[A-Za-z]*/.exec(trimmed)?.[0] ?? '';
  const after = trimmed.slice(word.length);
  const isWord = after === '' || /^\s/.test(after);
  if (isWord && column <= start + word.length) return { kind: 'method', start, end: start + word.length };
  if (after === '' && !methods.has(word.toUpperCase())) return { kind: 'method', start, end: start };
  const targetStart = isWord ? start + trimmed.length - after.trimStart().length : start;
  const end = start + trimmed.length;
  const wordStart = lastBlank(line, column) + 1;
  if (
    targetStart < end &&
    wordStart > targetStart &&
    /^(?:H[\w/.]*)?$/i.test(line.slice(wordStart, column))
  ) {
    const rest = /^[\w/.]*/.exec(line.slice(column))?.[0] ?? '';
    return { kind: 'http-version', start: wordStart, end: column + rest.length };
  }
  const blank = lastBlank(line, end);
  const isVersioned = blank > targetStart && /^HTTP\/[\d.]*$/i.test(line.slice(blank + 1, end));
  return {
    kind: 'target',
    method: isWord ? word.toUpperCase() : null,
    isContinuation: false,
    start: targetStart,
    end: isVersioned ? line.slice(0, blank).trimEnd().length : end,
  };
}

/** Where the last blank before a column stands, or -1. */
function lastBlank(line: string, column: number): number {
  return column < 1 ? -1 : Math.max(line.lastIndexOf(' ', column - 1), line.lastIndexOf('\t', column - 1));
}

/** A line among the headers. A value goes on to the column: after a blank it is continued, not begun anew. */
export function readHeaderPiece(trimmed: string, start: number, column: number): LinePiece {
  const colon = trimmed.indexOf(':');
  const name = (colon === -1 ? trimmed : trimmed.slice(0, colon)).trimEnd();
  if (colon === -1 || column <= start + colon) {
    return { kind: 'header-name', hasColon: colon !== -1, start, end: start + name.length };
  }
  const written = trimmed.slice(colon + 1).trimStart();
  const end = start + trimmed.length;
  return {
    kind: 'header-value',
    name,
    start: end - written.length,
    end: written === '' ? end : Math.max(end, column),
  };
}

/** A line of a body; blanks at its start count. */
export function readBodyLine(text: string, column: number): LinePiece {
  const mark = /^<(?:@[\w-]*)?/.exec(text)?.[0];
  if (mark === undefined) return { kind: 'body', start: column, end: column };
  const rest = text.slice(mark.length);
  if (column <= mark.length && rest.trim() === '')
    return { kind: 'body-file-mark', start: 0, end: mark.length };
  if (!/^[ \t]/.test(rest) || column <= mark.length) return { kind: 'body', start: column, end: column };
  const end = text.trimEnd().length;
  return { kind: 'body-file', mark, start: Math.max(mark.length, end - rest.trim().length), end };
}
