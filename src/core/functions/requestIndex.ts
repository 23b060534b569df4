import {
  fileFunction,
  placedRequests,
  requestKeys,
  requestLabel,
  type CbDocument,
  type CbRequest,
  type Section,
} from '../cbhttp/document.ts';
import { functionOf } from '../cbhttp/navigate/functionOf.ts';
import {
  mayReadAnswer,
  meantBy,
  occurrencesIn,
  type NameKind,
  type Occurrence,
} from '../cbhttp/navigate/occurrences.ts';
import { withoutUserInfo } from '../profiles/redact.ts';

/** A request as the workspace knows it, its file open or not. */
export interface IndexedRequest {
  /** Title, else name, else what it sends. */
  readonly label: string;
  /** See `requestKeys`. */
  readonly key: string;
  /** `@name`, or null. */
  readonly name: string | null;
  readonly method: string;
  /** As written, without user and password. */
  readonly target: string;
  /** The function it calls, or null. */
  readonly functionName: string | null;
  /** 0-based line of the request line. */
  readonly line: number;
}

/** A name that other files may share, and where it stands: `name.length` UTF-16 units from there. */
export interface IndexedName {
  readonly kind: Exclude<NameKind, 'variable'>;
  readonly name: string;
  readonly role: 'definition' | 'use';
  /** 0-based. */
  readonly line: number;
  readonly column: number;
}

/** What the index keeps of a file. */
export interface FileSummary {
  readonly requests: readonly IndexedRequest[];
  readonly names: readonly IndexedName[];
}

/** A file's state on the disk: while it is the same, the file is not read again. */
export interface FileStamp {
  /** ms since the epoch. */
  readonly mtime: number;
  /** Bytes. */
  readonly size: number;
}

/** What the index keeps of a document. Kept for each document. */
export function summarize(document: CbDocument): FileSummary {
  let summary = summaries.get(document);
  if (summary === undefined) {
    summary = { requests: requestsIn(document), names: namesIn(document) };
    summaries.set(document, summary);
  }
  return summary;
}

const summaries = new WeakMap<CbDocument, FileSummary>();

/** The requests and shared names of all request files, by the file's URI. */
export class RequestIndex {
  readonly #files = new Map<string, { readonly stamp: FileStamp; readonly summary: FileSummary }>();

  /** True if the file was read in this state: it need not be read again. */
  isCurrent(uri: string, stamp: FileStamp): boolean {
    const known = this.#files.get(uri)?.stamp;
    return known?.mtime === stamp.mtime && known.size === stamp.size;
  }

  set(uri: string, stamp: FileStamp, summary: FileSummary): void {
    this.#files.set(uri, { stamp, summary });
  }

  /** The URIs of a file, or of all files of a folder. */
  within(uri: string): readonly string[] {
    return [...this.#files.keys()].filter((file) => file === uri || file.startsWith(`${uri}/`));
  }

  /** Forgets a file. @returns whether it was there */
  delete(uri: string): boolean {
    return this.#files.delete(uri);
  }

  /** Forgets every file that is not among these. @returns whether there was any */
  keepOnly(uris: ReadonlySet<string>): boolean {
    const gone = [...this.#files.keys()].filter((uri) => !uris.has(uri));
    for (const uri of gone) this.#files.delete(uri);
    return gone.length > 0;
  }

  /** All files, in the order of their URIs; `open` are those whose text is newer than the file's. */
  files(open: ReadonlyMap<string, FileSummary> = new Map()): ReadonlyMap<string, FileSummary> {
    const all = new Map([...this.#files].map(([uri, { summary }]) => [uri, summary]));
    for (const [uri, summary] of open) all.set(uri, summary);
    return new Map([...all].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }
}

/** A request and the URI of its file. */
export interface LocatedIndexedRequest {
  readonly uri: string;
  readonly request: IndexedRequest;
}

/** The requests of all files by the function they call, in the files' order. */
export function requestsByFunction(
  files: ReadonlyMap<string, FileSummary>,
): ReadonlyMap<string, readonly LocatedIndexedRequest[]> {
  const byFunction = new Map<string, LocatedIndexedRequest[]>();
  for (const [uri, { requests }] of files) {
    for (const request of requests) {
      if (request.functionName === null) continue;
      const known = byFunction.get(request.functionName);
      if (known === undefined) byFunction.set(request.functionName, [{ uri, request }]);
      else known.push({ uri, request });
    }
  }
  return byFunction;
}

/** The paths that requests use after `fn://name`, for completion: each with its slash, without query, once. */
export function pathsByFunction(
  files: ReadonlyMap<string, FileSummary>,
): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>();
  for (const [name, located] of requestsByFunction(files)) {
    const used = located.map(({ request }) => pathOf(request.target)).filter((path) => path.length > 1);
    paths.set(name, [...new Set(used)].sort());
  }
  return paths;
}

function requestsIn(document: CbDocument): IndexedRequest[] {
  const ofFile = fileFunction(document)?.directive.value ?? null;
  const keys = requestKeys(document);
  return placedRequests(document).map((placed) => {
    const { request, sectionLine, index } = placed;
    let kept = shownOf.get(request);
    if (kept === undefined) {
      const { name, method, target } = request;
      kept = { label: requestLabel(request), name, method, target: withoutUserInfo(target) };
      shownOf.set(request, kept);
    }
    const functionName = functionOf(document, placed, ofFile);
    return { ...kept, key: keys[index] ?? '', functionName, line: sectionLine + request.line };
  });
}

/** What of a request does not depend on its place. */
const shownOf = new WeakMap<CbRequest, Omit<IndexedRequest, 'key' | 'functionName' | 'line'>>();

function namesIn(document: CbDocument): IndexedName[] {
  const names: IndexedName[] = [];
  for (const [index, section] of document.sections.entries()) {
    const start = document.lines[index] ?? 0;
    for (const { one, line, column } of sectionNames(section)) {
      const meant = meantBy(document, index, one);
      if (meant === undefined || meant.kind === 'variable') continue;
      const { kind, name } = meant;
      names.push({ kind, name, role: one.role === 'use' ? 'use' : 'definition', line: start + line, column });
    }
  }
  return names;
}

/** What may be shared of a section, its line counted from the section's first. */
interface SectionName extends Pick<IndexedName, 'line' | 'column'> {
  readonly one: Occurrence;
}

const namesOf = new WeakMap<Section, readonly SectionName[]>();

function sectionNames(section: Section): readonly SectionName[] {
  let names = namesOf.get(section);
  if (names === undefined) {
    const found: SectionName[] = [];
    let line = 0;
    for (const one of occurrencesIn(section)) {
      if (one.kind === 'variable' && !mayReadAnswer(one)) continue;
      const { start } = one.span;
      while ((section.lineStarts[line + 1] ?? Infinity) <= start) line++;
      found.push({ one, line, column: start - (section.lineStarts[line] ?? 0) });
    }
    names = found;
    namesOf.set(section, names);
  }
  return names;
}

/** The path of a target: after the function's name where there is one, as it is written. */
function pathOf(target: string): string {
  const afterName = target.replace(/^fn:\/\/[^/?#\s]*/i, '');
  return afterName.startsWith('/') ? afterName.replace(/[?#].*$/s, '') : '';
}
