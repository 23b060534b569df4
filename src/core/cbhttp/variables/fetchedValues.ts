import { CbError, isCbError } from '../../errors.ts';
import { failed } from '../../failures/failed.ts';
import type { BodySource } from '../../ports.ts';
import type { JsonPathEngine } from '../../stream/search/jsonPathMatcher.ts';
import type { Span } from '../document.ts';
import type { Question, SecretBinding, SendPorts } from './sendPorts.ts';

/** What a request needs from outside; fetched stage by stage: what can fail without the user before what is asked. */
type Need =
  | {
      readonly stage: 0;
      readonly kind: 'file';
      readonly path: string;
      readonly isWhole: boolean;
      readonly use: Span;
    }
  | { readonly stage: 0; readonly kind: 'dotenv' | 'jsonPath'; readonly use: Span }
  | { readonly stage: 1; readonly kind: 'question'; readonly question: Question; readonly use: Span }
  | { readonly stage: 2; readonly kind: 'secret'; readonly name: string; readonly use: Span };

/** Where the secrets of a request belong. */
export type SecretPlace = Omit<SecretBinding, 'name'>;

/** How values are fetched. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Where secrets go; asked after everything but secrets is known. Null where that is not known: none is fetched. */
  readonly bindSecrets: () => SecretPlace | null;
}

/**
 * The values of one send that come from outside, each fetched once. Those that are not there yet are undefined, and
 * noted with the place that uses them.
 */
export interface FetchedValues {
  file(path: string, isWhole: boolean, use: Span): Uint8Array | BodySource | Error | undefined;
  dotenv(use: Span): Readonly<Record<string, string>> | undefined;
  jsonPath(use: Span): JsonPathEngine | undefined;
  answer(question: Question, use: Span): string | undefined;
  secret(name: string, use: Span): string | undefined;
  /**
   * Fetches what was noted, one stage of it; false where that was nothing.
   * @throws CbError what the ports throw, with the place that uses the value as span; `missing-secret`
   */
  fetch(options: FetchOptions): Promise<boolean>;
  /** Where the secrets that were fetched belong; null where none was. */
  secretPlace(): SecretPlace | null;
}

/** Nothing is fetched before it is noted. */
export function createFetchedValues(ports: SendPorts): FetchedValues {
  const files = new Map<string, Uint8Array | BodySource | Error>();
  const answers = new Map<string, string>();
  const secrets = new Map<string, string>();
  let dotenv: Readonly<Record<string, string>> | undefined;
  let engine: JsonPathEngine | undefined;
  let needs = new Map<string, Need>();
  let secretPlace: SecretPlace | null = null;

  const fetchFile = async (
    { path, isWhole }: { readonly path: string; readonly isWhole: boolean },
    signal: AbortSignal,
  ): Promise<Uint8Array | BodySource | Error> => {
    try {
      if (isWhole || ports.openBodyFile === undefined) return await ports.readBodyFile(path, { signal });
      return await ports.openBodyFile(path, { signal });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error)); // thrown where the file is used
    }
  };

  /** @returns whether it is there now */
  const fetchNeed = async (need: Need, { signal, bindSecrets }: FetchOptions): Promise<boolean> => {
    switch (need.kind) {
      case 'file':
        files.set(`${need.isWhole} ${need.path}`, await fetchFile(need, signal));
        break;
      case 'dotenv':
        dotenv = (await ports.dotenv?.({ signal })) ?? {};
        break;
      case 'jsonPath':
        engine = await ports.loadJsonPath();
        break;
      case 'question':
        answers.set(questionKey(need.question), await ports.ask(need.question, { signal }));
        break;
      case 'secret': {
        const place = bindSecrets();
        if (place === null) return false;
        secretPlace = place;
        const value = await ports.secret({ ...place, name: need.name }, { signal });
        if (value === undefined) throw missingSecret(need.name, place.profile);
        secrets.set(need.name, value);
      }
    }
    signal.throwIfAborted();
    return true;
  };

  const noted = <T>(value: T | undefined, key: string, need: Need): T | undefined => {
    if (value === undefined) needs.set(key, need);
    return value;
  };

  return {
    file(path, isWhole, use) {
      const key = `${isWhole} ${path}`;
      return noted(files.get(key), `file ${key}`, { stage: 0, kind: 'file', path, isWhole, use });
    },
    dotenv: (use) => noted(dotenv, 'dotenv', { stage: 0, kind: 'dotenv', use }),
    jsonPath: (use) => noted(engine, 'jsonPath', { stage: 0, kind: 'jsonPath', use }),
    answer(question, use) {
      const key = questionKey(question);
      return noted(answers.get(key), `question ${key}`, { stage: 1, kind: 'question', question, use });
    },
    secret: (name, use) =>
      noted(secrets.get(name), `secret ${name}`, { stage: 2, kind: 'secret', name, use }),
    async fetch(options) {
      const all = [...needs.values()];
      needs = new Map();
      const stage = Math.min(...all.map((need) => need.stage));
      let hasFetched = false;
      for (const need of all.filter((one) => one.stage === stage)) {
        try {
          hasFetched = (await fetchNeed(need, options)) || hasFetched;
        } catch (error) {
          throw atPlace(error, need.use);
        }
      }
      return hasFetched;
    },
    // Not a getter: V8 makes a class of its own for each object literal that has one.
    secretPlace: () => secretPlace,
  };
}

/** The error with a place, where it is one of ours and has none. */
export function atPlace(error: unknown, span: Span): unknown {
  if (!isCbError(error) || error.span !== undefined) return error;
  return new CbError(error.code, error.display, { cause: error, span, kind: error.kind });
}

/** What makes two questions the same. */
export function questionKey({ name, isHidden }: Question): string {
  return `${isHidden ? 'hidden' : 'open'} ${name}`;
}

/** That a profile has no secret of that name where a request goes. */
export function missingSecret(name: string, profile: string): CbError {
  return failed('missing-secret', [profile, name]);
}
