import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import {
  clickMenu,
  openFile,
  quickPickRow,
  runCommand,
  showViewContainer,
  statusItem,
  toast,
  treeItem,
} from '../support/editorActions.ts';
import { openEditorSession, type EditorSession } from '../support/editorSession.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { testHost } from '../support/testHost.ts';
import { becomes, eventually, until } from '../support/until.ts';
import { openSampleSession, type SampleSession } from './sampleSession.ts';

const box = (page: Page) => page.locator('.quick-input-widget input:visible');
const title = (page: Page, text: string | RegExp) =>
  page.locator('.quick-input-title').filter({ hasText: text });

describe('a person’s profiles', () => {
  let session: SampleSession;
  const settings = () => readFile(path.join(session.folder, '.vscode', 'settings.json'), 'utf8');
  before(async () => {
    session = await openSampleSession();
    await openFile(session.page, 'hello.cbhttp');
    await showViewContainer(session.page, 'CloudBase Functions');
  });
  after(() => session.dispose());

  it('stand in a view: the active one, protected ones, and those whose credential is not here', async () => {
    const { page } = session;
    await treeItem(page, /^Profile "local", the active one/).waitFor();
    await treeItem(page, /^Profile "dev".*not on this machine yet/).waitFor();
    await treeItem(page, /^Profile "prod", Protected: asks before each send/).waitFor();
  });

  it('are added step by step, with a way back, and their credential is set', async () => {
    const { page } = session;
    const former = await settings();
    await runCommand(page, 'CloudBase Functions: Add Profile');
    await title(page, '(1/6)').waitFor();
    await box(page).fill('dev');
    await page.getByText('There is a profile "dev" already.').waitFor();
    await box(page).fill('production');
    await box(page).press('Enter');
    await title(page, '(2/6)').waitFor();
    await quickPickRow(page, 'HTTP API').click();
    await title(page, '(3/6)').waitFor();
    await page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
    await title(page, '(2/6)').waitFor();
    await quickPickRow(page, 'HTTP API').click();
    await quickPickRow(page, 'Type the environment ID').click();
    await box(page).fill('my live');
    await page.getByText('An environment ID has letters').waitFor();
    await box(page).fill('my-live-5e6f');
    await box(page).press('Enter');
    await quickPickRow(page, 'API key').click();
    await quickPickRow(page, 'Ask before each send').click();
    await title(page, 'Profile "production": API key').waitFor();
    await box(page).fill('a-live-key');
    await box(page).press('Enter');
    await toast(page, 'The profile "production" was added').waitFor();
    await treeItem(page, /^Profile "production", Protected.*API key, set on this machine/).waitFor();

    const added =
      '"production": {\n      "envId": "my-live-5e6f",\n      "auth": "apiKey",\n      "protected": true\n    }';
    const text = await settings();
    assert.ok(text.includes(added), text);
    for (const comment of former.match(/\/\/.*/g) ?? []) assert.ok(text.includes(comment), comment);
    assert.doesNotMatch(text, /a-live-key/);
  });

  it('are made the active one, and lenses and the status bar say so', async () => {
    const { page } = session;
    const item = treeItem(page, /^Profile "production"/);
    await item.hover();
    await item.getByRole('button', { name: 'Set as Active Profile' }).click();
    await statusItem(page, 'production').waitFor();
    await treeItem(page, /^Profile "production", the active one/).waitFor();
  });

  it('are deleted with what this machine keeps for them', async () => {
    const { page } = session;
    await treeItem(page, /^Profile "production"/).click({ button: 'right' });
    await clickMenu(page, 'Delete Profile…');
    await quickPickRow(page, 'Delete and Forget Credentials').click();
    await treeItem(page, /^Profile "production"/).waitFor({ state: 'detached' });
    await statusItem(page, 'local').waitFor();
    await eventually('the settings', async () => !(await settings()).includes('production'));
    await eventually(
      'its key is forgotten, after the settings',
      async () => {
        await runCommand(page, 'CloudBase Functions: Forget Credentials');
        const list = page.locator('.quick-input-widget');
        // It closes by itself where the focus goes elsewhere.
        const isOpen = await until(() => list.getByPlaceholder(/credential/).isVisible(), 3000);
        if (!isOpen) return false;
        const count = await list.getByText('production').count();
        await page.keyboard.press('Escape');
        return count === 0;
      },
      30_000,
    );
  });
});

