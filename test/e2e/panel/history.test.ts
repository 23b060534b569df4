import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import {
  answerDialog,
  clickMenu,
  quickPickRow,
  runCommand,
  setViewOpen,
  showViewContainer,
  treeItem,
} from '../../support/editorActions.ts';
import { answerFileDialog, eventRows, openedPanel, sendFrom, showTab } from '../../support/panelActions.ts';
import { storedState } from '../../support/storedState.ts';
import { eventually } from '../../support/until.ts';
import { eventStream, openPanelSession, requestFile, type PanelSession } from './panelSession.ts';

const SECRET = 'sk-dör/7 "open sesame"';
/** That a server sets, and says again when it comes back. */
const COOKIE = 'cookie-of-the-jar';

describe('a person’s history', () => {
  let session: PanelSession;
  before(async () => {
    session = await openPanelSession({ 'cbhttp.stream.location': 'active' });
  });
  after(() => session.dispose());

  const item = (name: string | RegExp): Locator => treeItem(session.page, name);

  it('keeps what was sent, with its secret nowhere on the disk', async () => {
    const { page, server } = session;
    const target = `${server.origin}/secretly?key={{$secret door}}`;
    const body = 'Content-Type: application/json\n\n{"key": "{{$secret door}}"}';
    await session.write(
      requestFile('secretly'),
      `### secretly\nPOST ${target}\nX-Key: {{$secret key}}\n${body}\n`,
    );
    await sendFrom(page, requestFile('secretly'));
    const input = page.locator('.quick-input-widget input[type=password]:visible');
    await input.fill(SECRET);
    await input.press('Enter');
    const value = () => input.inputValue({ timeout: 1000 }).catch(() => SECRET);
    await eventually('the next question', async () => (await value()) === '');
    await input.fill('sk-in-a-header');
    await input.press('Enter');
    const connection = await server.nextRequest();
    assert.ok(connection.request.body.toString().includes(SECRET.slice(0, 8)));
    const sid = `sid=${COOKIE}; Path=/`;
    await connection.head(200, { ...eventStream, 'X-Echo': 'sk-in-a-header', 'Set-Cookie': sid });
    // Cut within the secret's second character.
    const echo = Buffer.from(`data: you said ${SECRET} and sk-in-a-header\n\n`);
    const cut = echo.indexOf(0xc3) + 1;
    await connection.write(echo.subarray(0, cut));
    const panel = await openedPanel(page, 'secretly');
    await panel.locator('#state[data-phase=streaming]').waitFor();
    await connection.write(echo.subarray(cut));
    await connection.end();
    await panel.locator('#state[data-reason=complete]').waitFor();
    await eventRows(panel).getByText(`you said ${SECRET}`).waitFor();

    const plain = await session.send('plainly');
    await plain.connection.head(404, { 'Content-Type': 'application/json' });
    assert.equal(plain.connection.request.header('cookie'), `sid=${COOKIE}`);
    await plain.connection.write(JSON.stringify({ error: 'nothing here', sid: COOKIE }));
    await plain.connection.end();
    await plain.panel.locator('#state[data-phase=ended]').waitFor();

    await showViewContainer(page, 'CloudBase Functions');
    await setViewOpen(page, 'History', true);
    await item(/^secretly, local · 200 · .* · 1 event · /).waitFor();
    await item(/^plainly, local · 404 · /).waitFor();
    await eventually('nothing of it on the disk', async () => (await traces()).length === 0);
    const kept = (await filesOf(session.dataDir)).filter(({ name }) => name.endsWith('.journal'));
    assert.equal(kept.length, 2);
    assert.ok(kept.some(({ bytes }) => bytes.includes('you said ****')));
  });

  it('comes back whole after a reload, also the run that ended with it', async () => {
    const { page } = session;
    const { panel, connection } = await session.send('running');
    await connection.head(200, eventStream);
    await connection.write('data: apple\n\ndata: pear\n\n');
    await eventRows(panel).nth(1).waitFor();
    // VS Code keeps what is open some seconds late.
    await storedState(page, /label":"running".{1,300}"streaming","reason":null,"eventCount":2,/);
    await storedState(page, /title\W+running.{1,1000}panelId/);
    await page.reload();
    await connection.closed;
    const restored = await openedPanel(page, 'running');
    await eventRows(restored).getByText('pear').waitFor();
    await restored
      .locator('#error')
      .getByText(/ended with it/)
      .waitFor();
    assert.equal(await restored.locator('#lost').isVisible(), false);
    await item(/^running, local · 200 · ended with its window · 2 events/).waitFor();
    await page.locator('.tab', { hasText: /^secretly$/ }).click();
    const ended = await openedPanel(page, 'secretly');
    await ended.locator('#state[data-reason=complete]').waitFor();
    await eventRows(ended)
      .getByText(/you said \*+ and \*+/)
      .waitFor();
    await showTab(ended, 'chunks');
    assert.equal(await ended.locator('#panel-chunks [role=row].chunk, #panel-chunks [role=row]:not(.header)').count() >= 2, true); // prettier-ignore
    await (await showTab(ended, 'headers')).getByText('X-Key').waitFor();
  });

  it('opens a run again, filters, pins, and deletes', async () => {
    const { page } = session;
    await runCommand(page, 'View: Close All Editors');
    await item(/^plainly/).click();
    const panel = await openedPanel(page, 'plainly');
    await panel.locator('#state[data-phase=ended]').waitFor();
    await (await showTab(panel, 'body')).getByText('nothing here').waitFor();

    await item(/^secretly/).click({ button: 'right' });
    await clickMenu(page, 'Save Run');
    await quickPickRow(page, 'HTTP Archive').click();
    const file = path.join(session.folder, 'secretly.har');
    await answerFileDialog(page, file);
    let har = '';
    await eventually('the archive', async () =>
      (har = await readFile(file, 'utf8').catch(() => '')).endsWith('\n'),
    );
    const { log } = JSON.parse(har) as {
      log: { entries: { _chunks: unknown[]; response: { status: number } }[] };
    };
    assert.deepEqual(
      log.entries.map(({ _chunks, response }) => [_chunks.length, response.status]),
      [[2, 200]],
    );
    assert.doesNotMatch(har, /open sesame|sk-in-a-header/);

    await runCommand(page, 'CloudBase Functions: Filter History');
    const box = page.locator('.quick-input-widget input:visible');
    await box.fill('local 404');
    await item(/^secretly/).waitFor({ state: 'detached' });
    await box.press('Enter');
    await runCommand(page, 'CloudBase Functions: Clear History Filter');
    await item(/^secretly/).click({ button: 'right' });
    await clickMenu(page, 'Pin Run');
    await item(/^secretly, .*, pinned$/).waitFor();
    await item(/^plainly/).click({ button: 'right' });
    await clickMenu(page, 'Delete Run');
    await item(/^plainly/).waitFor({ state: 'detached' });
    await eventually('its files are gone', async () => (await journals()).length === 2);

    await runCommand(page, 'CloudBase Functions: Clear History');
    await answerDialog(page, 'Keep Pinned');
    await item(/^running/).waitFor({ state: 'detached' });
    await eventually('only the pinned one is left', async () => (await journals()).length === 1);
    await item(/^secretly/).click();
    await openedPanel(page, 'secretly');
    await page.keyboard.press('Delete');
    await item(/^secretly/).waitFor({ state: 'detached' });
    await eventually('all files are gone', async () => (await journals()).length === 0);
  });

  it('has the runs of this window where none is to be kept, and nothing of them on the disk', async () => {
    const { page, server } = session;
    await session.write('.vscode/settings.json', '{ "cbhttp.history.maxRuns": 0 }');
    const view = page.locator('.pane', { hasText: 'History' });
    await view.getByText('Runs are kept only until this window closes').waitFor();
    const { panel, connection } = await session.send('fleeting', 'Authorization: Bearer sk-in-a-header');
    await connection.head(200, eventStream);
    await connection.write('data: apple and sk-in-a-header\n\n');
    await connection.end();
    await panel.locator('#state[data-reason=complete]').waitFor();
    await item(/^fleeting, local · 200 · .* · 1 event · /).waitFor();
    await runCommand(page, 'View: Close All Editors');
    await item(/^fleeting/).click({ button: 'right' });
    await page.locator('.monaco-menu').getByText('Delete Run').waitFor();
    assert.equal(await page.locator('.monaco-menu').getByText('Pin Run').count(), 0);
    await page.keyboard.press('Escape');
    await item(/^fleeting/).click();
    const again = await openedPanel(page, 'fleeting');
    await eventRows(again).getByText(/apple and \*+/).waitFor(); // prettier-ignore
    assert.deepEqual([await journals(), await traces()], [[], []]);
    await page.reload();
    await view.getByText('Runs are kept only until this window closes').waitFor();
    await item(/^fleeting/).waitFor({ state: 'detached' });
    assert.deepEqual([await journals(), await traces()], [[], []]);
    assert.equal(server.openExchanges, 0);
  });

  async function journals(): Promise<string[]> {
    return (await filesOf(session.dataDir)).map(({ name }) => name).filter((name) => /journal$/.test(name)); // prettier-ignore
  }

  /** Files that hold a secret in any form. */
  async function traces(): Promise<string[]> {
    const forms = [SECRET, JSON.stringify(SECRET).slice(1, -1), encodeURIComponent(SECRET), 'dör/7', 'open sesame', 'sk-in-a-header', COOKIE]; // prettier-ignore
    return (await filesOf(session.dataDir))
      .filter(({ bytes }) => forms.some((form) => bytes.includes(form)))
      .map(({ name }) => name);
  }
});

/** What stands in a folder, and below it. */
async function filesOf(folder: string): Promise<{ readonly name: string; readonly bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)); // prettier-ignore
  return Promise.all(
    files.map(async (name) => ({ name, bytes: await readFile(name).catch(() => Buffer.alloc(0)) })),
  );
}
