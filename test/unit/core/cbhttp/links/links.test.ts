import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { linksOf } from '../../../../../src/core/cbhttp/links/links.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';

function links(text: string): string[] {
  return linksOf(parseCbhttp(text)).map(({ kind, target, span }) => {
    const written = text.slice(span.start, span.end);
    return `${kind} ${target}${written === target ? '' : ` at ${written}`}`;
  });
}

describe('linksOf', () => {
  it('finds body files in all three forms', () => {
    assert.deepEqual(links('### x\nPOST /a\n\n--b\n< ./a.json\n<@ b/b.xml \n<@latin1 ../c d.txt\n--b--'), [
      'file ./a.json',
      'file b/b.xml',
      'file ../c d.txt',
    ]);
  });

  it('finds the file of a GraphQL query', () => {
    assert.deepEqual(links('GRAPHQL /a\n\ngql Q < ./q.graphql\n\n{}'), ['file ./q.graphql']);
    assert.deepEqual(links('POST /a\n\ngql Q < ./q.graphql'), []);
  });

  it('finds URLs, long ones whole', () => {
    assert.deepEqual(links('GET https://example.com/a HTTP/1.1\n###\nGET http://localhost/\n  ?a=1'), [
      'url https://example.com/a',
      'url http://localhost/?a=1 at http://localhost/',
    ]);
  });

  it('finds the files of other tools’ lines', () => {
    const text = '# @import ./other.http\nGET /a\n\n> ./handler.js\n<> saved.json\n>> ./out.json';
    assert.deepEqual(links(text), ['file ./other.http', 'file ./handler.js', 'file saved.json']);
  });

  it('makes no link of what holds a variable, of text and of scripts', () => {
    assert.deepEqual(links('GET http://{{host}}/a\n\n< ./{{file}}.json\n<html>\n> {% x %}\n'), []);
    assert.deepEqual(links('GET fn://a/b\n\n https://in.a.body/ < ./x'), []);
  });
});
