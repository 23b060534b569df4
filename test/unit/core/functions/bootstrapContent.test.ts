import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readBootstrap } from '../../../../src/core/functions/bootstrap.ts';
import { bootstrapContent } from '../../../../src/core/functions/bootstrapContent.ts';
import { checkBootstrap } from '../../../../src/core/functions/checks/bootstrapChecks.ts';

describe('bootstrapContent', () => {
  it('starts the program with what the runtime calls it by', () => {
    const cases = [
      ['Nodejs18.15', 'index.js', '/var/lang/node18/bin/node index.js'],
      ['', 'src/index.mjs', '/var/lang/node20/bin/node src/index.mjs'],
      ['Python3.10', 'app.py', '/var/lang/python310/bin/python3.10 app.py'],
      ['', 'app.py', 'python3 app.py'],
      ['Go1', 'main.go', './main'],
    ] as const;
    for (const [runtime, entry, command] of cases) {
      const text = bootstrapContent(runtime, entry);
      assert.equal(text.split('\n')[2], `exec ${command}`);
      assert.deepEqual(checkBootstrap(text, { isExecutable: true, hasByteOrderMark: false }), []);
    }
    assert.equal(readBootstrap(bootstrapContent('', 'a.js')).startFile, 'a.js');
  });
});
