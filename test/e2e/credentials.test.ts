import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import {
  answerDialog,
  clickTopLens,
  openFile,
  panelFrame,
  runCommand,
  statusItem,
} from '../support/editorActions.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';
import { eventually } from '../support/until.ts';
import { openSampleSession, type SampleSession } from './sampleSession.ts';

describe('a person’s credentials', () => {
  let session: SampleSession;
  let elsewhere: ScriptedServer;
  const seen: string[] = [];
  before(async () => {
    elsewhere = await startScriptedServer(async (connection) => {
      seen.push(connection.request.header('authorization') ?? 'none');
      await connection.head(200, { 'Content-Type': 'text/plain', 'Content-Length': '2' });
      await connection.write('ok');
    });
    session = await openSampleSession();
  });
  beforeEach(() => runCommand(session.page, 'View: Close All Editors'));
  after(async () => {
    await session.dispose();
    await elsewhere.dispose();
  });

  async function useProfile(profile: object): Promise<void> {
    const settings = {
      'cbhttp.profiles': { $shared: { variables: { user: 'u', lang: 'zh' } }, dev: profile },
      'cbhttp.activeProfile': 'dev',
    };
    await session.write('.vscode/settings.json', JSON.stringify(settings));
  }

  /** Waits until VS Code has read the settings: the inlay hint of an open request names their address. */
  async function profileGoesTo(url: string): Promise<void> {
    await session.page
      .locator('.monaco-editor', { hasText: new URL(url).host })
      .first()
      .waitFor();
  }

  const passwordBox = () => session.page.locator('.quick-input-widget input[type=password]:visible');
  const dialog = () => session.page.locator('.monaco-dialog-box');

  it('are asked for once, and go to another address only where that is allowed', async () => {
    const { page, functions } = session;
    const own = `http://127.0.0.1:${functions.gateway.port}`;
    await useProfile({ envId: 'my-dev-1a2b', auth: 'apiKey', baseUrl: `${own}/my-dev-1a2b` });
    await openFile(page, 'hello.cbhttp');
    await statusItem(page, 'dev').waitFor();
    await clickTopLens(page, 'Send');
    await passwordBox().fill(functions.apiKey);
    await passwordBox().press('Enter');
    const panel = panelFrame(page);
    await panel.locator('#state[data-reason=complete]').waitFor();

    // As another workspace's settings would have it: the same profile and environment, and another address.
    await useProfile({ envId: 'my-dev-1a2b', auth: 'apiKey', baseUrl: elsewhere.origin });
    const sendAgain = async (): Promise<void> => {
      await panel.locator('#send-again').click();
      await dialog().waitFor();
    };
    await profileGoesTo(elsewhere.origin);
    await sendAgain();
    const question = (await dialog().textContent()) ?? '';
    assert.ok(question.includes(own) && question.includes(elsewhere.origin), question);
    await answerDialog(page, 'Cancel');
    await panel.locator('#error').getByText('You did not let API key go to').waitFor();
    assert.deepEqual(seen, []);

    await sendAgain();
    await answerDialog(page, 'Send It There Too');
    await panel.locator('#state[data-reason=complete]').waitFor();
    assert.deepEqual(seen, [`Bearer ${functions.apiKey}`]);
    await panel.locator('#send-again').click();
    await eventually('a second request, without another question', () => seen.length === 2);
  });

  it('of an account are asked for step by step, and what is wrong is said without them', async () => {
    const { page, functions } = session;
    const baseUrl = `http://127.0.0.1:${functions.gateway.port}/my-dev-1a2b`;
    await openFile(page, 'hello.cbhttp');
    await useProfile({ envId: 'my-dev-1a2b', auth: 'secretKey', baseUrl });
    await profileGoesTo(baseUrl);
    await runCommand(page, 'CloudBase Functions: Set Credential of Profile');
    await page
      .locator('.quick-input-list-row')
      .filter({ hasText: 'secret key of the account' })
      .first()
      .click();
    const box = page.locator('.quick-input-widget input:visible');
    await page.locator('.quick-input-title').filter({ hasText: '(1/3)' }).waitFor();
    await box.fill('AKIDexample');
    await box.press('Enter');
    await page.locator('.quick-input-title').filter({ hasText: '(2/3)' }).waitFor();
    await passwordBox().fill('the-secret-key');
    await passwordBox().press('Enter');
    await page.locator('.quick-input-title').filter({ hasText: '(3/3)' }).waitFor();
    await passwordBox().press('Enter');
    await clickTopLens(page, 'Send');
    const panel = panelFrame(page);
    await panel.locator('#error').getByText('did not accept the key').waitFor();
    const shown = `${await panel.locator('body').innerHTML()}${await session.extensionHostLog()}`;
    assert.ok(!shown.includes('the-secret-key'));
  });

  it('and variables of the process go to an address only where that is allowed', async () => {
    const { page } = session;
    await useProfile({ route: 'local' });
    await session.write('env.cbhttp', '### Env\nGET https://env.invalid/?home={{$processEnv HOME}}\n');
    await openFile(page, 'env.cbhttp');
    await clickTopLens(page, 'Send');
    await dialog().getByText('Send $processEnv HOME to https://env.invalid?').waitFor();
    await answerDialog(page, 'Cancel');
    await panelFrame(page).locator('#error').getByText('You did not let $processEnv HOME go to').waitFor();
  });
});
