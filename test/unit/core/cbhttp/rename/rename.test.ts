import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { offsetAt } from '../../../../../src/core/cbhttp/document.ts';
import { occurrencesLike } from '../../../../../src/core/cbhttp/navigate/definition.ts';
import { formatMessage } from '../../../../../src/core/message.ts';
import { workspace } from '../complete/cursor.ts';
import { occurrencesOf } from '../navigate/allOccurrences.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { prepareRename, renameEdits } from '../../../../../src/core/cbhttp/rename/rename.ts';
import { summarize } from '../../../../../src/core/functions/requestIndex.ts';
import { cbhttpTexts } from '../format/cbhttpTexts.ts';

/** Renames what stands at the `|` of one of the files. @returns the files, or the reason for not doing it */
function rename(marked: Record<string, string>, newName: string): Record<string, string> | string {
  const texts = new Map(Object.entries(marked).map(([uri, text]) => [uri, text.replace('|', '')]));
  const uri = Object.keys(marked).find((one) => marked[one]?.includes('|')) ?? '';
  const offset = marked[uri]?.indexOf('|') ?? -1;
  const documents = new Map([...texts].map(([one, text]) => [one, parseCbhttp(text)]));
  const files = new Map([...documents].map(([one, document]) => [one, summarize(document)]));
  const document = documents.get(uri);
  assert.ok(document);
  const edits = renameEdits(document, offset, uri, files, newName);
  if ('refusal' in edits) return edits.refusal.text;
  for (const edit of [...edits].reverse()) {
    const changed = documents.get(edit.uri);
    assert.ok(changed);
    const at = offsetAt(changed, edit.line, edit.column);
    const text = texts.get(edit.uri) ?? '';
    texts.set(edit.uri, text.slice(0, at) + newName + text.slice(at + edit.length));
  }
  return Object.fromEntries(texts);
}

function refusal(marked: Record<string, string>, newName: string): string {
  const result = rename(marked, newName);
  return typeof result === 'string' ? result : 'renamed';
}

const inUse = 'The name {0} is in use already.';

