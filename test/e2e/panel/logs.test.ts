import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { openedPanel, sendFrom, showTab } from '../../support/panelActions.ts';
import {
  clickMenu,
  openFile,
  quickPickRow,
  runCommand,
  showViewContainer,
  statusItem,
  titledPanelFrame,
  treeItem,
} from '../../support/editorActions.ts';
import type { ManagedLog } from '../../support/gateway/cloud.ts';
import { startGateway, type Gateway } from '../../support/gateway/gateway.ts';
import { becomes } from '../../support/until.ts';
import { audit } from './audit.ts';
import { openPanelSession, sendRequest, type PanelSession } from './panelSession.ts';

const account = { secretId: 'AKIDlogs', secretKey: 'the-logs-key' };
const ENV_ID = 'my-dev-1a2b';

/** Answers with the request's id, which it writes; every request writes a second line without it. */
const code = `require('node:http')
  .createServer((request, answer) => {
    const id = request.headers['x-request-id'];
    console.log('answering ' + id);
    console.error('a line of its own');
    answer.end('ok');
  })
  .listen(process.env.PORT, '127.0.0.1', () => console.log('listening'));
`;

describe('the panel’s logs', () => {
  let session: PanelSession;
  let gateway: Gateway;
  const logs: ManagedLog[] = [];
  before(async () => {
    session = await openPanelSession();
    gateway = await startGateway({
      environments: { dev: { envId: ENV_ID, apiKey: 'k', secrets: [account] } },
      functions: { chat: session.server.port },
      logs,
    });
  });
  after(async () => {
    await session.dispose();
    await gateway.dispose();
  });

  it('are what a function on this machine prints, those of the request marked, live', async () => {
    const { page, folder } = session;
    const write: PanelSession['write'] = (name, text) => session.write(name, text);
    await write('functions/hello/index.js', code);
    await write('functions/hello/scf_bootstrap', '#!/bin/bash\nexec /var/lang/node20/bin/node index.js\n');
    await chmod(path.join(folder, 'functions/hello/scf_bootstrap'), 0o755);
    await write('cloudbaserc.json', JSON.stringify({ functions: [{ name: 'hello', type: 'HTTP' }] }));
    await showViewContainer(page, 'CloudBase Functions');
    await treeItem(page, /hello/).waitFor();
    await runCommand(page, 'CloudBase Functions: Run Function');
    await treeItem(page, /hello.*running on/).waitFor();
    const panel = await sendRequest(session, 'first', 'GET fn://hello/\nX-Request-Id: req-0001');
    await panel.locator('#state[data-reason=complete]').waitFor();
    const tab = await showTab(panel, 'logs');
    await tab.getByText('1 line holds the id of this request and is marked.').waitFor();
    await tab.locator('.row.held', { hasText: 'answering req-0001' }).waitFor();
    await tab.locator('.row.alarming', { hasText: 'a line of its own' }).waitFor();
    assert.equal(await tab.getByText('listening').count(), 0);
    await tab.locator('.row.held').click();
    await tab.locator('#log-text', { hasText: 'answering req-0001' }).waitFor();
    assert.deepEqual(await audit(panel, 'logs'), []);
    await tab.getByRole('radio', { name: /^All \(/ }).click();
    await tab.locator('.row', { hasText: 'listening' }).waitFor();
    // Another request's lines come in without a send of this panel.
    await sendRequest(session, 'second', 'GET fn://hello/\nX-Request-Id: req-0002');
    await page.locator('.tab[aria-label^="first"]').click();
    const first = await openedPanel(page, 'first');
    const again = await showTab(first, 'logs');
    await again.getByRole('radio', { name: /^All \(/ }).click();
    await again.locator('.row:not(.held)', { hasText: 'answering req-0002' }).waitFor();
    await runCommand(page, 'CloudBase Functions: Stop Function');
    await treeItem(page, /hello.*running on/).waitFor({ state: 'detached' });
    await runCommand(page, 'View: Close All Editors');
  });

  it('of a deployed function are searched by the request’s id, and by the function from the tree', async () => {
    const { page, server } = session;
    const write: PanelSession['write'] = (name, text) => session.write(name, text);
    const profile = {
      envId: ENV_ID,
      auth: 'secretKey',
      baseUrl: `${gateway.origin}/dev`,
      managementUrl: gateway.origin,
    };
    await write(
      '.vscode/settings.json',
      JSON.stringify({ 'cbhttp.profiles': { dev: profile }, 'cbhttp.activeProfile': 'dev' }),
    );
    await write('to-cloud.cbhttp', '### cloud\nGET fn://chat/\n');
    await openFile(page, 'to-cloud.cbhttp');
    await statusItem(page, 'dev').waitFor();
    await enterKey();
    await sendFrom(page, 'to-cloud.cbhttp');
    const connection = await server.nextRequest();
    await connection.head(200, { 'Content-Type': 'text/plain' });
    await connection.write('ok');
    await connection.end();
    const panel = await openedPanel(page, 'cloud');
    await panel.locator('#state[data-reason=complete]').waitFor();
    const requestId = gateway.requests.findLast(({ part }) => part === 'httpApi')?.requestId ?? '';
    for (let n = 0; n < 120; n++) logs.push(log(`line ${n}`, 'r-other'));
    logs.push(log(`in the cloud ${account.secretKey}`, requestId));

    const tab = await showTab(panel, 'logs');
    await tab.getByText('Nothing has been searched yet.').waitFor();
    await tab.getByText('names no time zone').waitFor();
    const before = gateway.requests.length;
    await tab.locator('#search-logs').click();
    await tab.locator('.row.held', { hasText: 'in the cloud ***' }).waitFor();
    await tab.getByText(/^1 line, the newest first, from \d{4}-/).waitFor();
    assert.equal(gateway.requests.length, before + 1, 'one request, when it was asked for');
    assert.deepEqual(await audit(panel, 'deployed logs'), []);
    await tab.locator('#log-id').selectOption({ label: 'the function chat' });
    await tab.locator('#search-logs').click();
    await tab.getByText(/^100 lines, /).waitFor();
    await tab.locator('#more-logs').click();
    await tab.getByText(/^121 lines, /).waitFor();

    await showViewContainer(page, 'CloudBase Functions');
    await treeItem(page, /chat/).click({ button: 'right' });
    await clickMenu(page, 'View Logs');
    const alone = await titledPanelFrame(page, 'chat: logs');
    await alone.getByText(/^100 lines, the newest first/).waitFor();
    await alone.locator('.row', { hasText: 'in the cloud ***' }).waitFor();
    await becomes(() => alone.getByRole('tab').allTextContents(), ['Logs']);
  });

  const log = (text: string, requestId: string): ManagedLog => ({
    functionName: 'chat',
    requestId,
    text,
    time: '2025-06-01 10:00:00',
  });

  /** Enters the account's key, as the palette asks for it. */
  async function enterKey(): Promise<void> {
    const { page } = session;
    await runCommand(page, 'CloudBase Functions: Set Credential of Profile');
    await quickPickRow(page, 'secret key of the account').first().click();
    const box = page.locator('.quick-input-widget input:visible');
    for (const [step, value] of [account.secretId, account.secretKey, ''].entries()) {
      await page.locator('.quick-input-title', { hasText: `(${step + 1}/3)` }).waitFor();
      await box.fill(value);
      await box.press('Enter');
    }
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }
});
