import { CbError } from '../../errors.ts';
import { msg } from '../../message.ts';

/**
 * A text's bytes in a charset of the WHATWG Encoding standard: UTF-8, UTF-16LE, and those of one or two bytes a
 * character, GBK, Big5, Shift_JIS and windows-1252 among them.
 * @throws CbError `unsupported` for any other, and where a character is not in it
 */
export function encodeText(text: string, charset: string): Uint8Array {
  const label = charset.toLowerCase();
  if (label === 'utf-8' || label === 'utf8' || label === 'us-ascii') return new TextEncoder().encode(text);
  const decoder = makeDecoder(label);
  const { encoding } = decoder;
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-16le') return utf16(text);
  const bytesOf = tableOf(encoding, decoder);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      bytes.push(code);
      continue;
    }
    const found = bytesOf.get(character);
    if (found === undefined) {
      throw new CbError('unsupported', msg('"{0}" cannot be written in {1}.', character, encoding));
    }
    if (found > 0xff) bytes.push(found >> 8);
    bytes.push(found & 0xff);
  }
  return Uint8Array.from(bytes);
}

function makeDecoder(label: string) {
  try {
    return new TextDecoder(label);
  } catch (cause) {
    throw new CbError('unsupported', msg('There is no encoding "{0}".', label), { cause });
  }
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes[2 * at] = unit & 0xff;
    bytes[2 * at + 1] = unit >> 8;
  }
  return bytes;
}

const tables = new Map<string, ReadonlyMap<string, number>>();

/** Bytes by character, found by decoding every byte and every pair of bytes, one to a line. */
function tableOf(encoding: string, decoder: ReturnType<typeof makeDecoder>): ReadonlyMap<string, number> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const codes: number[] = [];
  const lines: number[] = [];
  for (let byte = 0x80; byte <= 0xff; byte++) {
    codes.push(byte);
    lines.push(byte, 0x0a);
  }
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      codes.push(lead * 256 + trail);
      lines.push(lead, trail, 0x0a);
    }
  }
  const table = new Map<string, number>();
  for (const [index, line] of decoder.decode(Uint8Array.from(lines)).split('\n').entries()) {
    const code = codes[index];
    const isOne = line.length === 1 || (line.length === 2 && (line.codePointAt(0) ?? 0) > 0xffff);
    if (code !== undefined && isOne && line !== '\uFFFD' && !table.has(line)) table.set(line, code);
  }
  tables.set(encoding, table);
  return table;
}
