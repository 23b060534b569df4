import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { showViewContainer } from '../support/editorActions.ts';
import { openEditorSession, type EditorSession } from '../support/editorSession.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { testHost } from '../support/testHost.ts';

describe('the empty views', () => {
  let temporary: TemporaryFolder;
  let session: EditorSession | undefined;
  beforeEach(async () => {
    temporary = await makeTemporaryFolder();
  });
  afterEach(async () => {
    await session?.dispose();
    session = undefined;
    await temporary.dispose();
  });

  async function open(folder: string, settings: Readonly<Record<string, unknown>> = {}) {
    session = await openEditorSession({ host: await testHost(), folder, settings });
    session.page.setDefaultTimeout(30_000);
    await showViewContainer(session.page, 'CloudBase Functions');
    return session.page;
  }

  it('lead to a folder where none is open', async () => {
    const workspace = path.join(temporary.dir, 'none.code-workspace');
    await writeFile(workspace, '{ "folders": [] }\n');
    const page = await open(workspace);
    await page.getByRole('button', { name: 'Open Folder' }).waitFor();
    await page.getByRole('button', { name: 'New Request File' }).first().click();
    await page.locator('.tab.active').filter({ hasText: 'Untitled' }).waitFor();
  });

  it('lead to a profile where there is none', async () => {
    const page = await open(await folder());
    await page.getByText('there is only the built-in profile').waitFor();
    await page.getByRole('button', { name: 'Add Profile' }).last().click();
    await page.locator('.quick-input-title', { hasText: 'Add Profile' }).waitFor();
  });

  it('lead to the credential where nothing but it is missing', async () => {
    const profile = { envId: 'my-dev-1a2b', auth: 'secretKey' };
    const page = await open(await folder(), {
      'cbhttp.profiles': { dev: profile },
      'cbhttp.activeProfile': 'dev',
    });
    await page.getByText('a credential of its account is needed').waitFor();
    await page.getByRole('button', { name: 'New HTTP Function', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.locator('.quick-input-widget input.input:visible').waitFor();
  });

  async function folder(): Promise<string> {
    const made = path.join(temporary.dir, 'empty');
    await mkdir(made);
    return made;
  }
});
