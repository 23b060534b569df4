import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { after, before, beforeEach, describe, it } from 'mocha';
import {
  answerDialog,
  clickTopLens,
  editor,
  lens,
  openFile,
  panelFrame,
  quickPickRow,
  runCommand,
  statusItem,
} from '../support/editorActions.ts';
import { showTab } from '../support/panelActions.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';
import { becomes, eventually } from '../support/until.ts';
import { openSampleSession, type SampleSession } from './sampleSession.ts';

const sse = { 'Content-Type': 'text/event-stream' };

describe('a person sends requests', () => {
  let session: SampleSession;
  let server: ScriptedServer;
  before(async () => {
    server = await startScriptedServer();
    session = await openSampleSession();
  });
  beforeEach(async () => {
    await runCommand(session.page, 'View: Close All Editors');
    await eventually('all exchanges ended with their panels', () => server.openExchanges === 0);
  });
  after(async () => {
    await session.dispose();
    await server.dispose();
  });

  /** Opens a new request file of the workspace. */
  async function openRequests(name: string, text: string): Promise<void> {
    await session.write(name, text);
    await openFile(session.page, name);
  }

  const events = (panel: FrameLocator) => panel.locator('[role=row].event');
  const phase = (panel: FrameLocator) => panel.locator('#state').getAttribute('data-phase');

  it('and watches a real function’s events come one by one', async () => {
    const { page } = session;
    await openFile(page, 'stream.cbhttp');
    await clickTopLens(page, 'Send');
    const panel = panelFrame(page);
    await events(panel).nth(2).waitFor();
    await becomes(() => phase(panel), 'streaming');
    assert.match((await events(panel).first().textContent()) ?? '', /\{"time":"\d{4}-/);
    assert.match((await panel.locator('[role=row].comment').first().textContent()) ?? '', /keep-alive/);
    await becomes(() => panel.locator('#status-code').textContent(), '200 OK');
    await clickTopLens(page, 'Cancel');
    await panel.locator('#state[data-reason=cancelled]').waitFor();
    await lens(page, 'Cancel').waitFor({ state: 'detached' });
  });

  it('and sees the first event while the server holds the stream open; Cancel closes it within a second', async () => {
    const { page } = session;
    await openRequests('live.cbhttp', `### Live\nGET ${server.origin}/sse\n`);
    await clickTopLens(page, 'Send');
    const connection = await server.nextRequest();
    await connection.head(200, sse);
    await connection.write('id: 一\nevent: 片段\ndata: {"text":"你好","n":12345678901234567890}\n\n');
    const panel = panelFrame(page);
    await events(panel).first().waitFor();
    assert.equal(server.openExchanges, 1);

    await events(panel).first().click();
    const detail = panel.locator('#detail');
    await detail.getByText('12345678901234567890').waitFor();
    assert.match((await detail.textContent()) ?? '', /片段/);

    const start = performance.now();
    await panel.locator('#cancel').click();
    await connection.closed;
    const elapsedMs = performance.now() - start;
    assert.ok(elapsedMs < 1000, `closed after ${Math.round(elapsedMs)} ms`);
  });

  it('and loses nothing while the panel is hidden', async () => {
    const { page } = session;
    await openRequests('hidden.cbhttp', `### Out of sight\nGET ${server.origin}/sse\n`);
    await clickTopLens(page, 'Send');
    const connection = await server.nextRequest();
    await connection.head(200, sse);
    await connection.write('data: before\n\n');
    await events(panelFrame(page)).first().waitFor();
    await page.locator('.tab', { hasText: 'Out of sight' }).click();
    await openFile(page, 'hello.cbhttp'); // over the panel, in its column
    await page.locator('iframe.webview.ready:visible').waitFor({ state: 'hidden' });
    await connection.write('data: while hidden\n\n');
    await page.locator('.tab', { hasText: 'Out of sight' }).click();
    await panelFrame(page).getByText('while hidden').waitFor();
    await becomes(() => events(panelFrame(page)).count(), 2);
    await connection.end();
    await panelFrame(page).locator('#state[data-reason=complete]').waitFor();
  });

  it('and reads a JSON answer as a tree and raw, by Ctrl+Enter from an unsaved change', async () => {
    const { page } = session;
    await openRequests('answer.cbhttp', `### Answer\nGET ${server.origin}/old\n`);
    await editor(page, 'answer.cbhttp').click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await page.keyboard.type('?new=1');
    await page.keyboard.press('ControlOrMeta+Enter');
    const connection = await server.nextRequest();
    assert.equal(connection.request.url, '/old?new=1');
    await connection.head(200, { 'Content-Type': 'application/json' });
    await connection.write('{"name":"云开发"}');
    await connection.end();
    const body = panelFrame(page).locator('#body');
    await body.getByRole('treeitem', { name: 'name: "云开发"' }).waitFor();
    await body.getByRole('treeitem').first().press('ArrowLeft');
    await body.getByText('云开发').waitFor({ state: 'detached' });
    await panelFrame(page).getByRole('radio', { name: 'Raw' }).click();
    await body.getByText('{"name":"云开发"}').waitFor();
  });

  it('and is told what to do when the function does not run', async () => {
    const { page } = session;
    await openRequests('refused.cbhttp', '### Refused\nGET fn://absent/\n');
    await clickTopLens(page, 'Send');
    const error = panelFrame(page).locator('#error');
    await error.waitFor();
    const text = (await error.textContent()) ?? '';
    assert.match(text, /connection was refused/);
    assert.match(text, /"absent" running/);
  });

  it('and is told which variable has no value', async () => {
    const { page } = session;
    await openRequests('variable.cbhttp', `### Variable\nGET ${server.origin}/{{nope}}\n`);
    await clickTopLens(page, 'Send');
    await panelFrame(page).locator('#error').getByText('The variable {{nope}} has no value').waitFor();
  });

  it('with a secret that is asked for once and shown nowhere', async () => {
    const { page } = session;
    const secret = 'open sesame 7';
    const target = `${server.origin}/door?key={{$secret door}}`;
    await openRequests('door.cbhttp', `### Door\nGET ${target}\nX-Key: {{$secret door}}\n`);
    await clickTopLens(page, 'Send');
    const input = page.locator('.quick-input-widget input[type=password]:visible');
    await input.fill(secret);
    await input.press('Enter');
    for (let count = 0; count < 2; count++) {
      const connection = await server.nextRequest();
      assert.equal(connection.request.header('X-Key'), secret);
      assert.equal(connection.request.url, `/door?key=${encodeURIComponent(secret)}`);
      await connection.head(200, { 'Content-Type': 'text/plain' });
      await connection.write('opened');
      await connection.end();
      const panel = panelFrame(page);
      await panel.locator('#state[data-reason=complete]').waitFor();
      await (await showTab(panel, 'headers')).getByText('X-Key').waitFor();
      await eventually('the panel shows it masked', async () =>
        ((await panel.locator('body').textContent()) ?? '').includes('door?key=***'),
      );
      const shown = `${await panel.locator('body').innerHTML()}${await session.extensionHostLog()}`;
      assert.ok(!shown.includes(secret) && !shown.includes(encodeURIComponent(secret)));
      if (count === 0) await panel.locator('#send-again').click();
    }
  });

  it('with a secret that is listed by name, replaced only after a question, and asked for again once deleted', async () => {
    const { page } = session;
    const widget = page.locator('.quick-input-widget');
    const hidden = widget.locator('input[type=password]:visible');
    const title = widget.locator('.quick-input-title');
    const enter = async (value: string) => {
      await hidden.fill(value);
      await hidden.press('Enter');
      await hidden.waitFor({ state: 'hidden' });
    };
    const setSecret = async (expected: string) => {
      await runCommand(page, 'CloudBase Functions: Set Secret');
      await quickPickRow(page, 'local').first().click();
      await title.getByText('Secret of the profile "local"').waitFor();
      await widget.locator('input:visible').fill('gate');
      await page.keyboard.press('Enter');
      await title.getByText(expected, { exact: true }).waitFor();
    };
    await setSecret('Secret "gate" of the profile "local"');
    await enter('sesame-8');
    await setSecret('Replace the secret "gate" of the profile "local"?');
    await page.keyboard.press('Escape');
    await hidden.waitFor({ state: 'hidden' });

    await openRequests('gate.cbhttp', `### Gate\nGET ${server.origin}/gate\nX-Key: {{$secret gate}}\n`);
    await clickTopLens(page, 'Send');
    await page.getByRole('button', { name: 'Enter Another' }).click(); // for this address there is none yet
    await enter('sesame-9');
    await endWith(204, 'sesame-9');

    await runCommand(page, 'CloudBase Functions: List Secrets');
    await quickPickRow(page, server.origin).first().waitFor();
    await becomes(() => quickPickRow(page, 'gate').count(), 2);
    assert.doesNotMatch(await widget.innerHTML(), /sesame/);
    const first = quickPickRow(page, 'http://127.0.0.1:9000');
    await first.hover();
    await first.getByRole('button', { name: 'Delete' }).click();
    await first.waitFor({ state: 'detached' });
    await becomes(() => quickPickRow(page, 'gate').count(), 1);
    await page.keyboard.press('Escape');

    await runCommand(page, 'CloudBase Functions: Delete Secrets');
    await quickPickRow(page, 'gate').click();
    assert.doesNotMatch(await widget.innerHTML(), /sesame/);
    await widget.getByRole('button', { name: 'OK' }).click();
    await panelFrame(page).locator('#send-again').click();
    await enter('sesame-10'); // no other is left to ask about
    await endWith(204, 'sesame-10');
    assert.doesNotMatch(await session.extensionHostLog(), /sesame/);
  });

  /** Answers the request that carries this key. */
  async function endWith(status: number, key: string): Promise<void> {
    const connection = await server.nextRequest();
    assert.equal(connection.request.header('X-Key'), key);
    await connection.head(status);
    await connection.end();
    await panelFrame(session.page).locator('#state[data-reason=complete]').waitFor();
  }

  it('through the gateway after switching the profile, with the API key asked for once', async () => {
    const { page, functions } = session;
    await openFile(page, 'hello.cbhttp');
    await statusItem(page, 'local').click();
    await quickPickRow(page, 'dev').first().click();
    await statusItem(page, 'dev').waitFor();
    await clickTopLens(page, 'Send');
    const key = page.locator('.quick-input-widget input[type=password]:visible');
    await key.fill(functions.apiKey);
    await key.press('Enter');
    const panel = panelFrame(page);
    await panel.locator('#state[data-reason=complete]').waitFor();
    await becomes(() => panel.locator('#status-code').textContent(), '200 OK');
    const request = functions.gateway.requests.at(-1);
    assert.match(request?.url ?? '', /\/my-dev-1a2b\/v1\/functions\/my-http-function\//);
    const pageText = (await panel.locator('body').textContent()) ?? '';
    assert.ok(!pageText.includes(functions.apiKey), 'the panel shows no API key');

    await panel.locator('#send-again').click();
    await eventually(
      'a second request, without another question',
      () => functions.gateway.requests.filter(({ url }) => url === request?.url).length === 2,
    );
  });

  it('to a protected profile only after a question', async () => {
    const { page, functions } = session;
    await openFile(page, 'hello.cbhttp');
    await statusItem(page, 'dev').click();
    await quickPickRow(page, 'prod').first().click();
    await lens(page, 'prod').first().waitFor();
    const before = functions.gateway.requests.length;
    await clickTopLens(page, 'Send');
    await answerDialog(page, 'Cancel');
    assert.equal(functions.gateway.requests.length, before);
    await statusItem(page, 'prod').click();
    await quickPickRow(page, 'local').first().click();
    await lens(page, 'local').first().waitFor();
  });
});
