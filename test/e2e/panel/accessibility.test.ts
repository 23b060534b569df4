import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { runCommand } from '../../support/editorActions.ts';
import { analysed, eventRows, filterCount, showTab } from '../../support/panelActions.ts';
import { eventually } from '../../support/until.ts';
import { audit } from './audit.ts';
import { eventStream, openPanelSession, type PanelSession } from './panelSession.ts';

describe('the stream panel for everyone', () => {
  let session: PanelSession;
  before(async () => {
    session = await openPanelSession();
  });
  beforeEach(() => runCommand(session.page, 'View: Close All Editors'));
  after(() => session.dispose());

  const words = ['**Bold**', ' and `code`,', '\n\n- one\n- [two](https://example.test)\n'];
  const deltas = [
    ...words.map((content) => ({ content })),
    { reasoning_content: 'Thinking.' },
    { tool_calls: [{ index: 0, id: 'call', function: { name: 'search', arguments: '{"q":1}' } }] },
  ];
  const chat = [
    ...deltas.map((delta) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`),
    ': heartbeat\n\nretry: 1000\n\nevent: odd\nid: 7\nwrong field\ndata: {"almost": json}\n\ndata: [DONE]\n\ndata: tail',
  ].join('');

  it('has no serious finding of axe-core on any tab', async () => {
    const panel = await session.stream('audit', chat);
    await analysed(panel);
    await eventRows(panel).first().click();
    await panel.locator('#detail').getByRole('treeitem').first().waitFor();
    const found = await audit(panel, 'events');
    await panel.locator('#filter-regex').click();
    await panel.locator('#filter-text').fill('(');
    await panel.locator('#filter-error').waitFor();
    found.push(...(await audit(panel, 'filter')));
    await (
      await showTab(panel, 'text')
    )
      .getByRole('region', { name: 'search' })
      .getByRole('treeitem')
      .first()
      .waitFor();
    found.push(...(await audit(panel, 'text')));
    await (await showTab(panel, 'timeline')).getByRole('table').first().waitFor();
    found.push(...(await audit(panel, 'timeline')));
    const chunks = await showTab(panel, 'chunks');
    await chunks.locator('#chunk-0').click();
    await chunks.getByRole('radio', { name: 'Hex' }).click();
    found.push(...(await audit(panel, 'chunks')));
    await showTab(panel, 'headers');
    found.push(...(await audit(panel, 'headers')));
    await (await showTab(panel, 'problems')).getByRole('table').first().waitFor();
    found.push(...(await audit(panel, 'problems')));

    const { panel: json, connection } = await session.send('json');
    await connection.head(200, { 'Content-Type': 'application/json' });
    await connection.write('{"a":[1,true,null,"text"]}');
    await connection.end();
    await json.locator('#body').getByRole('treeitem').first().waitFor();
    found.push(...(await audit(json, 'body')));
    const { panel: page, connection: second } = await session.send('page');
    await second.head(404, { 'Content-Type': 'text/html' });
    await second.write('<html lang="en"><title>t</title><h1>Not found</h1>');
    await second.end();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('iframe.html-frame').contentFrame().getByRole('heading').waitFor();
    found.push(...(await audit(page, 'preview')));
    assert.deepEqual(found, []);
  });

  it('is worked by keyboard alone, from Send to the event and back', async () => {
    const { page } = session;
    const { panel, connection } = await session.send('keyboard');
    await connection.head(200, eventStream);
    await connection.write(Array.from({ length: 100 }, (_, n) => `data: {"n":${n}}\n\n`).join(''));
    await eventRows(panel).first().waitFor();
    const focus = () =>
      panel.locator('body').evaluate(() => {
        const at = document.activeElement;
        return at?.id !== '' ? (at?.id ?? '') : (at.getAttribute('role') ?? at.tagName);
      });
    const focused = (id: string) => eventually(`the focus on ${id}`, async () => (await focus()) === id);
    await page.keyboard.press('ControlOrMeta+2');
    await eventually('the focus in the panel', () =>
      panel.locator('body').evaluate(() => document.hasFocus()),
    );

    const stops: string[] = [];
    for (let count = 0; count < 30 && stops.at(-1) !== 'grid'; count++) {
      await page.keyboard.press('Tab');
      stops.push(await focus());
    }
    const wanted = [
      'copy-url',
      'cancel',
      'send-again',
      'pause',
      'copy-all',
      'open-all',
      'save',
      'compare',
      'pin',
      'tab-events',
    ];
    const filter = [
      'filter-text',
      'filter-case',
      'filter-regex',
      'filter-jsonpath',
      'filter-comments',
      'follow',
      'grid',
    ];
    assert.deepEqual(stops, [...wanted, ...filter]);

    const active = (n: number) => panel.locator(`#row-${n}.active`, { hasText: `{"n":${n}}` }).waitFor();
    await page.keyboard.press('Home');
    await active(0);
    await page.keyboard.press('ArrowDown');
    await active(1);
    await page.keyboard.press('End');
    await active(99);
    await page.keyboard.press('ArrowUp');
    await active(98);
    const detail = panel.locator('#detail');
    await detail.getByRole('treeitem', { name: 'n: 98' }).waitFor();
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await detail.getByRole('treeitem', { name: 'n: 98' }).waitFor();
    for (let count = 0; count < 10 && (await focus()) !== 'close-detail'; count++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await focused('grid');

    await page.keyboard.press('ControlOrMeta+F');
    await focused('filter-text');
    await page.keyboard.type('"n":9');
    await filterCount(panel, '11 of 100 rows');
    await page.keyboard.press('ArrowDown');
    await focused('grid');
    await page.keyboard.press('Home');
    await panel.locator('#row-0.active', { hasText: '{"n":9}' }).waitFor();
    await page.keyboard.press('ControlOrMeta+F');
    await page.keyboard.press('Escape');
    await panel.locator('#filter-count').waitFor({ state: 'hidden' });

    while ((await focus()) !== 'tab-events') await page.keyboard.press('Shift+Tab');
    for (const tab of ['text', 'timeline', 'chunks', 'headers', 'problems']) {
      await page.keyboard.press('ArrowRight');
      await focused(`tab-${tab}`);
      await panel.locator(`#panel-${tab}`).waitFor();
    }
    await page.keyboard.press('Home');
    await focused('tab-events');
    while ((await focus()) !== 'cancel') await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await connection.closed;
    await panel.locator('#state[data-reason=cancelled]').waitFor();
    await focused('resume');
    await page.keyboard.press('ControlOrMeta+1');
    await page.locator('.monaco-editor.focused[data-uri$=".cbhttp"]').waitFor();
  });
});
