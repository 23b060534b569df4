import type { FileSummary, IndexedName } from '../../functions/requestIndex.ts';

/** A name in a file of the workspace. */
export interface LocatedName {
  readonly uri: string;
  readonly name: IndexedName;
}

/**
 * Everything in the workspace that means the same function or request as a name in the file `uri`.
 *
 * Functions belong to all files. A request's name is looked up in its own file first and then in the others, where
 * the first file that has it wins; so a file that defines the name means its own, and the others mean that first one.
 * @param files in the order of their URIs
 */
export function sharedNames(
  files: ReadonlyMap<string, FileSummary>,
  uri: string,
  kind: IndexedName['kind'],
  name: string,
): readonly LocatedName[] {
  const all = [...files].flatMap(([file, { names }]) =>
    names.filter((one) => one.kind === kind && one.name === name).map((one) => ({ uri: file, name: one })),
  );
  if (kind === 'function') return all;
  const owners = new Set(all.filter((one) => one.name.role === 'definition').map((one) => one.uri));
  const [first] = owners;
  const home = owners.has(uri) ? uri : first;
  return all.filter((one) => one.uri === home || (home === first && !owners.has(one.uri)));
}
