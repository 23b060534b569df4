import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readCloudbaserc, type Cloudbaserc } from '../../../../src/core/functions/cloudbaserc.ts';
import { parseJsonConfig } from '../../../../src/core/functions/configFormats.ts';

describe('readCloudbaserc', () => {
  it('reads the environment and the routes of the access service', () => {
    const { envId, routes } = read(`{
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
  });

  it('reads functions, their type and folder, from JSON with comments', () => {
    const { functions, issues } = read(`{
      // a comment
      "functionRoot": "./cloud/functions/",
      "functions": [
        { "name": "chat", "type": "HTTP", "runtime": "Nodejs20.19" },
        { "name": "job" },
        { "name": "far", "type": "http", "dir": "./elsewhere//far/" },
        { "name": "root", "dir": "/abs/./root" },
      ],
    }`);
    assert.deepEqual(issues, []);
    assert.deepEqual(
      functions.map(({ name, type, folder }) => [name, type, folder]),
      [
        ['chat', 'HTTP', 'cloud/functions/chat'],
        ['job', 'Event', 'cloud/functions/job'],
        ['far', 'HTTP', 'elsewhere/far'],
        ['root', 'Event', '/abs/root'],
      ],
    );
  });

  it('takes what the function says before what the project says, and its older nested config before both', () => {
    const [plain, own, nested] = read(`{
      "functionDefaultConfig": { "timeout": 5, "memorySize": 512, "envVariables": { "A": "shared", "B": 1 } },
      "functions": [
        { "name": "plain" },
        { "name": "own", "timeout": 60, "Type": "HTTP", "envVariables": { "A": "own", "C": true, "D": null } },
        { "name": "nested", "timeout": 60, "config": { "timeout": "7", "memorySize": 128 } }
      ] }`).functions;
    assert.deepEqual([plain?.timeoutSeconds, own?.timeoutSeconds, nested?.timeoutSeconds], [5, 60, 7]);
    assert.deepEqual([plain?.memoryMb, own?.memoryMb, nested?.memoryMb], [512, 512, 128]);
    assert.deepEqual(plain?.environment, { A: 'shared', B: '1' });
    assert.deepEqual(own?.environment, { A: 'own', B: '1', C: 'true' });
    assert.equal(own.type, 'HTTP');
  });

  it('has no number where none is sound; over WebSocket a function may run longer', () => {
    const found = read(`{ "functions": [
      { "name": "a", "timeout": 0 }, { "name": "b", "timeout": 901 }, { "name": "c", "timeout": "x" },
      { "name": "d", "timeout": 901, "protocolType": "WS" }, { "name": "e", "memorySize": -1 } ] }`).functions;
    assert.deepEqual(
      found.map(({ timeoutSeconds }) => timeoutSeconds),
      [null, null, null, 901, null],
    );
    assert.equal(found[4]?.memoryMb, null);
  });

  it('fills templates in; one without a value stays and is told of where it stands', () => {
    const text = `{
      "envId": "{{env.ENV}}", "functionRoot": "{{env.ROOT}}",
      "functionDefaultConfig": { "envVariables": { "SHARED": "{{env.NOPE}}" } },
      "functions": [
        { "name": "{{env.PREFIX}}-chat", "timeout": "{{env.SECONDS}}", "envVariables": { "ENV": "at {{tcb.envId}}" } },
        { "name": "uid-{{util.uid}}" }
      ],
      "gateway": { "routes": [{ "path": "/{{env.PREFIX}}", "target": "function:{{env.PREFIX}}-chat" }] } }`;
    const { envId, functions, routes, issues } = read(text, {
      ENV: 'my-env',
      ROOT: 'src',
      PREFIX: 'p',
      SECONDS: '30',
    });
    assert.equal(envId, 'my-env');
    assert.deepEqual(
      functions.map(({ name, folder }) => [name, folder]),
      [
        ['p-chat', 'src/p-chat'],
        ['uid-{{util.uid}}', 'src/uid-{{util.uid}}'],
      ],
    );
    assert.equal(functions[0]?.timeoutSeconds, 30);
    assert.deepEqual(functions[0].environment, { SHARED: '{{env.NOPE}}', ENV: 'at my-env' });
    assert.deepEqual(
      routes.map(({ path, functionName }) => [path, functionName]),
      [['/p', 'p-chat']],
    );
    assert.deepEqual(
      issues.map(({ code, severity, span }) => [code, severity, text.slice(span.start, span.end)]),
      [['unresolved-template', 'warning', '"{{env.NOPE}}"']],
    );
    assert.deepEqual(issues[0]?.message.args, ['env.NOPE']);
  });

  it('keeps an environment without a value as it is written', () => {
    const { envId, issues } = read(
      '{ "envId": "{{env.ENV_ID}}", "functions": [{ "name": "{{tcb.envId}}" }] }',
    );
    assert.equal(envId, '{{env.ENV_ID}}');
    assert.deepEqual(
      issues.map(({ code, severity }) => [code, severity]),
      [
        ['unresolved-template', 'information'],
        ['unresolved-template', 'warning'],
      ],
    );
  });

  it('says that .env files are not read where they may not be', () => {
    const { issues } = readCloudbaserc(parseJsonConfig('{ "envId": "{{env.A}}" }').root, null);
    assert.match(issues[0]?.message.text ?? '', /trusted/);
  });

  it('names the place of what is broken, and keeps the rest', () => {
    assert.equal(read('[]').issues[0]?.message.text, 'A config should be an object.');
    assert.equal(read('{"functions":{}}').issues[0]?.span.start, 13);
    const { functions, issues } = read('{"functions":[{"type":"HTTP"},{"name":"a"},7]}');
    assert.deepEqual(
      functions.map(({ name, nameOffset }) => [name, nameOffset]),
      [['a', 38]],
    );
    assert.deepEqual(
      issues.map(({ code, span }) => [code, span.start]),
      [
        ['function-without-name', 14],
        ['function-without-name', 43],
      ],
    );
  });
});

function read(text: string, variables: Readonly<Record<string, string>> = {}): Cloudbaserc {
  return readCloudbaserc(parseJsonConfig(text).root, variables);
}
