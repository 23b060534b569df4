import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { directives } from '../../../../../src/core/cbhttp/knowledge/directiveInfo.ts';
import { headerInfo, headers } from '../../../../../src/core/cbhttp/knowledge/headers.ts';
import { mediaTypes } from '../../../../../src/core/cbhttp/knowledge/mediaTypes.ts';
import { methods } from '../../../../../src/core/cbhttp/knowledge/methods.ts';
import { statusInfo } from '../../../../../src/core/cbhttp/knowledge/statusCodes.ts';
import { snippetText } from '../../../../../src/core/cbhttp/complete/completion.ts';
import { checkDirective, directiveWords } from '../../../../../src/core/cbhttp/directives.ts';
import { readHeader, readRequestLine } from '../../../../../src/core/cbhttp/lines.ts';
import { readSystemVariable } from '../../../../../src/core/cbhttp/variables/systemVariables.ts';
import { findPlaceholders } from '../../../../../src/core/cbhttp/variables/placeholders.ts';

describe('knowledge', () => {
  it('has each header once, under a name that the parser reads', () => {
    const names = headers.map(({ name }) => name.toLowerCase());
    assert.equal(new Set(names).size, names.length);
    for (const { name } of headers) {
      assert.equal(readHeader(`${name}: x`)?.name, name);
      assert.equal(headerInfo(name.toUpperCase())?.name, name);
    }
  });

  it('offers header values whose variables can be read', () => {
    for (const { name, values } of headers) {
      for (const { expression } of values.flatMap((value) => findPlaceholders(snippetText(value)))) {
        assert.ok('kind' in readSystemVariable(expression), `${name}: ${expression}`);
      }
    }
  });

  it('has the directives that the parser knows, and no other', () => {
    assert.deepEqual([...directives.keys()].sort(), [...directiveWords].sort());
    assert.equal(checkDirective('timeout', directives.get('timeout')?.usage ?? ''), null);
  });

  it('has methods that the parser reads', () => {
    for (const word of methods.keys()) {
      assert.deepEqual(readRequestLine(`${word} /x`), {
        method: word,
        target: '/x',
        targetStart: word.length + 1,
      });
    }
  });

  it('has media types in lower case, and the registered status codes', () => {
    for (const type of mediaTypes.keys()) assert.match(type, /^(?:\*\/\*|[a-z]+\/[a-z0-9.+-]+)$/);
    assert.equal(statusInfo(404)?.phrase, 'Not Found');
    assert.equal(statusInfo(299), undefined);
    assert.equal(Array.from({ length: 600 }, (_, code) => statusInfo(code)).filter((one) => one).length, 65);
  });
});
