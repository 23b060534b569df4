import type { FunctionInfo, LanguageContext } from '../languageContext.ts';

/** What every section's problems may rest on, beside the document's variables. */
export interface Surroundings {
  readonly context: LanguageContext;
  /** `@function` of the whole file. */
  readonly fileFunction: string | undefined;
}

/**
 * True if no problem can differ between the two for that reason. Compares what the contexts hold, since the
 * editor may make a new one for each question; responses and files are asked for one by one instead.
 */
export function isSameSurroundings(a: Surroundings, b: Surroundings): boolean {
  if (a.fileFunction !== b.fileFunction) return false;
  const one = a.context;
  const other = b.context;
  if (one === other) return true;
  return (
    isSameList(one.environmentNames, other.environmentNames) &&
    isSameList(one.dotenvNames, other.dotenvNames) &&
    isSameList(one.functions, other.functions, isSameFunction) &&
    JSON.stringify(one.addresses?.routes) === JSON.stringify(other.addresses?.routes) &&
    (one.profiles === other.profiles || JSON.stringify(one.profiles) === JSON.stringify(other.profiles))
  );
}

/** Folder and paths make no difference to any problem. */
function isSameFunction(a: FunctionInfo, b: FunctionInfo): boolean {
  return a.name === b.name && a.kind === b.kind;
}

function isSameList<T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (one: T, other: T) => boolean = (one, other) => one === other,
): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return other !== undefined && isSame(one, other);
    })
  );
}