describe('an account’s environments', () => {
  let session: SampleSession;
  let gateway: Gateway;
  before(async () => {
    const secrets = [{ secretId: 'AKIDexample', secretKey: 'an-account-key' }];
    gateway = await startGateway({
      environments: {
        one: { envId: 'first-1a2b', apiKey: 'k1', secrets },
        two: { envId: 'second-3c4d', apiKey: 'k2', secrets },
      },
      functions: {},
    });
    session = await openSampleSession();
    const { origin } = gateway;
    const account = {
      envId: 'first-1a2b',
      auth: 'secretKey',
      baseUrl: `${origin}/one`,
      managementUrl: origin,
    };
    await session.write('.vscode/settings.json', JSON.stringify({ 'cbhttp.profiles': { account } }));
    await openFile(session.page, 'hello.cbhttp');
    await statusItem(session.page, 'account').waitFor();
  });
  after(async () => {
    await session.dispose();
    await gateway.dispose();
  });

  it('are listed with its key, asked for meanwhile, and one is chosen for a new profile', async () => {
    const { page } = session;
    await runCommand(page, 'CloudBase Functions: Add Profile');
    await title(page, '(1/6)').waitFor();
    await box(page).fill('second');
    await box(page).press('Enter');
    await title(page, '(2/6)').waitFor();
    await quickPickRow(page, 'HTTP API').click();
    await quickPickRow(page, 'secret key of the account of the profile "account"').click();
    for (const [step, text] of [
      ['(1/3)', 'AKIDexample'],
      ['(2/3)', 'an-account-key'],
      ['(3/3)', ''],
    ] as const) {
      await title(page, `Profile "account": secret key of the account ${step}`).waitFor();
      await box(page).fill(text);
      await box(page).press('Enter');
    }
    await quickPickRow(page, 'first-1a2b').waitFor();
    await quickPickRow(page, 'second-3c4d').click();
    await title(page, '(4/6)').waitFor();
    await quickPickRow(page, 'Requests prove no identity').click();
    await quickPickRow(page, 'Send at once').click();
    await toast(page, 'The profile "second" was added').waitFor();
    const text = await readFile(path.join(session.folder, '.vscode', 'settings.json'), 'utf8');
    assert.ok(text.includes('"second": { "envId": "second-3c4d" }'), text);
    assert.doesNotMatch(text, /an-account-key/);
  });
});

describe('profiles of several folders', () => {
  let temporary: TemporaryFolder;
  let session: EditorSession;
  const file = (name: string) => path.join(temporary.dir, name);
  before(async () => {
    temporary = await makeTemporaryFolder();
    const shopProfiles = { 'cbhttp.profiles': { shop: { envId: 'shop-1a' } } };
    for (const [name, text] of [
      ['shop', JSON.stringify(shopProfiles)],
      ['chat', '{}'],
    ] as const) {
      await mkdir(file(`${name}/.vscode`), { recursive: true });
      await writeFile(file(`${name}/.vscode/settings.json`), text);
      await writeFile(file(`${name}/a.cbhttp`), 'GET fn://a\n');
    }
    const workspace = `{
  "folders": [{ "path": "shop" }, { "path": "chat" }],
  "settings": {
    // for both
    "cbhttp.profiles": { "both": { "route": "local" } }
  }
}
`;
    await writeFile(file('all.code-workspace'), workspace);
    session = await openEditorSession({ host: await testHost(), folder: file('all.code-workspace') });
    session.page.setDefaultTimeout(30_000);
  });
  after(async () => {
    await session.dispose();
    await temporary.dispose();
  });

  it('stand below their folder where folders differ, and go where that folder’s stand', async () => {
    const { page } = session;
    await showViewContainer(page, 'CloudBase Functions');
    await treeItem(page, /^shop/).waitFor();
    await treeItem(page, /^Profile "shop"/).waitFor();
    await becomes(() => treeItem(page, /^Profile "both"/).count(), 2);
    const chat = treeItem(page, /^chat/);
    await chat.hover();
    await chat.getByRole('button', { name: 'Add Profile…' }).click();
    await title(page, '(1/6)').waitFor();
    await box(page).fill('here');
    await box(page).press('Enter');
    await title(page, '(2/6)').waitFor();
    await quickPickRow(page, 'this machine').click();
    await title(page, '(3/6)').waitFor();
    await box(page).press('Enter');
    await eventually('it stands in the folder’s settings', async () =>
      /"here": \{ "route": "local" \}|"here": \{\n/.test(
        await readFile(file('chat/.vscode/settings.json'), 'utf8'),
      ),
    );
    await treeItem(page, /^Profile "here"/).waitFor();
    await becomes(() => treeItem(page, /^Profile "here"/).count(), 1);
  });

  it('go into the workspace file where all folders are meant', async () => {
    const { page } = session;
    const former = await readFile(file('all.code-workspace'), 'utf8');
    await treeItem(page, /^Profile "both"/)
      .first()
      .click({ button: 'right' });
    await clickMenu(page, 'Duplicate Profile…');
    await title(page, 'Duplicate the Profile "both"').waitFor();
    await box(page).press('Enter');
    await eventually('both have it', async () => (await treeItem(page, /^Profile "both-2"/).count()) === 2);
    const both = '"both": { "route": "local" }';
    const expected = former.replace(both, `${both}, "both-2": { "route": "local" }`);
    assert.equal(await readFile(file('all.code-workspace'), 'utf8'), expected);
  });
});
