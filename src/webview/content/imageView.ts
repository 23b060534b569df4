import { element, setAttribute } from '../dom.ts';
import { fill, formatBytes } from '../format.ts';

/** Words of the view. */
export interface ImageViewStrings {
  readonly bodyLabel: string;
  /** `{0} × {1} pixels, {2}`: width, height, size. */
  readonly imageSize: string;
  readonly imageBroken: string;
  /** Toggles between fitting the panel and the image's own size. */
  readonly imageFullSize: string;
}

/** A body that is an image, from its bytes alone. SVG runs no scripts and loads nothing, since an `<img>` shows it. */
export class ImageView {
  readonly element: HTMLElement;
  readonly #strings: ImageViewStrings;
  readonly #facts = element('span', 'image-facts', { role: 'status' });
  readonly #size: HTMLButtonElement;
  readonly #image: HTMLImageElement;
  #url: string | null = null;
  #byteCount = 0;

  constructor(strings: ImageViewStrings) {
    this.#strings = strings;
    this.#image = element('img', 'image', { attributes: { alt: strings.bodyLabel, draggable: 'false' } });
    this.#size = element('button', 'choice', {
      text: strings.imageFullSize,
      attributes: { type: 'button', 'aria-pressed': 'false' },
    });
    const stage = element('div', 'image-stage', {
      role: 'region',
      attributes: { 'aria-label': strings.bodyLabel, tabindex: '0' },
      children: [this.#image],
    });
    this.element = element('div', 'image-view', {
      children: [element('div', 'choices', { children: [this.#facts, this.#size] }), stage],
    });
    this.#size.addEventListener('click', () => {
      const isFull = this.element.classList.toggle('full-size');
      setAttribute(this.#size, 'aria-pressed', String(isFull));
    });
    this.#image.addEventListener('load', () => this.#loaded());
    this.#image.addEventListener('error', () => this.#broken());
  }

  /**
   * Shows an image. Needs `img-src blob:` in the page's CSP.
   * @param mediaType as `contentKind` takes it for an image, such as `image/png`
   */
  show(bytes: Uint8Array, mediaType: string): void {
    this.dispose();
    this.#byteCount = bytes.length;
    this.#facts.textContent = '';
    this.#image.hidden = false;
    // A copy: the bytes may be a view into something larger.
    this.#url = URL.createObjectURL(new Blob([bytes.slice()], { type: mediaType }));
    this.#image.src = this.#url;
  }

  /** Frees the image's bytes. */
  dispose(): void {
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }

  #loaded(): void {
    const { naturalWidth, naturalHeight } = this.#image;
    const size = formatBytes(this.#byteCount);
    this.#facts.textContent = fill(
      this.#strings.imageSize,
      String(naturalWidth),
      String(naturalHeight),
      size,
    );
  }

  #broken(): void {
    this.#image.hidden = true;
    this.#facts.textContent = this.#strings.imageBroken;
  }
}
