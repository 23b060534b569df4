import { findNodeAtLocation, parseTree } from 'jsonc-parser';

/** Where a text gives a variable its value: UTF-16 offsets of the name, end exclusive. */
export interface VariablePlace {
  readonly start: number;
  readonly end: number;
}

/**
 * A variable of a profile in the text of a `settings.json`, or of a `.code-workspace`, whose settings stand one level
 * deeper; quotes are not part of it. Undefined where the text does not have it.
 */
export function variableInSettings(text: string, profile: string, name: string): VariablePlace | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const path = ['cbhttp.profiles', profile, 'variables', name];
  const value = root && (findNodeAtLocation(root, path) ?? findNodeAtLocation(root, ['settings', ...path]));
  const key = value?.parent?.children?.[0];
  return key && { start: key.offset + 1, end: key.offset + key.length - 1 };
}

/** A variable in the text of a `.env` file: its last definition, which is the one that counts. */
export function variableInDotenv(text: string, name: string): VariablePlace | undefined {
  let found: VariablePlace | undefined;
  for (const match of text.matchAll(/^([ \t]*(?:export[ \t]+)?)([^\s=#]+)[ \t]*=/gm)) {
    if (match[2] !== name) continue;
    const start = match.index + (match[1]?.length ?? 0);
    found = { start, end: start + name.length };
  }
  return found;
}
