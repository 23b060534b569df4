/** A line of a list that stands for one row after another as the list scrolls. */
export interface VirtualRow {
  readonly element: HTMLElement;
  /** The 0-based row it stands for. */
  readonly number: number;
  /** Makes it stand for another row, with nothing of the one before. */
  readonly assign: (row: number) => void;
}

/** The rows of a long list that exist as elements: those in the window, in order, without gaps; others are used again. */
export class VirtualRows<Line extends VirtualRow> {
  readonly #layer: HTMLElement;
  readonly #make: () => Line;
  readonly #live: Line[] = [];
  readonly #free: Line[] = [];

  /** @param layer what the rows are put into */
  constructor(layer: HTMLElement, make: () => Line) {
    this.#layer = layer;
    this.#make = make;
  }

  /** Makes the elements in the layer those of the rows from `from` up to `to`, in order for screen readers. */
  place(from: number, to: number): readonly Line[] {
    const live = this.#live;
    while (live.length > 0 && !isWithin(live[0], from, to)) this.#retire(live.shift());
    while (live.length > 0 && !isWithin(live.at(-1), from, to)) this.#retire(live.pop());
    for (let row = (live[0]?.number ?? to) - 1; row >= from; row--) {
      const line = this.#take(row);
      this.#layer.prepend(line.element);
      live.unshift(line);
    }
    for (let row = (live.at(-1)?.number ?? from - 1) + 1; row < to; row++) {
      const line = this.#take(row);
      this.#layer.append(line.element);
      live.push(line);
    }
    return live;
  }

  #take(row: number): Line {
    const line = this.#free.pop() ?? this.#make();
    line.assign(row);
    return line;
  }

  #retire(line: Line | undefined): void {
    if (line === undefined) return;
    line.element.remove();
    this.#free.push(line);
  }
}

function isWithin(line: VirtualRow | undefined, from: number, to: number): boolean {
  return line !== undefined && line.number >= from && line.number < to;
}
