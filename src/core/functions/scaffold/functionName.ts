import { msg, type Message } from '../../message.ts';

/** Names that are in use where a new function would go. */
export interface TakenNames {
  /** Of functions that the configs declare. */
  readonly functions: ReadonlySet<string>;
  /** Of folders and files beside which the function's folder would stand. */
  readonly folders: ReadonlySet<string>;
  /** Of files beside which its request file would stand. */
  readonly files: ReadonlySet<string>;
}

/** What is wrong with a new function's name; null for nothing. Source: facts sheet, sections 1 and 6. */
export function checkFunctionName(name: string, { functions, folders, files }: TakenNames): Message | null {
  if (!/^[a-zA-Z][a-zA-Z0-9_-]{0,58}[a-zA-Z0-9]$/.test(name)) {
    return msg(
      'A name has 2 to 60 letters, digits, "-" and "_"; it begins with a letter and ends with a letter or digit.',
    );
  }
  if (isIn(functions, name)) return msg('There is a function "{0}" already.', name);
  if (isIn(folders, name)) return msg('There is a folder "{0}" already.', name);
  const file = requestFileName(name);
  return isIn(files, file) ? msg('There is a file "{0}" already.', file) : null;
}

/** The file for a function's requests. */
export function requestFileName(functionName: string): string {
  return `${functionName}.cbhttp`;
}

/** A name like this one that is free. */
export function freeFunctionName(name: string, taken: TakenNames): string {
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${name}-${number}`;
    if (checkFunctionName(tried, taken) === null) return tried;
  }
}

/** Not every disk takes notice of case. */
function isIn(names: ReadonlySet<string>, name: string): boolean {
  if (names.has(name)) return true;
  const wanted = name.toLowerCase();
  return [...names].some((one) => one.toLowerCase() === wanted);
}
