import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import {
  editor,
  openFile,
  panelFrame,
  quickPickRow,
  runCommand,
  showViewContainer,
  toast,
  treeItem,
} from '../support/editorActions.ts';
import { becomes, eventually } from '../support/until.ts';
import { openSampleSession, type SampleSession } from './sampleSession.ts';

describe('the functions tree', () => {
  let session: SampleSession;
  before(async () => {
    session = await openSampleSession({ settings: { 'editor.codeLens': false } });
    await showViewContainer(session.page, 'CloudBase Functions');
  });
  after(() => session.dispose());
  /** The profiles below name functions, too. */
  const functionItem = (name: string) => treeItem(session.page, new RegExp(`^HTTP function ${name}`));

  it('shows the functions of cloudbaserc.json and opens their code', async () => {
    const { page } = session;
    await functionItem('express-sse').waitFor();
    await functionItem('ai-chat').waitFor();
    await functionItem('my-http-function').click();
    await page.locator('.tab.active[data-resource-name="index.js"]').waitFor();
    await editor(page, 'functions/my-http-function/index.js').waitFor();
  });

  it('says once that editor.codeLens is off, and turns it on', async () => {
    const { page } = session;
    await openFile(page, 'hello.cbhttp');
    const hint = toast(page, 'editor.codeLens is off');
    await hint.waitFor();
    await page.getByRole('button', { name: 'Turn On for .cbhttp Files' }).click();
    await page.locator('.codelens-decoration a', { hasText: 'Send' }).first().waitFor();
  });

  it('inserts a request for a function into the request file', async () => {
    const { page } = session;
    await openFile(page, 'hello.cbhttp');
    const item = functionItem('express-sse');
    await item.hover();
    await item.getByRole('button', { name: 'New Request' }).click();
    await editor(page, 'hello.cbhttp').getByText('fn://express-sse/').waitFor();
    await page.keyboard.type('/sse');
    await editor(page, 'hello.cbhttp').getByText('fn://express-sse/sse').waitFor();
    await runCommand(page, 'File: Save');
    await eventually('the request in the saved file', async () =>
      (await readFile(path.join(session.folder, 'hello.cbhttp'), 'utf8')).includes(
        '\n### express-sse\nGET fn://express-sse/sse\n',
      ),
    );
  });

  it('sends a saved request from the tree and shows there how it went, with the URL and the run', async () => {
    const { page } = session;
    const item = functionItem('my-http-function');
    await item.locator('.monaco-tl-twistie').click();
    const request = treeItem(page, /Say hello/);
    await request.hover();
    await request.getByRole('button', { name: 'Send Request' }).click();
    await panelFrame(page).locator('#state[data-reason=complete]').waitFor();
    await treeItem(page, /Say hello[^]*200/).waitFor();
    await treeItem(page, /^this machine/).waitFor();
    await treeItem(page, /^Recent runs/).waitFor();
    await runCommand(page, 'View: Close All Editors');
    await item.locator('.monaco-tl-twistie').click();
  });

  it('is filtered by what is typed, as it is typed, and is whole again', async () => {
    const { page } = session;
    await runCommand(page, 'Filter Functions');
    await quickPickRow(page, 'Running on this machine').waitFor();
    await page.keyboard.type('sse');
    await functionItem('ai-chat').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.getByText('Filter: sse (1 of 3)').waitFor();
    await functionItem('express-sse').waitFor();
    await runCommand(page, 'Show All Functions');
    await functionItem('ai-chat').waitFor();
  });

  it('shows what is wrong with cloudbaserc.json first, live, beside what needs no config, and recovers', async () => {
    const { page } = session;
    const good = await readFile(path.join(session.folder, 'cloudbaserc.json'), 'utf8');
    await session.write('cloudbaserc.json', '{\n  "functions": [ }\n');
    const problem = treeItem(page, /not valid JSON.*cloudbaserc\.json:2:/);
    await problem.waitFor();
    await becomes(() => problem.getAttribute('aria-posinset'), '1');
    await functionItem('ai-chat').waitFor();
    await problem.click();
    await page.locator('.tab.active[data-resource-name="cloudbaserc.json"]').waitFor();
    await session.write('cloudbaserc.json', good);
    await problem.waitFor({ state: 'detached' });
    await functionItem('express-sse').waitFor();
  });

  it('lists a folder with an scf_bootstrap that no config names', async () => {
    await session.write('cloudbaserc.json', '{}');
    await functionItem('my-http-function').waitFor();
  });
});
