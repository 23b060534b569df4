import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import type { CbDocument } from '../../../../../src/core/cbhttp/document.ts';
import type { LanguageContext } from '../../../../../src/core/cbhttp/languageContext.ts';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';

/** A document and the offset of the `¦` in its text, which is left out. */
export function atCursor(marked: string): { text: string; document: CbDocument; offset: number } {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  return { text, document: parseCbhttp(text), offset: offset === -1 ? text.length : offset };
}

/** A workspace: two HTTP functions, an event function, three profiles, one exchange of the request `hello`. */
export function workspace(changes: Partial<LanguageContext> = {}): LanguageContext {
  return {
    profiles: readProfiles(
      {
        $shared: { variables: { lang: 'zh' } },
        dev: { envId: 'my-dev-1a2b', variables: { user: 'alice' } },
        local: { route: 'local' },
        prod: {
          envId: 'my-prod',
          route: 'service',
          baseUrl: 'https://api.example.com',
          protected: true,
          variables: { user: 'bob' },
        },
      },
      'dev',
    ),
    functions: [
      { name: 'express-sse', kind: 'http', folderUri: 'file:///w/functions/express-sse', paths: ['/sse'] },
      { name: 'chat', kind: 'http', folderUri: null, paths: [] },
      { name: 'nightly', kind: 'event', folderUri: null, paths: [] },
    ],
    lastExchange: (name) =>
      name !== 'hello'
        ? undefined
        : {
            status: 404,
            headers: [
              ['Content-Type', 'application/json'],
              ['X-Trace', 'abc'],
            ],
            json: { user: { name: 'Alice', 'home-town': 'X' }, list: [{ id: 7 }] },
            eventCount: 2,
            eventData: (index) => ['{"id":"e1"}', '{"id":"e2","delta":{"text":"hi"}}'].at(index),
            text: '{"user":…}',
          },
    secretNames: (profile) => (profile === 'dev' ? ['token'] : []),
    environmentNames: ['HOME', 'PATH'],
    dotenvNames: ['DB_URL'],
    otherRequestNames: ['signIn'],
    fileExists: () => undefined,
    ...changes,
  };
}
