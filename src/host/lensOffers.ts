const AGAIN_MS = 1000;
const MAX_OFFERS = 6;

/**
 * VS Code forgets to ask for lenses when the focus leaves the editor just before it would, and asks for their commands
 * once, where it has drawn their lines already. In a busy window that leaves lenses that cannot be clicked until
 * somebody clicks into the file: what was not asked for is offered again, a few times.
 */
export class LensOffers {
  readonly #again: () => void;
  readonly #open = new Map<string, { readonly count: number; readonly timer: NodeJS.Timeout | undefined }>();

  constructor(again: () => void) {
    this.#again = again;
  }

  /** Lenses of a document were offered, or VS Code was told that they changed. */
  made(uri: string): void {
    const before = this.#open.get(uri);
    clearTimeout(before?.timer);
    const count = (before?.count ?? 0) + 1;
    const timer = count < MAX_OFFERS ? setTimeout(this.#again, AGAIN_MS) : undefined;
    this.#open.set(uri, { count, timer });
  }

  /** Their commands were asked for, or there are none. */
  taken(uri: string): void {
    clearTimeout(this.#open.get(uri)?.timer);
    this.#open.delete(uri);
  }

  dispose(): void {
    for (const { timer } of this.#open.values()) clearTimeout(timer);
    this.#open.clear();
  }
}
