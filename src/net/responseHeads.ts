import type { Socket } from 'node:net';

/** Bytes of an interim response before it is left to the parser. */
const MAX_HEAD = 65_536;

/** What precedes the responses that a socket's reader sees. */
export interface ResponseHeads {
  /** The next bytes begin a response. */
  expect(): void;
  /** Whether any byte of it came. */
  readonly hasBegun: boolean;
  /** Of the last response: `1.0` or `1.1`. */
  readonly version: string;
}

/**
 * Watches the responses (RFC 9112, 4) on a socket: notes their version and takes out interim ones but 101
 * (RFC 9110, 15.2), of which undici breaks on a 100 that it did not ask for.
 */
export function watchResponseHeads(socket: Socket): ResponseHeads {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  let isExpected = false;
  let hasBegun = false;
  let version = '1.1';
  let held: Buffer | null = null;

  /** The bytes from the final response on; null while that has not begun. */
  const strip = (bytes: Buffer): Buffer | null => {
    let rest = bytes;
    for (;;) {
      const line = /^HTTP\/(1\.[01]) (\d)(\d\d)/.exec(rest.toString('latin1', 0, 12));
      if (line === null && rest.length < 12 && 'HTTP/1.'.startsWith(rest.toString('latin1', 0, 7))) break;
      const [, found = version, kind, detail] = line ?? [];
      version = found;
      if (kind !== '1' || detail === '01') {
        isExpected = false;
        return rest;
      }
      const end = rest.indexOf('\r\n\r\n');
      if (end === -1) break;
      rest = rest.subarray(end + 4);
      if (rest.length === 0) break;
    }
    if (rest.length > MAX_HEAD) {
      isExpected = false;
      return rest;
    }
    held = rest.length === 0 ? null : rest;
    return null;
  };

  socket.read = (size?: number): Buffer | null => {
    let bytes = read(size);
    while (bytes !== null && isExpected) {
      hasBegun = true;
      const whole: Buffer = held === null ? bytes : Buffer.concat([held, bytes]);
      held = null;
      const final = strip(whole);
      if (final !== null) return final;
      bytes = read(size);
    }
    return bytes;
  };

  return {
    expect() {
      isExpected = true;
      hasBegun = false;
      held = null;
    },
    get hasBegun() {
      return hasBegun;
    },
    get version() {
      return version;
    },
  };
}
