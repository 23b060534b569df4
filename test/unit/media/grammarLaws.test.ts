import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { before, describe, it } from 'mocha';
import type { IGrammar } from 'vscode-textmate';
import { parseCbhttp } from '../../../src/core/cbhttp/parse.ts';
import { loadGrammar, tokensOf } from './tokenizer.ts';

let grammar: IGrammar;
before(async () => (grammar = await loadGrammar()));

const bodies = [
  ...[
    'application/json',
    'text/xml',
    'text/html',
    'text/javascript',
    'application/graphql',
    'text/plain',
  ].map((type) => `POST /x\nContent-Type: ${type}\n\n`),
  'POST /x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/json\n\n',
  'POST /x\nContent-Type: application/x-www-form-urlencoded\n\n',
  'GRAPHQL /x\n\n',
  'POST /x\n\n',
  'POST /x\n',
  'WS ws://x\n',
  '/*\n',
  '{{\n',
  '> {%\n',
  '',
];
const openers = [
  '"',
  '{',
  '[',
  '<!--',
  '<a ',
  '`',
  '"""',
  '{{',
  '{%',
  '%}',
  '}}',
  '/*',
  '\\',
  '--b',
  '#',
  '\n',
];

describe('the grammar, whatever the text', () => {
  it('knows every separator', () => {
    const garbage = fc.oneof(fc.constantFrom(...openers), fc.string({ unit: 'binary', maxLength: 8 }));
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.array(garbage, { maxLength: 12 }), (body, pieces) => {
        const text = `${body}${pieces.join('')}\n### After`;
        const separators = [...text.matchAll(/(?<=^|\r|\n)###/g)].map(({ index }) => index);
        const tokens = tokensOf(grammar, text);
        for (const at of separators) {
          assert.deepEqual(tokens.find(({ start }) => start === at)?.scopes, [
            'markup.heading.cbhttp',
            'punctuation.definition.heading.cbhttp',
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('sees what the parser sees', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 14 }), (picked) => {
        const text = picked.join('\n');
        assert.deepEqual(seenByGrammar(text), seenByParser(text));
      }),
      { numRuns: 1000 },
    );
  });
});

/** One or more for each row of the language, and some that are none. */
const lines = [
  '###',
  '### Title',
  '  ### not in column 1',
  '',
  '  ',
  '# a comment',
  '// a comment',
  '# @name hello',
  '// @forceRef other',
  '#@timeout 30s',
  '  # @unknown word',
  '# @import ./x.http',
  '# @name=no',
  '@user = alice',
  '@id := 1',
  '@no value',
  'GET fn://name/path?a=b',
  'POST /path HTTP/1.1',
  'get http://example.com',
  'delete me please',
  'GET',
  'PUT {{base}}/x',
  'FOO http://x',
  'GRAPHQL fn://graph/query',
  'SSE localhost:9000/x',
  'WS wss://x',
  'https://example.com/',
  'localhost:9000/health',
  '[::1]:9000/health',
  '{{base}}/path',
  '{{base}}: text',
  '/path',
  '  /more',
  '?a=b',
  '  &c=d HTTP/1.1',
  'Content-Type: application/json',
  'content-type:text/plain',
  'Content-Type: multipart/form-data; boundary=b',
  'X-Request-Type: GraphQL',
  '  X-Tag :  value ',
  'https: //x',
  'Bad Name: value',
  '...spread',
  'just text',
  '{ "a": "{{b}}" }',
  '[1, 2',
  '}',
  '"open',
  '--b',
  '--b--',
  '<p>',
  '< ./file.json',
  '<@latin1 ./file.txt',
  '\\### escaped',
  '?? status == 200',
  '??nothing',
  '> {% one(); %}',
  '< {%\n{\n%}',
  '%}',
  '{{@request\n`\n}}',
  '}}',
  '###\n/*\nGET /x\n*/',
  '*/',
  '> ./handler.js',
  '> quote',
  '<> ./saved.txt',
  '>> ./out.json',
  '>>! ./out.json',
  '\nHTTP/1.1 200 OK',
];

function seenByParser(text: string): string[] {
  const seen: string[] = [];
  const { sections, offsets } = parseCbhttp(text);
  for (const [index, { requests, variables, looseDirectives, foreign, titleSpan }] of sections.entries()) {
    const add = (kind: string, { start }: { start: number }): void => {
      seen.push(`${(offsets[index] ?? 0) + start} ${kind}`);
    };
    if (titleSpan !== null) add('title', titleSpan);
    for (const { nameSpan } of variables) add('variable', nameSpan);
    for (const { wordSpan } of looseDirectives) add('directive', wordSpan);
    for (const { kind, span } of foreign)
      if (kind !== 'import') add(kind === 'comment' ? 'comment' : 'foreign', span);
    for (const { methodSpan, targetPieces, headers, directives, bodySpan } of requests) {
      if (methodSpan !== null) add('method', methodSpan);
      for (const piece of targetPieces) add('target', piece);
      for (const { nameSpan } of headers) add('header', nameSpan);
      for (const { wordSpan } of directives) add('directive', wordSpan);
      if (bodySpan !== null) add('body', bodySpan);
    }
  }
  return sorted(seen);
}

function seenByGrammar(text: string): string[] {
  const seen: string[] = [];
  let isInBody = false;
  let targetLine = -1;
  let block = '';
  for (const { start, end, scopes } of tokensOf(grammar, text)) {
    const word = text.slice(start, end);
    const at = start + word.length - word.trimStart().length;
    const line = text.lastIndexOf('\n', at) + 1;
    const has = (scope: string): boolean =>
      scopes.some((one) => one === scope || one.startsWith(`${scope}.`));
    const within = [BLOCK, 'comment.block.response'].find(has) ?? '';
    if (within !== '' && within !== block) seen.push(`${at} ${within === BLOCK ? 'comment' : 'foreign'}`);
    block = within === BLOCK && word.trim() === '*/' ? '' : within;
    if (within !== '') continue;
    if (has('entity.name.section')) seen.push(`${at} title`);
    else if (has('keyword.operator') && has('meta.foreign') && FOREIGN.test(word)) seen.push(`${at} foreign`);
    else if (has('punctuation.section.embedded.begin') && word === '{{') seen.push(`${at} foreign`);
    else if (has('meta.body') && !has('meta.foreign')) {
      if (!isInBody) seen.push(`${line} body`);
      isInBody = true;
    } else if (has('meta.directive')) {
      if (has('keyword.other.directive') && word !== '@') seen.push(`${at} directive`);
    } else if (has('variable.other.definition')) seen.push(`${at} variable`);
    else if (has('keyword.control.method.cbhttp')) seen.push(`${at} method`);
    else if (has('entity.name.tag.header')) seen.push(`${at} header`);
    else if (has('meta.target') && has('meta.request') && targetLine !== line) {
      seen.push(`${at} target`);
      targetLine = line;
    }
    if (!has('meta.body') && !has('meta.foreign') && !has('comment')) isInBody = false;
  }
  return sorted(seen);
}

const BLOCK = 'comment.block.cbhttp';
const FOREIGN = /^(?:\?\?|>>!?|<>|[<>]|\.{3})$/;

function sorted(seen: readonly string[]): string[] {
  return [...seen].sort((one, other) => parseInt(one, 10) - parseInt(other, 10));
}
