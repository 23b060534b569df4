import assert from 'node:assert/strict';
import {
  COMPARISON_VERSION,
  type ComparedRun,
  type ComparisonSnapshot,
  type EventPair,
} from '../../src/protocol/comparison.ts';
import { sampleTimeline } from '../unit/webview/timeline/timelineSamples.ts';
import { useContentPage } from './contentPage.ts';
import { becomes } from '../support/until.ts';

const run: ComparedRun = {
  id: 'run',
  label: 'chat',
  method: 'GET',
  url: 'http://a/chat',
  profile: 'dev',
  phase: 'ended',
  reason: 'complete',
  status: 200,
  statusText: 'OK',
  sentMs: 0,
  elapsedMs: 2000,
  isStream: true,
  eventCount: 3,
  byteCount: 300,
  heartbeatCount: 1,
  limitMs: null,
  judgements: [],
};
const counts = { same: 1000, alike: 0, changed: 2, missing: 0, added: 0, pending: 0 };

/** A thousand pairs, of which the 10th and the 900th differ. */
const pairs: EventPair[] = Array.from({ length: 1000 }, (_, pair) => {
  const event = (data: string) => ({
    eventIndex: pair,
    atMs: pair,
    eventType: 'message',
    id: '',
    preview: data,
    text: null,
  });
  const isChanged = pair === 10 || pair === 900;
  return {
    pair,
    state: isChanged ? 'changed' : 'same',
    left: event(`left ${pair} <b>`),
    right: event(isChanged ? `right ${pair}` : `left ${pair} <b>`),
  };
});

describe('a comparison', () => {
  const content = useContentPage();
  const open = async (changes: Partial<ComparisonSnapshot> = {}): Promise<void> => {
    const comparison: ComparisonSnapshot = {
      left: run,
      right: { ...run, profile: 'prod', status: 500, statusText: 'Oops' },
      isLive: false,
      tone: 'bad',
      verdict: 'Two events differ.',
      headers: [
        { name: 'Date', left: ['a'], right: ['b'], state: 'changed', isExpected: true },
        { name: 'X-<i>', left: ['<script>pwned=1</script>'], right: [], state: 'missing', isExpected: false },
        { name: 'Via', left: ['x'], right: ['x'], state: 'same', isExpected: false },
      ],
      timing: [{ key: 'firstEvent', left: 100, right: 340, deltaMs: 240 }],
      events: { alignmentId: 1, length: 1000, differenceCount: 2, counts, isById: false, omitted: 0 },
      body: null,
      hasTexts: true,
      canSendBoth: false,
      ...changes,
    };
    const timelines = {
      kind: 'timelines',
      left: sampleTimeline(),
      right: sampleTimeline({ endMs: 4000 }),
    } as const;
    const handle = await content.page.evaluateHandle(([all, others]) => window.parts.compare(all, others), [
      pairs,
      [timelines],
    ] as const);
    await handle.evaluate((send, message) => send(message), { type: 'state', protocolVersion: COMPARISON_VERSION, comparison } as const); // prettier-ignore
    await content.page.locator('main.comparison').waitFor();
  };

  it('shows both runs, the verdict and tables, with the server’s words as text', async () => {
    const { page } = content;
    await open();
    await becomes(() => page.locator('#verdict').textContent(), 'Two events differ.');
    assert.match((await page.locator('#run-B').textContent()) ?? '', /500 Oops/);
    assert.match(
      await page.getByRole('row', { name: /^firstEvent/ }).innerText(),
      /100 ms\s+340 ms\s+\+240 ms/,
    );
    const headers = page.getByRole('table', { name: 'headers' });
    await becomes(() => headers.locator('tbody tr').count(), 2);
    assert.match(await headers.locator('tr.missing').innerText(), /<script>pwned=1<\/script>/);
    await page.locator('#show-same').check();
    await becomes(() => headers.locator('tbody tr').count(), 3);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
  });

  it('goes from tab to tab by keys, around the end', async () => {
    const { page } = content;
    await open();
    await page.locator('#tab-overview').focus();
    const panels = page.locator('.tab-panel:visible');
    const goes = async (key: string, tab: string): Promise<void> => {
      await page.keyboard.press(key);
      await page.locator(`#tab-${tab}[aria-selected=true]:focus`).waitFor();
      await becomes(() => panels.evaluateAll((all) => all.map(({ id }) => id)), [`panel-${tab}`]);
      await becomes(() => page.locator('[role=tab][tabindex="0"]').count(), 1);
    };
    await goes('ArrowLeft', 'timeline');
    await goes('ArrowLeft', 'events');
    await goes('End', 'timeline');
    await goes('ArrowRight', 'overview');
  });

  it('goes from difference to difference by keys, around the end', async () => {
    const { page } = content;
    await open();
    await page.locator('#tab-events').click();
    await page.locator('#pair-0').waitFor();
    await page.getByRole('grid').focus();
    const goes = async (key: string, text: string): Promise<void> => {
      await page.keyboard.press(key);
      await page.getByRole('region', { name: 'runB' }).getByText(text, { exact: true }).waitFor();
    };
    await goes('F7', 'right 10');
    await goes('F7', 'right 900');
    await becomes(() => page.getByRole('grid').getAttribute('aria-activedescendant'), 'pair-900');
    await goes('F7', 'right 10');
    await goes('Shift+F7', 'right 900');
    await page.locator('#open-pair').click();
    assert.deepEqual(await page.evaluate(() => window.compared.findLast(({ type }) => type !== 'get')), {
      type: 'openDiff',
      content: { kind: 'event', alignmentId: 1, pair: 900 },
    });
    await page.locator('#only-differences').click();
    await page.locator('.row[data-state=changed]').nth(1).waitFor();
    await becomes(() => page.getByRole('grid').getAttribute('aria-rowcount'), '3');
    await page.keyboard.press('Escape');
  });

  it('offers to send both again where they were sent for it', async () => {
    const { page } = content;
    await open();
    assert.equal(await page.locator('#send-both').isVisible(), false);
    await open({ canSendBoth: true });
    await page.locator('#send-both').click();
    const sent = await page.evaluate(() => window.compared.findLast(({ type }) => type !== 'get'));
    assert.deepEqual(sent, { type: 'sendBoth' });
  });

  it('shows both timelines over one another on one scale, zoomed together', async () => {
    const { page } = content;
    await open();
    await page.locator('#tab-timeline').click();
    const sliders = page.getByRole('slider');
    await sliders.nth(1).waitFor();
    const lasts = (): Promise<(string | null)[]> =>
      Promise.all([0, 1].map((index) => sliders.nth(index).getAttribute('aria-valuemax')));
    const [one, other] = await lasts();
    assert.equal(one, other);
    await sliders.first().press('+');
    await page.waitForFunction(() =>
      window.compared.some(
        (sent) => sent.type === 'get' && sent.query.kind === 'timelines' && sent.query.toMs !== undefined,
      ),
    );
    const [zoomed, too] = await lasts();
    assert.equal(zoomed, too);
    await page.locator('#timeline-save').click();
    const saved = await page.evaluate(() => window.compared.findLast(({ type }) => type !== 'get'));
    assert.ok(saved?.type === 'savePicture');
    assert.match(saved.svg, /A · chat · dev/);
    assert.match(saved.svg, /B · chat · prod/);
  });
});
