import { freeSecretName, secretStart } from '../cbhttp/actions/secretActions.ts';
import { msg } from '../message.ts';
import { isSecretName } from '../profiles/plainSecrets.ts';
import { hasHole, hole, type Holes } from './holes.ts';
import { headerOf, type RequestParts } from './requestParts.ts';

/** Names for secrets that are free. */
export interface SecretNames {
  readonly holes: Holes;
  readonly taken: Set<string>;
  /** Names by value, of what this import has kept: the same value has the same name. */
  readonly kept: Map<string, string>;
}

/** Keeps a value out of the request. @returns the hole that stands for it */
export function keepSecret(
  parts: RequestParts,
  after: string,
  value: string,
  { holes, taken, kept }: SecretNames,
): string {
  const name = kept.get(value) ?? freeSecretName(after, [...taken]);
  taken.add(name);
  kept.set(value, name);
  if (parts.secrets.some((secret) => secret.name === name)) return hole(holes, `$secret ${name}`);
  parts.secrets.push({ name, value });
  parts.hints.push(
    msg('{0} stands for a secret of the code, which is not in this file.', `{{$secret ${name}}}`),
  );
  return hole(holes, `$secret ${name}`);
}

/** How a variable of the code is written: as a secret where its name says so. */
export function variableFor(name: string): string {
  return isSecretName(name) ? `$secret ${name}` : name;
}

/** Keeps the values of headers, of the query, of a form and of JSON that give access to something out of the request. */
export function hideSecrets(parts: RequestParts, names: SecretNames): void {
  parts.headers = parts.headers.map(([name, value]) => {
    const start = hasHole(value) ? null : secretStart(name, value);
    if (start === null) return [name, value];
    return [name, value.slice(0, start) + keepSecret(parts, name, value.slice(start), names)];
  });
  parts.target = parts.target.replace(
    /([?&])([^=&#]+)=([^&#]+)/g,
    (whole, before: string, key: string, value: string) => {
      if (hasHole(value) || !isSecretName(key) || value.length < 4) return whole;
      return `${before}${key}=${keepSecret(parts, key.replace(/[^\w-]/g, ''), value, names)}`;
    },
  );
  const type = headerOf(parts, 'content-type') ?? '';
  parts.body = parts.body.map((piece) =>
    piece.kind === 'text' ? { ...piece, text: withoutSecrets(piece.text, type, parts, names) } : piece,
  );
}

function withoutSecrets(text: string, type: string, parts: RequestParts, names: SecretNames): string {
  const kept = (whole: string, before: string, key: string, value: string, after = ''): string => {
    if (hasHole(value) || !isSecretName(key) || value.length < 4) return whole;
    return before + keepSecret(parts, key.replace(/[^\w-]/g, ''), value, names) + after;
  };
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    return text.replace(
      /((?:^|&)([^=&\s]{1,60})=)([^&\s]+)/g,
      (whole, before: string, key: string, value: string) => kept(whole, before, key, value),
    );
  }
  if (!/\bjson\b/i.test(type)) return text;
  // What has escapes would be another text where it is put in again as it is.
  return text.replace(
    /("([^"\\\n]{1,60})"\s{0,9}:\s{0,9}")([^"\\\n]+)(")/g,
    (whole, before: string, key: string, value: string, after: string) =>
      kept(whole, before, key, value, after),
  );
}
