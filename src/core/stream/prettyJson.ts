import { format } from 'jsonc-parser';

/** UTF-16 units up to which a text is laid out; a larger one would block the host. */
const MAX_LENGTH = 2_000_000;

/**
 * The same JSON with line breaks and indents: tokens stay as they are, so that large numbers keep their digits.
 * @returns null where the text is no JSON object or array, or too long
 */
export function prettyJson(text: string): string | null {
  if (text.length > MAX_LENGTH || !/^\s*[[{]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null; // no JSON: the text itself is shown
  }
  let pretty = '';
  let from = 0;
  for (const edit of format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' })) {
    pretty += text.slice(from, edit.offset) + edit.content;
    from = edit.offset + edit.length;
  }
  return pretty + text.slice(from);
}
