/**
 * Finds what is not UTF-8 in bytes. An invalid sequence is what the WHATWG decoder turns into one U+FFFD.
 * @param bytes begin at the beginning of a character
 * @param onInvalid is given the index of each invalid sequence
 * @returns the index at which a character begins that the bytes' end cuts off, else their length
 */
export function scanUtf8(bytes: Uint8Array, onInvalid: (index: number) => void): number {
  const length = bytes.length;
  let at = 0;
  while (at < length) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      at++;
      continue;
    }
    const following = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    // The second byte's range excludes long forms, surrogates and what is beyond U+10FFFF.
    let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    let high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    const end = at + 1 + following;
    let next = at + 1;
    while (next < end && next < length) {
      const byte = bytes[next] ?? 0;
      if (byte < low || byte > high) break;
      low = 0x80;
      high = 0xbf;
      next++;
    }
    if (following > 0 && next < end && next === length) return at;
    if (following === 0 || next < end) onInvalid(at);
    at = next;
  }
  return length;
}
