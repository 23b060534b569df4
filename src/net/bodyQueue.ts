/** Bytes that wait to be taken before the connection is told to wait. */
const HIGH_WATER_BYTES = 65_536;

/** A body whose chunks come by themselves; iterated once, by one reader. */
export interface BodyQueue extends AsyncIterableIterator<Uint8Array> {
  /** False where no more should come until `onDrain`. */
  push(chunk: Uint8Array): boolean;
  /** After the last chunk. What came before an error is taken first. */
  end(error?: Error): void;
  /** Instead: nothing more is taken. */
  breakOff(error: Error): void;
}

/**
 * An empty queue.
 * @param onDrain there is room again
 * @param onLeave the reader went before the end
 */
export function createBodyQueue(onDrain: () => void, onLeave: () => void): BodyQueue {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let isEnded = false;
  let failure: Error | undefined;
  let waiting:
    { resolve: (result: IteratorResult<Uint8Array>) => void; reject: (error: Error) => void } | undefined;

  const end = (error?: Error): void => {
    if (isEnded) return;
    isEnded = true;
    failure = error;
    if (waiting === undefined) return;
    if (error === undefined) waiting.resolve({ done: true, value: undefined });
    else waiting.reject(error);
    waiting = undefined;
  };

  return {
    push(chunk) {
      if (isEnded) return true;
      if (waiting !== undefined) {
        waiting.resolve({ done: false, value: chunk });
        waiting = undefined;
        return true;
      }
      chunks.push(chunk);
      size += chunk.length;
      return size < HIGH_WATER_BYTES;
    },
    end,
    breakOff(error) {
      chunks = [];
      end(error);
      failure ??= error;
    },
    next() {
      const chunk = chunks.shift();
      if (chunk !== undefined) {
        size -= chunk.length;
        if (chunks.length === 0 && !isEnded) onDrain();
        return Promise.resolve({ done: false, value: chunk });
      }
      if (!isEnded) {
        return new Promise((resolve, reject) => {
          waiting = { resolve, reject };
        });
      }
      return failure === undefined
        ? Promise.resolve({ done: true, value: undefined })
        : Promise.reject(failure);
    },
    return() {
      if (!isEnded) {
        end();
        onLeave();
      }
      chunks = [];
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
