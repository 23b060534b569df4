import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, it } from 'mocha';
import { isCbError } from '../../../../src/core/errors.ts';
import {
  applyEdits,
  findKey,
  readValue,
  removeValue,
  setValue,
} from '../../../../src/core/profiles/editSettings.ts';

const set = (text: string, path: string[], value: unknown): string =>
  applyEdits(text, setValue(text, path, value));
const remove = (text: string, path: string[]): string => applyEdits(text, removeValue(text, path));
const profiles = 'cbhttp.profiles';

const commented = `{
  // the editor
  "editor.tabSize": 2, // two
  "cbhttp.profiles": {
    /* where we test */
    "dev": { "envId": "my-dev" }, // mine
    // to be careful with
    "prod": {
      "envId": "my-prod" // theirs
    } // the last
    // end
  }
}
`;

describe('editing settings', () => {
  it('adds a profile behind the last one and its comment, and touches nothing else', () => {
    assert.equal(
      set(commented, [profiles, 'test'], { envId: 'x', auth: 'apiKey' }),
      commented.replace(
        '    } // the last\n',
        '    }, // the last\n    "test": {\n      "envId": "x",\n      "auth": "apiKey"\n    }\n',
      ),
    );
  });

  it('takes a profile out with its lines and the comment behind it', () => {
    assert.equal(
      remove(commented, [profiles, 'dev']),
      commented.replace('    "dev": { "envId": "my-dev" }, // mine\n', ''),
    );
    const rest = remove(commented, [profiles, 'prod']);
    assert.equal(
      rest,
      commented
        .replace('"my-dev" }, // mine', '"my-dev" } // mine')
        .replace('    "prod": {\n      "envId": "my-prod" // theirs\n    } // the last\n', ''),
    );
    assert.deepEqual(Object.keys(parse(rest) as object), ['editor.tabSize', profiles]);
  });

  it('replaces a value alone', () => {
    assert.equal(
      set(commented, [profiles, 'prod', 'envId'], 'other'),
      commented.replace('"my-prod" // theirs', '"other" // theirs'),
    );
  });

  it('makes what is not there: the object, its parents, the file', () => {
    const whole =
      '{\n    "cbhttp.profiles": {\n        "dev": {\n            "envId": "e"\n        }\n    }\n}\n';
    assert.equal(set('', [profiles, 'dev'], { envId: 'e' }), whole);
    assert.equal(set('// mine\n', [profiles, 'dev'], { envId: 'e' }), `// mine\n${whole}`);
    assert.equal(set('{}', [profiles, 'dev'], { envId: 'e' }), whole.trimEnd());
    assert.equal(set('{ // none\n}', ['a'], 1), '{ // none\n    "a": 1\n}');
    assert.equal(set('{\n  "a": null\n}', ['a', 'b'], 1), '{\n  "a": {\n    "b": 1\n  }\n}');
  });

  it('keeps to the file’s own form: one line, tabs, trailing commas, CRLF', () => {
    assert.equal(set('{ "a": { "b": 1 } }', ['a', 'c'], { d: 2 }), '{ "a": { "b": 1, "c": { "d": 2 } } }');
    assert.equal(
      set('{\n\t"a": {\n\t\t"b": 1,\n\t},\n}', ['a', 'c'], 2),
      '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": 2,\n\t},\n}',
    );
    const windows = '{\r\n  "a": 1, // one\r\n  "b": 2\r\n}\r\n';
    assert.equal(
      set(windows, ['c'], { d: 3 }),
      '{\r\n  "a": 1, // one\r\n  "b": 2,\r\n  "c": {\r\n    "d": 3\r\n  }\r\n}\r\n',
    );
    assert.equal(remove(windows, ['b']), '{\r\n  "a": 1 // one\r\n}\r\n');
    assert.equal(remove(windows, ['a']), '{\r\n  "b": 2\r\n}\r\n');
    assert.equal(remove('{ "a": 1, "b": 2 }', ['a']), '{ "b": 2 }');
    assert.equal(remove('{ "a": 1, "b": 2 }', ['b']), '{ "a": 1 }');
  });

  it('finds the place that counts where a name stands twice', () => {
    const twice = '{ "a": { "x": 1 }, "a": { "y": 2 } }';
    assert.equal(findKey(twice, ['a', 'x']), null);
    assert.deepEqual(findKey(twice, ['a']), { start: 20, end: 21 });
    assert.equal(readValue(twice, ['a', 'y']), 2);
  });

  it('refuses what is no JSON, and what is no object', () => {
    const code = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        if (isCbError(error)) return error.code;
      }
      return 'none';
    };
    assert.equal(
      code(() => setValue('{ "a": ', ['a'], 1)),
      'settings',
    );
    assert.equal(
      code(() => setValue('[]', ['a'], 1)),
      'settings',
    );
    assert.equal(
      code(() => setValue('{ "a": 1 }', ['a', 'b'], 1)),
      'settings',
    );
    assert.deepEqual(removeValue('{}', ['a', 'b']), []);
  });

  it('does what it says and loses no comment, whatever is done', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd e', '$shared', '"');
    const step = fc.record({
      name,
      isSet: fc.boolean(),
      value: fc.oneof(fc.string(), fc.dictionary(name, fc.integer(), { noNullPrototype: true })),
    });
    const start = fc.constantFrom(
      '',
      '{}',
      '{ "p": {} }',
      '{\r\n\t"p": {\r\n\t\t// kept\r\n\t\t"a": 1, /* kept */ "b": {\r\n\t\t},\r\n\t},\r\n}',
      '{\n  "p": { "a": "//", "b": "/*" }\n}\n// kept\n',
      '{\n  "q": 1 // kept\n  , "p": {\n    "c": [ 1, // kept\n 2 ] }}',
    );
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 12 }), (text, steps) => {
        const kept = text.match(/kept/g)?.length ?? 0;
        const model = new Map(Object.entries((parse(text) as { p?: object } | undefined)?.p ?? {}));
        const hasInner = text.includes('1, // kept\n 2');
        let edited: string = text;
        for (const { name: key, isSet, value } of steps) {
          if (isSet) model.set(key, value);
          else model.delete(key);
          edited = isSet ? set(edited, ['p', key], value) : remove(edited, ['p', key]);
          const errors: never[] = [];
          const read = parse(edited, errors, { allowTrailingComma: true, allowEmptyContent: true }) as
            { p?: object } | undefined;
          assert.deepEqual(errors, []);
          assert.deepEqual(new Map(Object.entries(read?.p ?? {})), model);
        }
        const left = edited.match(/kept/g)?.length ?? 0;
        assert.ok(left >= kept - (hasInner ? 1 : 0) - (text.includes('/* kept */') ? 1 : 0), edited);
      }),
      { numRuns: 400 },
    );
  });
});
