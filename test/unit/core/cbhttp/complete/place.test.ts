import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { placeAt } from '../../../../../src/core/cbhttp/complete/place.ts';
import { documentText, placedRequests } from '../../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { anyText } from '../anyText.ts';
import { atCursor } from './cursor.ts';

/** Kind of the place at `¦`, and its text in brackets. */
function placeOf(marked: string): string {
  const { document, offset } = atCursor(marked);
  const place = placeAt(document, offset);
  const where = place.kind === 'variable' ? ` in ${place.where}` : '';
  return `${place.kind}${where} [${place.text}]`;
}

describe('placeAt', () => {
  const cases: readonly (readonly [marked: string, expected: string])[] = [
    ['¦', 'method []'],
    ['### New\n¦', 'method []'],
    ['### A\nGET fn://a\n\n### B\n¦', 'method []'],
    ['### A\nGET fn://a\n\n### B\n# @name b\nPO¦', 'method [PO]'],
    ['### Say ¦hello', 'title [Say hello]'],
    ['###¦', 'title []'],
    ['PO¦ST fn://a/b', 'method [POST]'],
    ['POST ¦', 'target []'],
    ['POST ¦fn://a/b', 'target [fn://a/b]'],
    ['POST fn://a/b¦', 'target [fn://a/b]'],
    ['POST fn://¦', 'target [fn://]'],
    ['fn://a¦/b', 'target [fn://a/b]'],
    ['f¦', 'method [f]'],
    ['localhost:30¦00/', 'target [localhost:3000/]'],
    ['GET fn://a ¦', 'http-version []'],
    ['GET fn://a HT¦', 'http-version [HT]'],
    ['GET fn://a?x=1¦ HTTP/1.1', 'target [fn://a?x=1]'],
    ['GET fn://a\n  ?x=1\n  &y=¦2', 'target [&y=2]'],
    ['GET fn://a\n¦', 'header-name []'],
    ['GET fn://a\nCont¦', 'header-name [Cont]'],
    ['GET fn://a\nCont¦ent-Type: text/plain', 'header-name [Content-Type]'],
    ['GET fn://a\nAccept:¦', 'header-value []'],
    ['GET fn://a\nAccept: ¦', 'header-value []'],
    ['GET fn://a\nAccept: text/¦plain  ', 'header-value [text/plain]'],
    ['GET fn://a\nAccept: */*\nX-A¦', 'header-name [X-A]'],
    ['GET fn://a\n# note\nX-A¦\n\nbody', 'header-name [X-A]'],
    ['GET fn://a\nX-A\nX-B¦', 'body []'],
    ['POST fn://a\n\n¦', 'body []'],
    ['POST fn://a\n\n{ "a": ¦1 }', 'body []'],
    ['POST fn://a\n\n# @na¦me x', 'body []'],
    ['POST fn://a\n\n<¦', 'body-file-mark [<]'],
    ['POST fn://a\n\n<@¦', 'body-file-mark [<@]'],
    ['POST fn://a\n\n< ¦', 'body-file []'],
    ['POST fn://a\n\n<@latin1 ./da¦ta.txt', 'body-file [./data.txt]'],
    ['POST fn://a\n\n< {% let ¦x %}', 'foreign [< {% let x %}]'],
    ['GET fn://a\n\n?? status ¦== 200', 'foreign [?? status == 200]'],
    ['# ¦', 'comment []'],
    ['# two words¦', 'comment [two words]'],
    ['# @¦', 'directive-word []'],
    ['// @pro¦', 'directive-word [pro]'],
    ['# @profile ¦', 'directive-value []'],
    ['# @profile lo¦cal\nGET fn://a', 'directive-value [local]'],
    ['GET fn://a\n# @timeout 3¦0s', 'directive-value [30s]'],
    ['@na¦', 'variable-name [na]'],
    ['@na¦me = x', 'variable-name [name]'],
    ['@name = x¦ y', 'variable-value [x y]'],
    ['@name = {{¦', 'variable in variable-value []'],
    ['GET fn://a/{{us¦', 'variable in target [us]'],
    ['{{ba¦', 'variable in target [ba]'],
    ['{{base}}/¦', 'target [{{base}}/]'],
    ['GET {{ba¦se}}/x', 'variable in target [base]'],
    ['GET fn://a\nX-A: {{¦}}', 'variable in header-value []'],
    ['GET fn://a\nX-A: {{ us¦er }}', 'variable in header-value [user]'],
    ['GET fn://a\nX-A: \\{{us¦er}}', 'header-value [\\{{user}}]'],
    ['POST fn://a\n\n{"a":"{{us¦", "b":{"c":1}}', 'variable in body [us]'],
    ['POST fn://a\n\n{"a":"{{$datetime "YY¦YY"}}"}', 'variable in body [$datetime "YYYY"]'],
    ['POST fn://a\n\n{"a":"{{user}}¦"}', 'body []'],
    ['# @name {{us¦er}}', 'variable in directive-value [user]'],
  ];
  for (const [marked, expected] of cases) {
    it(JSON.stringify(marked), () => assert.equal(placeOf(marked), expected));
  }

  it('counts from the document, whatever stands above, with each line end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const { document, offset, text } = atCursor(
        `@a = 1${end}### One${end}GET fn://a${end}${end}### Two${end}GET fn://b/¦c`,
      );
      const { span, lineSpan, request } = placeAt(document, offset);
      assert.equal(text.slice(span.start, span.end), 'fn://b/c');
      assert.equal(text.slice(lineSpan.start, lineSpan.end), 'GET fn://b/c');
      assert.equal(request?.title, 'Two');
    }
  });

  it('holds the offset and stays on its line, in any text', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, at) => {
        const document = parseCbhttp(text);
        const offset = at % (text.length + 1);
        const place = placeAt(document, offset);
        // Within a BOM or a CRLF there is no cursor: the nearest one counts.
        const nearest = Math.min(Math.max(offset, place.lineSpan.start), place.lineSpan.end);
        assert.ok(place.span.start <= nearest && nearest <= place.span.end);
        assert.ok(place.lineSpan.start <= place.span.start && place.span.end <= place.lineSpan.end);
        assert.equal(documentText(document).slice(place.span.start, place.span.end), place.text);
      }),
    );
  });

  it('agrees with the parser on what the parser has read', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const document = parseCbhttp(text);
        for (const { request, offset } of placedRequests(document)) {
          const kindAt = (at: number) => {
            const place = placeAt(document, offset + at);
            return place.kind === 'variable' ? place.where : place.kind;
          };
          for (const { nameSpan, valueSpan, value } of request.headers) {
            assert.equal(kindAt(nameSpan.start), 'header-name');
            if (value !== '') assert.equal(kindAt(valueSpan.start), 'header-value');
          }
          for (const { wordSpan } of request.directives)
            assert.equal(kindAt(wordSpan.start), 'directive-word');
          if (request.methodSpan !== null) assert.equal(kindAt(request.methodSpan.start), 'method');
          assert.ok(['target', 'method'].includes(kindAt(request.targetSpan.start)));
        }
      }),
    );
  });

  it('takes a line of a megabyte in its stride', () => {
    for (const unit of ['{', '{{', '@', ' ', '"', ' "', '{{a']) {
      const text = `POST fn://a\nX-A: ${unit.repeat(1_000_000 / unit.length)}`;
      const document = parseCbhttp(text);
      const startedAt = performance.now();
      for (const offset of [20, text.length / 2, text.length]) placeAt(document, Math.floor(offset));
      assert.ok(performance.now() - startedAt < 500, unit);
    }
  });
});
