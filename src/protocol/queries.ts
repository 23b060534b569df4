import type { LogQuery } from './logs.ts';

/** The most rows one `rows`, `chunks` or `logs` query may ask for. */
export const MAX_ROWS_PER_QUERY = 500;
/** The most UTF-16 units of text one `text` query gets. */
export const MAX_TEXT_PER_QUERY = 200_000;

/** What the webview asks for when it shows it. */
export type PanelQuery =
  | LogQuery
  /** Rows of the filter's index; filter 0 is all rows. */
  | { readonly kind: 'rows'; readonly filterId: number; readonly from: number; readonly count: number }
  | { readonly kind: 'record'; readonly row: number }
  | { readonly kind: 'types' }
  | { readonly kind: 'text'; readonly channel: string; readonly from: number }
  /** Of a range of time in ms since sending, or of all. */
  | {
      readonly kind: 'timeline';
      readonly bins: number;
      readonly fromMs?: number;
      readonly toMs?: number;
    }
  /** The first record at or after a moment, in ms since sending. */
  | { readonly kind: 'rowAt'; readonly atMs: number }
  | { readonly kind: 'chunks'; readonly from: number; readonly count: number }
  | { readonly kind: 'chunk'; readonly index: number }
  | { readonly kind: 'problems' }
  /** What there is of the body beyond its first `from` bytes, those of an earlier answer; 0 if left out. */
  | { readonly kind: 'body'; readonly from?: number };
