import type { ProfileSet } from '../profiles/profile.ts';
import type { FunctionAddresses } from '../profiles/target.ts';

/** A function of the workspace, local or deployed. */
export interface FunctionInfo {
  readonly name: string;
  readonly kind: 'http' | 'event';
  /** Of its code, as a URI; null where the workspace does not hold it. */
  readonly folderUri: string | null;
  /** Paths that requests of the workspace use after `fn://name`, each with its slash and without a query. */
  readonly paths: readonly string[];
}

/** What is left of the last exchange of a request; secrets are masked already. */
export interface LastExchange {
  /** HTTP status. */
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, parsed; undefined where it is no JSON. */
  readonly json: unknown;
  /** Events received; 0 where it was no stream. */
  readonly eventCount: number;
  /** Data of an event by its 0-based index, from the end where it is negative; undefined where there is none. */
  readonly eventData: (index: number) => string | undefined;
  /** The body, or a stream's assembled text. */
  readonly text: string;
}

/** What the language features know beside the document's text. */
export interface LanguageContext {
  readonly profiles: ProfileSet;
  readonly functions: readonly FunctionInfo[];
  /** Where functions run and which routes lead to them, besides the profile. */
  readonly addresses?: FunctionAddresses;
  /** The last exchange of the request of that name: this document's, else the workspace's. */
  readonly lastExchange: (requestName: string) => LastExchange | undefined;
  /** Names only, of the secrets of one profile. */
  readonly secretNames: (profile: string) => readonly string[];
  /** Of the process's environment; none where the workspace is not trusted. */
  readonly environmentNames: readonly string[];
  /** Of `.env` beside the file or at the workspace's root; none where the workspace is not trusted. */
  readonly dotenvNames: readonly string[];
  /** `@name`s in the workspace's other files. */
  readonly otherRequestNames: readonly string[];
  /** Whether a body file, written relative to the document, is there; undefined where that is not known yet. */
  readonly fileExists: (path: string) => boolean | undefined;
  /** Whether that path leads out of the workspace, from where nothing is sent; undefined where there is none. */
  readonly isOutside?: (path: string) => boolean | undefined;
}
