import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readCloudbasercProfiles } from '../../../../../src/core/profiles/import/cloudbaserc.ts';
import {
  environmentOfFile,
  readDotenvProfile,
  readEnvironmentFile,
  readEnvironmentVariables,
} from '../../../../../src/core/profiles/import/environments.ts';
import { mergeFound, type Found } from '../../../../../src/core/profiles/import/found.ts';
import { conflictsOf, freeName, planImport } from '../../../../../src/core/profiles/import/plan.ts';

describe('importing profiles', () => {
  it('reads the environments of cloudbaserc.json: its own and one for each override', () => {
    const text = `{
      // ours
      "envId": "main-1a",
      "envOverrides": { "test-2b": { "functions": [] }, "prod": { "envId": "prod-3c" }, "main-1a": {} },
    }`;
    assert.deepEqual(
      readCloudbasercProfiles(text)?.profiles.map(({ name, envId }) => [name, envId]),
      [
        ['main-1a', 'main-1a'],
        ['test-2b', 'test-2b'],
        ['prod', 'prod-3c'],
      ],
    );
    assert.equal(readCloudbasercProfiles('{ "envId": "{{env.ID}}" }'), null);
    assert.equal(readCloudbasercProfiles('{ "envId": '), null);
  });

  it('reads environments, what they share, and tells secrets apart', () => {
    const found = readEnvironmentVariables({
      $shared: { lang: 'zh', password: 'hush' },
      $default: { a: 'b' },
      dev: { host: 'http://127.0.0.1', port: 80, deep: { a: 1 }, token: '{{$shared token}}', apiKey: 'k' },
      broken: 'text',
    });
    assert.deepEqual(found, {
      profiles: [
        {
          name: 'dev',
          envId: '',
          variables: { host: 'http://127.0.0.1', port: '80', token: '{{token}}' },
          secrets: { apiKey: 'k' },
        },
      ],
      shared: { name: '$shared', envId: '', variables: { lang: 'zh' }, secrets: { password: 'hush' } },
      leftOut: ['dev.deep'],
    });
    assert.equal(readEnvironmentVariables(undefined), null);
    assert.equal(readEnvironmentFile('{ "dev": '), null);
    assert.equal(readEnvironmentFile('\uFEFF{ "dev": {}, /* c */ }')?.profiles[0]?.name, 'dev');
  });

  it('names a .env file’s environment as httpYac does', () => {
    const names = [
      '.env',
      '.env.dev',
      'prod.env',
      '.env.local',
      '.env.prod.local',
      '.env.example',
      'env',
      'x.json',
    ];
    assert.deepEqual(names.map(environmentOfFile), ['$shared', 'dev', 'prod', null, null, null, null, null]);
    assert.deepEqual(readDotenvProfile('.env.dev', { A: '1', DB_PASSWORD: 'p' }).profiles[0], {
      name: 'dev',
      envId: '',
      variables: { A: '1' },
      secrets: { DB_PASSWORD: 'p' },
    });
  });

  it('merges sources by name; a private file’s secret is one, wherever else it stands', () => {
    const one = readEnvironmentVariables({ dev: { a: '1', b: '2' } }) as Found;
    const other = readEnvironmentVariables({ dev: { a: '9', token: 't' }, prod: {} }) as Found;
    const { profiles } = mergeFound([one, other]);
    assert.deepEqual(profiles, [
      { name: 'dev', envId: '', variables: { a: '1', b: '2' }, secrets: { token: 't' } },
      { name: 'prod', envId: '', variables: {}, secrets: {} },
    ]);
  });

  it('plans nothing that writes over what is there', () => {
    const found = readEnvironmentVariables({
      $shared: { lang: 'zh', pin_secret: 's' },
      dev: { a: '1', b: '2', token: 't' },
      prod: { c: '3' },
      test: {},
    }) as Found;
    const existing = { dev: { variables: { a: 'mine' } }, prod: {}, test: {}, 'prod-2': {} };
    assert.deepEqual(conflictsOf(found, existing), ['dev', 'prod', 'test']);
    const decisions = { dev: 'add', prod: 'rename', test: 'skip' } as const;
    const plan = planImport(found, existing, (name) => decisions[name as 'dev'], true);
    assert.deepEqual(plan, {
      added: ['prod-3'],
      extended: ['dev'],
      values: [
        { path: ['dev', 'variables', 'b'], value: '2' },
        { path: ['dev', 'variables', 'token'], value: '{{$secret token}}' },
        { path: ['prod-3'], value: { variables: { c: '3' } } },
        { path: ['$shared', 'variables', 'lang'], value: 'zh' },
        { path: ['$shared', 'variables', 'pin_secret'], value: '{{$secret pin_secret}}' },
      ],
      secrets: [
        { profile: 'dev', name: 'pin_secret', value: 's' },
        { profile: 'dev', name: 'token', value: 't' },
        { profile: 'prod-3', name: 'pin_secret', value: 's' },
      ],
    });
  });

  it('leaves secrets out where they are not kept', () => {
    const found = readEnvironmentVariables({ dev: { a: '1', token: 't' } }) as Found;
    const plan = planImport(found, {}, () => 'skip', false);
    assert.deepEqual(plan.secrets, []);
    assert.deepEqual(plan.values, [{ path: ['dev'], value: { variables: { a: '1' } } }]);
    assert.doesNotMatch(JSON.stringify(plan), /"t"/);
  });

  it('finds a free name', () => {
    assert.equal(freeName('dev', new Set()), 'dev');
    assert.equal(freeName('dev', new Set(['dev', 'dev-2'])), 'dev-3');
  });
});
