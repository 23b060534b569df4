import { directiveOf, fileFunction, type CbDocument, type CbRequest, type Section } from '../document.ts';
import type { LanguageContext } from '../languageContext.ts';
import type { Place } from './place.ts';

/** A function that a request is sent to, and the path, with its slash, without a query. */
interface Use {
  readonly request: CbRequest;
  readonly name: string;
  readonly path: string;
}

/** Names of the HTTP functions that are known: of the workspace, of the profiles, and of this document's requests. */
export function functionNames(
  document: CbDocument,
  { functions, profiles }: LanguageContext,
  except: CbRequest | undefined,
): readonly string[] {
  const names = new Set(functions.filter(({ kind }) => kind === 'http').map(({ name }) => name));
  for (const name of Object.keys(profiles.active.functions)) names.add(name);
  const events = new Set(functions.filter(({ kind }) => kind === 'event').map(({ name }) => name));
  for (const { name, request } of usesIn(document)) {
    if (request !== except && !events.has(name)) names.add(name);
  }
  return [...names];
}

/** Paths under which requests call a function, those of this document first. */
export function functionPaths(
  document: CbDocument,
  name: string,
  { functions }: LanguageContext,
  except: CbRequest | undefined,
): readonly string[] {
  const paths = new Set<string>();
  for (const use of usesIn(document)) {
    if (use.name === name && use.request !== except && use.path.length > 1) paths.add(use.path);
  }
  for (const path of functions.find((one) => one.name === name)?.paths ?? []) paths.add(path);
  return [...paths];
}

/** The function that a path means at a place: `@function` of its request, else of the file. */
export function functionAt(document: CbDocument, { request }: Place): string | undefined {
  const own = request && directiveOf(request, 'function')?.value;
  return own ?? fileFunction(document)?.directive.value;
}

function* usesIn(document: CbDocument): Iterable<Use> {
  for (const section of document.sections) yield* usesInSection(section);
}

function usesInSection(section: Section): readonly Use[] {
  let uses = usesOf.get(section);
  if (uses === undefined) {
    uses = section.requests.flatMap((request) => {
      const match = /^(?:fn:\/\/([^/?#\s{}]+))?(\/[^?#\s]*)?/i.exec(request.target);
      const directive = directiveOf(request, 'function')?.value;
      const name = match?.[1] ?? (match?.[2] === undefined ? undefined : directive);
      return !name || name.includes('{{') ? [] : [{ request, name, path: match?.[2] ?? '' }];
    });
    usesOf.set(section, uses);
  }
  return uses;
}

const usesOf = new WeakMap<Section, readonly Use[]>();
