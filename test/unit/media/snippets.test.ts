import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import snippets from '../../../media/cbhttp.code-snippets.json';
import { directiveWords } from '../../../src/core/cbhttp/directives.ts';
import { placedRequests, type Problem } from '../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../src/core/cbhttp/parse.ts';

interface Snippet {
  readonly description: string;
  readonly body: string | readonly string[];
}
const all: readonly (readonly [string, Snippet])[] = Object.entries(snippets);

/** What the editor inserts below `line` where every choice is left as it is. */
function expand({ body }: Snippet, line = ''): string {
  const chosen = new Map<string, string>();
  const text = typeof body === 'string' ? body : body.join('\n');
  const mark = /^\s*(?:#|\/\/)/.test(line) ? '@' : '# @';
  return text
    .replaceAll(/\$\{TM_CURRENT_LINE\/.*?\/\$\{1:\?@:# @\}\/\}/g, mark)
    .replaceAll(
      /(?<!\\)\$\{(\d)(?:\|([^,|]+)[^|]*\||:((?:[^{}\\]|\\.)*))\}/g,
      (_, index: string, first, text) => {
        const value = String(first ?? text).replaceAll(/\\([$}\\])/g, '$1');
        if (!chosen.has(index)) chosen.set(index, value);
        return chosen.get(index) ?? '';
      },
    )
    .replaceAll(/(?<!\\)\$0/g, '')
    .replaceAll(/\\([$}\\])/g, '$1');
}

const problemsOf = (text: string): readonly Problem[] =>
  parseCbhttp(text).sections.flatMap(({ problems }) => problems);

describe('snippets', () => {
  it('have no word to type, which would come up in targets and headers too, and a line in both languages', () => {
    for (const [name, { description, ...rest }] of all) {
      assert.deepEqual(Object.keys(rest), ['body'], name);
      assert.match(description, /^[A-Z][^·]{3,60} · [^·]{2,40}$/, name);
      assert.match(description.split(' · ')[1] ?? '', /\p{Script=Han}/u, name);
    }
  });

  it('write what the parser takes without a remark', () => {
    for (const [name, snippet] of all.filter(([name]) => !name.startsWith('@'))) {
      assert.doesNotMatch(expand(snippet), /\$\{|\$\d/, name);
      assert.deepEqual(problemsOf(expand(snippet)), [], name);
    }
  });

  it('have a request for every method and keyword, each under its separator', () => {
    const methods = new Set<string>();
    for (const [name, snippet] of all.filter(([name]) => name.includes('equest'))) {
      const text = expand(snippet);
      assert.ok(text.startsWith('### '), name);
      for (const { request } of placedRequests(parseCbhttp(text))) methods.add(request.method);
    }
    const known = ['DELETE', 'GET', 'GRAPHQL', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'SSE', 'TRACE'];
    assert.deepEqual([...methods].sort(), known);
  });

  it('have every directive, on an empty line and behind a comment mark', () => {
    const written = all.filter(([name]) => name.startsWith('@'));
    assert.deepEqual(written.map(([name]) => name.slice(1)).sort(), [...directiveWords].sort());
    for (const [name, snippet] of written) {
      for (const [line, start] of [
        ['', ''],
        ['  // @na', '  // '],
      ] as const) {
        const text = `${start}${expand(snippet, line)}\nGET fn://a`;
        const [placed] = placedRequests(parseCbhttp(text));
        assert.deepEqual(
          placed?.request.directives.map(({ word }) => word),
          [name.slice(1)],
        );
        assert.deepEqual(
          problemsOf(text).filter(({ code }) => code !== 'without-effect'),
          [],
          name,
        );
      }
    }
  });
});
