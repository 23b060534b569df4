import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'mocha';
import { readLaunch } from '../../../src/net/functionLaunch.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('readLaunch', () => {
  it('reads what a cloudbase-functions.json says of a function, comments or not', async () => {
    const folder = await makeTemporaryFolder();
    try {
      const root = folder.dir;
      const file = path.join(root, 'cloudbase-functions.json');
      const bin = path.join(root, 'node_modules/@cloudbase/functions-framework/bin');
      await mkdir(bin, { recursive: true });
      await writeFile(path.join(bin, 'tcb-ff.js'), '');
      const own = '{ "name": "b", "source": "dist/b.js", "target": "main" }';
      await writeFile(file, `\uFEFF// ours\n{ "functions": [{ "name": "a" }, ${own},] }`);
      const declared = { name: 'b', runtime: '', environment: {}, kind: 'framework' } as const;
      const { signal } = new AbortController();
      const launch = await readLaunch({ declared, folder: root, file, root, port: 9000 }, { signal });
      assert.ok('command' in launch);
      assert.deepEqual(launch.args.slice(1), ['--port', '9000', '--source', 'dist/b.js', '--target', 'main']);
    } finally {
      await folder.dispose();
    }
  });
});
