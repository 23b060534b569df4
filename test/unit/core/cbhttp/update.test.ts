import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { documentText, requestKeys } from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { updateDocument, type TextChange } from '../../../../src/core/cbhttp/update.ts';
import { anyText, richText } from './anyText.ts';

/** An edit at two places given as parts of the text's length. */
const edit = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.nat(3), fc.nat(60)),
  text: fc.oneof(fc.constantFrom('', '#', '##', '###', '\n', '\r', '\r\n', '\n###', '{', '}'), richText),
});

function applyTo(text: string, { offset, length, text: inserted }: TextChange): string {
  return text.slice(0, offset) + inserted + text.slice(offset + length);
}

describe('updateDocument', () => {
  it('equals a full parse after any sequence of edits', () => {
    fc.assert(
      fc.property(anyText, fc.array(edit, { minLength: 1, maxLength: 8 }), (start, edits) => {
        let text = start;
        let document = parseCbhttp(text);
        for (const { from, length, text: inserted } of edits) {
          const offset = Math.round(from * text.length);
          const change = { offset, length: Math.min(length, text.length - offset), text: inserted };
          text = applyTo(text, change);
          document = updateDocument(document, [change]);
          assert.equal(documentText(document), text);
          assert.deepEqual(requestKeys(document), requestKeys(parseCbhttp(text)));
          assert.deepEqual(document, parseCbhttp(text));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('equals a full parse after many changes in one event, wherever they stand', () => {
    fc.assert(
      fc.property(richText, fc.array(edit, { maxLength: 120 }), fc.boolean(), (start, edits, inOrder) => {
        let text = start;
        const changes: TextChange[] = [];
        const places = edits.map(({ from }) => from);
        if (inOrder) places.sort((one, other) => other - one);
        for (const [index, { text: inserted }] of edits.entries()) {
          const offset = Math.min(Math.round((places[index] ?? 0) * start.length), text.length);
          const change = { offset, length: 0, text: inserted.slice(0, 5) };
          changes.push(change);
          text = applyTo(text, change);
        }
        assert.deepEqual(updateDocument(parseCbhttp(start), changes), parseCbhttp(text));
      }),
      { numRuns: 300 },
    );
  });

  it('shares the sections that an edit does not touch', () => {
    const before = parseCbhttp('@a = 1\n### one\nGET /1\n### two\nGET /2\n### three\nGET /3\n');
    const after = updateDocument(before, [{ offset: 27, length: 0, text: 'x' }]);
    assert.deepEqual(
      after.sections.map((section, index) => section === before.sections[index]),
      [true, true, false, true],
    );
  });

  it('shares the section above an edit at the border, which leaves it as it was', () => {
    const before = parseCbhttp('### one\nGET /1\n### two\nGET /2\n');
    const after = updateDocument(before, [{ offset: 15, length: 0, text: '### new\n' }]);
    assert.equal(after.sections[0], before.sections[0]);
    assert.equal(after.sections[2], before.sections[1]);
  });

  it('joins sections when their separator goes, and parts them when one comes', () => {
    const before = parseCbhttp('### one\nPOST /1\n\na\n### two\nGET /2\n');
    const joined = updateDocument(before, [{ offset: 19, length: 1, text: '' }]);
    assert.equal(joined.sections.length, 1);
    assert.equal(joined.sections[0]?.requests[0]?.body, 'a\n## two\nGET /2');
    assert.deepEqual(updateDocument(joined, [{ offset: 19, length: 0, text: '#' }]), before);
  });

  it('takes a change outside the text for one at its nearest end', () => {
    const document = parseCbhttp('GET /1\n');
    assert.equal(documentText(updateDocument(document, [{ offset: 99, length: 9, text: 'x' }])), 'GET /1\nx');
    assert.equal(documentText(updateDocument(document, [{ offset: -9, length: 2, text: 'x' }])), 'xGET /1\n');
  });
});
