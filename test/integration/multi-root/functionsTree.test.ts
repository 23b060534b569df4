import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startGateway, type Gateway } from '../../support/gateway/gateway.ts';
import { eventually } from '../../support/until.ts';
import { accountKey, TestSecrets, TreeSession, withFolder, withProfiles } from '../treeSession.ts';

const ENV_ID = 'my-dev-1a2b';

describe('the tree of functions of several folders', () => {
  let gateway: Gateway;
  let session: TreeSession | undefined;
  before(async () => {
    await vscode.extensions.getExtension('cbhttp.cbhttp')?.activate();
    const managed = ['lonely', 'shared', 'shop-api'].map((FunctionName) => ({
      FunctionName,
      Type: 'HTTP' as const,
    }));
    gateway = await startGateway({
      environments: { dev: { envId: ENV_ID, apiKey: 'k', secrets: [accountKey] } },
      functions: {},
      managed,
    });
  });
  afterEach(() => session?.dispose());
  after(() => gateway.dispose());

  const account = () => ({ dev: { envId: ENV_ID, auth: 'secretKey', managementUrl: gateway.origin } });

  it('has a level of folders, and none for a folder without functions', () =>
    withFolder(async (dir) => {
      session = new TreeSession(new TestSecrets(), dir);
      assert.deepEqual(await session.labels(), ['shop', 'chat']);
      assert.deepEqual(await session.labels(await session.node('shop')), ['shared', 'shop-api']);
      assert.deepEqual(await session.labels(await session.node('chat')), ['chat-api', 'shared']);
    }));

  it('marks in each what is deployed, and has the rest of the environment once, below', () =>
    withProfiles(account(), () =>
      withFolder(async (dir) => {
        const own = (session = new TreeSession(new TestSecrets(), dir));
        await eventually('what is missing', async () => (await own.labels()).length === 3);
        const environment = `Only deployed: ${ENV_ID}`;
        const [notice] = await own.rows(await own.node(environment));
        assert.equal(notice?.contextValue, 'missingCredential');

        await own.enterKey();
        await eventually('the listing', async () => {
          const labels = await own.labels();
          return (
            labels.includes(environment) && (await own.labels(await own.node(environment))).includes('lonely')
          );
        });
        assert.deepEqual(await own.labels(), ['shop', 'chat', environment]);
        assert.deepEqual(await own.labels(await own.node(environment)), ['lonely']);
        const descriptions = async (folder: string): Promise<string[]> =>
          (await own.rows(await own.node(folder))).map(
            ({ label, description }) => `${label}: ${description}`,
          );
        assert.deepEqual(await descriptions('shop'), [
          'shared: HTTP · deployed',
          'shop-api: HTTP · deployed',
        ]);
        assert.deepEqual(await descriptions('chat'), [
          'chat-api: HTTP · only here',
          'shared: HTTP · deployed',
        ]);

        await own.view.filter({ text: 'lonely' });
        assert.deepEqual(await own.labels(), [environment]);
      }),
    ));

  it('has below a function the requests of its own folder, where another has one of its name', () =>
    withFolder(async (dir) => {
      const own = (session = new TreeSession(new TestSecrets(), dir));
      for (const [folder, request, other] of [
        ['shop', 'To the shop', 'To the chat'],
        ['chat', 'To the chat', 'To the shop'],
      ] as const) {
        const labels = async (): Promise<string[]> =>
          own.labels(await own.node('shared', await own.node(folder)));
        await eventually(`the request of ${folder}`, async () => (await labels()).includes(request));
        assert.ok(!(await labels()).includes(other));
      }
    }));
});
