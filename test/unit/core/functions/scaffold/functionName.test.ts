import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  checkFunctionName,
  freeFunctionName,
  requestFileName,
  type TakenNames,
} from '../../../../../src/core/functions/scaffold/functionName.ts';

const none: TakenNames = { functions: new Set(), folders: new Set(), files: new Set() };

describe('checkFunctionName', () => {
  it('lets the platform’s names pass, and no others', () => {
    for (const name of ['my-function', 'a1', 'A_b', 'x'.repeat(60)]) {
      assert.equal(checkFunctionName(name, none), null, name);
    }
    for (const name of [
      '',
      'a',
      '1a',
      '-a',
      'a-',
      'a_',
      'a b',
      'a/b',
      '..',
      '函数',
      'x'.repeat(61),
      'ab\n',
    ]) {
      assert.match(checkFunctionName(name, none)?.text ?? '', /^A name has 2 to 60/, name);
    }
  });

  it('says by what a name is taken, whatever its case', () => {
    const taken: TakenNames = {
      functions: new Set(['one']),
      folders: new Set(['one', 'two']),
      files: new Set(['three.cbhttp']),
    };
    const said = (name: string) => checkFunctionName(name, taken);
    assert.deepEqual(said('one'), { text: 'There is a function "{0}" already.', args: ['one'] });
    assert.deepEqual(said('Two'), { text: 'There is a folder "{0}" already.', args: ['Two'] });
    assert.deepEqual(said('THREE'), { text: 'There is a file "{0}" already.', args: ['THREE.cbhttp'] });
    assert.equal(said('four'), null);
  });
});

describe('freeFunctionName', () => {
  it('is always free', () => {
    const names = fc.constantFrom('my-function', 'my-function-2', 'my-function-3');
    const sets = fc.array(names).map((all) => new Set(all));
    fc.assert(
      fc.property(sets, sets, sets, (functions, folders, files) => {
        const taken = { functions, folders, files: new Set([...files].map(requestFileName)) };
        assert.equal(checkFunctionName(freeFunctionName('my-function', taken), taken), null);
      }),
    );
  });
});
