import assert from 'node:assert/strict';
import path from 'node:path';
import { placedRequests } from '../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../src/core/cbhttp/parse.ts';
import type { CodeOptions } from '../../src/core/code/describePrepared.ts';
import { prepareForCode } from '../../src/core/code/prepareForCode.ts';
import type { CodeRequest } from '../../src/core/code/codeRequest.ts';
import {
  prepareRequest,
  type PreparedRequest,
  type PrepareOptions,
} from '../../src/core/profiles/prepare.ts';
import { readProfiles } from '../../src/core/profiles/profile.ts';
import { acceptEncoding } from '../../src/net/contentCoding.ts';
import { terminalPorts } from '../../src/net/terminalPorts.ts';
import { corpusEnvironment } from './codeCorpus.ts';

/** Where and how a text's request is prepared. */
export interface PreparedCodeOptions {
  readonly folder?: string;
  /** Of the profile `p`; with a `baseUrl` it is on this machine. */
  readonly profile?: Readonly<Record<string, unknown>>;
  /** The value of `{{origin}}`. */
  readonly origin?: string;
  readonly token?: string;
}

function optionsFor({ folder = '.', profile = {}, origin = '', token }: PreparedCodeOptions): PrepareOptions {
  const file = path.join(folder, 'test.cbhttp');
  return {
    profiles: readProfiles({ p: profile }, 'p'),
    variables: { origin },
    signal: new AbortController().signal,
    credentials: { token: () => Promise.resolve(token) },
    consent: { allows: () => Promise.resolve(true) },
    acceptEncoding,
    ports: terminalPorts({
      file,
      root: undefined,
      environment: corpusEnvironment,
      memory: { last: () => undefined },
    }),
    userAgent: 'test/1',
  };
}

function firstRequest(text: string) {
  const document = parseCbhttp(text);
  const placed = placedRequests(document)[0];
  assert.ok(placed, text);
  return { document, placed };
}

/** The first request of a text as generators take it. */
export function codeRequestOf(
  text: string,
  options: PreparedCodeOptions = {},
  { view = 'address', withSecrets = false }: Partial<CodeOptions> = {},
): Promise<CodeRequest> {
  const { document, placed } = firstRequest(text);
  return prepareForCode(document, placed, optionsFor(options), { view, withSecrets });
}

/** The first request of a text as it is sent. */
export function preparedOf(text: string, options: PreparedCodeOptions = {}): Promise<PreparedRequest> {
  const { document, placed } = firstRequest(text);
  return prepareRequest(document, placed, optionsFor(options));
}
