import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readCloudbaserc } from '../../../../src/core/functions/cloudbaserc.ts';

describe('readCloudbaserc', () => {
  it('reads the environment and the routes of the access service', () => {
    const { envId, routes } = readCloudbaserc(`{
      "envId": "my-env", // of all functions
      "gateway": { "routes": [
        { "path": "/chat", "target": "function:chat", "domain": "api.example.com" },
        { "path": "/pages", "target": "static:pages" },
        { "path": "{{env.PATH}}", "target": "function:chat" },
        { "path": "/own", "target": "function:own", "domain": "e-1.ap-shanghai.app.tcloudbase.com" }, 7
      ] } }`);
    assert.equal(envId, 'my-env');
    assert.deepEqual(
      routes.map(({ path, functionName, domain, isDefaultDomain }) => [
        path,
        functionName,
        domain,
        isDefaultDomain,
      ]),
      [
        ['/chat', 'chat', 'api.example.com', false],
        ['/pages', null, null, true],
        ['/own', 'own', 'e-1.ap-shanghai.app.tcloudbase.com', true],
      ],
    );
    assert.deepEqual(readCloudbaserc('{"envId":"{{env.ENV}}","gateway":3}'), {
      envId: '',
      routes: [],
      functions: [],
      problem: null,
    });
  });

  it('reads functions, their type and folder, from JSON with comments', () => {
    const { functions, problem } = readCloudbaserc(`{
      // a comment
      "functionRoot": "./cloud/functions/",
      "functions": [
        { "name": "chat", "type": "HTTP", "runtime": "Nodejs20.19" },
        { "name": "job" },
        { "name": "far", "type": "HTTP", "dir": "./elsewhere/far" },
      ],
    }`);
    assert.equal(problem, null);
    assert.deepEqual(
      functions.map(({ name, type, folder }) => [name, type, folder]),
      [
        ['chat', 'HTTP', 'cloud/functions/chat'],
        ['job', 'Event', 'cloud/functions/job'],
        ['far', 'HTTP', 'elsewhere/far'],
      ],
    );
  });

  it('names the place of what is broken', () => {
    const broken = readCloudbaserc('{ "functions": [ }');
    assert.equal(broken.problem?.offset, 17);
    assert.deepEqual(broken.functions, []);
    assert.equal(readCloudbaserc('').problem?.offset, 0);
    assert.equal(readCloudbaserc('[]').problem?.message.text, 'cloudbaserc.json should hold an object.');
    assert.equal(readCloudbaserc('{"functions":{}}').problem?.offset, 13);
  });

  it('keeps the functions beside one without a name', () => {
    const { functions, problem } = readCloudbaserc('{"functions":[{"type":"HTTP"},{"name":"a"},7]}');
    assert.deepEqual(
      functions.map(({ name }) => name),
      ['a'],
    );
    assert.equal(problem?.offset, 14);
  });
});
