const BYTES_PER_LINE = 16;

/**
 * Bytes as people read them: offset, 16 bytes in hexadecimal, and as ASCII with a point for everything else.
 * @param firstOffset what the first byte's offset is shown as
 */
export function hexDump(bytes: Uint8Array, firstOffset = 0): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    lines.push(hexLine(bytes.subarray(at, at + BYTES_PER_LINE), firstOffset + at));
  }
  return lines.join('\n');
}

function hexLine(bytes: Uint8Array, offset: number): string {
  let hex = '';
  let ascii = '';
  for (const [index, byte] of bytes.entries()) {
    hex += `${index === BYTES_PER_LINE / 2 ? '  ' : ' '}${byte.toString(16).padStart(2, '0')}`;
    ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  }
  const width = BYTES_PER_LINE * 3 + 1;
  return `${offset.toString(16).padStart(8, '0')} ${hex.padEnd(width)}  ${ascii}`;
}
