import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  documentText,
  fileVariables,
  offsetAt,
  placedRequests,
  positionAt,
  requestAtLine,
  requestAtOffset,
  requestKeys,
} from '../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../src/core/cbhttp/parse.ts';
import { anyText } from './anyText.ts';

describe('CbDocument', () => {
  it('is made of its sections, one after another, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const document = parseCbhttp(text);
        assert.equal(documentText(document), text);
        assert.equal(document.length, text.length);
        for (const [index, section] of document.sections.entries()) {
          assert.equal(text.slice(document.offsets[index]).startsWith(section.text), true);
          assert.ok(index === 0 || section.text.startsWith('###'));
        }
      }),
    );
  });

  it('counts lines as the editor does: LF, CRLF and CR end one', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, seed) => {
        const document = parseCbhttp(text);
        const offset = seed % (text.length + 1);
        const above = text.slice(0, offset).split(/\r\n|\r|\n/);
        // Within CRLF, the LF still belongs to the line above.
        if (text.slice(offset - 1, offset + 1) === '\r\n' && offset > 0) above.pop();
        assert.equal(positionAt(document, offset).line, above.length - 1);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the offset of each position again', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, seed) => {
        const document = parseCbhttp(text);
        const offset = text.startsWith('\uFEFF') ? 1 + (seed % text.length) : seed % (text.length + 1);
        const { line, column } = positionAt(document, offset);
        assert.equal(offsetAt(document, line, column), offset);
      }),
    );
  });

  it('starts the first line after a BOM', () => {
    const document = parseCbhttp('\uFEFF### t\nGET /');
    assert.deepEqual(positionAt(document, 1), { line: 0, column: 0 });
    assert.deepEqual(positionAt(document, 0), { line: 0, column: 0 });
    assert.equal(placedRequests(document)[0]?.request.title, 't');
  });

  it('places requests by section', () => {
    const document = parseCbhttp('@a = 1\n### one\nGET /1\n### two\n\nGET /2\n');
    assert.deepEqual(
      placedRequests(document).map(({ index, sectionIndex, offset, sectionLine, request }) => [
        index,
        sectionIndex,
        offset,
        sectionLine + request.line,
      ]),
      [
        [0, 1, 7, 2],
        [1, 2, 22, 5],
      ],
    );
  });

  it('finds the request of a line and of an offset', () => {
    const text = '# c\nGET /1\n\n### two\nGET /2\nGET http://three\n';
    const document = parseCbhttp(text);
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6, 99].map((line) => requestAtLine(document, line)?.request.target),
      ['/1', '/1', '/1', '/2', '/2', 'http://three', 'http://three', 'http://three'],
    );
    assert.equal(requestAtOffset(document, text.indexOf('GET http') - 1)?.request.target, '/2');
    assert.equal(requestAtOffset(document, text.indexOf('GET http'))?.request.target, 'http://three');
  });

  it('finds no request in a section that has none', () => {
    const document = parseCbhttp('### Delete\nDELETE /all\n### Broken\nGETT /x\n');
    assert.equal(requestAtLine(document, 1)?.request.target, '/all');
    assert.equal(requestAtLine(document, 3), undefined);
  });

  it('gives each request a key that survives edits elsewhere', () => {
    const document = parseCbhttp('### a\n# @name n\nGET /\n### t\nGET /\n### t\nGET /\n###\nGET /\n');
    const keys = requestKeys(document);
    assert.deepEqual(keys.slice(0, 3), ['name:n', 'title:t', 'title:t#2']);
    assert.match(keys[3] ?? '', /^line:GET [0-9a-f]+$/);
  });

  it('puts nothing of a target into a key, which is kept in files', () => {
    const keys = ['u:secret@', 'u:other@'].map(
      (user) => requestKeys(parseCbhttp(`GET http://${user}h/?token=hidden\n`))[0],
    );
    assert.doesNotMatch(keys.join(), /secret|other|hidden/);
    assert.notEqual(keys[0], keys[1]);
  });

  it('collects the definitions of each variable in file order', () => {
    const document = parseCbhttp('@a = 1\n@b = 2\n### x\n@a = 3\nGET /\n');
    assert.deepEqual(
      fileVariables(document)
        .get('a')
        ?.map(({ variable, offset }) => [variable.value, offset]),
      [
        ['1', 0],
        ['3', 14],
      ],
    );
  });
});
