import assert from 'node:assert/strict';
import { PROTOCOL_VERSION, type FromWebview, type ToWebview } from '../../src/protocol/messages.ts';
import type { PanelQuery } from '../../src/protocol/queries.ts';
import { samplePanel, sampleRows, sampleRun } from '../unit/webview/samples.ts';
import { sampleTimeline } from '../unit/webview/timeline/timelineSamples.ts';
import { useContentPage } from './contentPage.ts';
import { becomes } from '../support/until.ts';

describe('the timeline', () => {
  const content = useContentPage();
  const run = sampleRun({ phase: 'ended', rowCount: 100, eventCount: 100, end: { reason: 'complete', message: '', advice: [] } }); // prettier-ignore
  const open = async (): Promise<void> => {
    const { page } = content;
    const state: ToWebview = {
      type: 'state',
      protocolVersion: PROTOCOL_VERSION,
      panel: samplePanel,
      run,
      tail: null,
    };
    const answers = [
      { kind: 'timeline', timeline: sampleTimeline() },
      { kind: 'rowAt', row: 7 },
    ] as const;
    const panel = await page.evaluateHandle(([all, others]) => window.parts.openPanel(all, others), [
      sampleRows(0, 100),
      answers,
    ] as const);
    await panel.evaluate((send, message) => send(message), state);
    await page.locator('#tab-timeline').click();
    await page.locator('#timeline[aria-valuemax]').waitFor();
  };
  const asked = (kind: PanelQuery['kind']): Promise<PanelQuery[]> =>
    content.page.evaluate(
      (wanted) =>
        window.posted
          .filter((sent): sent is Extract<FromWebview, { type: 'get' }> => sent.type === 'get')
          .map(({ query }) => query)
          .filter((query) => query.kind === wanted),
      kind,
    );
  const box = async (): Promise<{ x: number; y: number; width: number; height: number }> => {
    const found = await content.page.locator('#timeline canvas').boundingBox();
    assert.ok(found !== null);
    return found;
  };

  it('zooms with the wheel around the pointer, pans by dragging, and fits again', async () => {
    const { page } = content;
    await open();
    const { x, y, width } = await box();
    const middle = y + 100;
    await page.mouse.move(x + width / 2, middle);
    await page.keyboard.down('Control');
    for (let notch = 0; notch < 4; notch++) await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await page.locator('#timeline.is-zoomed').waitFor();
    await page.waitForFunction(() => window.posted.some((sent) => sent.type === 'get' && sent.query.kind === 'timeline' && sent.query.fromMs !== undefined)); // prettier-ignore
    const words = page.locator('.timeline-bar .view-facts');
    await becomes(() => words.textContent(), 'viewShown');
    const readout = (): Promise<string | null> => page.locator('.timeline-caption').textContent();
    const before = await readout();
    await page.mouse.down();
    await page.mouse.move(x + width / 2 - 60, middle, { steps: 4 });
    await page.mouse.up();
    await page.mouse.move(x + width / 2, middle);
    assert.notEqual(await readout(), before);
    await page.locator('#timeline').press('0');
    await becomes(() => page.locator('#timeline-fit').isDisabled(), true);
    await becomes(() => words.textContent(), '');
  });

  it('selects a range by dragging, seen among the events, and the other way round', async () => {
    const { page } = content;
    await open();
    const { x, y, width } = await box();
    await page.mouse.move(x + 20, y + 100);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + 100, { steps: 4 });
    await page.mouse.up();
    await page.locator('#timeline-clear').waitFor();
    await page.locator('#tab-events').click();
    await page.locator('.range-note').waitFor();
    await page.locator('.row.in-range').first().waitFor();
    await page.locator('#clear-range').click();
    await page.locator('.row.in-range').first().waitFor({ state: 'detached' });
    await page.locator('#row-90').click();
    await page.locator('#row-93').click({ modifiers: ['Shift'] });
    await page.locator('.row.in-range').nth(3).waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await page.locator('.row.in-range').nth(4).waitFor();
    await page.locator('#tab-timeline').click();
    await page.locator('#timeline-clear').waitFor();
  });

  it('selects the event of a bin by a click, and goes to it with Enter', async () => {
    const { page } = content;
    await open();
    const { x, y, width } = await box();
    // The second quarter has three events: their bar is there.
    await page.mouse.click(x + 12 + (width - 24) * 0.376, y + 100);
    await page.waitForFunction(() =>
      window.posted.some((sent) => sent.type === 'get' && sent.query.kind === 'rowAt'),
    );
    assert.equal((await asked('rowAt')).length, 1);
    await becomes(() => page.locator('#tab-timeline').getAttribute('aria-selected'), 'true');
    await page.locator('#timeline').press('Enter');
    await page.locator('#row-7[aria-selected=true]').waitFor();
    await becomes(() => page.locator('#tab-events').getAttribute('aria-selected'), 'true');
  });

  it('is handed to the host as a picture of its own', async () => {
    const { page } = content;
    await open();
    await page.locator('#timeline-save').click();
    const sent = await page.evaluate(() => window.posted.findLast(({ type }) => type !== 'get'));
    assert.ok(sent?.type === 'savePicture');
    assert.match(sent.svg, /^<svg [\s\S]*heartbeats · 2<\/text>[\s\S]*<\/svg>\n$/);
  });
});
