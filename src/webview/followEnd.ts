/** px from the end within which a reader is at it. */
const NEAR_END_PX = 24;

/** Keeps the end of growing content in view while its reader has not scrolled up. */
export class FollowEnd {
  readonly #scroller: HTMLElement;
  readonly #onChange: () => void;
  #isLive = false;
  #isFollowing = false;
  #lastTop = 0;

  /**
   * @param content what grows in the scroller
   * @param onChange following has begun or ended by what the user did
   */
  constructor(scroller: HTMLElement, content: HTMLElement, onChange: () => void) {
    this.#scroller = scroller;
    this.#onChange = onChange;
    scroller.addEventListener('scroll', () => this.#onScroll());
    new ResizeObserver(() => this.#toEnd()).observe(content);
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  /** Begins with other content: follows it if more is to come, else shows its beginning. */
  reset(isLive: boolean): void {
    this.#isLive = isLive;
    this.#isFollowing = isLive;
    this.#lastTop = 0;
    this.#scroller.scrollTop = 0;
    this.#toEnd();
  }

  /** Says whether more is to come: nobody begins to follow what has ended. */
  setLive(isLive: boolean): void {
    this.#isLive = isLive;
  }

  /** Goes to the end and stays there. */
  follow(): void {
    this.#isFollowing = true;
    this.#toEnd();
    this.#onChange();
  }

  #toEnd(): void {
    if (this.#isFollowing) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const isUp = scrollTop < this.#lastTop;
    this.#lastTop = scrollTop;
    const isNearEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    // Content may have grown since the scrolling that this tells of: being off the end alone means nothing.
    const isFollowing = isNearEnd ? this.#isFollowing || this.#isLive : this.#isFollowing && !isUp;
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    this.#onChange();
  }
}
