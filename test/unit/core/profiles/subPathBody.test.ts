import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isCbError } from '../../../../src/core/errors.ts';
import { bodyWithPath } from '../../../../src/core/profiles/subPathBody.ts';

const where = { path: '/api/hello', method: 'GET' };

function changed(body: string | null): string {
  const bytes = bodyWithPath(body === null ? null : new TextEncoder().encode(body), where);
  assert.ok(bytes instanceof Uint8Array);
  return new TextDecoder().decode(bytes);
}

describe('bodyWithPath', () => {
  it('adds path and method to a JSON object, or makes one', () => {
    assert.equal(changed(null), '{"path":"/api/hello","method":"GET"}');
    assert.equal(changed(''), '{"path":"/api/hello","method":"GET"}');
    assert.equal(changed(' { } \n'), '{"path":"/api/hello","method":"GET"}');
    assert.equal(
      changed('{"a": 12345678901234567890 }'),
      '{"a": 12345678901234567890,"path":"/api/hello","method":"GET"}',
    );
  });

  it('keeps all the rest, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.boolean(), (object, isLaidOut) => {
        fc.pre(!Object.hasOwn(object, 'path') && !Object.hasOwn(object, 'method'));
        const read = JSON.parse(changed(JSON.stringify(object, null, isLaidOut ? 2 : 0))) as object;
        assert.deepEqual(read, JSON.parse(JSON.stringify({ ...object, ...where })));
      }),
    );
  });

  it('refuses what has no room for them', () => {
    for (const body of ['[1]', '"text"', 'a=b', 'null', '{"a":1', '{"path":"/mine"}', '{"method":1}']) {
      assert.throws(
        () => changed(body),
        (error) => isCbError(error) && error.code === 'sub-path-body',
        body,
      );
    }
    assert.throws(() => bodyWithPath(new Uint8Array([0xff, 0xfe]), where), isCbError);
    const file = { byteLength: 1, open: () => [][Symbol.iterator]() as never };
    assert.throws(() => bodyWithPath(file, where), isCbError);
  });

  it('leaves a POST to the function itself alone', () => {
    const body = new TextEncoder().encode('a=b');
    assert.equal(bodyWithPath(body, { path: '/', method: 'POST' }), body);
  });
});
