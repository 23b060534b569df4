import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import { panelFrame, runCommand } from '../support/editorActions.ts';
import { eventRows, filterCount, openedPanel, sendFrom, showTab } from '../support/panelActions.ts';
import { eventually } from '../support/until.ts';
import { eventStream, openPanelSession, requestFile, type PanelSession } from './panelSession.ts';

describe('the stream panel in other places, and over a reload of the window', () => {
  let session: PanelSession;
  before(async () => {
    session = await openPanelSession({ 'cbhttp.stream.location': 'active' });
  });
  after(() => session.dispose());

  it('comes back in its place, says what became of its run, and sends again', async () => {
    const { page, server } = session;
    const endedBefore = await session.stream('ended', 'data: 1\n\ndata: 2\n\n');
    await endedBefore.locator('#state[data-reason=complete]').waitFor();
    const { panel, connection } = await session.send('running');
    assert.equal(await page.locator('.editor-group-container').count(), 1, 'in the request’s own group');
    await connection.head(200, eventStream);
    await connection.write('data: apple\n\ndata: pear\n\ndata: apple pie\n\n');
    await panel.locator('#filter-text').fill('apple');
    await filterCount(panel, '2 of 3 rows');
    await storedState(page, /lastRun.{1,300}complete.{1,30}eventCount\W+2\b/);
    await storedState(page, /lastRun.{1,300}eventCount\W+3\b.{1,100}/);
    await page.reload();
    await connection.closed;

    const restored = await openedPanel(page, 'running');
    const running = /reloaded while this stream was running.* 3 events had come/;
    await restored.locator('#lost').getByText(running).waitFor();
    await restored.locator('#lost').getByText(`GET ${server.origin}/running`).waitFor();
    await restored.getByRole('button', { name: 'Send again' }).click();
    const again = await server.nextRequest();
    await again.head(200, eventStream);
    await again.write('data: cherry\n\ndata: apple again\n\n');
    await filterCount(restored, '1 of 2 rows');
    await eventRows(restored).getByText('apple again').waitFor();
    assert.equal(await restored.locator('#lost').isVisible(), false);

    await page.locator('.tab', { hasText: /^ended$/ }).click();
    const ended = await openedPanel(page, 'ended');
    await ended
      .locator('#lost')
      .getByText(/had ended \(Complete, 2 events\)/)
      .waitFor();
    await again.end();
  });

  it('opens in the bottom panel where the setting says so, one for all requests', async () => {
    const { page, server } = session;
    await runCommand(page, 'View: Close All Editors');
    await session.write('.vscode/settings.json', '{ "cbhttp.stream.location": "bottom" }');
    await page.reload();
    for (const title of ['lower', 'lowest']) {
      await session.write(requestFile(title), `### ${title}\nGET ${server.origin}/${title}\n`);
      await sendFrom(page, requestFile(title));
      const connection = await server.nextRequest();
      await connection.head(200, eventStream);
      await connection.write(`data: ${title}\n\n`);
      await eventRows(panelFrame(page)).getByText(title, { exact: true }).waitFor();
      await page.locator(`.monaco-editor.focused[data-uri$="/${requestFile(title)}"]`).waitFor();
      await connection.end();
      await panelFrame(page).locator('#state[data-reason=complete]').waitFor();
    }
    assert.equal(await panelFrame(page).locator('#pin').isVisible(), false);
    await page
      .locator('.part.panel')
      .getByRole('tab', { name: 'CloudBase Streams', selected: true })
      .waitFor();
    assert.equal(await page.locator('.tab', { hasText: /^low/ }).count(), 0);
    await showTab(panelFrame(page), 'problems');
  });

  /** Settles when VS Code has stored a state in its page that matches: it does so some seconds after a change. */
  async function storedState(page: Page, pattern: RegExp): Promise<void> {
    const values = () =>
      page.evaluate(async () => {
        const found: unknown[] = [];
        for (const { name = '' } of await indexedDB.databases()) {
          const database = await new Promise<IDBDatabase>((resolve, reject) => {
            const opening = indexedDB.open(name);
            opening.onsuccess = () => resolve(opening.result);
            opening.onerror = () => reject(new Error(`${name} cannot be opened`));
          });
          for (const store of database.objectStoreNames) {
            const all = database.transaction(store).objectStore(store).getAll();
            await new Promise((resolve) => (all.onsuccess = resolve));
            found.push(...(all.result as unknown[]));
          }
          database.close();
        }
        return found.map(String);
      });
    await eventually(
      'the stored state',
      async () => (await values()).some((value) => pattern.test(value)),
      30_000,
    );
  }
});
