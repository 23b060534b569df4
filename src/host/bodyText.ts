import * as vscode from 'vscode';
import { prettyJson } from '../core/stream/prettyJson.ts';

/** Bytes of a body the panel shows. */
export const SHOWN_BYTES = 1_000_000;

/**
 * The beginning of a body as text, JSON laid out; the charset is the Content-Type's, else UTF-8.
 * @param byteCount how long the whole body is
 */
export function bodyText(
  bytes: Uint8Array,
  byteCount: number,
  contentType: string,
): { text: string; isShortened: boolean } {
  if (bytes.subarray(0, 8000).includes(0)) {
    const type = contentType === '' ? 'application/octet-stream' : contentType;
    return { text: vscode.l10n.t('{0} bytes of {1}, not text.', byteCount, type), isShortened: false };
  }
  const text = decodeBody(bytes, contentType);
  return { text: prettyJson(text) ?? text, isShortened: bytes.length < byteCount };
}

/** A body's text by the charset of its Content-Type, UTF-8 without one. */
export function decodeBody(bytes: Uint8Array, contentType: string): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // a charset nobody knows
  }
}
