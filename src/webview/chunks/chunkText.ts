import { visibleControls } from '../content/visibleControls.ts';

/**
 * A chunk's bytes as text with its line ends visible, each at the end of its line: what an event stream hangs on. A
 * character that is cut by the chunk's edge shows as U+FFFD.
 */
export function chunkText(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const marked = text.replace(/\r\n|\r|\n/g, (end) => `${pictureOf(end)}\n`);
  return visibleControls(marked);
}

function pictureOf(lineEnd: string): string {
  return lineEnd.replace('\r', '\u240D').replace('\n', '\u240A');
}
