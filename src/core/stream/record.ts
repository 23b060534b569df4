/**
 * One thing an event stream said, in the order it said it (HTML standard, 9.2.6). `incomplete` is a block that
 * the stream's end cut short: the standard drops it, this product shows it.
 */
export type StreamRecord =
  | {
      readonly kind: 'event';
      /** Event type; `message` where the stream names none. */
      readonly type: string;
      /** The `id` this event carried, or empty. */
      readonly id: string;
      /** The last event ID as the standard keeps it across events. */
      readonly lastEventId: string;
      readonly data: string;
    }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'retry'; /** Reconnection time in ms. */ readonly ms: number }
  | { readonly kind: 'incomplete'; readonly data: string }
  /** Here the connection broke and the request was sent again. */
  | {
      readonly kind: 'resumed';
      /** What was sent as Last-Event-ID; empty for none. */ readonly lastEventId: string;
    };

/** What a record can be. */
export type RecordKind = StreamRecord['kind'];

/** A record's own text: an event's data, a comment, a retry's digits, the id after which it was resumed. */
export function textOf(record: StreamRecord): string {
  switch (record.kind) {
    case 'comment':
      return record.text;
    case 'retry':
      return String(record.ms);
    case 'resumed':
      return record.lastEventId;
    case 'event':
    case 'incomplete':
      return record.data;
  }
}
