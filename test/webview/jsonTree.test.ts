import assert from 'node:assert/strict';
import { useContentPage } from './contentPage.ts';
import { becomes } from '../support/until.ts';

/** About a megabyte, as an API answers: objects in an array. */
const MEGABYTE = JSON.stringify({
  items: Array.from({ length: 10_000 }, (_, id) => ({
    id,
    name: `item ${id}`,
    tags: ['a', '你好'],
    price: { amount: id * 1.5, currency: 'CNY' },
    note: null,
  })),
});

describe('JSON tree', () => {
  const content = useContentPage();

  const show = (json: string): Promise<boolean> =>
    content.page.evaluate((text) => window.parts.jsonView().show(text), json);
  const rows = (): Promise<string[]> =>
    content.page.locator('.json-row').evaluateAll((all) => all.map((row) => row.textContent ?? ''));
  const active = (): Promise<string | null> => content.page.locator(':focus').textContent();

  it('shows values as written, with a level, a place and a state each', async () => {
    assert.equal(await show('{"big":12345678901234567890,"a b":["\\u4f60\\n"],"empty":{},"ok":true}'), true);
    await becomes(
      () => rows(),
      ['{ 4 }', 'big: 12345678901234567890', '"a b": [ 1 ]', '0: "你\\n"', 'empty: {}', 'ok: true'],
    );
    const tree = content.page.getByRole('tree', { name: 'Response body' });
    await becomes(() => tree.getByRole('treeitem', { expanded: true, level: 2 }).count(), 1);
    await becomes(() => tree.getByRole('treeitem', { level: 3 }).getAttribute('aria-setsize'), '1');
    assert.equal(await content.page.evaluate(() => window.parts.jsonView().show('no JSON')), false);
  });

  it('is walked by key as ARIA describes a tree', async () => {
    const { page } = content;
    await show('{"a":{"b":1,"c":2},"d":[3]}');
    await page.locator('[role=treeitem]').first().focus();
    const press = async (key: string): Promise<string | null> => {
      await page.keyboard.press(key);
      return active();
    };
    assert.equal(await press('ArrowDown'), 'a: { 2 }');
    assert.equal(await press('ArrowRight'), 'b: 1');
    assert.equal(await press('ArrowLeft'), 'a: { 2 }');
    assert.equal(await press('ArrowLeft'), 'a: { 2 }');
    assert.equal((await rows()).length, 4);
    assert.equal(await press('ArrowDown'), 'd: [ 1 ]');
    assert.equal(await press('End'), '0: 3');
    assert.equal(await press('ArrowDown'), '0: 3');
    assert.equal(await press('Home'), '{ 2 }');
    assert.equal(await press('Enter'), '{ 2 }');
    await becomes(rows, ['{ 2 }']);
    assert.equal(await press('ArrowRight'), '{ 2 }');
    assert.equal((await rows()).length, 3);
    await becomes(() => page.locator('[tabindex="0"]').count(), 1);
  });

  it('copies value and path of the active row', async () => {
    const { page } = content;
    await show('{"list":[{"a b":"text \\"x\\""}]}');
    await page.getByText('a b').click();
    await page.getByRole('button', { name: 'Copy value' }).click();
    await page.getByRole('button', { name: 'Copy path' }).click();
    await page.locator('.json-row').last().focus();
    await page.keyboard.press('Control+c');
    const expected = ['text "x"', "$.list[0]['a b']", 'text "x"'];
    await becomes(() => page.evaluate(() => window.log), expected);
  });

  it('opens a megabyte in 100 ms, and a search through it leads to what is folded away', async () => {
    const { page } = content;
    // The best of five: other work on the machine is not ours.
    const { openMs, searchMs } = await page.evaluate((text) => {
      let [openMs, searchMs] = [Infinity, Infinity];
      for (let round = 0; round < 5; round++) {
        const view = window.parts.jsonView();
        const startMs = performance.now();
        view.show(text);
        document.body.getBoundingClientRect();
        openMs = Math.min(openMs, performance.now() - startMs);
        const input = view.element.querySelector('input') ?? new HTMLInputElement();
        input.value = 'ITEM 7654';
        input.dispatchEvent(new Event('input'));
        const searchStartMs = performance.now();
        input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
        searchMs = Math.min(searchMs, performance.now() - searchStartMs);
      }
      return { openMs, searchMs };
    }, MEGABYTE);
    const figures = `opened in ${openMs.toFixed(0)} ms, searched in ${searchMs.toFixed(0)} ms`;
    console.log(`      ${MEGABYTE.length} characters: ${figures}`);
    await becomes(() => page.getByRole('status').textContent(), '1 of 1');
    await becomes(() => page.locator('mark').textContent(), 'item 7654');
    await becomes(() => page.locator('[aria-selected=true]').textContent(), 'name: "item 7654"');
    assert.ok(await page.locator('mark').isVisible());
    assert.ok(openMs < 100 && searchMs < 500);
  });

  it('steps through matches and back, and says when there is none', async () => {
    const { page } = content;
    await show('{"x":1,"y":{"x":2},"z":"X"}');
    const status = page.getByRole('status');
    await page.getByRole('searchbox').fill('x');
    await status.getByText('1 of 3').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await becomes(() => status.textContent(), '3 of 3');
    await becomes(() => page.locator('[aria-selected=true]').textContent(), 'z: "X"');
    await page.getByRole('button', { name: 'Next' }).click();
    await becomes(() => status.textContent(), '1 of 3');
    await page.getByRole('button', { name: 'Previous' }).click();
    await becomes(() => status.textContent(), '3 of 3');
    await page.getByRole('searchbox').fill('nowhere');
    await status.getByText('Nothing').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('mark').count(), 0);
  });

  it('takes hostile documents', async () => {
    const { page } = content;
    const times = await page.evaluate(() => {
      const deep = `${'['.repeat(10_000)}"end"${']'.repeat(10_000)}`;
      const wide = `[${'0,'.repeat(999_999)}0]`;
      const longLine = JSON.stringify({
        [`k${'\u202E'.repeat(50)}`]: '<img src=x onerror=alert(1)>\u001B[31m'.repeat(100_000),
      });
      return [deep, wide, longLine].map((text) => {
        const startMs = performance.now();
        const view = window.parts.jsonView();
        view.show(text);
        const input = view.element.querySelector('input') ?? new HTMLInputElement();
        input.value = 'end';
        input.dispatchEvent(new Event('input'));
        input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
        const width = view.element.scrollWidth - view.element.clientWidth;
        return [performance.now() - startMs, view.element.querySelectorAll('.json-row').length, width];
      });
    });
    console.log(`      ms, rows, overflow: ${JSON.stringify(times)}`);
    for (const [ms = 0, rowCount = 0, overflow = 0] of times) {
      assert.ok(ms < 2000 && rowCount <= 1001 && overflow === 0);
    }
    assert.equal(await page.locator('#app img').count(), 0);
    const shown = (await rows()).join('');
    assert.ok(!shown.includes('\u202E') && !shown.includes('\u001B'));
  });

  it('shows XML and bytes as text', async () => {
    const { page } = content;
    const [xml, broken, hex] = await page.evaluate(() => {
      const { showXml, HexView, strings } = window.parts;
      const first = document.createElement('pre');
      showXml(first, '<a><b c="<img>">\u202Ex</b><d/></a>');
      const second = document.createElement('pre');
      showXml(second, '<a><b></a>');
      const view = new HexView(strings);
      view.show(new Uint8Array(200_000), 5_000_000);
      return [first.textContent, second.textContent, view.element.textContent];
    });
    assert.equal(xml, '<a>\n  <b c="<img>">[U+202E]x</b>\n  <d/>\n</a>');
    assert.equal(broken, '<a><b></a>');
    assert.ok(hex?.startsWith('First 65536 of 5000000.00000000  00 00'));
    assert.equal(hex?.split('\n').length, 4096);
  });
});
