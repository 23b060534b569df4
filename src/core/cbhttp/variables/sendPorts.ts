import type { BodySource, CredentialBinding } from '../../ports.ts';
import type { JsonPathEngine } from '../../stream/search/jsonPathMatcher.ts';
import type { ExchangeMemory } from './exchange.ts';

/** Something to be asked of the user. */
export interface Question {
  /** By which `--var` answers it, and under which the last answer is remembered. */
  readonly name: string;
  readonly label: string;
  /** What is typed stays hidden, and is not remembered. */
  readonly isHidden: boolean;
  /** What the question begins with, where nothing was answered before; empty for nothing. */
  readonly initial: string;
}

/** Where a `$secret` belongs: it goes to this environment at this origin and nowhere else. */
export interface SecretBinding extends CredentialBinding {
  readonly name: string;
}

/** What the variables and the body of a request need from outside. Every promise may take a user’s time. */
export interface SendPorts {
  /** @throws CbError `cancelled` where the user gives no answer; then nothing is sent */
  ask(question: Question, options: { readonly signal: AbortSignal }): Promise<string>;
  /** The secret kept for exactly this binding; asks for one that is absent. Undefined where there is none. */
  secret(binding: SecretBinding, options: { readonly signal: AbortSignal }): Promise<string | undefined>;
  /** The process's environment; null where the workspace is not trusted. */
  readonly environment: Readonly<Record<string, string | undefined>> | null;
  /** `.env` beside the document, over the one at the workspace's root; null where the workspace is not trusted. */
  readonly dotenv:
    ((options: { readonly signal: AbortSignal }) => Promise<Readonly<Record<string, string>>>) | null;
  /**
   * The bytes of a file, by its path from the document's folder.
   * @throws CbError `body-file` where it is not there, cannot be read or is outside the workspace
   */
  readBodyFile(path: string, options: { readonly signal: AbortSignal }): Promise<Uint8Array>;
  /** The same for a file that is sent as it is: a large one is read as it is sent. Without it none is. */
  openBodyFile?(path: string, options: { readonly signal: AbortSignal }): Promise<Uint8Array | BodySource>;
  readonly memory: ExchangeMemory;
  /** What file variables made (`@id = {{$guid}}`), by place: the same for requests that are sent together. */
  readonly madeValues?: Map<string, string>;
  loadJsonPath(): Promise<JsonPathEngine>;
}
