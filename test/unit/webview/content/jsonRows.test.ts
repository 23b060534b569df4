import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isExpandable, JsonRows, type JsonRow } from '../../../../src/webview/content/jsonRows.ts';
import { keyOf, searchJson, shownString, valueOf } from '../../../../src/webview/content/jsonText.ts';

const open = (text: string): JsonRows => JsonRows.of(text) ?? assert.fail(text);

/** The value a row and all below it stand for, read back through the rows. */
function readBack(rows: JsonRows, row: JsonRow): unknown {
  const { text } = rows;
  const first = text.charAt(row.node.start);
  if (first !== '{' && first !== '[') return JSON.parse(text.slice(row.node.start, row.node.end));
  const members = membersOf(rows, row);
  assert.equal(members.length, row.node.memberCount);
  const values = members.map((member) => readBack(rows, member));
  if (first === '[') return values;
  // Not Object.fromEntries: `__proto__` must become a member, as JSON.parse has it.
  return Object.fromEntries(members.map((member, index) => [keyOf(text, member.node), values[index]]));
}

function membersOf(rows: JsonRows, row: JsonRow): JsonRow[] {
  return rows.children(row).flatMap((child) => (child.group === null ? [child] : membersOf(rows, child)));
}

describe('JSON rows', () => {
  it('stand for the document, whatever it is and however it is laid out', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t', '\r\n'.slice(1)), (value, space) => {
        const text = ` ${JSON.stringify(value, null, space)}\n`;
        const rows = open(text);
        assert.deepEqual(readBack(rows, rows.root), JSON.parse(text));
      }),
    );
  });

  it('lead from any match back to its row', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ root: value });
        const rows = open(text);
        for (const offset of searchJson(text, '').offsets) {
          let row = rows.root;
          while (isExpandable(row) && offset > row.node.start && offset < row.node.end) {
            row = rows.children(row)[rows.childAt(row, offset)] ?? assert.fail();
          }
          assert.ok(row.node.keyStart === offset || row.node.start === offset);
        }
      }),
    );
  });

  it('keep numbers as written and duplicate keys', () => {
    const rows = open('{"n":12345678901234567890.10,"n":1e2}');
    const values = rows.children(rows.root).map(({ node }) => valueOf(rows.text, node));
    assert.deepEqual(values, ['12345678901234567890.10', '1e2']);
  });

  it('open into a hundred rows at most', () => {
    const rows = open(`[${'0,'.repeat(999_999)}0]`);
    const groups = rows.children(rows.root);
    assert.equal(groups.length, 100);
    assert.deepEqual(groups[1]?.group, { from: 10_000, to: 19_999 });
    const inner = rows.children(groups[1] ?? assert.fail());
    assert.deepEqual(inner[99]?.group, { from: 19_900, to: 19_999 });
    const items = rows.children(inner[99] ?? assert.fail());
    assert.equal(rows.path(items[99] ?? assert.fail()), '$[19999]');
  });

  it('give a normalized path', () => {
    const rows = open(`{"a":[{"b c":{"it's \\"q\\"":1}}]}`);
    let row = rows.root;
    for (;;) {
      const child = rows.children(row)[0];
      if (child === undefined) break;
      row = child;
    }
    assert.equal(rows.path(row), `$.a[0]['b c']['it\\'s "q"']`);
  });

  it('take ten thousand levels and refuse what is no JSON', () => {
    const rows = open('['.repeat(10_000) + ']'.repeat(10_000));
    let row = rows.root;
    for (let level = 0; level < 9999; level++) row = rows.children(row)[0] ?? assert.fail();
    assert.equal(isExpandable(row), false);
    for (const text of ['', '{', '{"a":1}x', "{'a':1}"]) assert.equal(JsonRows.of(text), null);
  });
});

describe('JSON text', () => {
  it('shows letters in place of their escapes, on one line', () => {
    assert.equal(shownString('"\\u4f60\\u597d\\n\\"x\\""', 0), '"你好\\n\\"x\\""');
    assert.equal(shownString(JSON.stringify('x'.repeat(5000)), 0).length, 1002);
    assert.ok(shownString(JSON.stringify('\\'.repeat(50_000)), 0).length < 5000);
  });

  it('finds keys and values in any case, by what they say', () => {
    const text = '{"Name":"\\u4f60\\u597d","list":[true,-1.5,"name: x"],"ÄB":null}';
    assert.deepEqual(searchJson(text, 'name').offsets, [text.indexOf('"Name'), text.indexOf('"name')]);
    assert.deepEqual(searchJson(text, '你').offsets, [text.indexOf('"\\u4f60')]);
    assert.deepEqual(searchJson(text, '-1.5').offsets, [text.indexOf('-1.5')]);
    assert.equal(searchJson(text, 'äb').offsets.length, 1);
    assert.equal(searchJson(text, '{').offsets.length, 0);
  });

  it('stops at ten thousand matches', () => {
    const { offsets, isCut } = searchJson(`[${'1,'.repeat(20_000)}1]`, '1');
    assert.equal(offsets.length, 10_000);
    assert.equal(isCut, true);
  });
});
