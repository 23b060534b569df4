import type { PreparedRequest } from '../../profiles/prepare.ts';
import { TextAssembly } from '../../stream/assembly/textAssembly.ts';
import { joinChunks } from '../../stream/bytes.ts';
import type { ExchangeListener } from '../../stream/exchange.ts';
import type { WireResponse } from '../../ports.ts';
import type { RememberedExchange } from './exchange.ts';
import { keepEvents } from './keptEvents.ts';
import { MAX_BODY_BYTES, rememberExchange } from './rememberExchange.ts';

/** UTF-16 units of a stream's assembled text that are kept. */
const MAX_TEXT = 4_000_000;

/**
 * A listener that tells another all it hears and, at the end, hands over what is to be remembered; nothing where no
 * response came.
 */
export function recordExchange(
  prepared: Pick<PreparedRequest, 'wire' | 'secrets'>,
  listener: ExchangeListener,
  remember: (exchange: RememberedExchange) => void,
): ExchangeListener {
  let response: WireResponse | undefined;
  let chunks: Uint8Array[] | null = [];
  let byteCount = 0;
  const events = keepEvents();
  const assembly = new TextAssembly();
  let eventIndex = 0;
  return {
    onResponse(atMs, received, hasRecords, format) {
      response = received;
      if (hasRecords) chunks = null;
      listener.onResponse(atMs, received, hasRecords, format);
    },
    onChunk(atMs, chunk) {
      byteCount += chunk.length;
      if (byteCount <= MAX_BODY_BYTES) chunks?.push(chunk.slice());
      return listener.onChunk(atMs, chunk);
    },
    onRecord(atMs, record) {
      if (record.kind === 'event') {
        const { type, data } = record;
        events.add(data);
        assembly.add({ eventIndex: eventIndex++, atMs, type, data, json: parse(data) });
      }
      listener.onRecord?.(atMs, record);
    },
    onEnd(atMs, end) {
      if (response !== undefined) {
        const { status, headers } = response;
        const body = chunks === null || byteCount > MAX_BODY_BYTES ? null : joinChunks(chunks);
        const stream = chunks === null ? { events: events.kept(), text: assembledText(assembly) } : null;
        const isComplete = end.reason === 'complete';
        remember(rememberExchange(prepared, { status, headers, body, stream, isComplete }));
      }
      listener.onEnd(atMs, end);
    },
  };
}

/** What the answer of a stream adds up to, without reasoning and tool calls. */
export function assembledText({ channels }: TextAssembly): string {
  const texts = channels
    .filter(({ kind }) => kind === 'content')
    .map((channel) => channel.slice(0, MAX_TEXT));
  return texts.join('\n\n').slice(0, MAX_TEXT);
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined; // no JSON
  }
}
