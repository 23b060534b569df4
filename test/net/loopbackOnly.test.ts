import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { repositoryDir } from '../support/paths.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

/** Listens in one way, in a process of its own with the preload, and returns what `address()` says there. */
async function addressAfter(listenCall: string): Promise<unknown> {
  const program = `
    const server = require('node:net').createServer();
    server.once('listening', () => {
      console.log(JSON.stringify(server.address()));
      server.close();
    });
    const done = () => console.log('called');
    server.${listenCall};
  `;
  const preload = path.join(repositoryDir, 'test', 'support', 'loopbackOnly.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', preload, '-e', program]);
  const [address, ...rest] = stdout.trim().split('\n');
  assert.deepEqual(rest, listenCall.includes('done') ? ['called'] : []);
  return JSON.parse(address ?? '');
}

describe('loopbackOnly preload', () => {
  const tcpCalls = [
    'listen()',
    'listen(done)',
    'listen(0)',
    'listen("0", done)',
    'listen(0, done)',
    'listen(0, 16, done)',
    'listen(0, "0.0.0.0")',
    'listen(0, "::", done)',
    'listen(0, "0.0.0.0", 16, done)',
    'listen(0, undefined, done)',
    'listen({ port: 0 })',
    'listen({ port: 0, host: "::", ipv6Only: true }, done)',
  ];
  for (const call of tcpCalls) {
    it(`${call} is on 127.0.0.1`, async () => {
      const { address } = (await addressAfter(call)) as { address: string };
      assert.equal(address, '127.0.0.1');
    });
  }

  for (const call of ['listen(pipe)', 'listen(pipe, done)', 'listen({ path: pipe })']) {
    it(`${call} stays a pipe`, async () => {
      const folder = await makeTemporaryFolder();
      try {
        const pipe = path.join(folder.dir, 'pipe');
        assert.equal(await addressAfter(call.replace('pipe', JSON.stringify(pipe))), pipe);
      } finally {
        await folder.dispose();
      }
    });
  }
});
