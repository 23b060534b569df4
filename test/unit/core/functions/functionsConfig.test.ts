import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseJsonConfig } from '../../../../src/core/functions/configFormats.ts';
import { readFunctionsConfig } from '../../../../src/core/functions/functionsConfig.ts';

describe('readFunctionsConfig', () => {
  it('reads the functions that functions-framework runs together', () => {
    const { functions, issues } = readFunctionsConfig(
      parseJsonConfig(`{
        "functionsRoot": "./src",
        "functions": [{ "name": "default", "directory": "." }, { "name": "sse", "directory": "./sse/" }, {}],
        "routes": [{ "functionName": "default", "path": "/" }]
      }`).root,
    );
    assert.deepEqual(
      functions.map(({ name, folder, type, kind }) => [name, folder, type, kind]),
      [
        ['default', 'src', 'HTTP', 'framework'],
        ['sse', 'src/sse', 'HTTP', 'framework'],
      ],
    );
    assert.deepEqual(
      issues.map(({ code }) => code),
      ['function-without-name'],
    );
  });

  it('says what is no list and no object', () => {
    assert.equal(readFunctionsConfig(parseJsonConfig('{"functions":1}').root).issues[0]?.span.start, 13);
    assert.equal(readFunctionsConfig(null).issues[0]?.code, 'config-shape');
  });
});
