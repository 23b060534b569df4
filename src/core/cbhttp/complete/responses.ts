import { msg, type Message } from '../../message.ts';
import type { CbDocument } from '../document.ts';
import { headerInfo } from '../knowledge/headers.ts';
import { responseHeaders } from '../knowledge/responseHeaders.ts';
import type { LanguageContext } from '../languageContext.ts';
import { requestNamed } from '../variables/lookUp.ts';
import type { Completion } from './completion.ts';
import { memberOffers } from './jsonMembers.ts';
import type { Place } from './place.ts';

/** A word that can follow, and whether something must follow it in turn. */
type Part = readonly [word: string, meaning: Message, goesOn?: boolean];

/** What can follow `name.` of an earlier request: parts of its answer, headers, members of its JSON. */
export function responseParts(
  document: CbDocument,
  place: Place,
  name: string,
  close: string,
  context: LanguageContext,
): readonly Completion[] {
  const path = place.text.slice(name.length, place.offset - place.span.start);
  const offer = (parts: readonly Part[], typed: string): Completion[] =>
    parts.map(([label, documentation, goesOn = false]) => ({
      label,
      kind: 'key',
      documentation,
      insertText: goesOn ? label : label + close,
      span: { start: place.offset - typed.length, end: place.span.end },
      group: 0,
      ...(goesOn ? { opensNext: true, commitCharacters: ['.'] } : {}),
    }));

  const json = /^\.(?:(request|response)\.body|events\[(-?\d+)\]\.data)\.(\$[^]*)$/.exec(path);
  if (json?.[3] !== undefined) {
    const root = json[1] === 'request' ? requestJson(document, name) : answerJson(context, name, json[2]);
    return memberOffers(root, json[3], place, close);
  }
  const headers = /^\.(request|response)\.headers\.([\w-]*)$/.exec(path);
  if (headers !== null) {
    const names =
      headers[1] === 'request' ? requestHeaderNames(document, name) : answerHeaderNames(context, name);
    return offer(
      names.map((header) => [header, headerInfo(header)?.meaning ?? msg('A header of the last answer.')]),
      headers[2] ?? '',
    );
  }
  const body = /^\.(?:request|response)\.body\.(\*?)$/.exec(path);
  if (body !== null) return offer(bodyParts, body[1] ?? '');
  const eventData = /^\.events\[-?\d+\]\.data\.$/.exec(path);
  if (eventData !== null) return offer(bodyParts.slice(0, 1), '');
  const event = /^\.events\[-?\d+\]\.(\w*)$/.exec(path);
  if (event !== null) return offer(eventParts, event[1] ?? '');
  const part = /^\.(request|response)\.(\w*)$/.exec(path);
  if (part !== null) return offer(part[1] === 'request' ? requestParts : answerParts, part[2] ?? '');
  const first = /^\.(\w*)$/.exec(path);
  if (first !== null) return offer(firstParts, first[1] ?? '');
  const ofEvents = /^\.events\.(\w*)$/.exec(path);
  return ofEvents === null ? [] : offer([['length', msg('How many events it had.')]], ofEvents[1] ?? '');
}

const firstParts: readonly Part[] = [
  ['response', msg('The last answer of the request.'), true],
  ['request', msg('The request as it was sent last.'), true],
  ['events[0]', msg('The first event of its last stream.'), true],
  ['events[-1]', msg('The last event of its last stream.'), true],
  ['events.length', msg('How many events it had.')],
  ['text', msg('The text that the stream’s events make together.')],
];
const messageParts: readonly Part[] = [
  ['body', msg('The body.'), true],
  ['headers', msg('A header by its name.'), true],
];
const requestParts: readonly Part[] = [
  ...messageParts,
  ['method', msg('The method.')],
  ['url', msg('The URL it was sent to.')],
];
const answerParts: readonly Part[] = [...messageParts, ['status', msg('The status code.')]];
const eventParts: readonly Part[] = [['data', msg('The data of the event.'), true]];
const bodyParts: readonly Part[] = [
  ['$', msg('A part of the JSON, by JSONPath.'), true],
  ['*', msg('The whole body.')],
];

function answerJson(context: LanguageContext, name: string, eventIndex: string | undefined): unknown {
  const exchange = context.lastExchange(name);
  if (eventIndex === undefined) return exchange?.json;
  return parse(exchange?.eventData(Number(eventIndex)));
}

function requestJson(document: CbDocument, name: string): unknown {
  return parse(findRequest(document, name)?.body ?? undefined);
}

function requestHeaderNames(document: CbDocument, name: string): readonly string[] {
  return [...new Set(findRequest(document, name)?.headers.map((header) => header.name))];
}

/** Those of the last answer; where there is none yet, those that answers usually have. */
function answerHeaderNames(context: LanguageContext, name: string): readonly string[] {
  const exchange = context.lastExchange(name);
  if (exchange === undefined)
    return ['Content-Type', 'X-Request-Id', ...responseHeaders.map((one) => one.name)];
  return [...new Set(exchange.headers.map(([header]) => header))];
}

function findRequest(document: CbDocument, name: string) {
  return requestNamed(document, name)?.request;
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // no JSON, or one with variables in it
  }
}
