import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatMessage } from '../../../../../src/core/message.ts';
import { compileFilter, RowFilter } from '../../../../../src/core/stream/search/rowFilter.ts';
import { storeOf, utf8 } from '../../../../support/eventStreams.ts';

function find(stream: string, text: string, matchCase = false): number[] | string {
  const filter = compileFilter({ text, mode: 'regex', matchCase, type: null, kinds: null }, null);
  if ('error' in filter) return formatMessage(filter.error);
  const rows = new RowFilter(storeOf(utf8(stream)), filter);
  rows.advance(1000, () => 0);
  return Array.from({ length: rows.length }, (_, index) => rows.row(index));
}

describe('regexMatcher', () => {
  const stream =
    'id: 17\ndata: {"a":1}\n\nevent: Delta\ndata: one\ndata: two\n\n: keep-alive\n\ndata: 😀你好\n\n';

  it('tries data, id, type and comments one by one', () => {
    assert.deepEqual(find(stream, '^\\d+$'), [0]);
    assert.deepEqual(find(stream, '^\\{.*\\}$'), [0]);
    assert.deepEqual(find(stream, '^delta$'), [1]);
    assert.deepEqual(find(stream, 'keep|你'), [2, 3]);
    assert.deepEqual(find(stream, '17\\{'), []);
  });

  it('knows lines, whole characters and case', () => {
    assert.deepEqual(find(stream, '^two$'), [1]);
    assert.deepEqual(find(stream, 'one\\ntwo'), [1]);
    assert.deepEqual(find(stream, '^.\\p{Script=Han}+$'), [3]);
    assert.deepEqual(find(stream, 'DELTA'), [1]);
    assert.deepEqual(find(stream, 'DELTA', true), []);
  });

  it('allows the escapes of everyday', () => {
    assert.deepEqual(find(stream, '\\"a\\"\\:1'), [0]);
  });

  it('says what is wrong with an expression', () => {
    assert.equal(find(stream, 'a('), 'Not a regular expression: Unterminated group');
    assert.equal(find(stream, 'a:(/'), 'Not a regular expression: Unterminated group');
    assert.equal(find(stream, '*'), 'Not a regular expression: Nothing to repeat');
  });
});
