import { EventDigester, type EventDigests } from '../../../../src/core/compare/eventDigest.ts';
import { EventStore } from '../../../../src/core/stream/eventStore.ts';

/** An event of a made-up stream. */
export interface MadeEvent {
  readonly data: string;
  readonly id?: string;
  readonly type?: string;
}

/** The digests of a stream of these events. */
export function digestsOf(events: readonly MadeEvent[]): EventDigests {
  const store = new EventStore();
  const text = events
    .map(({ data, id, type }) =>
      [
        ...(id === undefined ? [] : [`id: ${id}`]),
        ...(type === undefined ? [] : [`event: ${type}`]),
        `data: ${data}`,
        '',
        '',
      ].join('\n'),
    )
    .join('');
  store.append(0, new TextEncoder().encode(text));
  store.end();
  const digester = new EventDigester(store);
  digester.advance(Infinity, () => 0);
  store.dispose();
  return digester.digests();
}
