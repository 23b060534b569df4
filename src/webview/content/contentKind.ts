/** How a body is best shown. */
export type ContentKind = 'json' | 'xml' | 'html' | 'markdown' | 'image' | 'text' | 'binary';

/** Images the browser shows; SVG too, as scripts in it do not run where an `<img>` shows it. */
const IMAGES = /^image\/(?:png|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)$/;

/**
 * How a body is best shown, by its media type; where that says little, by how the text begins.
 * @param contentType a Content-Type header, empty without one
 * @param text the body, or its beginning; null for bytes that are no text
 */
export function contentKind(contentType: string, text: string | null): ContentKind {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (IMAGES.test(type)) return 'image';
  if (text === null) return 'binary';
  if (/[/+]json$/.test(type)) return 'json';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (/[/+]xml$/.test(type)) return 'xml';
  if (type === 'text/markdown') return 'markdown';
  if (type !== '' && type !== 'text/plain' && type !== 'application/octet-stream') return 'text';
  return sniff(text.slice(0, 1000).trimStart());
}

function sniff(start: string): ContentKind {
  if (/^(?:\{|\[\s*(?:[[{"\]\d-]|true|false|null))/.test(start)) return 'json';
  if (/^<!doctype html|^<html[\s>]/i.test(start)) return 'html';
  return start.startsWith('<?xml') ? 'xml' : 'text';
}
