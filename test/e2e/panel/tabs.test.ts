import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Request } from 'playwright-core';
import { after, before, beforeEach, describe, it } from 'mocha';
import { quickPickRow, runCommand } from '../../support/editorActions.ts';
import { analysed, answerFileDialog, eventRows, showTab } from '../../support/panelActions.ts';
import { startScriptedServer, type ScriptedServer } from '../../support/sseServer.ts';
import { becomes, eventually } from '../../support/until.ts';
import { eventStream, sendRequest } from './panelSession.ts';
import { openSampleSession, type SampleSession } from '../sampleSession.ts';

const thinking = '用户问的是“你好”。先想清楚要点，再用简短的中文回答。';
const answer =
  '关于“你好”：HTTP 云函数就是运行在云端的 Web 服务。它可以一边生成、一边把文字推送给客户端，这就是流式响应（SSE）🚀。';

describe('the panel’s tabs', () => {
  let session: SampleSession;
  let server: ScriptedServer;
  before(async () => {
    server = await startScriptedServer();
    session = await openSampleSession();
    await session.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  beforeEach(() => runCommand(session.page, 'View: Close All Editors'));
  after(async () => {
    await session.dispose();
    await server.dispose();
  });

  /** Sends a request to the scripted server and answers it whole, piece by piece. */
  async function answered(
    title: string,
    headers: Readonly<Record<string, string>>,
    ...pieces: readonly (string | Uint8Array)[]
  ): Promise<FrameLocator> {
    const panel = await sendRequest(session, title, `GET ${server.origin}/${title}`);
    const connection = await server.nextRequest();
    await connection.head(200, headers);
    for (const piece of pieces) await connection.write(piece);
    await connection.end();
    return panel;
  }

  const rowCountOf = async (tab: Locator): Promise<number> =>
    Number(await tab.getByRole('grid').getAttribute('aria-rowcount'));

  it('show an OpenAI-style stream of the sample function', async () => {
    const panel = await sendRequest(
      session,
      'openai',
      'POST fn://ai-chat/chat/completions?pause=20\nAccept: text/event-stream\nAuthorization: Bearer top-secret-key',
    );
    await analysed(panel);

    const text = await showTab(panel, 'text');
    await text.getByText(thinking, { exact: true }).waitFor();
    await text.getByText(answer, { exact: true }).waitFor();
    await text.getByRole('radio', { name: 'Answer' }).click();
    await text.getByText(thinking).waitFor({ state: 'hidden' });
    await text.getByText(`${answer.length} characters`).waitFor();

    const timeline = await showTab(panel, 'timeline');
    const moments = timeline.getByRole('table', { name: 'Moments' }).getByRole('rowheader');
    await moments.filter({ hasText: 'Time limit of the function' }).waitFor();
    const names = await moments.allTextContents();
    const chunkCount = /last of (\d+)/.exec(names.join())?.[1] ?? '';
    assert.deepEqual(names, [
      'Request sent',
      'onHeadersReceived',
      'onChunkedReceived (first)',
      'First event',
      'First text',
      `onChunkedReceived (last of ${chunkCount})`,
      'Last byte',
      'success',
      'complete',
      'Time limit of the function',
    ]);
    const slider = timeline.getByRole('slider');
    await slider.press('End');
    const last = await slider.getAttribute('aria-valuetext');
    await slider.press('Home');
    assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /^0\.000–.* Events \d+ · Bytes /);
    assert.notEqual(await slider.getAttribute('aria-valuetext'), last);

    const chunks = await showTab(panel, 'chunks');
    await becomes(() => rowCountOf(chunks), Number(chunkCount) + 1);
    await chunks.locator('#chunk-0').click();
    await panel.locator('#chunk-text').getByText('chat.completion.chunk').waitFor();
    await chunks.getByRole('radio', { name: 'Hex' }).click();
    await chunks.locator('.hex', { hasText: /^00000000 {2}[0-9a-f ]+data/ }).waitFor();

    const headers = await showTab(panel, 'headers');
    await headers.getByRole('row', { name: /^authorization Bearer \*\*\*$/i }).waitFor();
    await headers.getByRole('row', { name: /^content-type text\/event-stream/i }).waitFor();
    const page = (await panel.locator('body').textContent()) ?? '';
    assert.ok(!page.includes('top-secret-key'), 'no secret is in the page');

    const problems = await showTab(panel, 'problems');
    await problems.getByText('It streams: events come as they are written.').waitFor();
    await problems.getByText('Complete: the stream said that it is over.').waitFor();
    await problems.getByText('Its last word was [DONE].').waitFor();
    await problems.getByText('No problems found.').waitFor();
  });

  it('show the text of AG-UI and CloudBase bot streams, tool calls as JSON', async () => {
    const agUi = await sendRequest(session, 'agui', 'POST fn://ai-chat/ag-ui?pause=5');
    await analysed(agUi);
    const text = await showTab(agUi, 'text');
    await text
      .getByRole('region', { name: 'search_docs' })
      .getByRole('treeitem', { name: 'query: "你好"' })
      .waitFor();
    await text.getByText(answer, { exact: true }).waitFor();
    const bot = await sendRequest(session, 'bot', 'POST fn://ai-chat/bot?pause=5');
    await analysed(bot);
    await showTab(bot, 'text');
    await bot.getByText(thinking, { exact: true }).waitFor();
    await bot.getByText(answer, { exact: true }).waitFor();
  });

  it('show a stream of 100,000 events', async () => {
    const pieces: string[] = [];
    for (let n = 0; n < 100_000; n += 1000) {
      const events = Array.from({ length: 1000 }, (_, index) =>
        n + index === 50_000
          ? '{"broken": }'
          : `{"choices":[{"index":0,"delta":{"content":"${n + index} "}}]}`,
      );
      pieces.push(events.map((data) => `data: ${data}\n\n`).join(''));
    }
    const panel = await answered('many', eventStream, ...pieces, 'data: [DONE]\n\n');
    await analysed(panel);
    await panel.locator('#event-count').getByText('100,001 events').waitFor();
    const grid = panel.locator('#panel-events [role=grid]');
    await panel.locator('#row-100000', { hasText: '[DONE]' }).waitFor();
    await grid.press('Home');
    await panel.locator('#row-0', { hasText: '"content":"0 "' }).waitFor();
    await grid.press('End');
    await grid.press('ArrowUp');
    await panel.locator('#row-99999[aria-selected=true]', { hasText: '"content":"99999 "' }).waitFor();
    await panel.locator('#detail').getByRole('treeitem', { name: 'content: "99999 "' }).waitFor();
    assert.ok((await panel.locator('[role=row]').count()) <= 200, 'only what is in view is in the page');

    const text = await showTab(panel, 'text');
    const length = Array.from({ length: 100_000 }, (_, n) => (n === 50_000 ? '' : `${n} `)).join('').length;
    await text.getByText(`${length.toLocaleString('en')} characters`).waitFor();
    await text.getByText(/^0 1 2 3 4 5 /).waitFor();

    const timeline = await showTab(panel, 'timeline');
    await timeline.getByRole('row', { name: /^onChunkedReceived \(last of \d+\)/ }).waitFor();
    await timeline.getByRole('row', { name: /^success/ }).waitFor();

    const chunks = await showTab(panel, 'chunks');
    await chunks.getByRole('grid').press('End');
    await chunks.locator(`[role=row].active[aria-rowindex="${await rowCountOf(chunks)}"]`).waitFor();
    await chunks.getByRole('radio', { name: 'Hex' }).click();
    await chunks.locator('.hex', { hasText: /^00000000 / }).waitFor();

    await (
      await showTab(panel, 'headers')
    )
      .getByRole('row', { name: /^transfer-encoding chunked$/i })
      .waitFor();

    const problems = await showTab(panel, 'problems');
    await problems.getByText('Complete: the stream said that it is over.').waitFor();
    await problems.getByRole('button', { name: 'Show event 50000' }).click();
    await panel.locator('#row-50000[aria-selected=true]', { hasText: '{"broken": }' }).waitFor();
    await panel.locator('#detail').getByText('Event 50000').waitFor();
  });

  it('remember which one was shown for a request, after its panel was closed', async () => {
    const first = await answered('remember', eventStream, 'data: 1\n\n');
    await showTab(first, 'timeline');
    await runCommand(session.page, 'View: Close All Editors');
    const second = await answered('remember', eventStream, 'data: 2\n\n');
    await second.locator('#panel-timeline').waitFor();
    await becomes(() => second.locator('#tab-timeline').getAttribute('aria-selected'), 'true');
    const other = await answered('another', eventStream, 'data: 3\n\n');
    await eventRows(other).first().waitFor();
  });

  it('show a body as a JSON tree, a page’s preview, an image, and bytes', async () => {
    const outside: string[] = [];
    // Chromium tells at times of requests that the page's policy does not let out; they fail by that name.
    const note = (request: Request): void => {
      const isLetOut = request.failure()?.errorText !== 'csp';
      if (isLetOut && request.url().includes('outside.test')) outside.push(request.url());
    };
    session.page.context().on('requestfailed', note).on('requestfinished', note);
    const json = await answered(
      'json',
      { 'Content-Type': 'application/json' },
      '{"a":[1,{"deep":"找到"}],"b":12345678901234567890}',
    );
    const tree = json.locator('#body');
    await tree.getByRole('treeitem', { name: 'b: 12345678901234567890' }).waitFor();
    await tree.getByRole('searchbox').fill('找到');
    await tree.getByRole('status').getByText('1 of 1').waitFor();
    await tree.locator('[role=treeitem][aria-selected=true]', { hasText: 'deep' }).waitFor();

    const html = `<!DOCTYPE html><style>@import "https://outside.test/a.css"; h1 { color: rgb(1, 2, 3); background: url(https://outside.test/b.png) }</style>
<h1 onclick="hit()">欢迎</h1><script>document.body.textContent = 'script ran'</script>
<img src="https://outside.test/c.png" onerror="document.body.textContent = 'handler ran'"><iframe src="https://outside.test/d"></iframe>
<meta http-equiv="refresh" content="0; url=https://outside.test/e"><a href="https://outside.test/f">leave</a>`;
    const page = await answered('page', { 'Content-Type': 'text/html; charset=utf-8' }, html);
    await page.locator('#body').getByText('script ran').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    const preview = page.locator('iframe.html-frame').contentFrame();
    const heading = preview.getByRole('heading', { name: '欢迎' });
    await heading.waitFor();
    assert.equal(await heading.evaluate((element) => getComputedStyle(element).color), 'rgb(1, 2, 3)');
    await preview.getByText('leave').click();
    await heading.waitFor();
    assert.equal(await preview.getByText(/script ran|handler ran/).count(), 0);
    await page.locator('#tab-body').click(); // keys pressed in the preview reach nobody

    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
      'base64',
    );
    const image = await answered('image', { 'Content-Type': 'image/png' }, png);
    await image.locator('#body').getByText('2 × 3 pixels').waitFor();

    const bytes = await answered(
      'bytes',
      { 'Content-Type': 'application/octet-stream' },
      Uint8Array.of(0, 255, 16, 67, 66),
    );
    await bytes.locator('#body .hex', { hasText: /^00000000 {2}00 ff 10 43 42 +\.\.\.CB$/ }).waitFor();
    assert.deepEqual(outside, []);
  });

  it('save the stream byte for byte, as JSON Lines and as Markdown; copy it and open it', async () => {
    const { page, folder } = session;
    const raw = Buffer.from(
      '\ufeffid: 1\r\ndata: {"n":1}\r\r: 心跳\n\nevent: 片段\ndata:\u0000 text\n\nbad field\ndata: \xff\n\ndata: tail',
    );
    const body = Buffer.concat([raw, Uint8Array.of(0xff, 0xfe)]);
    const panel = await answered('saved', eventStream, body.subarray(0, 40), body.subarray(40));
    await analysed(panel);
    const save = async (form: string, name: string): Promise<Buffer> => {
      const file = path.join(folder, name);
      await panel.locator('#save').click();
      await quickPickRow(page, form).click();
      await answerFileDialog(page, file);
      let saved: Buffer | undefined;
      await eventually(`${name} is saved`, async () => {
        saved = await readFile(file).catch(() => undefined);
        return saved !== undefined && saved.length > 0;
      });
      return saved ?? Buffer.alloc(0);
    };
    assert.deepEqual(await save('Raw bytes', 'saved.txt'), body);
    const lines = String(await save('JSON Lines', 'saved.jsonl'))
      .trimEnd()
      .split('\n');
    const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
    assert.deepEqual(kinds, [
      'request',
      'response',
      'event',
      'comment',
      'event',
      'event',
      'incomplete',
      'end',
    ]);
    const markdown = String(await save('Markdown', 'saved.md'));
    assert.match(markdown, /^# saved\n/);
    assert.match(markdown, /#1 片段\n\n```\n[^`]*text\n```/);

    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await panel.locator('#copy-all').click();
    await eventually('the stream is on the clipboard', async () =>
      (await copied()).includes('"kind":"incomplete"'),
    );
    assert.deepEqual((await copied()).trimEnd().split('\n'), lines);
    await panel.locator('[role=row].event').first().click();
    await panel.locator('#copy-record').click();
    await eventually('the record is on the clipboard', async () => (await copied()) === '{"n":1}');

    await panel.locator('#open-all').click();
    await page.locator('.monaco-editor.focused .view-line', { hasText: '"kind":"request"' }).waitFor();
    await becomes(() => page.locator('.editor-group-container').count(), 3);
  });
});
