import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { placedRequests } from '../../../../../src/core/cbhttp/document.ts';
import { definitionsIn, occurrencesLike } from '../../../../../src/core/cbhttp/navigate/definition.ts';
import { outsideVariable } from '../../../../../src/core/cbhttp/navigate/outsideDefinition.ts';
import { atCursor, workspace } from '../complete/cursor.ts';
import { functionOf } from '../../../../../src/core/cbhttp/navigate/functionOf.ts';
import { occurrenceAt, requestNameIn } from '../../../../../src/core/cbhttp/navigate/occurrences.ts';
import { occurrencesOf } from './allOccurrences.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { cbhttpTexts } from '../format/cbhttpTexts.ts';

const text = [
  '@user = alice', // 0
  '@base = fn://my-function/{{user}}',
  '###', // 2
  '# @name hello',
  '# @prompt code a code', // 4
  'POST fn://my-function/api?u={{ user }}&c={{code}}',
  'X: {{$guid}} {{other}}', // 6
  '',
  '{{user}}', // 8
  '###',
  '# @ref hello', // 10
  '# @function my-function',
  'GET /x?a={{hello.response.body.$.id}}&b={{hello.text}}', // 12
].join('\n');

/** `line:column kind name role` of each occurrence. */
function listed(source: string): string[] {
  return occurrencesOf(parseCbhttp(source)).map(({ kind, name, role, span }) => {
    assert.equal(source.slice(span.start, span.end), name);
    const before = source.slice(0, span.start).split('\n');
    return `${before.length - 1}:${before.at(-1)?.length ?? 0} ${kind} ${name} ${role}`;
  });
}

/** Lines on which the name at the `|` is defined. */
function definedOn(marked: string): number[] {
  const source = marked.replace('|', '');
  const document = parseCbhttp(source);
  const at = occurrenceAt(document, marked.indexOf('|'));
  assert.ok(at);
  return definitionsIn(document, at).map(({ start }) => source.slice(0, start).split('\n').length - 1);
}

describe('occurrencesIn', () => {
  it('finds variables, requests and functions where they are defined and used', () => {
    assert.deepEqual(listed(text), [
      '0:1 variable user definition',
      '1:1 variable base definition',
      '1:13 function my-function use',
      '1:27 variable user use',
      '3:8 request hello definition',
      '4:10 variable code prompt',
      '5:10 function my-function use',
      '5:31 variable user use',
      '5:43 variable code use',
      '6:15 variable other use',
      '8:2 variable user use',
      '10:7 request hello use',
      '11:12 function my-function use',
      '12:11 request hello use',
      '12:42 request hello use',
    ]);
  });

  it('finds no function where its name is put together', () => {
    assert.deepEqual(listed('GET fn://a-{{b}}/x'), ['0:13 variable b use']);
  });

  it('never throws, and names what stands in the text', () => {
    fc.assert(fc.property(cbhttpTexts, (any) => void listed(any)));
  });
});

describe('occurrenceAt', () => {
  it('holds both ends of a name and nothing beside', () => {
    const document = parseCbhttp('@ab = 1\nGET /{{ab}}');
    const names = [0, 1, 3, 4, 12, 15, 17, 18].map((offset) => occurrenceAt(document, offset)?.span.start);
    assert.deepEqual(names, [undefined, 1, 1, undefined, undefined, 15, 15, undefined]);
  });
});

