import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fill, formatBytes, formatElapsed, formatTime, statusClass } from '../../../src/webview/format.ts';
import { isJsonContainer, jsonTokens } from '../../../src/webview/content/jsonTokens.ts';

describe('webview format', () => {
  it('fills templates and leaves what it has no argument for', () => {
    assert.equal(fill('{0} of {1}, {2}', '3', '{0}'), '3 of {0}, {2}');
  });

  it('writes bytes for people', () => {
    const written = [0, 999, 1000, 1234, 99_949, 123_456, 999_600, 1_250_000, 3e12].map(formatBytes);
    assert.deepEqual(written, [
      '0 B',
      '999 B',
      '1.0 kB',
      '1.2 kB',
      '99.9 kB',
      '123 kB',
      '1.0 MB',
      '1.3 MB',
      '3.0 TB',
    ]);
  });

  it('writes moments to the ms', () => {
    assert.equal(formatTime(1003.7), '1.004 s');
    assert.equal(formatTime(0), '0.000 s');
  });

  it('ticks in tenths while running and is exact at the end', () => {
    assert.equal(formatElapsed(3499, false), '3.4 s');
    assert.equal(formatElapsed(842.4, true), '842 ms');
    assert.equal(formatElapsed(999.7, true), '1.00 s');
    assert.equal(formatElapsed(63_412, true), '63.41 s');
  });

  it('knows the classes of status codes', () => {
    assert.deepEqual([101, 204, 302, 404, 599].map(statusClass), ['1xx', '2xx', '3xx', '4xx', '5xx']);
  });
});

describe('JSON tokens', () => {
  it('tells keys, strings, numbers and literals apart', () => {
    const tokens = jsonTokens('{"a\\"b": [-1.5e3, "x: y", true, null]}').filter(
      ({ kind }) => kind !== 'plain',
    );
    assert.deepEqual(
      tokens.map(({ kind, text }) => [kind, text]),
      [
        ['key', '"a\\"b"'],
        ['number', '-1.5e3'],
        ['string', '"x: y"'],
        ['literal', 'true'],
        ['literal', 'null'],
      ],
    );
  });

  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        assert.equal(
          jsonTokens(text)
            .map((token) => token.text)
            .join(''),
          text,
        );
      }),
    );
  });

  it('takes only whole objects and arrays for JSON', () => {
    assert.deepEqual(['{"a":1}', ' [1]', '12', '{"a":', '[DONE]'].map(isJsonContainer), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
