import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { after, before, beforeEach, describe, it } from 'mocha';
import { openFile, runCommand } from '../../support/editorActions.ts';
import { analysed, showTab } from '../../support/panelActions.ts';
import { becomes, eventually } from '../../support/until.ts';
import {
  eventStream,
  openPanelSession,
  requestFile,
  sendRequest,
  type PanelSession,
} from './panelSession.ts';

describe('a stream that broke', () => {
  let session: PanelSession;
  before(async () => {
    session = await openPanelSession();
  });
  beforeEach(() => runCommand(session.page, 'View: Close All Editors'));
  after(() => session.dispose());

  const row = (panel: FrameLocator, text: string) =>
    panel.locator('#panel-events [role=row]', { hasText: text });
  const event = (id: number): string => `id: ${id}\ndata: number ${id}\n\n`;
  const state = (panel: FrameLocator, reason: string) =>
    panel.locator(`#state[data-phase=ended][data-reason=${reason}]`).waitFor();

  it('is resumed by the button: the rest is added, what came again is marked', async () => {
    const { panel, connection } = await session.send('again');
    await connection.head(200, eventStream);
    await connection.write(`retry: 700\n\n${event(1)}${event(2)}data: cut`);
    await row(panel, 'number 2').waitFor();
    connection.reset();
    await state(panel, 'reset');
    await panel.locator('#resume').click();
    await panel
      .locator('#state[data-phase=waiting]')
      .getByText(/Sending again in/)
      .waitFor();
    const resumed = await session.server.nextRequest();
    assert.equal(resumed.request.header('last-event-id'), '2');
    await resumed.head(200, eventStream);
    await resumed.write(event(2) + event(3));
    await row(panel, 'Sent again with Last-Event-ID: 2.').waitFor();
    await row(panel, 'number 3').waitFor();
    await panel.locator('.row.duplicate', { hasText: 'number 2' }).waitFor();
    await resumed.end();
    await state(panel, 'complete');
    await analysed(panel);
    await becomes(() => panel.locator('#event-count').textContent(), '4 events');
    assert.match(
      (await panel.locator('#resumed').textContent()) ?? '',
      /One event came again.*Nothing is missing: the ids go on with 3\./,
    );
    assert.equal(await panel.locator('#resume').isVisible(), false);
    await showTab(panel, 'problems');
    await panel.getByText('Have the function read the header Last-Event-ID').waitFor();
  });

  it('is left alone after a clean end, unless the command says so; a wait can be cancelled', async () => {
    const { panel, connection } = await session.send('clean');
    await connection.head(200, eventStream);
    await connection.write(`retry: 600000\n\n${event(7)}`);
    await connection.end();
    await state(panel, 'complete');
    assert.equal(await panel.locator('#resume').isVisible(), false);
    await openFile(session.page, requestFile('clean'));
    await runCommand(session.page, 'CloudBase Functions: Resume Stream After a Break');
    await panel.locator('#state[data-phase=waiting]').waitFor();
    await panel.locator('#cancel').click();
    await state(panel, 'complete');
  });

  it('connects again by itself where the request says so', async () => {
    const { server } = session;
    const panel = await sendRequest(session, 'itself', `# @reconnect 1\nGET ${server.origin}/itself`);
    const connection = await server.nextRequest();
    await connection.head(200, eventStream);
    await connection.write(`retry: 50\n\n${event(1)}`);
    await row(panel, 'number 1').waitFor();
    connection.reset();
    const resumed = await server.nextRequest();
    await resumed.head(200, eventStream);
    await resumed.write(event(5));
    await row(panel, 'number 5').waitFor();
    await panel.getByText('A gap: 3 events are missing before id 5.').first().waitFor();
    await resumed.end();
    await state(panel, 'complete');
  });

  it('of JSON lines is shown row by row, and its URL is copied', async () => {
    const { page, server } = session;
    const { panel, connection } = await session.send('lines');
    await connection.head(200, { 'Content-Type': 'application/x-ndjson' });
    await connection.write('{"n":1,"word":"你好"}\n{"n":');
    await row(panel, '"word":"你好"').waitFor();
    await connection.write('2}\n');
    await row(panel, '{"n":2}').waitFor();
    await connection.end();
    await analysed(panel);
    await panel.locator('#copy-url').click();
    await eventually('the URL is copied', async () => {
      return (await page.evaluate(() => navigator.clipboard.readText())) === `${server.origin}/lines`;
    });
    await showTab(panel, 'headers');
    await panel.locator('#sent', { hasText: `127.0.0.1:${server.port}` }).waitFor();
  });

  it('shows a body as it comes with @stream on, and as the request wants it', async () => {
    const { server } = session;
    const panel = await sendRequest(session, 'chunks', `# @stream on\nGET ${server.origin}/chunks`);
    const connection = await server.nextRequest();
    await connection.head(200, { 'Content-Type': 'text/plain' });
    await connection.write('first piece');
    await row(panel, 'first piece').waitFor();
    await connection.write('second piece');
    await row(panel, 'second piece').waitFor();
    await connection.end();
    await analysed(panel);
    await (await showTab(panel, 'body')).getByText('first piecesecond piece').waitFor();

    const wanted = await sendRequest(
      session,
      'wanted',
      `# @response-type arraybuffer\nGET ${server.origin}/wanted`,
    );
    const other = await server.nextRequest();
    await other.head(200, { 'Content-Type': 'application/json' });
    await other.write('{"a":1}');
    await other.end();
    await (await showTab(wanted, 'body')).getByText('7b 22 61 22').waitFor();
    const timeline = await showTab(wanted, 'timeline');
    await timeline.getByRole('table', { name: 'Moments' }).getByText('Last byte').waitFor();
  });
});