describe('definitionsIn', () => {
  it('is the last variable above a use, else the first below', () => {
    assert.deepEqual(definedOn('@a = 1\n@a = 2\n###\nGET /{{|a}}\n###\n@a = 3'), [1]);
    assert.deepEqual(definedOn('GET /{{|a}}\n###\n@a = 3\n@a = 4'), [2]);
    assert.deepEqual(definedOn('@a = 1\n@a = {{|a}}2'), [0]);
    assert.deepEqual(definedOn('@|a = 1\n@a = 2'), [0]);
    assert.deepEqual(definedOn('GET /{{|nowhere}}'), []);
  });

  it('is the @prompt of the same request before any file variable', () => {
    assert.deepEqual(definedOn('@a = 1\n###\n# @prompt a\nGET /{{|a}}'), [2]);
    assert.deepEqual(definedOn('@a = 1\n###\n# @prompt a\nGET /\n###\nGET /{{|a}}'), [0]);
  });

  it('is the request of that name', () => {
    assert.deepEqual(definedOn('# @ref |b\nGET /\n###\n# @name b\nGET /'), [3]);
    assert.deepEqual(definedOn('# @ref |Log in\nGET /\n### Log in\nGET /\n### Log in\nGET /'), [2]);
    assert.deepEqual(definedOn('# @ref |b\nGET /\n### b\nGET /\n###\n# @name b\nGET /'), [5]);
    assert.deepEqual(definedOn('GET /{{|b.events[-1].data}}\n###\n# @name b\nGET /'), [2]);
  });
});

describe('outsideVariable', () => {
  /** Where the variable at the `¦` is defined outside, and what of the text uses it. */
  const outside = (marked: string): string | undefined => {
    const { text: source, document, offset } = atCursor(marked);
    const found = outsideVariable(document, offset, workspace());
    return (
      found &&
      `${found.kind} ${found.profile}.${found.name} ${source.slice(found.span.start, found.span.end)}`
    );
  };

  it('is one of the profile that the request is sent with, or of all', () => {
    assert.equal(outside('GET /{{us¦er}}'), 'setting dev.user user');
    assert.equal(outside('# @profile prod\nGET /?a={{user¦}}'), 'setting prod.user user');
    assert.equal(outside('@a = {{ ¦lang }}'), 'setting $shared.lang  lang ');
  });

  it('is one of .env', () => {
    assert.equal(outside('GET /{{$dotenv DB_¦URL}}'), 'dotenv .DB_URL $dotenv DB_URL');
  });

  it('is none that the file defines, that is asked for, or that is unknown', () => {
    for (const marked of ['@user = 1\nGET /{{u¦ser}}', '# @prompt user\nGET /{{u¦ser}}', 'GET /{{n¦one}}']) {
      assert.equal(outside(marked), undefined, marked);
    }
    assert.equal(outside('GET /{{$gu¦id}}'), undefined);
    assert.equal(outside('GE¦T /{{user}}'), undefined);
  });
});

describe('occurrencesLike', () => {
  it('tells a variable from a request of the same name', () => {
    const document = parseCbhttp('@hello = 1\n# @name hello\nGET /{{hello}}/{{hello.text}}');
    const [variable, request] = occurrencesOf(document);
    assert.ok(variable && request);
    assert.equal(occurrencesLike(document, variable).length, 2);
    assert.equal(occurrencesLike(document, request).length, 2);
  });
});

describe('requestNameIn', () => {
  it('reads the name before request, response, events and text', () => {
    const read = ['a.response.status', 'a.request.body.*', 'a.events[0].data', 'a.text', 'b-1.response'];
    assert.deepEqual(read.map(requestNameIn), ['a', 'a', 'a', 'a', 'b-1']);
    assert.equal(requestNameIn('v1.2.response.body.$.text'), 'v1.2');
    const others = ['a', 'a.b', 'a.texts', '$guid.text', '.text', ''];
    assert.deepEqual(
      others.map(requestNameIn),
      others.map(() => null),
    );
  });
});

describe('functionOf', () => {
  function functions(source: string, ofFile: string | null = null): (string | null)[] {
    const document = parseCbhttp(source);
    return placedRequests(document).map((placed) => functionOf(document, placed, ofFile));
  }

  it('reads targets, file variables and @function', () => {
    assert.deepEqual(
      functions('GET fn://a/x?y\n###\nGET FN://b\n###\n# @function c\nGET /x\n###\nGET /y', 'd'),
      ['a', 'b', 'c', 'd'],
    );
    assert.deepEqual(functions('@base = fn://a/api\nGET {{base}}/x\n###\nGET {{ other }}/x'), ['a', null]);
    assert.deepEqual(functions('GET https://x/\n###\nGET fn://{{a}}/x\n###\nGET /x'), [null, null, null]);
  });
});
