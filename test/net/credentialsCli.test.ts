import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, describe, it } from 'mocha';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { repositoryDir } from '../support/paths.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';

describe('credentials on the command line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cbhttp-credentials-cli-'));
  const home = path.join(folder, 'home');
  let fn: ScriptedServer;
  let gateway: Gateway;

  before(async () => {
    fn = await startScriptedServer(async (connection) => {
      const authorization = connection.request.header('authorization') ?? '';
      await connection.head(200, { 'Content-Type': 'text/plain' });
      await connection.write(`saw ${authorization}`);
      await connection.end();
    });
  });
  beforeEach(async () => {
    await gateway?.dispose();
    gateway = await startGateway({
      environments: {
        dev: {
          envId: 'my-dev-1a2b',
          apiKey: 'dev-key',
          secrets: [{ secretId: 'AKIDlong', secretKey: 'long-key' }],
          service: {
            routes: [{ Path: '/chat', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'chat' }],
          },
        },
      },
      functions: { chat: fn.port },
    });
    const base = { baseUrl: `${gateway.origin}/dev` };
    const settings = {
      'cbhttp.profiles': {
        dev: { ...base, auth: 'apiKey' },
        guest: { ...base, auth: 'anonymous' },
        'my-prod': { ...base, auth: 'secretKey' },
        tcb: { ...base, auth: 'cliLogin' },
        open: { baseUrl: gateway.accessOrigins['dev'], route: 'service', auth: 'apiKey' },
      },
    };
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    writeFileSync(
      path.join(folder, 'cloudbaserc.json'),
      '{"envId":"my-dev-1a2b","gateway":{"routes":[{"path":"/chat","target":"function:chat"}]}}',
    );
    writeFileSync(path.join(folder, 'a.cbhttp'), 'GET fn://chat/a?env={{$envId}}\n');
  });
  after(async () => {
    await gateway.dispose();
    await fn.dispose();
    rmSync(folder, { recursive: true });
  });

  async function send(profile: string, environment: NodeJS.ProcessEnv = {}) {
    const args = ['send', path.join(folder, 'a.cbhttp'), '--profile', profile, '--json'];
    const child = spawn(process.execPath, [path.join(repositoryDir, 'dist', 'cli.cjs'), ...args], {
      env: { PATH: process.env['PATH'], HOME: home, LC_ALL: 'C', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { out, err, code };
  }

  it('come from the environment, and the envId from cloudbaserc.json', async () => {
    const { code, out } = await send('dev', { CBHTTP_SECRET_DEV_CREDENTIAL: 'dev-key' });
    assert.equal(code, 0, out);
    assert.ok(out.includes('/a?env=my-dev-1a2b') && !out.includes('dev-key'), out);
    const key = { CBHTTP_SECRET_MY_PROD_SECRETID: 'AKIDlong', CBHTTP_SECRET_MY_PROD_SECRETKEY: 'long-key' };
    const exchanged = await send('my-prod', key);
    assert.equal(exchanged.code, 0, exchanged.err);
    assert.ok(!/long-key|at-/.test(exchanged.out), exchanged.out);
  });

  it('need nothing for an anonymous sign-in, and are the same user each time', async () => {
    assert.equal((await send('guest')).code, 0);
    assert.equal((await send('guest')).code, 0);
    const signIns = gateway.requests.filter(({ part }) => part === 'auth');
    const devices = signIns.map(({ headers }) => headers['x-device-id']);
    assert.equal(devices.length, 2);
    assert.equal(new Set(devices).size, 1);
    assert.match(String(devices[0]), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });

  it('find a function behind the access service, and hide a key that comes back', async () => {
    const { code, out } = await send('open', { CBHTTP_SECRET_OPEN_CREDENTIAL: 'any-key' });
    assert.equal(code, 0, out);
    assert.ok(
      out.includes('/chat/a?env=') && out.includes('saw Bearer ***') && !out.includes('any-key'),
      out,
    );
  });

  it('open the login of the tcb command only by a word of the environment', async () => {
    mkdirSync(path.join(home, '.config', '.cloudbase'), { recursive: true });
    const login = { credential: { secretId: 'AKIDlong', secretKey: 'long-key', uin: '1' } };
    writeFileSync(path.join(home, '.config', '.cloudbase', 'auth.json'), JSON.stringify(login));
    const refused = await send('tcb');
    assert.equal(refused.code, 2);
    assert.match(refused.err, /CBHTTP_SECRET_TCB_CREDENTIAL=cli/);
    assert.equal(gateway.requests.length, 0);
    assert.equal((await send('tcb', { CBHTTP_SECRET_TCB_CREDENTIAL: 'cli' })).code, 0);
  });

  it('that are missing or refused end with words and an exit code', async () => {
    const missing = await send('my-prod');
    assert.equal(missing.code, 2);
    assert.match(missing.err, /CBHTTP_SECRET_MY_PROD_SECRETID, CBHTTP_SECRET_MY_PROD_SECRETKEY/);
    const wrong = { TENCENTCLOUD_SECRETID: 'AKIDlong', TENCENTCLOUD_SECRETKEY: 'wrong' };
    const refused = await send('my-prod', wrong);
    assert.equal(refused.code, 1);
    assert.deepEqual(JSON.parse(refused.out), {
      kind: 'error',
      code: 'token-refused',
      message: (JSON.parse(refused.out) as { message: string }).message,
    });
    gateway.faults.next({ kind: 'reset' }, 'auth');
    assert.equal((await send('guest')).code, 3);
  });
});
