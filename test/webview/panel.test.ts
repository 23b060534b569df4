import assert from 'node:assert/strict';
import type { PanelAnswer } from '../../src/protocol/answers.ts';
import {
  PROTOCOL_VERSION,
  type FromWebview,
  type Row,
  type RunSnapshot,
  type ToWebview,
} from '../../src/protocol/messages.ts';
import { samplePanel, sampleRow, sampleRows, sampleRun, sampleStream } from '../unit/webview/samples.ts';
import { sampleTimeline } from '../unit/webview/timeline/timelineSamples.ts';
import { useContentPage } from './contentPage.ts';
import { becomes, eventually } from '../support/until.ts';

describe('panel', () => {
  const content = useContentPage();

  const state = (run: RunSnapshot): ToWebview => ({
    type: 'state',
    protocolVersion: PROTOCOL_VERSION,
    panel: samplePanel,
    run,
    tail: null,
  });
  /** Opens the panel on a run, and returns how to tell it more. */
  const open = async (
    run: RunSnapshot,
    rows: readonly Row[] = [],
    ...answers: readonly PanelAnswer[]
  ): Promise<(run: RunSnapshot) => Promise<void>> => {
    const panel = await content.page.evaluateHandle(([all, others]) => window.parts.openPanel(all, others), [
      rows,
      answers,
    ] as const);
    const tell = (next: RunSnapshot): Promise<void> =>
      panel.evaluate(async (send, message) => {
        send(message);
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      }, state(next));
    await tell(run);
    return tell;
  };
  const focused = (): Promise<string> => content.page.evaluate(() => document.activeElement?.id ?? '');
  /** What the user asked for last; the page fetches rows when it likes. */
  const lastAsked = (): Promise<FromWebview | undefined> =>
    content.page.evaluate(() => window.posted.findLast(({ type }) => type !== 'get'));
  const filtered = (changes: object): RunSnapshot => {
    const filter = { filterId: 1, rowCount: 0, isDone: true, error: '', cutCount: 0, cutBytes: 1_048_576 };
    return sampleRun({ stream: sampleStream({ filter: { ...filter, ...changes } }) });
  };
  const connecting = sampleRun({ phase: 'connecting', response: null, stream: null });

  describe('tabs', () => {
    it('scroll where they do not fit, and show the one that is chosen by key', async () => {
      const { page } = content;
      await page.setViewportSize({ width: 260, height: 500 });
      await open(sampleRun());
      const bar = page.getByRole('tablist');
      const edges = (): Promise<unknown[]> =>
        bar.evaluate((element) =>
          ['data-more-before', 'data-more-after'].map((name) => element.hasAttribute(name)),
        );
      await becomes(edges, [false, true]);
      await page.locator('#tab-events').focus();
      for (const key of ['End', 'Home', 'ArrowLeft']) {
        await page.keyboard.press(key);
        await eventually(`the tab in view after ${key}`, async () => {
          const box = await page.locator(`#${await focused()}`).boundingBox();
          return box !== null && box.x >= 0 && box.x + box.width <= 260;
        });
      }
      await becomes(focused, 'tab-problems');
      await page.waitForFunction(() => document.querySelector('[data-more-before]:not([data-more-after])'));
      await bar.hover();
      await page.mouse.wheel(0, -1000);
      await page.waitForFunction(() => document.querySelector('[data-more-after]:not([data-more-before])'));
      await page.setViewportSize({ width: 900, height: 500 });
      await page.waitForFunction(() => !document.querySelector('[data-more-after], [data-more-before]'));
    });

    it('keep the keyboard when a response brings others', async () => {
      const { page } = content;
      const tell = await open(connecting);
      await page.locator('#tab-timeline').click();
      await tell(sampleRun());
      await becomes(() => page.getByRole('tab').count(), 6);
      await becomes(focused, 'tab-timeline');
      await page.locator('#tab-chunks').click();
      await tell({ ...connecting, runId: 2 });
      await becomes(focused, 'tab-headers');
    });
  });

  describe('after a break', () => {
    const broken = (changes: Partial<RunSnapshot> = {}): RunSnapshot =>
      sampleRun({
        phase: 'ended',
        canResume: true,
        end: { reason: 'reset', message: 'The connection broke.', advice: [] },
        ...changes,
      });

    it('offers to resume, counts down, and can be cancelled', async () => {
      const { page } = content;
      const tell = await open(sampleRun());
      const resume = page.locator('#resume');
      assert.equal(await resume.isVisible(), false);
      await page.locator('#cancel').focus();
      await tell(broken());
      await becomes(focused, 'resume');
      await resume.click();
      await becomes(lastAsked, {
        type: 'resume',
      });
      const wait = { untilMs: 4000, attempt: 0, attempts: 0 };
      await tell(broken({ phase: 'waiting', canResume: false, end: null, wait, elapsedMs: 1000 }));
      await becomes(() => page.locator('#state').textContent(), 'waiting');
      await becomes(() => page.locator('#state').getAttribute('data-phase'), 'waiting');
      await becomes(focused, 'cancel');
      await page.locator('#cancel').click();
      await becomes(lastAsked, {
        type: 'cancel',
      });
      await tell(broken({ end: { reason: 'complete', message: '', advice: [] }, canResume: false }));
      assert.equal(await resume.isVisible(), false);
    });

    it('shows where it went on, what came again, and what became of it', async () => {
      const { page } = content;
      const rows = [
        sampleRow(0),
        sampleRow(1, { kind: 'resumed', eventIndex: -1, eventType: '', preview: 'Sent again' }),
        sampleRow(2, { isDuplicate: true }),
      ];
      const stream = sampleStream({ resumed: 'A gap: 3 events are missing.' });
      await open(sampleRun({ rowCount: 3, stream }), rows);
      await page.locator('#row-1.resumed', { hasText: 'resumed' }).waitFor();
      assert.match((await page.locator('#row-2.duplicate .data').textContent()) ?? '', /^duplicatedata 2/);
      await becomes(() => page.locator('#resumed').textContent(), 'A gap: 3 events are missing.');
    });
  });

  it('offers to start a function that does not run, once for each send', async () => {
    const { page } = content;
    const end = { reason: 'error', message: 'Nothing answers.', advice: [] } as const;
    const refused = sampleRun({ phase: 'ended', response: null, stream: null, canStart: true, end });
    const tell = await open(refused);
    const start = page.locator('#error #start-function');
    await start.click();
    await becomes(lastAsked, {
      type: 'startFunction',
    });
    await becomes(() => start.isDisabled(), true);
    await tell({ ...refused, runId: 2 });
    await becomes(() => start.isDisabled(), false);
    await tell({ ...refused, canStart: false });
    assert.equal(await start.isVisible(), false);
  });

  it('says what went wrong and what to do, with the page on it as a link', async () => {
    const { page } = content;
    const url = 'https://docs.cloudbase.net/error-code/SYS_ERR';
    const end = {
      reason: 'complete',
      message: 'The service itself failed (SYS_ERR).',
      advice: ['Again.', url],
    };
    await open(sampleRun({ phase: 'ended', end: end as RunSnapshot['end'] }), []);
    await page.locator('#error', { hasText: 'The service itself failed' }).waitFor();
    await becomes(() => page.locator('#error li').allTextContents(), ['Again.', url]);
    await page.locator('#error a').click();
    await becomes(lastAsked, {
      type: 'openLink',
      url,
    });
  });

  describe('how it was sent', () => {
    const connection = {
      isReused: false,
      dnsMs: 1.5,
      connectMs: 2.5,
      proxyMs: null,
      tlsMs: 30,
      remoteAddress: '127.0.0.1:8443',
      proxy: null,
      tlsVersion: 'TLSv1.3',
      isVerified: false,
    };

    it('is told with its route, its URL and its connection; a certificate that was not checked at once', async () => {
      const { page } = content;
      const sent = {
        route: 'gateway',
        functionName: 'chat',
        connection,
        redirects: [{ status: 302, url: 'https://b.test/' }],
      } as const;
      const url = 'https://a.test/v1/functions/chat?token=***';
      const tell = await open(sampleRun({ sent, url }), [], { kind: 'timeline', timeline: sampleTimeline() });
      await becomes(() => page.locator('#unverified').isVisible(), true);
      await page.locator('#copy-url').click();
      await becomes(lastAsked, {
        type: 'copyText',
        text: url,
      });
      await page.locator('#tab-headers').click();
      const table = page.locator('#sent tbody');
      await becomes(
        async () => (await table.locator('tr').allTextContents()).slice(1),
        [
          'routegateway',
          'functionNamechat',
          `URL${url}`,
          'redirecthttps://b.test/',
          'versionHTTP/1.1',
          'connectionfresh',
          'server127.0.0.1:8443',
          'TLSTLSv1.3',
          'certificatenotChecked',
        ],
      );
      await becomes(() => page.locator('#sent .fact-warning').count(), 1);
      await page.locator('#tab-timeline').click();
      const steps = page.locator('.fact-table', { hasText: 'connecting' }).locator('tbody tr');
      await steps.nth(2).waitFor();
      await becomes(() => steps.allTextContents(), ['DNS1.5 ms', 'connect2.5 ms', 'TLS30 ms']);
      await tell(sampleRun({ sent: { ...sent, connection: { ...connection, isVerified: true } }, url }));
      assert.equal(await page.locator('#unverified').isVisible(), false);
    });

    it('is no event stream: rows of JSON have a body too', async () => {
      const { page } = content;
      const response = { status: 200, statusText: 'OK', httpVersion: '2', headers: [] };
      const tell = await open(
        sampleRun({ rowCount: 5, response: { ...response, format: 'json-lines' } }),
        sampleRows(0, 5),
      );
      await page.locator('#row-0').waitFor();
      await becomes(() => page.getByRole('tab').evaluateAll((all) => all.map(({ id }) => id)), [
        'tab-events', 'tab-text', 'tab-body', 'tab-timeline', 'tab-chunks', 'tab-headers', 'tab-problems',
      ]); // prettier-ignore
      await tell(sampleRun({ runId: 2, response: { ...response, format: 'chunks' } }));
      await becomes(() => page.getByRole('tab').count(), 6);
      assert.equal(await page.locator('#tab-text').isVisible(), false);
    });

    it('shows a body as the request wants it', async () => {
      const { page } = content;
      const run = sampleRun({
        phase: 'ended',
        stream: null,
        response: { status: 200, statusText: 'OK', httpVersion: '1.1', headers: [], format: null },
        end: { reason: 'complete', message: '', advice: [] },
      });
      const body = { kind: 'body', from: 0, to: 7, isShortened: false, bytes: null } as const;
      const text = '{"a":1}';
      await open(run, [], { ...body, contentType: 'application/json', wanted: 'text', text });
      await page.locator('#body .text', { hasText: text }).waitFor();
      await open(run, [], { ...body, contentType: 'text/plain+x', wanted: 'json', text });
      await page.locator('#body [role=tree]').waitFor();
    });
  });

  describe('grid', () => {
    it('says what chat events say before their data', async () => {
      const { page } = content;
      const json = '{"id":"chatcmpl-1","choices":[{"delta":{}}]}';
      const said = [
        { kind: 'content', text: ' to\n' },
        { kind: 'reasoning', text: 'hm' },
        { kind: 'tool', text: 'find {"a":1}' },
        null,
      ] as const;
      const rows = said.map((text, row) => sampleRow(row, { text, preview: json }));
      await page.evaluate(() => document.documentElement.style.setProperty('--vscode-foreground', '#123456'));
      await open(sampleRun({ rowCount: 4, eventCount: 4 }), rows);
      await page.locator('#row-3').getByText(json).waitFor();
      const cells = page.locator('.row .data');
      await becomes(() => cells.allTextContents(), [` to⏎${json}`, `hm${json}`, `find {"a":1}${json}`, json]);
      const colours = await cells
        .locator('.data-text')
        .evaluateAll((all) => all.map((text) => getComputedStyle(text).color));
      assert.equal(colours[3], 'rgb(18, 52, 86)');
      assert.equal(new Set(colours).size, 2);
      await becomes(() => page.locator('.said.tool .codicon-tools:not([hidden])').count(), 1);
      await becomes(() => page.locator('.said:not([hidden]) > .codicon:not([hidden])').count(), 1);
    });

    it('follows new events only while there can be any', async () => {
      const { page } = content;
      const tell = await open(sampleRun(), sampleRows(0, 100));
      const follow = page.locator('#follow');
      await follow.focus();
      await becomes(() => follow.getAttribute('aria-pressed'), 'true');
      const end = { reason: 'complete', message: '', advice: [] } as const;
      await tell(sampleRun({ phase: 'ended', end }));
      assert.equal(await follow.isVisible(), false);
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'grid');
    });

    it('moves by key through what it fetches', async () => {
      const { page } = content;
      await open(sampleRun({ rowCount: 5000 }), sampleRows(0, 5000));
      await page.getByRole('grid').press('Home');
      await page.locator('#row-0.active', { hasText: 'data 0' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.locator('#row-1.active[aria-selected=true]').waitFor();
      await page.keyboard.press('End');
      await page.locator('#row-4999.active', { hasText: 'data 4999' }).waitFor();
      await becomes(() => page.getByRole('grid').getAttribute('aria-activedescendant'), 'row-4999');
      assert.ok((await page.getByRole('row').count()) < 100);
    });
  });

  describe('filter', () => {
    it('that leaves nothing says so alone, with the way back', async () => {
      const { page } = content;
      const tell = await open(sampleRun());
      await page.locator('#filter-text').fill('nowhere');
      await page.waitForFunction(() => window.posted.some(({ type }) => type === 'setFilter'));
      await tell(filtered({ isDone: false }));
      assert.equal(await page.getByText('noMatches').isVisible(), false);
      await tell(filtered({}));
      await becomes(() => page.getByText('noMatches').isVisible(), true);
      assert.equal(await page.getByRole('grid').isVisible(), false);
      await page.locator('.no-matches').getByRole('button', { name: 'clearFilter' }).click();
      const posted = await lastAsked();
      assert.deepEqual(posted?.type === 'setFilter' && posted.filter.text, '');
      await becomes(focused, 'filter-text');
      await tell(sampleRun());
      await becomes(() => page.getByRole('grid').isVisible(), true);
      assert.equal(await page.locator('.no-matches').count(), 0);
    });

    it('says where it did not look at the whole of long rows', async () => {
      const { page } = content;
      const tell = await open(filtered({ rowCount: 3 }));
      const note = page.locator('#filter-note');
      assert.equal(await note.isVisible(), false);
      await tell(filtered({ rowCount: 3, cutCount: 2 }));
      await becomes(() => note.textContent(), 'rowsCut');
      await becomes(() => note.isVisible(), true);
      await tell(filtered({ cutCount: 2, error: 'bad' }));
      assert.equal(await note.isVisible(), false);
    });

    it('has no button that is pressed from the start', async () => {
      const { page } = content;
      await open(sampleRun());
      assert.equal(await page.locator('.filter-bar [aria-pressed=true]').count(), 0);
      await page.getByRole('button', { name: 'hideComments' }).click();
      const posted = await lastAsked();
      assert.deepEqual(posted?.type === 'setFilter' && posted.filter.showComments, false);
    });
  });

  it('counts the events of types that are not listed', async () => {
    const { page } = content;
    const types = Array.from({ length: 250 }, (_, index) => ({ type: `type\u202E${index}`, count: 2 }));
    await open(sampleRun(), [], { kind: 'types', types, others: 7 });
    await page.locator('#filter-type').waitFor();
    const options = await page.locator('#filter-type option').allTextContents();
    assert.equal(options.length, 202);
    assert.deepEqual([options[0], options[1]], ['allTypes', 'type[U+202E]0 (2)']);
    await becomes(() => page.locator('#filter-type option:disabled').textContent(), 'otherTypes');
  });

  it('leads from a stall to the event that ended it', async () => {
    const { page } = content;
    const stall = { fromMs: 700, toMs: 1900, eventIndex: 60, row: 70, heartbeats: 10 };
    const timeline = sampleTimeline({ stalls: [stall] });
    await open(sampleRun(), sampleRows(0, 100), { kind: 'timeline', timeline });
    await page.locator('#tab-timeline').click();
    await page.locator('.fact-table').getByRole('button').click();
    await page.locator('#row-70[aria-selected=true]', { hasText: 'data 70' }).waitFor();
  });

  it('lists chunks with what the events they completed say', async () => {
    const { page } = content;
    const figures = { atMs: 1, gapMs: 1, byteOffset: 0, byteLength: 40, rowCount: 2, preview: 'data: {}' };
    const text = { kind: 'content', text: 'Hello' } as const;
    const chunks = Array.from({ length: 10 }, (_, index) => ({ index, ...figures, text }));
    await open(sampleRun(), [], { kind: 'chunks', from: 0, chunks });
    await page.locator('#tab-chunks').click();
    const last = page.locator('#chunk-9');
    await last.locator('.data', { hasText: 'Hello' }).waitFor();
    await becomes(() => last.locator('.data').textContent(), 'Hellodata: {}');
    await last.click();
    await page.locator('#chunk-9.active[aria-selected=true]').waitFor();
    await page.keyboard.press('Home');
    await page.locator('#chunk-0.active').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#chunk').waitFor({ state: 'hidden' });
  });
});
