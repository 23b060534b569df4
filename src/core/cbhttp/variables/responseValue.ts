import { msg, type Message } from '../../message.ts';
import type { HeaderList } from '../../ports.ts';
import type { JsonPathEngine } from '../../stream/search/jsonPathMatcher.ts';
import { isCbError } from '../../errors.ts';
import { isSecretHeader } from '../../profiles/redact.ts';
import { jsonText, parseExactJson } from './exactJson.ts';
import type { RememberedExchange } from './exchange.ts';
import type { ResponsePart, ResponseReference } from './responseReference.ts';

/** What a reference to an exchange gives. */
export type ResponseValue =
  | {
      readonly value: string;
      /** Values in it that must not be shown. */ readonly secrets: readonly string[];
    }
  | { readonly missing: Message };

/** True where the part cannot be found without JSONPath. */
export function needsJsonPath(part: ResponsePart): boolean {
  return 'path' in part && part.path !== '';
}

/** Finds a part of an exchange. Throws nothing; `engine` is only asked where {@link needsJsonPath} says so. */
export function responseValue(
  { requestName, part }: ResponseReference,
  exchange: RememberedExchange,
  engine: JsonPathEngine | undefined,
): ResponseValue {
  switch (part.kind) {
    case 'status':
      return open(String(exchange.response.status));
    case 'method':
      return open(exchange.request.method);
    case 'url':
      return { value: exchange.request.url, secrets: exchange.secrets };
    case 'header': {
      const value = joinHeader(exchange[part.of].headers, part.name);
      if (value === undefined)
        return { missing: msg('{0}: there was no header {1}.', requestName, part.name) };
      if (part.of === 'response') return open(value);
      return { value, secrets: isSecretHeader(part.name) ? [...exchange.secrets, value] : exchange.secrets };
    }
    case 'body': {
      const { body } = exchange[part.of];
      const text =
        part.of === 'response' && exchange.text !== null && part.path === '' ? exchange.text : body;
      if (text === null)
        return { missing: msg('{0}: there was no body, or it was too large to keep.', requestName) };
      return select(requestName, text, part.path, engine, part.of === 'request' ? exchange.secrets : []);
    }
    case 'eventCount':
      return open(String(exchange.eventCount));
    case 'event': {
      const data = exchange.eventData(part.index);
      if (data === undefined) {
        return {
          missing: msg('{0}: there is no event {1}; {2} came.', requestName, part.index, exchange.eventCount),
        };
      }
      return select(requestName, data, part.path, engine, []);
    }
    case 'text':
      return open(exchange.text ?? exchange.response.body ?? '');
    case 'wrong':
      return { missing: wrongPart(requestName) };
  }
}

/** What to write after a request's name. */
export function wrongPart(requestName: string): Message {
  return msg(
    'This is no part of an exchange. Write for example {0}',
    `{{${requestName}.response.body.$.id}}, {{${requestName}.response.headers.Name}}, {{${requestName}.response.status}}, {{${requestName}.events[-1].data}}, {{${requestName}.text}}`,
  );
}

function select(
  requestName: string,
  text: string,
  path: string,
  engine: JsonPathEngine | undefined,
  secrets: readonly string[],
): ResponseValue {
  if (path === '') return { value: text, secrets };
  const json = parseExactJson(text);
  if (json === undefined)
    return { missing: msg('{0}: what came is no JSON, so {1} finds nothing.', requestName, path) };
  let found: readonly unknown[];
  try {
    found = engine?.compile(path)(json) ?? [];
  } catch (error) {
    if (!isCbError(error)) throw error;
    return { missing: error.display };
  }
  if (found.length === 0) return { missing: msg('{0}: {1} finds nothing in what came.', requestName, path) };
  return { value: jsonText(found[0]), secrets };
}

function open(value: string): ResponseValue {
  return { value, secrets: [] };
}

/** All values of a header as one, in their order (RFC 9110, 5.2). */
function joinHeader(headers: HeaderList, name: string): string | undefined {
  const values = headers.filter(([written]) => written.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}
