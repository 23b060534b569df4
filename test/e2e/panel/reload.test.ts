import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import { panelFrame, quickPickRow, runCommand } from '../../support/editorActions.ts';
import { eventRows, filterCount, openedPanel, sendFrom, showTab } from '../../support/panelActions.ts';
import { stored, storedState } from '../../support/storedState.ts';
import { becomes } from '../../support/until.ts';
import { eventStream, openPanelSession, requestFile, type PanelSession } from './panelSession.ts';

describe('the stream panel in other places, and over a reload of the window where no runs are kept', () => {
  let session: PanelSession;
  before(async () => {
    session = await openPanelSession({ 'cbhttp.stream.location': 'active', 'cbhttp.history.maxRuns': 0 });
  });
  after(() => session.dispose());

  it('comes back in its place, says what became of its run, and sends again', async () => {
    const { page, server } = session;
    const hidden = await session.send('ended');
    await hidden.connection.head(200, eventStream);
    await hidden.connection.write('data: 1\n\n');
    await eventRows(hidden.panel).first().waitFor();
    const { panel, connection } = await session.send('running');
    await becomes(() => page.locator('.editor-group-container').count(), 1); // in the request’s own group
    await hidden.connection.write('data: 2\n\n');
    await hidden.connection.end();
    await connection.head(200, eventStream);
    await connection.write('data: apple\n\ndata: pear\n\ndata: apple pie\n\n');
    await panel.locator('#filter-text').fill('apple');
    await filterCount(panel, '2 of 3 rows');
    await storedState(page, /filter\W+text\W+apple/);
    await storedState(page, /label":"ended".{1,300}"ended","reason":"complete","eventCount":2,/);
    await storedState(page, /label":"running".{1,300}"streaming","reason":null,"eventCount":3,/);
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
    assert.doesNotMatch(await session.extensionHostLog(), /Channel has been closed/);
  });

  it('comes back also where VS Code has not kept what its page was', async () => {
    const { page, server } = session;
    await runCommand(page, 'View: Close All Editors');
    const { panel, connection } = await session.send('early');
    await connection.head(200, eventStream);
    await connection.write('data: 1\n\n');
    await eventRows(panel).first().waitFor();
    await storedState(page, /label":"early".{1,300}"streaming","reason":null,"eventCount":1,/);
    await storedState(page, /title\W+early.{1,1000}panelId/);
    await forgetPages(page);
    await page.reload();
    await connection.closed;
    const restored = await openedPanel(page, 'early');
    await restored
      .locator('#lost')
      .getByText(/reloaded while this stream was running/)
      .waitFor();
    await restored.getByRole('button', { name: 'Send again' }).click();
    await (await server.nextRequest()).end();
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

  it('goes on in the bottom view while that is moved to another container', async () => {
    const { page, server } = session;
    await sendFrom(page, requestFile('lower'));
    const connection = await server.nextRequest();
    await connection.head(200, eventStream);
    await connection.write('data: before\n\n');
    await showTab(panelFrame(page), 'events');
    await eventRows(panelFrame(page)).getByText('before', { exact: true }).waitFor();
    await runCommand(page, 'View: Move View');
    await quickPickRow(page, 'CloudBase Streams').click();
    await quickPickRow(page, 'New Side Bar Entry').click();
    await page
      .locator('.part.panel')
      .getByRole('tab', { name: 'CloudBase Streams' })
      .waitFor({ state: 'detached' });
    await connection.write('data: after\n\n');
    await eventRows(panelFrame(page)).getByText('before', { exact: true }).waitFor();
    await eventRows(panelFrame(page)).getByText('after', { exact: true }).waitFor();
    await panelFrame(page).locator('#cancel').click();
    await connection.closed;
    await panelFrame(page).locator('#state[data-reason=cancelled]').waitFor();
  });

  /** Takes from what VS Code has stored of panels whose pages they were. */
  async function forgetPages(page: Page): Promise<void> {
    await stored(page, { of: 'mainThreadWebview', name: 'panelId' });
    assert.ok(!(await stored(page)).some((value) => /title\W+early.{1,1000}panelId/.test(value)));
  }
});
