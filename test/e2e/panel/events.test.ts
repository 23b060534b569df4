import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { after, before, beforeEach, describe, it } from 'mocha';
import { answerDialog, openFile, runCommand } from '../../support/editorActions.ts';
import { analysed, eventRows, filterCount, openedPanel, showTab } from '../../support/panelActions.ts';
import { becomes, eventually } from '../../support/until.ts';
import { eventStream, openPanelSession, requestFile, type PanelSession } from './panelSession.ts';

describe('the stream panel', () => {
  let session: PanelSession;
  before(async () => {
    session = await openPanelSession();
  });
  beforeEach(async () => {
    await runCommand(session.page, 'View: Close All Editors');
    await eventually('all exchanges ended with their panels', () => session.server.openExchanges === 0);
  });
  after(() => session.dispose());

  /** Events `from` to `to`, every tenth of type `sum`, a comment after every twentieth. */
  function numbers(from: number, to: number): string {
    const lines: string[] = [];
    for (let n = from; n < to; n++) {
      if (n % 10 === 0) lines.push('event: sum');
      lines.push(`data: {"n":${n},"word":"${n % 2 === 0 ? '偶数' : 'odd'}"}`, '');
      if (n % 20 === 0) lines.push(`: heartbeat ${n}`, '');
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  const grid = (panel: FrameLocator) => panel.locator('#panel-events [role=grid]');
  const row = (panel: FrameLocator, text: string) =>
    panel.locator('#panel-events [role=row]', { hasText: text });

  it('filters while rows come and when they have come', async () => {
    const { panel, connection } = await session.send('filter');
    await connection.head(200, eventStream);
    await connection.write(numbers(0, 100)); // 100 events, 5 comments
    await row(panel, '"n":90,').getByRole('gridcell', { name: 'sum', exact: true }).waitFor();
    const text = panel.locator('#filter-text');
    await text.fill('ODD');
    await filterCount(panel, '50 of 105 rows');
    await connection.write(numbers(100, 200));
    await filterCount(panel, '100 of 210 rows');
    await row(panel, '"n":199,').waitFor();
    assert.equal(await row(panel, '偶数').count(), 0);
    await panel.locator('#filter-case').click();
    await filterCount(panel, '0 of 210 rows');
    await panel.getByText('No event matches the filter.').waitFor();
    await connection.end();
    await analysed(panel);

    await panel.locator('#filter-regex').click();
    await text.fill(String.raw`"n":1\d5,`);
    await filterCount(panel, '10 of 210 rows');
    await text.fill('("n"');
    await panel
      .locator('#filter-error')
      .getByText(/regular expression/i)
      .waitFor();
    await becomes(() => text.getAttribute('aria-invalid'), 'true');
    await panel.locator('#filter-jsonpath').click();
    await text.fill('$.word');
    await filterCount(panel, '200 of 210 rows');
    await text.fill('@.n == 3');
    await filterCount(panel, '1 of 210 rows');
    await row(panel, '"n":3,').waitFor();
    await text.fill('@.n ==');
    await panel
      .locator('#filter-error')
      .getByText(/JSONPath/)
      .waitFor();

    await panel.locator('#filter-clear').click();
    await panel.locator('#filter-type').selectOption({ label: 'sum (20)' });
    await filterCount(panel, '20 of 210 rows');
    await panel.locator('#filter-clear').click();
    await eventually('all rows', async () => (await grid(panel).getAttribute('aria-rowcount')) === '211');
    await panel.locator('#filter-comments').click();
    await filterCount(panel, '200 of 210 rows');
  });

  it('shows a row that was found among its neighbours when the filter goes', async () => {
    const panel = await session.stream('found', numbers(0, 2000));
    await analysed(panel);
    await panel.locator('#filter-text').fill('"n":1234,');
    await filterCount(panel, '1 of 2,100 rows');
    await row(panel, '"n":1234,').click();
    await panel.locator('#detail').getByRole('treeitem', { name: 'n: 1234' }).waitFor();
    await panel.locator('#filter-clear').click();
    await panel.locator('[role=row][aria-selected=true]', { hasText: '"n":1234,' }).waitFor();
    for (const neighbour of [1233, 1235]) await row(panel, `"n":${neighbour},`).waitFor();
    await panel.locator('#detail').getByRole('treeitem', { name: 'n: 1234' }).waitFor();
  });

  it('stops its display while receiving goes on, and shows all when it is resumed', async () => {
    const { panel, connection } = await session.send('pause');
    await connection.head(200, eventStream);
    await connection.write(numbers(1, 4));
    await row(panel, '"n":3,').waitFor();
    await panel.locator('#pause').click();
    await connection.write(numbers(4, 7));
    await panel.locator('#event-count').getByText('6 events').waitFor();
    await becomes(() => eventRows(panel).count(), 3);
    await panel.locator('#pause').click();
    await row(panel, '"n":6,').waitFor();
    await becomes(() => eventRows(panel).count(), 6);
    await connection.end();
  });

  it('keeps what is pinned: Send again opens another panel', async () => {
    const { page, server } = session;
    const { panel, connection } = await session.send('pinned');
    await connection.head(200, eventStream);
    await connection.write('data: the first answer\n\n');
    await row(panel, 'the first answer').waitFor();
    await panel.locator('#pin').click();
    await panel.locator('#pin[aria-pressed=true]').waitFor();
    await panel.locator('#send-again').click();
    const second = await server.nextRequest();
    await second.head(200, eventStream);
    await second.write('data: the second answer\n\n');
    const tabs = page.locator('.tab[aria-label^="pinned"]');
    await eventually('two panels', async () => (await tabs.count()) === 2);
    await row(await openedPanel(page, 'pinned'), 'the second answer').waitFor();
    // The first run was left alone: its stream goes on.
    await connection.write('data: still the first\n\n');
    await tabs.first().click();
    const first = await openedPanel(page, 'pinned');
    await row(first, 'still the first').waitFor();
    await becomes(() => eventRows(first).count(), 2);
  });

  it('loses no event while it is hidden and while it moves to another column', async () => {
    const { page } = session;
    const { panel, connection } = await session.send('moving');
    await connection.head(200, eventStream);
    let sent = 0;
    let isOver = false;
    const writing = (async () => {
      while (!isOver) {
        await connection.write(numbers(sent + 1, sent + 2));
        sent++;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    await eventRows(panel).nth(5).waitFor();
    await page.locator('.tab', { hasText: /^moving$/ }).click();
    await openFile(page, requestFile('pause')); // over the panel, in its column
    await page.locator('iframe.webview.ready:visible').waitFor({ state: 'hidden' });
    const hiddenAt = sent;
    await eventually('events while nobody looks', () => sent > hiddenAt + 50);
    await page.locator('.tab', { hasText: /^moving$/ }).click();
    await eventRows(await openedPanel(page, 'moving'))
      .nth(5)
      .waitFor();
    await runCommand(page, 'View: Move Editor into Right Group');
    await page.locator('.editor-group-container').nth(2).waitFor();
    const moved = await openedPanel(page, 'moving');
    await eventRows(moved).nth(5).waitFor();
    isOver = true;
    await writing;
    await connection.end();
    await analysed(moved);
    await moved
      .locator('#event-count')
      .getByText(`${sent.toLocaleString('en')} events`)
      .waitFor();
    await row(moved, `{"n":${sent},`).waitFor();
    await moved.locator('#filter-comments').click();
    await grid(moved).press('Home');
    await row(moved, '{"n":1,').waitFor();
    await filterCount(
      moved,
      `${sent.toLocaleString('en')} of ${(sent + Math.floor(sent / 20)).toLocaleString('en')} rows`,
    );
  });

  it('opens a link of the answer only after VS Code has asked', async () => {
    const { page } = session;
    const answer =
      '[docs](https://docs.example.test/sse) [trap](javascript:alert(1)) ![pixel](https://pixel.example.test/a.png)';
    const outside = watchRequests('example.test');
    const delta = { choices: [{ index: 0, delta: { content: answer } }] };
    const panel = await session.stream('links', `data: ${JSON.stringify(delta)}\n\ndata: [DONE]\n\n`);
    const text = await showTab(panel, 'text');
    await text.getByRole('link', { name: 'docs' }).click();
    await page.locator('.monaco-dialog-box').getByText('https://docs.example.test/sse').waitFor();
    await answerDialog(page, 'Cancel');
    assert.equal(await text.getByRole('link', { name: 'trap' }).count(), 0);
    assert.equal(page.context().pages().length, 1);
    assert.deepEqual(outside(), []);
  });

  it('stays whole and quick whatever the server sends', async () => {
    const { page } = session;
    const outside = watchRequests('evil.test');
    const script = `<img src="https://evil.test/x.png" onerror="top.hacked=self.hacked=1"><script>self.hacked=1</script>`;
    const delta = { choices: [{ index: 0, delta: { content: `# ${script}\n\n${script}` } }] };
    const { panel, connection } = await session.send('hostile');
    await connection.head(200, { ...eventStream, 'X-Markup': script });
    await connection.write(
      `id: ${script}\nevent: ${script}\ndata: ${script}\n\n: ${script}\n\ndata: ${JSON.stringify(delta)}\n\n`,
    );
    await connection.write('data: \u001b[31mred\u001b[0m \u0000\u0007 \u202egnp.exe\u202c \u2066x\u2069\n\n');
    await connection.write('data: مرحبا بالعالم\n\n');
    const types = Array.from({ length: 5000 }, (_, n) => `event: ${'t'.repeat(n % 50)}${n}\ndata: ${n}\n\n`);
    await connection.write(types.join(''));
    await connection.write('data: ');
    const megabyte = new Uint8Array(1_000_000).fill(0x61);
    for (let count = 0; count < 50; count++) await connection.write(megabyte);
    await connection.write('\n\ndata: the end\n\n');
    await connection.end();
    await row(panel, 'the end').waitFor();

    for (const tab of ['text', 'timeline', 'chunks', 'headers', 'problems', 'events'] as const) {
      const elapsedMs = await panel.locator(`#tab-${tab}`).evaluate(async (button) => {
        const start = performance.now();
        (button as HTMLElement).click();
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        return performance.now() - start;
      });
      await panel.locator(`#panel-${tab}`).waitFor();
      assert.ok(elapsedMs < 1000, `${tab} after ${Math.round(elapsedMs)} ms`);
    }
    await analysed(panel);
    await grid(panel).press('Home');
    await row(panel, script).first().waitFor();
    await row(
      panel,
      '\u241b[31mred\u241b[0m \u2400\u2407 [U+202E]gnp.exe[U+202C] [U+2066]x[U+2069]',
    ).waitFor();
    await row(panel, 'مرحبا بالعالم').waitFor();
    const widest = await panel.locator('body').evaluate((body) => body.scrollWidth - body.clientWidth);
    assert.equal(widest, 0, 'nothing sticks out');
    await row(panel, '"choices"').click();
    await grid(panel).press('End');
    assert.equal(await panel.locator('body').evaluate(() => 'hacked' in self || 'hacked' in window), false);
    assert.equal(await page.evaluate(() => 'hacked' in self), false);
    assert.equal(await panel.locator('main img, main script').count(), 0);
    assert.deepEqual(outside(), []);
  });

  /** Watches for requests of the page to a host that nobody may ask anything. */
  function watchRequests(host: string): () => readonly string[] {
    const seen: string[] = [];
    session.page.context().on('request', (request) => {
      if (new URL(request.url()).hostname.endsWith(host)) seen.push(request.url());
    });
    return () => seen;
  }
});
