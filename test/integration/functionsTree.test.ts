import * as assert from 'node:assert/strict';
import { chmod, readdir, readFile, writeFile as writeDisk } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LastResult } from '../../src/core/cbhttp/lenses.ts';
import type { FunctionNode, TreeNode } from '../../src/host/functionNodes.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { eventually } from '../support/until.ts';
import { cancelling, closeAll, confirming, fileUri, writeFile } from './editor.ts';
import { accountKey, TestSecrets, TreeSession, withFolder, withProfiles } from './treeSession.ts';

const ENV_ID = 'my-dev-1a2b';
const COUNT = 2000;
const run = <T>(command: string, ...args: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(`cbhttp.${command}`, ...args);

const managed = [
  { FunctionName: 'hello', Type: 'HTTP' as const, MemorySize: 512, Status: 'Active' },
  { FunctionName: 'broken', Type: 'HTTP' as const, Status: 'CreateFailed', StatusDesc: 'no code' },
  ...Array.from({ length: COUNT - 2 }, (_, index) => ({
    FunctionName: `remote-${String(index).padStart(4, '0')}`,
    Type: index % 2 === 0 ? ('HTTP' as const) : ('Event' as const),
  })),
];

const fine: LastResult = { status: 200, outcome: 'complete', elapsedMs: 12, eventCount: 3 };

describe('the tree of functions', () => {
  let gateway: Gateway;
  let sessions: TreeSession[];
  before(async () => {
    await vscode.extensions.getExtension('cbhttp.cbhttp')?.activate();
    gateway = await startGateway({
      environments: {
        dev: {
          envId: ENV_ID,
          apiKey: 'k',
          secrets: [accountKey],
          service: {
            routes: [
              { Path: '/hi', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'hello' },
              { Path: '/off', UpstreamResourceType: 'WEB_SCF', UpstreamResourceName: 'hello', Enable: false },
            ],
            customDomain: 'api.example.com',
          },
        },
      },
      functions: {},
      managed,
    });
  });
  beforeEach(() => {
    sessions = [];
  });
  afterEach(async () => {
    for (const session of sessions) session.dispose();
    await closeAll();
  });
  after(() => gateway.dispose());

  const account = () => ({
    dev: { envId: ENV_ID, auth: 'secretKey', managementUrl: gateway.origin },
  });
  const open = (cacheDir: string, storage = new TestSecrets()): TreeSession => {
    const session = new TreeSession(storage, cacheDir);
    sessions.push(session);
    return session;
  };
  /** One whose listing has come. */
  const openListed = async (cacheDir: string, storage = new TestSecrets()): Promise<TreeSession> => {
    const session = open(cacheDir, storage);
    await session.enterKey();
    const { tree } = session.view;
    const isWhole = async () => (await session.nodes()).length > COUNT && !tree.description.includes('…');
    await eventually('the listing', isWhole, 20_000);
    return session;
  };
  const functionNode = async (session: TreeSession, label: string): Promise<FunctionNode> => {
    const node = await session.node(label);
    assert.equal(node.kind, 'function');
    return node;
  };

  it('lists the workspace’s functions with their types, without a question and without the account', () =>
    withFolder(async (dir) => {
      const session = open(dir);
      assert.deepEqual(await session.rows(), [
        { label: 'hello', description: 'HTTP', contextValue: 'function http local idle' },
        { label: 'nightly', description: 'Event', contextValue: 'function event local idle' },
      ]);
      assert.deepEqual([session.view.tree.description, session.view.tree.message], ['', '']);
      assert.deepEqual(await readdir(dir), []);
    }));

  it('follows the config, and shows what is wrong with it at its place', () =>
    withFolder(async (dir) => {
      const session = open(dir);
      const config = fileUri('cloudbaserc.json');
      const before = await vscode.workspace.fs.readFile(config);
      await session.rows();
      try {
        const text = '{ "functions": [{ "name": "zeta", "type": "HTTP" }, { "name": "Alpha" }] }';
        await vscode.workspace.fs.writeFile(config, new TextEncoder().encode(text));
        await eventually('the new ones', async () => (await session.labels()).includes('zeta'));
        const labels = await session.labels();
        assert.ok(labels.indexOf('Alpha') < labels.indexOf('zeta'));
        await eventually('VS Code is told', () => session.told.includes(undefined));
        await vscode.workspace.fs.writeFile(config, new TextEncoder().encode('{ "functions": ['));
        await eventually('the problem', async () =>
          (await session.rows()).some(({ contextValue }) => contextValue === 'problem'),
        );
        const [problem] = await session.nodes();
        assert.ok(problem?.kind === 'notice');
        assert.match(problem.description, /^cloudbaserc\.json:1:/);
      } finally {
        await vscode.workspace.fs.writeFile(config, before);
      }
      await eventually('as before', async () => (await session.labels()).includes('hello'));
    }));

  it('merges the account’s 2,000 functions with its own by name, keeps them, and shows them at once next time', () =>
    withProfiles(account(), () =>
      withFolder(async (dir) => {
        const storage = new TestSecrets();
        const first = await openListed(dir, storage);
        const rows = await first.rows();
        assert.equal(rows.length, COUNT + 1, 'all pages, hello once, nightly from the workspace');
        const row = (label: string) => rows.find((one) => one.label === label);
        assert.deepEqual(row('hello'), {
          label: 'hello',
          description: 'HTTP · deployed',
          contextValue: 'function http local deployed idle',
        });
        assert.deepEqual(row('nightly'), {
          label: 'nightly',
          description: 'Event · only here',
          contextValue: 'function event local idle',
        });
        assert.deepEqual(row('remote-0001'), {
          label: 'remote-0001',
          description: 'Event · only deployed',
          contextValue: 'function event deployed',
        });
        assert.equal(row('broken')?.description, 'HTTP · only deployed · CreateFailed');
        const labels = rows.map(({ label }) => label);
        assert.deepEqual(labels, labels.toSorted());
        await eventually('the age', async () => {
          await first.nodes();
          return first.view.tree.description === `${ENV_ID} · now`;
        });
        const hello = await functionNode(first, 'hello');
        const { tooltip } = await first.view.tree.resolveTreeItem(new vscode.TreeItem('hello'), hello);
        assert.match(
          tooltip as string,
          /In the workspace and deployed[^]*Memory: 512 MB[^]*Status: Active[^]*Modified: 2025-06-01/,
        );

        await eventually('the file', async () => (await readdir(dir)).length === 1);
        const kept = await readFile(path.join(dir, (await readdir(dir))[0] ?? ''), 'utf8');
        for (const secret of [...Object.values(accountKey), 'Authorization'])
          assert.ok(!kept.includes(secret));

        const requests = gateway.requests.length;
        const second = open(dir, storage);
        await second.rows();
        await eventually('what was kept', async () => (await second.rows()).length === COUNT + 1);
        assert.equal(gateway.requests.length, requests, 'it was listed a moment ago');
      }),
    ));

  it('says why listing failed, keeps what was listed before, and tries again', () =>
    withProfiles(account(), () =>
      withFolder(async (dir) => {
        const storage = new TestSecrets();
        const session = await openListed(dir, storage);
        gateway.faults.next({ kind: 'management', code: 'RequestLimitExceeded', message: 'slow down' });
        await session.view.tree.refreshDeployed();
        const [notice, ...others] = await session.rows();
        assert.deepEqual(
          [notice?.label, notice?.contextValue],
          ['Deployed functions could not be listed', 'deployedFailure'],
        );
        assert.match(notice?.description ?? '', /Too many requests.*slow down/);
        assert.equal(others.length, COUNT + 1);

        gateway.faults.next({ kind: 'management', code: 'RequestLimitExceeded', message: 'slow down' });
        const next = open(dir, storage);
        await eventually('the reason, kept', async () => (await next.labels())[0] === notice?.label);

        await session.view.retry({ profile: 'dev' });
        assert.equal((await session.rows()).length, COUNT + 1);
      }),
    ));

  it('says what is missing where the account’s key was not entered, and lists once it is', () =>
    withProfiles(account(), () =>
      withFolder(async (dir) => {
        const requests = gateway.requests.length;
        const session = open(dir);
        await eventually(
          'the notice',
          async () => (await session.rows())[0]?.contextValue === 'missingCredential',
        );
        assert.deepEqual((await session.rows())[0], {
          label: 'List deployed functions…',
          description: 'needs the account’s secret key',
          contextValue: 'missingCredential',
        });
        assert.deepEqual((await session.labels()).slice(1), ['hello', 'nightly']);
        assert.equal(gateway.requests.length, requests);
        await session.enterKey();
        await eventually('the listing', async () => (await session.rows()).length === COUNT + 1, 20_000);
      }),
    ));

  it('says that other credentials list nothing, below the workspace’s functions', () =>
    withProfiles({ dev: { envId: ENV_ID, auth: 'apiKey' } }, () =>
      withFolder(async (dir) => {
        assert.deepEqual(await open(dir).labels(), ['hello', 'nightly', 'Deployed functions are not listed']);
      }),
    ));

  it('has below a function its saved requests with their results, its URLs, and what was sent lately', () =>
    withProfiles(account(), () =>
      withFolder(async (dir) => {
        const session = await openListed(dir);
        const hello = await functionNode(session, 'hello');
        const uri = await writeFile(
          'tree.cbhttp',
          '### Tree request\nGET fn://hello/?x=1\n\n### Other\nGET fn://nightly\n',
        );
        const request = async () => (await session.rows(hello)).find(({ label }) => label === 'Tree request');
        await eventually('the request', async () => (await request()) !== undefined);
        assert.deepEqual(await request(), {
          label: 'Tree request',
          description: 'GET fn://hello/?x=1',
          contextValue: 'savedRequest',
        });
        const own = new URL(gateway.accessOrigins['dev'] ?? '').host;
        const urls = (await session.rows(hello)).filter(({ contextValue }) => contextValue === 'functionUrl');
        assert.deepEqual(
          urls.map(({ description }) => description),
          [
            `https://${ENV_ID}.api.tcloudbasegateway.com/v1/functions/hello`,
            `https://${own}/hi`,
            'https://api.example.com/hi',
            'http://127.0.0.1:9000/',
          ],
        );

        const key = 'title:Tree request';
        session.results.set(`${uri.toString()}\n${key}`, fine);
        session.runs.push({
          request: { uri: uri.toString(), key },
          label: 'Tree request',
          result: { ...fine, status: 500 },
          endedMs: Date.now(),
        });
        session.told.length = 0;
        session.tellOfSends();
        assert.deepEqual(session.told, [[hello]], 'that function alone');
        assert.equal((await request())?.description, '200 · 12 ms · 3 events');
        const recent = await session.node('Recent runs', hello);
        assert.match((await session.rows(recent))[0]?.description ?? '', /^500 · 12 ms · 3 events · \d/);

        const [url] = await session.nodes(hello).then((nodes) => nodes.filter(({ kind }) => kind === 'url'));
        await run('copyFunctionUrl', url);
        assert.equal(
          await vscode.env.clipboard.readText(),
          `https://${ENV_ID}.api.tcloudbasegateway.com/v1/functions/hello`,
        );
      }),
    ));

  it('offers to write the first request of a function', () =>
    withProfiles(account(), () =>
      withFolder(async (dir) => {
        const session = await openListed(dir);
        const node = await functionNode(session, 'broken');
        assert.deepEqual(await session.labels(node), ['New request', 'HTTP API']);
      }),
    ));

  it('shows what runs, has failed, or has problems, and tells VS Code of those alone', () =>
    withFolder(async (dir) => {
      const session = open(dir);
      const hello = await functionNode(session, 'hello');
      const { folder } = hello.reference;
      assert.ok(folder);
      session.told.length = 0;
      session.states.set(folder.toString(), { kind: 'running', port: 9002, sinceMs: 0, isDebugging: false });
      session.tellOfStates();
      assert.deepEqual(session.told, [[hello]]);
      assert.deepEqual(await session.row(hello), {
        label: 'hello',
        description: 'running on 9002 · HTTP',
        contextValue: 'function http local running',
      });
      assert.equal(session.view.tree.badge?.value, 1);
      const local = (await session.rows(hello)).find(({ label }) => label === 'this machine');
      assert.equal(local?.description, 'http://127.0.0.1:9002/');

      session.states.set(folder.toString(), { kind: 'failed', message: 'boom', exitCode: 3 });
      session.tellOfStates();
      assert.equal((await session.row(hello)).description, 'failed, exit code 3 · HTTP');
      assert.equal(session.view.tree.badge, undefined);
      const item = await session.view.tree.resolveTreeItem(new vscode.TreeItem('hello'), hello);
      assert.match(item.tooltip as string, /Failed on this machine: boom/);

      session.told.length = 0;
      const collection = vscode.languages.createDiagnosticCollection('test');
      try {
        const file = vscode.Uri.joinPath(folder, 'scf_bootstrap');
        const problem = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), 'wrong');
        problem.source = 'cbhttp';
        collection.set(file, [problem, problem]);
        await eventually('the problems', () => hello.problemCount >= 2);
        assert.ok(session.told.some((nodes) => Array.isArray(nodes) && nodes.includes(hello)));
      } finally {
        collection.dispose();
      }
    }));

  it('is filtered by text and kind, says so, and is whole again', () =>
    withProfiles(account(), () =>
      withFolder(async (dir) => {
        const session = await openListed(dir);
        const { tree } = session.view;
        await session.view.filter({ text: 'REMOTE 199', kinds: ['HTTP'] });
        assert.deepEqual(await session.labels(), [
          'remote-1990',
          'remote-1992',
          'remote-1994',
          'remote-1996',
        ]);
        assert.equal(tree.message, `Filter: REMOTE 199 · HTTP functions (4 of ${COUNT + 1})`);
        await session.view.filter({ kinds: ['local'] });
        assert.deepEqual(await session.labels(), ['hello', 'nightly']);
        await session.view.filter({ kinds: ['failed'] });
        assert.deepEqual(await session.labels(), ['broken']);
        await session.view.filter({});
        assert.equal((await session.rows()).length, COUNT + 1);
        assert.equal(tree.message, '');
      }),
    ));

  it('leaves the host to others while thousands of items are made', () =>
    withProfiles(account(), () =>
      withFolder(async (dir) => {
        const session = await openListed(dir);
        const nodes = await session.nodes();
        let turns = 0;
        const timer = setInterval(() => turns++, 1);
        await Promise.all(nodes.map((node: TreeNode) => session.view.tree.getTreeItem(node)));
        clearInterval(timer);
        assert.ok(turns >= 3, `${turns} turns`);
      }),
    ));

  describe('deploys with the tcb command', () => {
    const reference = () => ({ name: 'hello', folder: fileUri('functions/hello') });
    const withPath = async (value: string, action: () => Promise<void>): Promise<void> => {
      const before = process.env['PATH'];
      process.env['PATH'] = value;
      try {
        await action();
      } finally {
        process.env['PATH'] = before;
      }
    };

    it('in a terminal, once its words were shown', () =>
      withFolder(async (dir) => {
        const tcb = path.join(dir, 'tcb');
        await writeDisk(tcb, '#!/bin/sh\necho "CloudBase CLI 2.12.10"\n');
        await chmod(tcb, 0o755);
        await withPath(`${dir}:${process.env['PATH'] ?? ''}`, async () => {
          assert.equal(await cancelling(run('deployFunction', { reference: reference() })), undefined);
          assert.equal(vscode.window.terminals.length, 0);
          const command = await confirming(run<string>('deployFunction', { reference: reference() }));
          assert.equal(command, `tcb fn deploy hello -e ${ENV_ID} --dir functions/hello --httpFn`);
          await eventually('the terminal', () =>
            vscode.window.terminals.some(({ name }) => name === 'Deploy hello'),
          );
        });
        for (const terminal of vscode.window.terminals) terminal.dispose();
      }));

    it('and says how to get it where it is not there', () =>
      withFolder((dir) =>
        withPath(dir, async () => {
          assert.equal(await cancelling(run('deployFunction', { reference: reference() })), undefined);
          assert.equal(vscode.window.terminals.length, 0);
        }),
      ));
  });

  it('stands above a function’s code: its saved requests', async () => {
    await writeFile('python/scf_bootstrap', '#!/bin/sh\nexec python3 app.py\n');
    const code = await writeFile('python/app.py', 'print(1)\n');
    await writeFile('lens.cbhttp', '### Lens request\nGET fn://python/\n');
    await vscode.window.showTextDocument(code);
    const titles = async (): Promise<string[]> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        code,
        100,
      );
      return lenses.map(({ command }) => command?.title ?? '');
    };
    await eventually('the lenses', async () => (await titles()).includes('$(send) Lens request'));
    const shown = await titles();
    for (const title of ['$(debug-start) Run', '$(debug-alt) Debug', '$(add) New Request']) {
      assert.ok(shown.includes(title), `${title} in ${shown.join(', ')}`);
    }
    const other = await writeFile('other.py', '1\n');
    await vscode.window.showTextDocument(other);
    assert.deepEqual(await vscode.commands.executeCommand('vscode.executeCodeLensProvider', other, 100), []);
  });
});
