import type { HeaderList } from '../../ports.ts';
import type { PreparedRequest } from '../../profiles/prepare.ts';
import { redactHeaders, redactText, secretForms } from '../../profiles/redact.ts';
import { decodeBody } from '../body/decodeText.ts';
import type { LastExchange } from '../languageContext.ts';
import { parseExactJson } from './exactJson.ts';
import type { RememberedExchange } from './exchange.ts';
import { keptEvent, type KeptEvents } from './keptEvents.ts';

/** Bytes of a body that are kept for requests that use it. */
export const MAX_BODY_BYTES = 8_000_000;

/** What is to be kept of an exchange, from what was sent and what came. */
export function rememberExchange(
  { wire, secrets }: Pick<PreparedRequest, 'wire' | 'secrets'>,
  received: {
    readonly status: number;
    readonly headers: HeaderList;
    /** Null for a stream, or where it was larger than {@link MAX_BODY_BYTES}. */
    readonly body: Uint8Array | null;
    /** Null where it was no stream. */
    readonly stream: { readonly events: KeptEvents; readonly text: string } | null;
    /** True unless said otherwise. */
    readonly isComplete?: boolean;
  },
): RememberedExchange {
  const { status, headers, body, stream, isComplete = true } = received;
  const sent = wire.body instanceof Uint8Array && wire.body.length <= MAX_BODY_BYTES ? wire.body : null;
  return {
    request: {
      method: wire.method,
      url: wire.url,
      headers: wire.headers,
      body: sent === null ? null : new TextDecoder().decode(sent),
    },
    secrets,
    response: { status, headers, body: body === null ? null : decodeBody(body, headers) },
    isComplete,
    eventCount: stream?.events.count ?? 0,
    eventData: (index) => (stream === null ? undefined : keptEvent(stream.events, index)),
    text: stream?.text ?? null,
  };
}

/** About how much memory it takes, in bytes. */
export function exchangeSize(
  { request, response, text }: RememberedExchange,
  events: KeptEvents | null,
): number {
  const texts = [request.body, response.body, text, ...(events?.first ?? []), ...(events?.last ?? [])];
  return texts.reduce((sum, one) => sum + 2 * (one?.length ?? 0), 2000);
}

/** An exchange as it may be shown. Made once for each. */
export function shownExchange(exchange: RememberedExchange): LastExchange {
  let shown = shownOf.get(exchange);
  if (shown === undefined) {
    shown = withoutSecrets(exchange);
    shownOf.set(exchange, shown);
  }
  return shown;
}

const shownOf = new WeakMap<RememberedExchange, LastExchange>();

function withoutSecrets(exchange: RememberedExchange): LastExchange {
  const { response, eventCount } = exchange;
  const forms = secretForms(exchange.secrets);
  const text = redactText(exchange.text ?? response.body ?? '', forms);
  return {
    status: response.status,
    headers: redactHeaders(response.headers, forms),
    json: exchange.text === null ? parseExactJson(text) : undefined,
    eventCount,
    eventData: (index) => {
      const data = exchange.eventData(index);
      return data === undefined ? undefined : redactText(data, forms);
    },
    text,
  };
}
