import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readWorkspaceConfig, type WorkspaceConfig } from '../../../../src/core/functions/workspaceConfig.ts';
import { parseYamlConfig } from '../../../../src/core/functions/yamlConfig.ts';

describe('readWorkspaceConfig', () => {
  it('takes the config that tcb takes, and says that the others do not count', async () => {
    const files = {
      'package.json': '{ "name": "x", "cloudbase": { "functions": [{ "name": "inPackage" }] } }',
      cloudbaserc: 'functions: [{ name: bare }]',
      'cloudbaserc.json': '{ "functions": [{ "name": "inJson" }] }',
      'cloudbaserc.yaml': 'functions:\n- name: inYaml\n',
      'cloudbaserc.yml': 'functions:\n- name: inYml\n',
      'cloudbaserc.js': 'throw new Error("executed")',
      'cloudbase.config.js': 'throw new Error("executed")',
    };
    const left = Object.entries(files);
    const taken: string[] = [];
    while (left.length > 2) {
      const { functions, issues } = await read(Object.fromEntries(left));
      taken.push(...functions.map(({ declared, file }) => `${file}: ${declared.name}`));
      assert.deepEqual(
        issues.map(({ file, issue: { code } }) => [file, code]),
        left.slice(1).map(([name]) => [name, 'config-ignored']),
      );
      left.shift();
    }
    assert.deepEqual(taken, [
      'package.json: inPackage',
      'cloudbaserc: bare',
      'cloudbaserc.json: inJson',
      'cloudbaserc.yaml: inYaml',
      'cloudbaserc.yml: inYml',
    ]);
    const { functions, issues } = await read(Object.fromEntries(left));
    assert.deepEqual(functions, []);
    assert.deepEqual(
      issues.map(({ file, issue: { code } }) => [file, code]),
      [
        ['cloudbaserc.js', 'config-code'],
        ['cloudbase.config.js', 'config-ignored'],
      ],
    );
  });

  it('passes over a package.json without the key, and over an empty file', async () => {
    const { functions, issues } = await read({
      'package.json': '{ "name": "cloudbase", "cloudbase": "x" }',
      cloudbaserc: ' \n',
      'cloudbaserc.json': '\uFEFF{ "functions": [{ "name": "a" }] }',
    });
    assert.deepEqual([functions.map(({ declared }) => declared.name), issues], [['a'], []]);
  });

  it('marks places in package.json as they stand there', async () => {
    const text = '{ "name": "x", "cloudbase": { "functions": [{ "name": "a" }] } }';
    const [found] = (await read({ 'package.json': text })).functions;
    assert.equal(text.slice(found?.declared.nameOffset).startsWith('"a"'), true);
  });

  it('adds the functions of a cloudbase-functions.json that the config does not name', async () => {
    const { functions } = await read({
      'cloudbaserc.json': '{ "functions": [{ "name": "a" }] }',
      'cloudbase-functions.json':
        '{ "functions": [{ "name": "a", "directory": "." }, { "name": "b", "directory": "b" }] }',
    });
    assert.deepEqual(
      functions.map(({ declared: { name, kind }, file }) => [name, kind, file]),
      [
        ['a', 'bootstrap', 'cloudbaserc.json'],
        ['b', 'framework', 'cloudbase-functions.json'],
      ],
    );
  });

  it('reads .env files where the config has templates, and only there', async () => {
    let reads = 0;
    const readVariables = (): Promise<Record<string, string>> => {
      reads += 1;
      return Promise.resolve({ A: 'filled' });
    };
    await read({ 'cloudbaserc.json': '{ "envId": "plain" }' }, readVariables);
    assert.equal(reads, 0);
    assert.equal((await read({ 'cloudbaserc.yml': 'envId: "{{env.A}}"' }, readVariables)).envId, 'filled');
    assert.equal(reads, 1);
    assert.equal((await read({ 'cloudbaserc.yml': 'envId: "{{env.A}}"' }, null)).envId, '{{env.A}}');
  });

  it('turns a file that cannot be read into an issue', async () => {
    const { functions, issues } = await readWorkspaceConfig({
      names: new Set(['cloudbaserc.json']),
      read: () => Promise.reject(new Error('no right')),
      parseYaml: () => Promise.resolve(parseYamlConfig),
      readVariables: null,
    });
    assert.deepEqual(functions, []);
    assert.deepEqual(issues[0]?.issue.message.args, ['no right']);
    const broken = await read({ 'cloudbaserc.yaml': 'a: [', 'cloudbase-functions.json': '{' });
    assert.deepEqual(
      broken.issues.map(({ file, issue: { code } }) => [file, code]),
      [
        ['cloudbaserc.yaml', 'config-syntax'],
        ['cloudbase-functions.json', 'config-syntax'],
      ],
    );
  });
});

function read(
  files: Readonly<Record<string, string>>,
  readVariables: (() => Promise<Readonly<Record<string, string>>>) | null = () => Promise.resolve({}),
): Promise<WorkspaceConfig> {
  return readWorkspaceConfig({
    names: new Set(Object.keys(files)),
    read: (name) => Promise.resolve(files[name] ?? ''),
    parseYaml: () => Promise.resolve(parseYamlConfig),
    readVariables,
  });
}
