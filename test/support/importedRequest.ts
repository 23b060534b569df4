import { createHoles, sayText } from '../../src/core/import/holes.ts';
import type { ImportedRequest } from '../../src/core/import/imported.ts';

/** The text of an imported request, its secrets back in their places. */
export function withSecrets({ text, secrets }: ImportedRequest): string {
  return secrets.reduce(
    (filled, { name, value }) =>
      filled.replaceAll(`{{$secret ${name}}}`, () => sayText(value, createHoles())),
    text,
  );
}