describe('renameEdits', () => {
  it('renames a variable in its file only', () => {
    assert.deepEqual(
      rename(
        { a: '@us|er = 1\n@b = {{user}}\nGET /{{ user }}\n\n{{user}}', b: '@user = 2\nGET /{{user}}' },
        'who',
      ),
      { a: '@who = 1\n@b = {{who}}\nGET /{{ who }}\n\n{{who}}', b: '@user = 2\nGET /{{user}}' },
    );
    assert.deepEqual(rename({ a: '# @prompt code The code\nGET /{{co|de}}' }, 'pin'), {
      a: '# @prompt pin The code\nGET /{{pin}}',
    });
  });

  it('leaves the variable of the settings that one of the file passes on', () => {
    assert.deepEqual(rename({ a: '@use|r = {{user}}!\nGET /{{user}}' }, 'who'), {
      a: '@who = {{user}}!\nGET /{{who}}',
    });
    assert.deepEqual(rename({ a: '@use|r = a\n@user = {{user}}!\nGET /{{user}}' }, 'who'), {
      a: '@who = a\n@who = {{who}}!\nGET /{{who}}',
    });
  });

  it('renames a variable that is named like a system variable, and a request in every form of its use', () => {
    assert.deepEqual(rename({ a: '@$|x = a\nGET /{{$x}}{{$guid}}' }, 'x'), {
      a: '@x = a\nGET /{{x}}{{$guid}}',
    });
    const uses = '{{login.token}}{{login["a"]}}{{login.response.status}}{{loginX.a}}';
    assert.deepEqual(rename({ a: `# @name log|in\nGET /\n###\nGET /${uses}` }, 'me'), {
      a: `# @name me\nGET /\n###\nGET /${uses.replaceAll(/\{\{login(?=[.[])/g, '{{me')}`,
    });
    assert.deepEqual(rename({ a: '### Log |in\nGET /\n###\nGET /{{Log in.response.status}}' }, 'login'), {
      a: '### login\nGET /\n###\nGET /{{login.response.status}}',
    });
    const own = '# @name log|in\nGET /\n###\n@login.token = 1\nGET /{{login.token}}';
    assert.deepEqual(rename({ a: own }, 'me'), { a: own.replace('log|in', 'me') });
  });

  it('renames a request, also where other files that lack it use it', () => {
    assert.deepEqual(
      rename(
        {
          a: '# @name logi|n\nGET /a\n###\n# @ref login\nGET /{{login.response.status}}',
          b: '# @force-ref login\nGET /{{login.text}}',
          c: '# @name login\n# @ref login\nGET /c',
        },
        'signIn',
      ),
      {
        a: '# @name signIn\nGET /a\n###\n# @ref signIn\nGET /{{signIn.response.status}}',
        b: '# @force-ref signIn\nGET /{{signIn.text}}',
        c: '# @name login\n# @ref login\nGET /c',
      },
    );
  });

  it('renames a title that requests are referred to by, and no other one', () => {
    assert.deepEqual(
      rename({ a: '### Log |in\nGET /\n### Log in\nGET /\n### Mine\n# @ref Log in\nGET /' }, 'Sign in'),
      { a: '### Sign in\nGET /\n### Log in\nGET /\n### Mine\n# @ref Sign in\nGET /' },
    );
    assert.match(
      refusal({ a: '### Login\nGET /\n###\nGET /{{Log|in.text}}' }, 'Log in'),
      /^A request’s name/,
    );
    assert.match(refusal({ a: '### Named |differently\n# @name n\nGET /' }, 'x'), /can be renamed/);
  });

  it('renames the first of several definitions together with the uses elsewhere, a later one alone', () => {
    const files = { a: '# @ref x\nGET /', b: '# @name x\nGET /', c: '# @name x\nGET /' };
    assert.deepEqual(rename({ ...files, a: '# @ref |x\nGET /' }, 'y'), {
      a: '# @ref y\nGET /',
      b: '# @name y\nGET /',
      c: files.c,
    });
    assert.deepEqual(rename({ ...files, c: '# @name |x\nGET /' }, 'y'), { ...files, c: '# @name y\nGET /' });
  });

  it('renames a function in all files', () => {
    assert.deepEqual(rename({ a: '# @function f\nGET /', b: '@x = fn://f\n###\nGET fn://|f/p' }, 'g'), {
      a: '# @function g\nGET /',
      b: '@x = fn://g\n###\nGET fn://g/p',
    });
  });

  it('refuses names that cannot be', () => {
    for (const name of ['', 'a b', 'a=b', '{a', 'a}', '$a', '"a"', 'a.response.status']) {
      assert.match(refusal({ a: '@|a = 1' }, name), /^A variable’s name/, name);
    }
    for (const name of ['', 'a b', 'a.b', '{a}', '$a', 'a[0]']) {
      assert.match(refusal({ a: '# @name |a\nGET /' }, name), /^A request’s name/, name);
    }
    for (const name of ['', 'a/b', 'a b', '{{a}}', 'a?']) {
      assert.match(refusal({ a: 'GET fn://|a/' }, name), /^A function’s name/, name);
    }
  });

  it('refuses names that would mean something else', () => {
    assert.equal(rename({ a: '@|a = 1\n@b = 2' }, 'b'), inUse);
    assert.equal(rename({ a: '@|a = 1\nGET /{{fromProfile}}' }, 'fromProfile'), inUse);
    assert.equal(rename({ a: '# @name |a\nGET /\n###\n# @name b\nGET /' }, 'b'), inUse);
    assert.equal(rename({ a: '# @name |a\nGET /', b: '# @ref b\nGET /', c: '# @name b\nGET /' }, 'b'), inUse);
    assert.deepEqual(rename({ a: '# @name |a\nGET /', b: '# @name b\nGET /' }, 'b'), {
      a: '# @name b\nGET /',
      b: '# @name b\nGET /',
    });
  });

  it('refuses what is defined elsewhere or has no name', () => {
    assert.equal(rename({ a: 'GET /{{|a}}' }, 'b'), 'The variable {0} is not defined in this file.');
    assert.equal(rename({ a: '# @ref |a\nGET /' }, 'b'), 'No request of the workspace is named {0}.');
    assert.equal(
      rename({ a: 'G|ET /' }, 'b'),
      'Only variables, names of requests and functions can be renamed.',
    );
  });

  it('leaves every other name as it is', () => {
    fc.assert(
      fc.property(cbhttpTexts, fc.nat(), (text, pick) => {
        const document = parseCbhttp(text);
        const all = occurrencesOf(document);
        const at = all[pick % Math.max(1, all.length)];
        if (at === undefined) return;
        const marked = `${text.slice(0, at.span.start)}|${text.slice(at.span.start)}`;
        if (text.includes('|')) return;
        const renamed = rename({ a: marked }, 'renamed');
        if (typeof renamed === 'string') return;
        const list = (source: string): string[] =>
          occurrencesOf(parseCbhttp(source)).map(({ kind, name, role }) => `${kind} ${name} ${role}`);
        const same = new Set(occurrencesLike(document, at).map(({ span }) => span.start));
        assert.deepEqual(
          list(renamed['a'] ?? ''),
          all.map(({ kind, name, role, span }) => {
            return `${kind} ${kind === at.kind && same.has(span.start) ? 'renamed' : name} ${role}`;
          }),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('prepareRename', () => {
  it('says of a variable of the settings where it is defined', () => {
    const document = parseCbhttp('GET /{{user}}{{lang}}{{none}}');
    const refusalAt = (offset: number): string => {
      const start = prepareRename(document, offset, 'a', new Map(), workspace());
      return 'refusal' in start ? formatMessage(start.refusal) : 'renamed';
    };
    assert.match(refusalAt(8), /user is defined in the settings, in cbhttp\.profiles\.dev\./);
    assert.match(refusalAt(16), /lang is defined in the settings, in cbhttp\.profiles\.\$shared\./);
    assert.match(refusalAt(24), /none is not defined in this file/);
  });

  it('gives the name alone', () => {
    const text = 'GET /{{ user }}\n###\n@user = 1';
    const document = parseCbhttp(text);
    const start = prepareRename(document, 10, 'a', new Map([['a', summarize(document)]]));
    assert.deepEqual(start, { kind: 'variable', name: 'user', span: { start: 8, end: 12 } });
  });
});
