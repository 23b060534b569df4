import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type manifest from '../../../../../package.json';
import { checkBootstrap } from '../../../../../src/core/functions/checks/bootstrapChecks.ts';
import { checkStartFile } from '../../../../../src/core/functions/checks/startFileChecks.ts';
import { scaffoldFunction, templateIds } from '../../../../../src/core/functions/scaffold/scaffold.ts';
import expressSample from '../../../../../examples/functions/express-sse/package.json';
import frameworkSample from '../../../../../examples/functions/ai-chat/package.json';

describe('scaffoldFunction', () => {
  for (const id of templateIds) {
    it(`makes a function (${id}) that the checks find nothing wrong with`, () => {
      const { files, entry, requests } = scaffoldFunction(id, 'My-function');
      const textOf = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
      assert.deepEqual(
        files.map(({ path, isExecutable }) => [path, isExecutable]),
        [
          ['scf_bootstrap', true],
          ['index.js', false],
          ['package.json', false],
        ],
      );
      for (const { text } of files) assert.match(text, /^[^\r]+\n$/);
      assert.deepEqual(checkStartFile('index.js', textOf('index.js')), []);
      assert.deepEqual(
        checkBootstrap(textOf('scf_bootstrap'), { isExecutable: true, hasByteOrderMark: false }),
        [],
      );
      assert.equal(entry.name, 'My-function');
      assert.match(requests, /^GET fn:\/\/My-function\/stream$/m);
      const { name } = JSON.parse(textOf('package.json')) as { name: string };
      assert.equal(name, 'my-function');
    });
  }

  it('pins the packages that the samples are tried with', () => {
    const dependencies = (id: (typeof templateIds)[number]): unknown => {
      const file = scaffoldFunction(id, 'one').files.find(({ path }) => path === 'package.json');
      return (JSON.parse(file?.text ?? '') as typeof manifest).dependencies;
    };
    assert.deepEqual(dependencies('express'), expressSample.dependencies);
    assert.deepEqual(dependencies('framework'), frameworkSample.dependencies);
  });
});
