import { crc32, deflateSync } from 'node:zlib';
import type { Browser } from 'playwright-core';

/** Colours of a picture that is made small: a few and their shades, as an editor has them. */
const COLORS = 40;

/** The picture with few colours, a quarter of the size. Chromium is at hand to read the large one. */
export async function smallPng(browser: Browser, png: Buffer): Promise<Buffer> {
  const { width, height, rgba } = await readPixels(browser, png);
  const palette = paletteOf(rgba);
  const rows = Buffer.alloc((width + 1) * height);
  const known = new Map<number, number>();
  for (let index = 0; index < width * height; index += 1) {
    const color = rgba.readUInt32BE(index * 4);
    let place = known.get(color);
    if (place === undefined) known.set(color, (place = nearest(color, palette)));
    rows[index + Math.floor(index / width) + 1] = place; // each row begins with its filter: none
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colors = Buffer.from(palette.flatMap(channels));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[chunk('IHDR', head), chunk('PLTE', colors)],
    ...[chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))],
  ]);
}

async function readPixels(browser: Browser, png: Buffer) {
  const page = await browser.newPage();
  try {
    const { rgba, ...size } = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const { width, height } = await createImageBitmap(new Blob([bytes]));
      const drawing = new OffscreenCanvas(width, height).getContext('2d');
      drawing?.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0);
      const data = drawing?.getImageData(0, 0, width, height).data ?? [];
      return { width, height, rgba: btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join('')) };
    }, png.toString('base64'));
    return { ...size, rgba: Buffer.from(rgba, 'base64') };
  } finally {
    await page.close();
  }
}

/** The commonest colours, none of which is almost another. */
function paletteOf(rgba: Buffer): number[] {
  const counts = new Map<number, number>();
  for (let index = 0; index < rgba.length; index += 4) {
    const color = rgba.readUInt32BE(index);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const palette: number[] = [];
  for (const [color] of [...counts].sort(([, one], [, other]) => other - one)) {
    if (palette.length === COLORS) break;
    if (palette.every((other) => distance(color, other) > 300)) palette.push(color);
  }
  return palette;
}

function nearest(color: number, palette: readonly number[]): number {
  const distances = palette.map((other) => distance(color, other));
  return distances.indexOf(Math.min(...distances));
}

function distance(one: number, other: number): number {
  const second = channels(other);
  return channels(one).reduce((sum, value, index) => sum + (value - (second[index] ?? 0)) ** 2, 0);
}

/** Red, green and blue of a colour with its opacity in the last byte. */
function channels(color: number): number[] {
  return [color >>> 24, (color >>> 16) & 255, (color >>> 8) & 255];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
