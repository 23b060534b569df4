import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'mocha';
import { readConfigOf } from '../../../src/net/workspaceSettings.ts';

describe('readConfigOf', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cbhttp-config-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads YAML, with the variables of .env and .env.local', async () => {
    const text =
      'envId: "{{env.ID}}"\nfunctions:\n  - { name: chat, type: HTTP, timeout: "{{env.LIMIT}}" }\n';
    await writeFile(path.join(folder, 'cloudbaserc.yml'), text);
    await writeFile(path.join(folder, '.env'), '\uFEFFID=one\nLIMIT=60\n');
    await writeFile(path.join(folder, '.env.local'), 'ID=two\n');
    const { envId, functions, issues } = await readConfigOf(folder);
    assert.deepEqual([envId, functions[0]?.declared.timeoutSeconds, issues], ['two', 60, []]);
  });

  it('has nothing where there is nothing, and no folder', async () => {
    for (const where of [folder, path.join(folder, 'gone'), undefined]) {
      const { envId, routes, functions } = await readConfigOf(where);
      assert.deepEqual([envId, routes, functions], ['', [], []]);
    }
  });

  it('leaves a template without a value as it is written', async () => {
    await writeFile(path.join(folder, 'cloudbaserc.json'), '{ "envId": "{{env.NOPE}}" }');
    assert.equal((await readConfigOf(folder)).envId, '{{env.NOPE}}');
  });
});
