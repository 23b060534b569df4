import { msg, type Message } from '../message.ts';
import type { Profile } from './profile.ts';

const SECRET_NAME =
  /passw(?:or)?d|passphrase|pwd\b|secret|token|credential|api[-_]?key|access[-_]?key|private[-_]?key|^auth$|authorization|cookie$/i;
/** What says how much, when or where of something secret, and is none: `maxTokens`, `tokenUrl`. */
const NO_SECRET_NAME =
  /(?:max|total|count|num|limit)[-_]?(?:of[-_]?)?tokens?|tokens$|(?:url|uri|endpoint|type|name|path|expires?(?:in|at)?|ttl)$/i;

/** True for a variable or header whose value is likely to be a secret, by its name. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET_NAME.test(name);
}

/** True for a value that is written out, not taken from a variable; a scheme such as `Bearer` alone is none. */
export function isWrittenOut(value: string): boolean {
  return !value.includes('{{') && value.trim().replace(/^(?:basic|bearer|digest)$/i, '') !== '';
}

/**
 * Warnings of values in a profile that look like secrets: settings are read by others, go into repositories and are
 * carried to other machines.
 */
export function plainSecrets(
  name: string,
  { headers, variables }: Pick<Profile, 'headers' | 'variables'>,
): readonly Message[] {
  const found = [
    ...Object.entries(headers).map(([key, value]) => ({ key, value, path: `${name}.headers.${key}` })),
    ...Object.entries(variables).map(([key, value]) => ({ key, value, path: `${name}.variables.${key}` })),
  ].filter(({ key, value }) => isSecretName(key) && isWrittenOut(value));
  return found.map(({ key, path }) =>
    msg(
      'cbhttp.profiles.{0} looks like a secret, and settings are no place for one. Write {1} there and set it by the command "Set Secret".',
      path,
      `{{$secret ${key}}}`,
    ),
  );
}

/** Names of the `$secret` values that a profile's own headers, variables and certificate need, each once. */
export function secretNamesOf({ headers, variables, tls }: Profile): readonly string[] {
  const texts = [...Object.values(headers), ...Object.values(variables)];
  const named = texts.flatMap((text) =>
    [...text.matchAll(/\{\{\s*\$secret\s+([^\s{}]+)\s*\}\}/g)].map(([, name = '']) => name),
  );
  return [...new Set([...named, ...(tls.passphraseSecret === '' ? [] : [tls.passphraseSecret])])];
}
