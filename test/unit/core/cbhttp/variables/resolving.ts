import assert from 'node:assert/strict';
import { placedRequests } from '../../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { resolveRequest } from '../../../../../src/core/cbhttp/resolve.ts';
import type { RememberedExchange } from '../../../../../src/core/cbhttp/variables/exchange.ts';
import type { SendPorts } from '../../../../../src/core/cbhttp/variables/sendPorts.ts';
import { createSubstitution } from '../../../../../src/core/cbhttp/variables/substitution.ts';
import { CbError } from '../../../../../src/core/errors.ts';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';
import { createJsonPathEngine } from '../../../../../src/net/jsonPath.ts';

type Texts = Readonly<Record<string, string>>;

/** What a test gives a request to find. */
export interface Given {
  readonly given?: Texts;
  readonly profile?: Texts;
  readonly shared?: Texts;
  readonly envId?: string;
  readonly ports?: Partial<SendPorts>;
  /** Answers by question; the names of those that were asked are noted in `asked`. */
  readonly answers?: Texts;
  readonly asked?: string[];
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly exchanges?: Readonly<Record<string, RememberedExchange>>;
  /** 0-based; the last one where it is not said. */
  readonly request?: number;
}

/** Ports on what a test gives; what it does not give is not there. */
export function portsOf({ answers = {}, asked = [], files = {}, exchanges, ports = {} }: Given): SendPorts {
  return {
    ask: ({ name }) => {
      asked.push(name);
      const answer = answers[name];
      return answer === undefined
        ? Promise.reject(new CbError('cancelled', { text: '', args: [] }))
        : Promise.resolve(answer);
    },
    secret: ({ name }) => {
      asked.push(`secret ${name}`);
      return Promise.resolve(answers[name]);
    },
    environment: { HOME_TOWN: '深圳' },
    dotenv: () => Promise.resolve({ KEY: 'from dotenv' }),
    readBodyFile: (path) => {
      asked.push(`file ${path}`);
      const file = files[path];
      if (file === undefined)
        return Promise.reject(new CbError('body-file', { text: 'no {0}', args: [path] }));
      return Promise.resolve(typeof file === 'string' ? new TextEncoder().encode(file) : file);
    },
    memory: { last: (name) => exchanges?.[name] },
    loadJsonPath: () => Promise.resolve(createJsonPathEngine()),
    ...ports,
  };
}

/** Resolves a request of a text; `text` is its body decoded, null where there is none. */
export async function resolve(text: string, given: Given = {}) {
  const document = parseCbhttp(text);
  const placed = placedRequests(document).at(given.request ?? -1);
  assert.ok(placed);
  const settings = {
    p: { variables: given.profile ?? {}, envId: given.envId ?? '' },
    $shared: { variables: given.shared ?? {} },
  };
  const { active, sharedVariables } = readProfiles(settings, 'p');
  const substitution = createSubstitution(
    { document, placed, profile: active, shared: sharedVariables, given: given.given ?? {} },
    portsOf(given),
  );
  const { signal } = new AbortController();
  const bindSecrets = () => ({ profile: 'p', envId: '', origin: 'http://x' });
  let resolved;
  do resolved = resolveRequest(document, placed, substitution);
  while (await substitution.fetch({ signal, bindSecrets }));
  assert.ok(resolved);
  const { body } = resolved;
  assert.ok(body === null || body instanceof Uint8Array); // nothing is large here
  const decoded = body === null ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  return { ...resolved, body, text: decoded, secrets: [...substitution.secrets] };
}

/** For `assert.rejects`: that code, at that part of the text. */
export function refused(code: string, text?: string, part?: string) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof CbError, String(error));
    assert.equal(error.code, code, error.message);
    if (text === undefined) assert.ok(error.span);
    else assert.equal(text.slice(error.span?.start, error.span?.end), part);
    return true;
  };
}

/** An exchange of a test. */
export function exchange(parts: {
  status?: number;
  headers?: readonly (readonly [string, string])[];
  body?: string | null;
  events?: readonly string[];
  text?: string;
  sent?: Partial<RememberedExchange['request']>;
  secrets?: readonly string[];
  isComplete?: boolean;
}): RememberedExchange {
  const events = parts.events ?? [];
  return {
    request: { method: 'GET', url: 'http://x/', headers: [], body: null, ...parts.sent },
    secrets: parts.secrets ?? [],
    response: { status: parts.status ?? 200, headers: parts.headers ?? [], body: parts.body ?? null },
    isComplete: parts.isComplete ?? true,
    eventCount: events.length,
    eventData: (index) => events.at(index),
    text: parts.text ?? null,
  };
}
