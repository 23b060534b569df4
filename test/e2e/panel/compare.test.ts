import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { after, before, beforeEach, describe, it } from 'mocha';
import { accepts, anyFreePort } from '../../../src/net/portProbe.ts';
import {
  answerDialog,
  clickMenu,
  openFile,
  quickPickRow,
  runCommand,
  setViewOpen,
  showViewContainer,
  titledPanelFrame,
  toast,
  treeItem,
} from '../../support/editorActions.ts';
import { analysed, answerFileDialog, openedPanel, sendFrom, showTab } from '../../support/panelActions.ts';
import type { ScriptedConnection } from '../../support/sseServer.ts';
import { storedState } from '../../support/storedState.ts';
import { becomes, eventually, until } from '../../support/until.ts';
import { audit } from './audit.ts';
import { eventStream, openPanelSession, requestFile, type PanelSession } from './panelSession.ts';

const event = (data: string, id = ''): string => `${id === '' ? '' : `id: ${id}\n`}data: ${data}\n\n`;

/** A function that answers as the scripted server does. */
const echo = `const { createServer } = require('node:http');
createServer((request, answer) => {
  answer.setHeader('Content-Type', 'text/event-stream');
  answer.end('data: the same\\n\\n');
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

describe('comparing runs', () => {
  let session: PanelSession;
  before(async () => {
    session = await openPanelSession({
      'cbhttp.profiles': {
        one: { route: 'local', variables: { way: 'first' } },
        two: { route: 'gateway', envId: 'my-env', variables: { way: 'second' } },
      },
      'cbhttp.activeProfile': 'one',
    });
  });
  beforeEach(() => runCommand(session.page, 'View: Close All Editors'));
  after(() => session.dispose());

  /** Answers the next request whole. */
  async function answer(
    headers: Readonly<Record<string, string>>,
    ...pieces: readonly string[]
  ): Promise<ScriptedConnection> {
    const connection = await session.server.nextRequest();
    await connection.head(200, headers);
    for (const piece of pieces) await connection.write(piece);
    await connection.end();
    return connection;
  }
  /** Sends a request twice, with these answers, and compares. */
  async function compareTwo(
    title: string,
    headers: Readonly<Record<string, string>>,
    first: string,
    second: string,
  ): Promise<FrameLocator> {
    await session.write(requestFile(title), `### ${title}\nGET ${session.server.origin}/${title}\n`);
    let panel: FrameLocator | undefined;
    for (const body of [first, second]) {
      await sendFrom(session.page, requestFile(title));
      await answer(headers, body);
      panel = await openedPanel(session.page, title);
      await panel.locator('#state[data-reason=complete]').waitFor();
    }
    await panel?.locator('#compare').click();
    return comparison(title);
  }
  async function comparison(title: string): Promise<FrameLocator> {
    const name = `Comparison: ${title}`;
    await session.page.locator(`.tab.active[aria-label^="${name}"]`).waitFor();
    const frame = await titledPanelFrame(session.page, name);
    await frame.locator('main.comparison').waitFor();
    return frame;
  }
  const pairs = (frame: FrameLocator, state: string): Locator => frame.locator(`.row[data-state=${state}]`);

  it('shows what became of a request sent twice, event by event', async () => {
    const { page } = session;
    const start = [1, 2, 3, 4, 5, 6, 7, 8].map((one) => event(`word ${one}`));
    const second = [...start.slice(0, 2), event('put in between'), ...start.slice(2, 5), event('another word'), ...start.slice(6, 7)]; // prettier-ignore
    const frame = await compareTwo(
      'twice',
      { ...eventStream, 'X-Kind': 'demo' },
      start.join(''),
      second.join(''),
    );
    await frame.locator('#verdict[data-tone=bad]').getByText('3 events differ.').waitFor();
    await frame.locator('#run-A').getByText('200 OK').waitFor();
    await frame.locator('#run-B').getByText('8 events').waitFor();
    const facts = frame.getByRole('table', { name: 'Request and answer' });
    assert.match(await facts.getByRole('row', { name: /^Events/ }).innerText(), /8\s+8\s+3 differences/);
    await frame
      .getByRole('table', { name: 'Timing' })
      .getByRole('row', { name: /^First event/ })
      .waitFor();
    const headers = frame.getByRole('table', { name: 'Response headers' });
    await frame.getByLabel('Show equal ones').check();
    await headers.getByRole('row', { name: /^x-kind demo demo/i }).waitFor();

    await frame.locator('#tab-events').click();
    await pairs(frame, 'same').nth(5).waitFor();
    assert.deepEqual(
      await Promise.all(['added', 'changed', 'missing'].map((state) => pairs(frame, state).count())),
      [1, 1, 1],
    );
    await pairs(frame, 'added').getByText('put in between').waitFor();
    await page.keyboard.press('Tab');
    await frame.getByRole('grid').focus();
    await page.keyboard.press('F7');
    await frame.getByRole('region', { name: 'Run B' }).getByText('put in between').waitFor();
    await page.keyboard.press('F7');
    await frame.getByRole('region', { name: 'Run A' }).getByText('word 6').waitFor();
    await frame.getByRole('region', { name: 'Run B' }).getByText('another word').waitFor();
    await page.keyboard.press('Shift+F7');
    await frame.getByRole('region', { name: 'Run B' }).getByText('put in between').waitFor();
    await frame.locator('#only-differences').click();
    await eventually('only the differences', async () => (await frame.locator('.row.pair').count()) === 3);
    assert.deepEqual(await audit(frame, 'events'), []);

    await frame.locator('#tab-timeline').click();
    await frame.getByRole('slider', { name: /^Run A/ }).waitFor();
    await frame.getByRole('slider', { name: /^Run B/ }).waitFor();
    assert.deepEqual(await audit(frame, 'timeline'), []);

    await frame.locator('#open-bodies').click();
    await page.locator('.tab.active[aria-label*="Body of twice: A ↔ B"]').waitFor();
    await page.locator('.diff-editor, .monaco-diff-editor').first().waitFor();
  });

  it('says that two answers are the same but for ids and times', async () => {
    const chunk = (id: string, text: string): string => event(`{"id":"chatcmpl-${id}","created":${id.length > 12 ? 1732350000 : 1732999999},"text":"${text}"}`); // prettier-ignore
    const frame = await compareTwo(
      'alike',
      eventStream,
      chunk('0123456789ab', '你') + chunk('0123456789ab', '好'),
      chunk('ba98765432100', '你') + chunk('ba98765432100', '好'),
    );
    await frame.locator('#verdict[data-tone=good]').getByText('Same answer but for ids, times and long numbers.').waitFor(); // prettier-ignore
  });

  it('compares bodies that are no streams, in the diff editor', async () => {
    const { page } = session;
    const json = { 'Content-Type': 'application/json' };
    const frame = await compareTwo('whole', json, '{"a":1,"b":[1,2]}', '{"a":1,"b":[1,3]}');
    await frame.locator('#verdict').getByText('Different answers: 17 and 17 bytes.').waitFor();
    await frame.locator('#open-bodies').click();
    await page.locator('.tab.active[aria-label*="Body of whole: A ↔ B"]').waitFor();
    const modified = page.locator('.monaco-diff-editor .editor.modified .view-lines[role=presentation]');
    await modified.getByText('3', { exact: false }).first().waitFor();
    assert.match(((await modified.innerText()) ?? '').replace(/\u00a0/g, ' '), /^\{\n {2}"a": 1,/);
  });

  it('compares two runs that are selected in the history', async () => {
    const { page } = session;
    await showViewContainer(page, 'CloudBase Functions');
    // Room for all of them.
    await setViewOpen(page, 'History', true);
    for (const view of ['Functions', 'Profiles']) await setViewOpen(page, view, false);
    const item = treeItem(page, /^twice/);
    await item.nth(1).waitFor();
    await item.first().click();
    await item.nth(1).click({ modifiers: ['ControlOrMeta'] });
    await item.nth(1).click({ button: 'right' });
    await clickMenu(page, 'Compare Runs');
    const frame = await comparison('twice');
    await frame.locator('#verdict[data-tone=bad]').getByText('3 events differ.').waitFor();
    // The older one stands left.
    await frame.locator('#tab-events').click();
    await pairs(frame, 'added').getByText('put in between').waitFor();
  });

  it('sends with two profiles at once, and follows both', async () => {
    const { page, server } = session;
    await session.write(requestFile('both'), `### both\nGET ${server.origin}/{{way}}\n`);
    await sendFrom(page, requestFile('both'));
    await answer(eventStream, event('alone'));
    await page.keyboard.press('ControlOrMeta+1');
    await runCommand(page, 'Send Twice and Compare');
    await quickPickRow(page, 'one ↔ two').click();
    const two = [await server.nextRequest(), await server.nextRequest()];
    const paths = two.map(({ request }) => request.url).sort();
    assert.deepEqual(paths, ['/first', '/second']);
    for (const connection of two) await connection.head(200, eventStream);
    for (const connection of two) await connection.write(event('the same'));
    const frame = await comparison('both');
    await frame.locator('#verdict').getByText('Still receiving; no difference so far.').waitFor();
    await frame.locator('#run-A .run-state[data-phase=streaming]').waitFor();
    await frame.locator('#run-A').getByText('one').waitFor();
    await frame.locator('#run-B').getByText('two').waitFor();
    await frame.locator('#tab-events').click();
    await pairs(frame, 'same').first().waitFor();
    const first = two.find(({ request }) => request.url === '/first');
    const second = two.find(({ request }) => request.url === '/second');
    await first?.write(event('more of A'));
    await pairs(frame, 'pending').getByText('more of A').waitFor();
    await second?.write(event('more of B'));
    await pairs(frame, 'changed').getByText('more of B').waitFor();
    for (const connection of two) await connection.end();
    await frame.locator('#verdict').getByText('One event differs.').waitFor();
    // Both panels are there beside the one of the request itself.
    for (const name of ['both · one', 'both · two'])
      await page.locator(`.tab[aria-label^="${name}"]`).waitFor();
    await frame.locator('#swap').click();
    await frame.locator('#run-A').getByText('two').waitFor();

    await frame.locator('#send-both').click();
    for (let one = 0; one < 2; one++) await answer(eventStream, event('alike'), event('alike, too'));
    await frame.locator('#verdict').getByText('Same answer.').waitFor();
    await frame.locator('#run-A').getByText('two').waitFor();
    await pairs(frame, 'same').getByText('alike, too').first().waitFor();
    await becomes(() => page.locator('.tab[aria-label^="Comparison: both"]').count(), 1);
  });

  it('asks once for both, and sends once what both refer to', async () => {
    const { page, server } = session;
    const file = requestFile('asked');
    const chained = (name: string): string =>
      `### ${name}\n# @force-ref login\nGET ${server.origin}/${name}\n\n`;
    const loggingIn = `### login\n# @name login\nGET ${server.origin}/login\n`;
    await session.write(
      file,
      `### asked\n# @prompt who\nGET ${server.origin}/{{way}}?who={{who}}\n\n${chained('left')}${chained('right')}${loggingIn}`,
    );
    const answerBoth = async (...urls: readonly string[]): Promise<void> => {
      const two = [await server.nextRequest(), await server.nextRequest()];
      assert.deepEqual(two.map(({ request }) => request.url).sort(), urls);
      for (const connection of two) await connection.head(200, { 'Content-Length': '0' });
    };
    await openFile(page, file);
    await page.locator(`.monaco-editor.focused[data-uri$="/${file}"]`).waitFor();
    await runCommand(page, 'Send Twice and Compare');
    await quickPickRow(page, 'one ↔ two').click();
    await page.locator('.quick-input-title, .quick-input-message').getByText('who').first().waitFor();
    await page.locator('.quick-input-box input').fill('me');
    await page.keyboard.press('Enter');
    await answerBoth('/first?who=me', '/second?who=me');
    await (await comparison('asked')).locator('#verdict').getByText('Same answer.').waitFor();

    await page.locator(`.tab[data-resource-name="${file}"]`).click();
    for (let line = 1; line < 6; line++) await page.keyboard.press('ArrowDown');
    await runCommand(page, 'Send Twice and Compare');
    await quickPickRow(page, 'left ↔ right').click();
    const login = async (): Promise<void> => {
      const { request } = await answer({ 'Content-Length': '0' });
      assert.equal(request.url, '/login');
    };
    await login();
    await answerBoth('/left', '/right');
    const frame = await comparison('left ↔ right');
    await frame.locator('#verdict').getByText('Same answer.').waitFor();
    await frame.locator('#send-both').click();
    await login();
    await answerBoth('/left', '/right');
  });

  it('sends to the local function and the deployed one by Enter, and starts the one that does not run', async () => {
    const { page, server } = session;
    const port = await anyFreePort();
    const three = { envId: 'env-3', baseUrl: server.origin, functions: { echo: port } };
    await session.write('.vscode/settings.json', JSON.stringify({ 'cbhttp.profiles': { three } }));
    await session.write('cloudbaserc.json', '{ "functions": [{ "name": "echo", "type": "HTTP" }] }\n');
    await session.write('functions/echo/scf_bootstrap', '#!/bin/bash\nexec node index.js\n');
    await session.write('functions/echo/index.js', echo);
    const file = requestFile('sides');
    await session.write(file, '### sides\n# @profile three\nGET fn://echo/say\n');
    await openFile(page, file);
    const first = page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Local function ↔ three' })
      .filter({ hasText: `127.0.0.1:${port}` });
    // Settings and config may not have been read at once.
    const isOffered = async (): Promise<boolean> => {
      await runCommand(page, 'Send Twice and Compare');
      return until(() => first.isVisible(), 3000);
    };
    await eventually('both sides are offered', isOffered, 20_000);
    await page.keyboard.press('Enter');
    const deployed = await answer(eventStream, event('the same'));
    assert.equal(deployed.request.url, '/v1/functions/echo/say');
    const refused = await comparison('sides');
    await refused.locator('#run-A').getByText('three · local').waitFor();
    await refused.locator('#run-B').getByText('three · gateway').waitFor();
    await page.locator('.tab[aria-label^="sides · three · local"]').click();
    const panel = await openedPanel(page, 'sides · three · local');
    await panel.locator('#error').getByText('refused').waitFor();
    await panel.getByRole('button', { name: 'Start function and send' }).click();
    await panel.locator('#state[data-phase=ended][data-reason=complete]').waitFor();
    await becomes(() => panel.locator('#url').textContent(), `http://127.0.0.1:${port}/say`);

    await page.locator('.tab[aria-label^="Comparison: sides"]').click();
    const frame = await comparison('sides');
    await frame.locator('#send-both').click();
    await answer(eventStream, event('the same'));
    await frame.locator('#verdict').getByText('Same answer.').waitFor();
    await frame.locator('#run-A').getByText('three · local').waitFor();
    await runCommand(page, 'Stop Function');
    await eventually('it is gone', async () => !(await accepts(port)));
  });

  it('comes back after a reload of the window, unless its runs are gone', async () => {
    const { page } = session;
    const frame = await compareTwo('again', eventStream, event('older'), event('newer'));
    await frame.locator('#swap').click();
    await frame.locator('#tab-events').click();
    await pairs(frame, 'changed').waitFor();
    await storedState(page, /"tab\W+events.{1,100}runs/);
    await page.reload();
    const restored = await comparison('again');
    await restored.locator('#tab-events[aria-selected=true]').waitFor();
    await pairs(restored, 'changed').click();
    await restored.getByRole('region', { name: 'Run A' }).getByText('newer').waitFor();

    await showViewContainer(page, 'CloudBase Functions');
    await setViewOpen(page, 'History', true);
    await treeItem(page, /^again/)
      .first()
      .waitFor();
    await runCommand(page, 'CloudBase Functions: Clear History');
    await answerDialog(page, 'Delete All');
    await treeItem(page, /^again/)
      .first()
      .waitFor({ state: 'detached' });
    await page.reload();
    await toast(page, '"Comparison: again" was closed: its runs could not be brought back.').waitFor();
    await page.locator('.tab', { hasText: 'Comparison: again' }).waitFor({ state: 'detached' });
  });

  it('zooms, selects and saves the timeline', async () => {
    const { page, server } = session;
    const { panel, connection } = await session.send('timed');
    await connection.head(200, eventStream);
    for (let one = 0; one < 6; one++) {
      await connection.write(event(`beat ${one}`));
      if (one % 2 === 0) await connection.write(': still here\n\n');
      await panel.getByText(`beat ${one}`).waitFor();
    }
    await connection.end();
    await analysed(panel);
    assert.ok(server.port > 0);
    const timeline = await showTab(panel, 'timeline');
    const slider = timeline.getByRole('slider');
    await slider.focus();
    const ends = async (): Promise<number> => Number(await slider.getAttribute('aria-valuemax'));
    await slider.press('+');
    await slider.press('+');
    await timeline.getByText(/ shown$/).waitFor();
    assert.ok((await ends()) > 0);
    await slider.press('0');
    await timeline.getByText(/ shown$/).waitFor({ state: 'detached' });
    await slider.press('Home');
    for (let step = 0; step < 3; step++) await slider.press('Shift+ArrowRight');
    await timeline.getByText(/ selected$/).waitFor();
    await slider.press('Home');
    await slider.press('Enter');
    await panel.locator('#panel-events .row[aria-selected=true]').waitFor();
    await showTab(panel, 'timeline');
    const file = path.join(session.folder, 'timed.svg');
    await timeline.getByRole('button', { name: 'Save the picture as SVG' }).click();
    await answerFileDialog(page, file);
    let svg = '';
    await eventually('a picture', async () => (svg = await readFile(file, 'utf8').catch(() => '')) !== '');
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+"/);
    assert.match(svg, />Heartbeats · 3<\/text>/);
    assert.doesNotMatch(svg, /var\(|NaN|undefined/);
  });
});
