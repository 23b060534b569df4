import type { PictureCanvas, PictureStyle } from './timelineDrawing.ts';

/** A canvas that writes down what is drawn as SVG: text as text, colours as they are now. */
export class SvgCanvas implements PictureCanvas {
  font: string;
  textBaseline: CanvasTextBaseline = 'middle';
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  globalAlpha = 1;
  readonly measureText: PictureCanvas['measureText'];
  readonly #background: string;
  readonly #parts: string[] = [];
  #circle: readonly [x: number, y: number, radius: number] = [0, 0, 0];

  constructor({ font, background }: PictureStyle, measureText: PictureCanvas['measureText']) {
    this.font = font;
    this.measureText = measureText;
    this.#background = background;
  }

  /** The elements, to be put into an `svg` element. */
  get content(): string {
    return this.#parts.join('\n');
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#add('rect', {
      ...box(x, y, width, height),
      fill: this.fillStyle,
      ...this.#opacity('fill'),
    });
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    const stroke = { fill: 'none', stroke: this.strokeStyle, 'stroke-width': this.lineWidth };
    this.#add('rect', { ...box(x, y, width, height), ...stroke, ...this.#opacity('stroke') });
  }

  /** What lies below does not show through here, either. */
  clearRect(x: number, y: number, width: number, height: number): void {
    if (width > 0 && height > 0) this.#add('rect', { ...box(x, y, width, height), fill: this.#background });
  }

  fillText(text: string, x: number, y: number): void {
    if (text === '') return;
    const place = { x: short(x), y: short(y), fill: this.fillStyle, ...this.#opacity('fill') };
    this.#add('text', { ...place, 'dominant-baseline': 'central' }, text);
  }

  beginPath(): void {
    this.#circle = [0, 0, 0];
  }

  arc(x: number, y: number, radius: number): void {
    this.#circle = [x, y, radius];
  }

  fill(): void {
    const [cx, cy, r] = this.#circle.map(short);
    this.#add('circle', {
      cx: cx ?? 0,
      cy: cy ?? 0,
      r: r ?? 0,
      fill: this.fillStyle,
      ...this.#opacity('fill'),
    });
  }

  #opacity(of: 'fill' | 'stroke'): Readonly<Record<string, number>> {
    return this.globalAlpha === 1 ? {} : { [`${of}-opacity`]: this.globalAlpha };
  }

  #add(name: string, attributes: Readonly<Record<string, string | number>>, text?: string): void {
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
    const begin = `<${name}${written.join('')}`;
    this.#parts.push(text === undefined ? `${begin}/>` : `${begin}>${escaped(text)}</${name}>`);
  }
}

/** A picture as it is saved. */
export interface SvgPicture {
  readonly width: number;
  readonly height: number;
  readonly content: string;
}

/** A file of pictures one below the other, each under its heading, on the editor's background. */
export function svgFile(
  pictures: readonly (SvgPicture & { readonly heading: string })[],
  { font, foreground, background, lineHeight }: PictureStyle,
): string {
  const [size = '12px', ...family] = font.split(' ');
  const top = lineHeight + 8;
  const width = Math.max(1, ...pictures.map((one) => one.width));
  let y = 0;
  const parts = pictures.map((one) => {
    const heading = `<text x="12" y="${y + top / 2}" dominant-baseline="central" font-weight="600" fill="${escaped(foreground)}">${escaped(one.heading)}</text>`;
    const group = `${heading}\n<g transform="translate(0 ${y + top})">\n${one.content}\n</g>`;
    y += top + one.height;
    return group;
  });
  const text = `font-size="${escaped(size)}" font-family="${escaped(family.join(' '))}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" ${text}>`,
    `<rect width="100%" height="100%" fill="${escaped(background)}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function box(x: number, y: number, width: number, height: number): Record<string, number> {
  return { x: short(x), y: short(y), width: short(width), height: short(height) };
}

function short(value: number): number {
  return Number(value.toFixed(2));
}

/** Also without the control characters that XML does not know. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '�')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
