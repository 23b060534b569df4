import { importCode, writeImported } from '../../../../src/core/import/importCode.ts';
import type { ImportSurroundings } from '../../../../src/core/import/findFunction.ts';
import { formatMessage } from '../../../../src/core/message.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';

/** What the tests' imports know of a workspace. */
export const surroundings: ImportSurroundings = {
  profiles: readProfiles(
    { dev: { envId: 'dev-1a2b', auth: 'apiKey' }, prod: { envId: 'prod-3c4d' }, local: { route: 'local' } },
    'dev',
  ),
  functions: [],
  secretNames: [],
};

/** The code as requests, hints as comments; the problem, if there is one, with the text it is about. */
export function importedText(code: string): string {
  const imported = importCode(code, surroundings);
  const { problem } = imported;
  const text = writeImported(imported.requests, (message) => formatMessage(message));
  if (problem === null) return text;
  return `${text}!!! ${formatMessage(problem.message)} ${code.slice(problem.span.start, problem.span.end)}\n`;
}
