import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import {
  editor,
  openFile,
  runCommand,
  showViewContainer,
  toast,
  treeItem,
} from '../support/editorActions.ts';
import { eventually } from '../support/until.ts';
import { openSampleSession, type SampleSession } from './sampleSession.ts';

describe('the functions tree', () => {
  let session: SampleSession;
  before(async () => {
    session = await openSampleSession({ settings: { 'editor.codeLens': false } });
    await showViewContainer(session.page, 'CloudBase Functions');
  });
  after(() => session.dispose());

  it('shows the functions of cloudbaserc.json and opens their code', async () => {
    const { page } = session;
    await treeItem(page, /^HTTP function express-sse/).waitFor();
    await treeItem(page, /^HTTP function ai-chat/).waitFor();
    await treeItem(page, /^HTTP function my-http-function/).click();
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
    const item = treeItem(page, /^HTTP function express-sse/);
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

  it('shows a broken cloudbaserc.json as one item with its place, live, and recovers', async () => {
    const { page } = session;
    const good = await readFile(path.join(session.folder, 'cloudbaserc.json'), 'utf8');
    await session.write('cloudbaserc.json', '{\n  "functions": [ }\n');
    const problem = treeItem(page, /not valid JSON.*cloudbaserc\.json:2:/);
    await problem.waitFor();
    assert.equal(await page.getByRole('tree', { name: 'Functions' }).getByRole('treeitem').count(), 1);
    await problem.click();
    await page.locator('.tab.active[data-resource-name="cloudbaserc.json"]').waitFor();
    await session.write('cloudbaserc.json', good);
    await treeItem(page, /^HTTP function express-sse/).waitFor();
  });

  it('welcomes where there is no cloudbaserc.json', async () => {
    await session.write('cloudbaserc.json', '{}');
    await session.page.getByText('No functions found in a cloudbaserc.json').waitFor();
  });
});
