// Tab and line ends are not here: they are layout, see `visibleLine`. The joiners U+200C and U+200D, the marks U+200E,
// U+200F and U+061C and the variation selectors stay as they are: Persian, Indic scripts and emoji need them, and none
// of them reorders letters.
const HIDDEN_CHARACTERS = String.raw`\x00-\x08\x0B-\x1F\x7F-\x9F\u00AD\u115F\u1160\u180E\u200B\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB`;
const TAGS = String.raw`\u{E0000}-\u{E007F}`;
/** The flag of England and its like: a black flag and its tags, the one use of tag characters that shows. */
const FLAG = String.raw`\u{1F3F4}[\u{E0020}-\u{E007E}]{1,6}\u{E007F}`;

const HIDDEN = new RegExp(`[${HIDDEN_CHARACTERS}${TAGS}]`, 'u');
const HIDDEN_OR_FLAG = new RegExp(`${FLAG}|\\r\\n|[${HIDDEN_CHARACTERS}${TAGS}]`, 'gu');
const LINE_ENDS = /[\t\n\u2028\u2029]/g;

/**
 * Text with its control characters made visible, as they could hide or reorder what is read: C0 controls as their
 * pictures (ESC as U+241B, Unicode chapter 23.1), others as `[U+202E]`. Tabs and line ends stay; clean text comes back
 * as it is, right-to-left text too. For what is shown, never for what is copied or saved.
 */
export function visibleControls(text: string): string {
  if (!HIDDEN.test(text)) return text;
  return text.replace(HIDDEN_OR_FLAG, (found) =>
    found.length > 2 || found === '\r\n' ? found : mark(found),
  );
}

/** {@link visibleControls} for one line: tabs and line ends have pictures too. */
export function visibleLine(text: string): string {
  return visibleControls(text).replace(/\r\n/g, '\u240D\u240A').replace(LINE_ENDS, mark);
}

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
