import * as vscode from 'vscode';
import { prettyJson } from '../core/stream/prettyJson.ts';

/** UTF-16 units of a body the panel shows. */
const SHOWN_LENGTH = 1_000_000;

/** A body as text, JSON laid out; the charset is the Content-Type's, else UTF-8. */
export function bodyText(bytes: Uint8Array, contentType: string): { text: string; isShortened: boolean } {
  if (bytes.subarray(0, 8000).includes(0)) {
    const type = contentType === '' ? 'application/octet-stream' : contentType;
    return { text: vscode.l10n.t('{0} bytes of {1}, not text.', bytes.length, type), isShortened: false };
  }
  const text = decode(bytes, /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8');
  const shown = prettyJson(text) ?? text;
  return { text: shown.slice(0, SHOWN_LENGTH), isShortened: shown.length > SHOWN_LENGTH };
}

function decode(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // a charset nobody knows
  }
}
