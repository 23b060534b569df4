import { CbError } from '../../errors.ts';
import { msg } from '../../message.ts';
import type { HeaderList } from '../../ports.ts';
import { base64 } from '../basicAuth.ts';

/** A body's text by the charset of its Content-Type; as UTF-8 without one, or where nobody knows it. */
export function decodeBody(body: Uint8Array, headers: HeaderList): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return decoderFor(type).decode(body);
}

/** For the charset of a Content-Type; for UTF-8 without one, or where nobody knows it. */
export function decoderFor(contentType: string) {
  try {
    return new TextDecoder(charsetOf(contentType));
  } catch {
    return new TextDecoder();
  }
}

/** The charset that a Content-Type names, or UTF-8. */
export function charsetOf(contentType: string): string {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
}

/** Names that Node, and so httpYac, has for encodings and the WHATWG has not, or means another by. */
const nodeNames: Readonly<Record<string, string>> = { utf8: 'utf-8', utf16le: 'utf-16le', ucs2: 'utf-16le' };

/**
 * The text of a file in an encoding: one of the WHATWG Encoding standard (`gbk`, `shift_jis`, `windows-1252` …), or
 * of Node: `latin1` as ISO 8859-1, `ascii` with seven bits, `base64` and `hex` as the digits of the bytes. A BOM stays, as in httpYac.
 * @throws CbError `unsupported` for any other
 */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  const label = encoding.toLowerCase();
  switch (label) {
    case 'latin1':
    case 'binary':
      return mapBytes(bytes, (byte) => String.fromCharCode(byte));
    case 'ascii':
      return mapBytes(bytes, (byte) => String.fromCharCode(byte & 0x7f));
    case 'base64':
      return base64(bytes);
    case 'hex':
      return mapBytes(bytes, (byte) => byte.toString(16).padStart(2, '0'));
    default:
      return makeDecoder(nodeNames[label] ?? label).decode(bytes);
  }
}

function makeDecoder(label: string) {
  try {
    return new TextDecoder(label, { ignoreBOM: true });
  } catch (cause) {
    throw new CbError('unsupported', msg('There is no encoding "{0}".', label), { cause });
  }
}

function mapBytes(bytes: Uint8Array, textOf: (byte: number) => string): string {
  const parts: string[] = [];
  for (const byte of bytes) parts.push(textOf(byte));
  return parts.join('');
}
