import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { checkDocument } from '../../../../../src/core/cbhttp/check/checkDocument.ts';
import type { CbDocument, Problem } from '../../../../../src/core/cbhttp/document.ts';
import type { FunctionInfo, LanguageContext } from '../../../../../src/core/cbhttp/languageContext.ts';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';

/** A function as the workspace has it. */
export function functionInfo(name: string, kind: FunctionInfo['kind'] = 'http'): FunctionInfo {
  return { name, kind, folderUri: null, paths: [] };
}

/** A context that knows two profiles and nothing else, but for what is given. */
export function contextOf(parts: Partial<LanguageContext> = {}): LanguageContext {
  return {
    profiles: readProfiles(
      {
        $shared: { variables: { lang: 'zh' } },
        local: { route: 'local', variables: { user: 'alice' } },
        dev: { envId: 'my-dev-1a2b' },
      },
      'local',
    ),
    functions: [],
    lastExchange: () => undefined,
    secretNames: () => [],
    environmentNames: [],
    dotenvNames: [],
    otherRequestNames: [],
    fileExists: () => undefined,
    ...parts,
  };
}

/** A problem as tests read it: severity, code, and the text it stands at. */
export function shown(text: string, { severity, code, span }: Problem): string {
  return `${severity} ${code ?? ''} ${JSON.stringify(text.slice(span.start, span.end))}`;
}

/** All problems of a text as tests read them. */
export function problemsIn(text: string, context: LanguageContext = contextOf()): string[] {
  return checkText(text, context).problems.map((problem) => shown(text, problem));
}

/** A text, parsed and checked. */
export function checkText(
  text: string,
  context: LanguageContext = contextOf(),
): { document: CbDocument; problems: readonly Problem[] } {
  const document = parseCbhttp(text);
  return { document, problems: checkDocument(document, context) };
}
