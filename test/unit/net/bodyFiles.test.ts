import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { isCbError } from '../../../src/core/errors.ts';
import { readBodyFile } from '../../../src/net/bodyFiles.ts';
import { readDotenv } from '../../../src/net/dotenv.ts';

const { signal } = new AbortController();

describe('files beside a request', () => {
  let top = '';
  let root = '';
  let folder = '';
  before(async () => {
    top = await mkdtemp(path.join(tmpdir(), 'cbhttp-body-'));
    root = path.join(top, 'workspace');
    folder = path.join(root, 'requests');
    await mkdir(path.join(folder, 'inner'), { recursive: true });
    await mkdir(path.join(top, 'workspace-2'));
    await writeFile(path.join(top, 'secret.txt'), 'secret');
    await writeFile(path.join(top, 'workspace-2', 'other.txt'), 'other');
    await writeFile(path.join(root, 'a 张.txt'), 'a');
    await writeFile(path.join(folder, '..b.txt'), 'b');
    await symlink(top, path.join(folder, 'out'));
    await symlink(path.join(root, 'a 张.txt'), path.join(folder, 'link.txt'));
    await symlink(path.join(top, 'nowhere'), path.join(folder, 'broken'));
    await writeFile(path.join(root, '.env'), 'A=root\nB="of root"\n');
    await writeFile(path.join(folder, '.env'), '\uFEFFA=beside\n');
  });
  after(() => rm(top, { recursive: true, force: true }));

  const read = async (file: string): Promise<string> =>
    new TextDecoder().decode(await readBodyFile(file, { folder, root }, { signal }));
  const refusal = async (file: string): Promise<string> => {
    try {
      await read(file);
    } catch (error) {
      assert.ok(isCbError(error) && error.code === 'body-file', String(error));
      return error.message;
    }
    return 'read';
  };

  it('are read relative to the request’s folder', async () => {
    assert.equal(await read('../a 张.txt'), 'a');
    assert.equal(await read('./..b.txt'), 'b');
    assert.equal(await read(path.join(root, 'a 张.txt')), 'a');
    assert.equal(await read('link.txt'), 'a');
  });

  it('are refused outside the workspace, there or not, also through links', async () => {
    for (const file of [
      '../../secret.txt',
      '../../nope',
      'out/secret.txt',
      '/etc/hostname',
      '../../workspace-2/other.txt',
      '../..',
    ]) {
      assert.match(await refusal(file), /outside the workspace/, file);
    }
  });

  it('are refused where they are missing or none', async () => {
    assert.match(await refusal('nope.txt'), /There is no file nope\.txt/);
    assert.match(await refusal('broken'), /There is no file broken/);
    assert.match(await refusal('inner'), /is no file/);
    assert.match(await refusal('a\0b'), /cannot be read/);
  });

  it('give the variables of .env, those beside the request first', async () => {
    assert.deepEqual(await readDotenv([folder, root], { signal }), { A: 'beside', B: 'of root' });
    assert.deepEqual(await readDotenv([path.join(root, 'nope')], { signal }), {});
  });
});
