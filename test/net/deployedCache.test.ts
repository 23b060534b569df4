import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { DeployedFunction } from '../../src/core/functions/deployed.ts';
import { inSlices } from '../../src/host/inSlices.ts';
import { createDeployedCache, type KeptListing } from '../../src/net/deployedCache.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';

const key = ['dev', 'secretKey', 'my-dev-1a2b', 'ap-shanghai', 'https://user:hush@manage.example'];

function listing(count: number): KeptListing {
  const functions = Array.from({ length: count }, (_, index): DeployedFunction => ({
    name: `function-${index}`,
    functionId: `lam-${index}`,
    type: index % 3 === 0 ? 'unknown' : 'HTTP',
    runtime: 'Nodejs20.19',
    handler: 'index.main',
    timeoutSeconds: index % 2 === 0 ? null : 15,
    memoryMb: 256,
    status: 'Active',
    statusDescription: 'with a "quote" and a\nline',
    addedAt: '',
    modifiedAt: '2025-06-01 10:00:00',
  }));
  const route = {
    domain: 'api.example.com',
    isDefaultDomain: false,
    path: '/chat',
    functionName: 'chat',
    isEnabled: true,
  };
  return {
    functions,
    routes: [route, { ...route, domain: null, functionName: null }],
    fetchedMs: 1_750_000_000_123,
    failure: null,
  };
}

describe('the cache of deployed functions', () => {
  let folder: TemporaryFolder;
  let dir: string;
  beforeEach(async () => {
    folder = await makeTemporaryFolder();
    dir = path.join(folder.dir, 'not', 'there', 'yet');
  });
  afterEach(() => folder.dispose());

  const open = () => createDeployedCache({ dir, inSlices });
  const files = async (): Promise<string[]> => (await readdir(dir)).map((name) => path.join(dir, name));
  const onlyFile = async (): Promise<string> => (await files())[0] ?? '';

  it('gives back what was kept, by its key alone', async () => {
    assert.equal(await open().read(key), undefined);
    const kept = { ...listing(250), failure: 'Too many requests' };
    await open().write(key, kept);
    assert.deepEqual(await open().read(key), kept);
    assert.equal(await open().read([...key.slice(0, -1), 'https://manage.example']), undefined);
    await open().write(key, listing(3));
    assert.deepEqual(await open().read(key), listing(3));
    assert.equal((await files()).length, 1);
    await open().delete(key);
    assert.equal(await open().read(key), undefined);
  });

  it('writes nothing of the key, in the file or in its name', async () => {
    await open().write(key, listing(3));
    const file = await onlyFile();
    const text = `${file}\n${await readFile(file, 'utf8')}`;
    for (const part of ['hush', 'my-dev-1a2b', 'manage.example', 'secretKey'])
      assert.ok(!text.includes(part), part);
  });

  it('takes a file that is broken, cut short or of another version for none', async () => {
    await open().write(key, listing(40));
    const file = await onlyFile();
    const text = await readFile(file, 'utf8');
    await truncate(file, text.length - 100);
    assert.equal(await open().read(key), undefined, 'cut short');
    await writeFile(file, text.replace('"version":1', '"version":999'));
    assert.equal(await open().read(key), undefined, 'another version');
    await writeFile(file, '{"version":1');
    assert.equal(await open().read(key), undefined, 'no JSON');
    await writeFile(file, '');
    assert.equal(await open().read(key), undefined, 'empty');
    await writeFile(file, text);
    await appendFile(file, '{"name":1}\nnull\n[]\n');
    assert.deepEqual(await open().read(key), listing(40), 'what is no function is left out');
  });

  it('keeps the newest environments', async () => {
    await mkdir(dir, { recursive: true });
    for (let index = 0; index < 40; index++) {
      const file = path.join(dir, `${index}.jsonl`);
      await writeFile(file, '');
      await utimes(file, index, index);
    }
    await open().write(key, listing(1));
    const left = (await readdir(dir)).toSorted();
    assert.equal(left.length, 30);
    assert.ok(!left.includes('10.jsonl') && left.includes('11.jsonl') && left.includes('39.jsonl'));
    assert.deepEqual(await open().read(key), listing(1));
  });

  it('says where it cannot be written', async () => {
    await writeFile(path.join(folder.dir, 'not'), 'a file in its place');
    await assert.rejects(open().write(key, listing(1)), { code: 'ENOTDIR' });
  });
});
