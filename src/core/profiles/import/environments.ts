import { parse, type ParseError } from 'jsonc-parser';
import { isSecretName, isWrittenOut } from '../plainSecrets.ts';
import { SHARED, type Found, type FoundProfile } from './found.ts';

const NOTHING: Found = { profiles: [], shared: null, leftOut: [] };

/**
 * Environments as REST Client, httpYac and JetBrains write them: name → variable → value, with `$shared` for what all
 * have. Null for what is no object.
 */
export function readEnvironmentVariables(value: unknown): Found | null {
  if (!isRecord(value)) return null;
  const leftOut: string[] = [];
  const environments = Object.entries(value).flatMap(([name, variables]) =>
    isRecord(variables) && name !== '$schema' ? [readVariables(name, variables, leftOut)] : [],
  );
  return {
    // `$default` is httpYac's: variables for when no environment is chosen, which always is one here.
    profiles: environments.filter(({ name }) => !name.startsWith('$')),
    shared: environments.find(({ name }) => name === SHARED) ?? null,
    leftOut,
  };
}

/** `http-client.env.json` and its like: JSON with comments. Null where it cannot be read. */
export function readEnvironmentFile(text: string): Found | null {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  return errors.length > 0 ? null : readEnvironmentVariables(value);
}

/** The variables of a `.env` file as one profile, or as what all share where the file's name has no environment. */
export function readDotenvProfile(fileName: string, variables: Readonly<Record<string, string>>): Found {
  const environment = environmentOfFile(fileName);
  if (environment === null) return NOTHING;
  const leftOut: string[] = [];
  const found = readVariables(environment, variables, leftOut);
  return environment === SHARED
    ? { profiles: [], shared: found, leftOut }
    : { profiles: [found], shared: null, leftOut };
}

/**
 * The environment of a `.env` file by its name, as httpYac takes it: `.env.dev` and `dev.env` are `dev`, `.env` is for
 * all. Null for templates, and for `.env.local`, which belongs to a machine.
 */
export function environmentOfFile(fileName: string): string | null {
  if (fileName === '.env') return SHARED;
  const name = /^\.env\.(.+)$/.exec(fileName)?.[1] ?? /^(.+)\.env$/.exec(fileName)?.[1];
  if (name === undefined || /(?:^|\.)(?:local|example|sample|template|defaults?)$/i.test(name)) return null;
  return name;
}

function readVariables(name: string, given: Record<string, unknown>, leftOut: string[]): FoundProfile {
  const variables: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      leftOut.push(`${name}.${key}`);
      continue;
    }
    const text = withoutShared(String(value));
    (isSecretName(key) && isWrittenOut(text) ? secrets : variables)[key] = text;
  }
  return { name, envId: '', variables, secrets };
}

/** REST Client says `{{$shared name}}` for what here is `{{name}}`. */
function withoutShared(text: string): string {
  return text.replaceAll(/\{\{\s*\$shared\s+([^\s{}]+)\s*\}\}/g, '{{$1}}');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
