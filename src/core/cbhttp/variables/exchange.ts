import type { HeaderList } from '../../ports.ts';

/** What is kept of the last exchange of a request, for requests that use it. Holds secrets: never show it. */
export interface RememberedExchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: HeaderList;
    /** As text; null where there was none, or it was too large to keep. */
    readonly body: string | null;
  };
  /** Secrets that the request was built from. */
  readonly secrets: readonly string[];
  readonly response: {
    readonly status: number;
    readonly headers: HeaderList;
    /** Decoded; null where it was too large to keep. */
    readonly body: string | null;
  };
  /** False where the answer broke off: parts of it may be used, but `@ref` sends the request again. */
  readonly isComplete: boolean;
  /** Events received; 0 where it was no stream. */
  readonly eventCount: number;
  /** Data of an event by its 0-based index, from the end where it is negative; undefined where it is not kept. */
  readonly eventData: (index: number) => string | undefined;
  /** A stream's assembled text; null where it was no stream. */
  readonly text: string | null;
}

/** Where the last exchanges are kept. */
export interface ExchangeMemory {
  /** Of the request of that name: the document's own, else one of the workspace. */
  last(requestName: string): RememberedExchange | undefined;
}
