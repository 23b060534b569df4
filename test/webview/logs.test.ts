import assert from 'node:assert/strict';
import type { LogRow, LogSearchSnapshot, LogsSnapshot } from '../../src/protocol/logs.ts';
import type { PanelAnswer } from '../../src/protocol/answers.ts';
import { PROTOCOL_VERSION, type RunSnapshot, type ToWebview } from '../../src/protocol/messages.ts';
import { samplePanel, sampleRun } from '../unit/webview/samples.ts';
import { useContentPage } from './contentPage.ts';
import { becomes } from '../support/until.ts';

const row = (preview: string, changes: Partial<LogRow> = {}): LogRow => ({
  atMs: 0,
  time: '',
  stream: 'stdout',
  preview,
  relation: null,
  ...changes,
});

const local = (changes: Partial<LogsSnapshot> = {}): LogsSnapshot => ({
  listId: 1,
  functionName: 'chat',
  hasRequest: true,
  requestIds: ['req-1'],
  counts: { all: 3, request: 2 },
  idCount: 1,
  search: null,
  ...changes,
});

const choice = { id: 0, range: 'run', utcOffsetMinutes: 480 } as const;

const deployed = (
  changes: Partial<LogSearchSnapshot> = {},
  others: Partial<LogsSnapshot> = {},
): LogsSnapshot => ({
  ...local(),
  counts: { all: 0, request: 0 },
  idCount: 0,
  search: {
    envId: 'my-dev-1a2b',
    profile: 'dev',
    state: 'idle',
    failure: '',
    hasMore: false,
    choice,
    ranges: ['run', 'hour', 'day'],
    utcOffsets: [480, 0],
    from: '',
    to: '',
    ...changes,
  },
  ...others,
});

describe('logs tab', () => {
  const content = useContentPage();

  /** Opens the panel, its host with these answers, and returns how to tell it of logs. */
  const open = async (
    logs: LogsSnapshot | null,
    answers: readonly PanelAnswer[],
    run: RunSnapshot | null = sampleRun(),
  ): Promise<(logs: LogsSnapshot | null) => Promise<void>> => {
    const panel = await content.page.evaluateHandle((all) => window.parts.openPanel([], all), answers);
    const tell = (next: LogsSnapshot | null): Promise<void> => {
      const message: ToWebview = {
        type: 'state',
        protocolVersion: PROTOCOL_VERSION,
        panel: { ...samplePanel, logs: next },
        run,
        tail: null,
      };
      return panel.evaluate(async (send, told) => {
        send(told);
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      }, message);
    };
    await tell(logs);
    return tell;
  };
  const tabIds = (): Promise<string[]> =>
    content.page.getByRole('tab').evaluateAll((all) => all.map(({ id }) => id));
  const posted = (type: string): Promise<unknown[]> =>
    content.page.evaluate((wanted) => window.posted.filter((one) => one.type === wanted), type);
  const lines = (): Promise<string[]> => content.page.locator('.log-grid .row .data-text').allTextContents();

  const ofRequest = [
    row('during', { relation: 'time' }),
    row('<b>req-1</b>', { relation: 'id', stream: 'stderr' }),
  ];
  const localAnswers: readonly PanelAnswer[] = [
    { kind: 'logs', listId: 1, view: 'request', from: 0, rows: ofRequest },
    { kind: 'logs', listId: 1, view: 'all', from: 0, rows: [row('before'), ...ofRequest] },
    {
      kind: 'log',
      listId: 1,
      view: 'request',
      row: 1,
      log: { ...row('x', { relation: 'id' }), sinceMs: 12.3, text: 'req-1\n  whole', isShortened: false },
    },
  ];

  it('is there only where there is a log', async () => {
    const tell = await open(null, localAnswers);
    assert.ok(!(await tabIds()).includes('tab-logs'));
    await tell(local());
    assert.deepEqual((await tabIds()).slice(-3), ['tab-headers', 'tab-logs', 'tab-problems']);
    await tell(null);
    assert.ok(!(await tabIds()).includes('tab-logs'));
  });

  it('shows a request’s lines with those that hold its id marked, then all', async () => {
    const { page } = content;
    await open(local(), localAnswers);
    await page.locator('#tab-logs').click();
    await page.locator('#log-1').getByText('<b>req-1</b>').waitFor();
    await becomes(lines, ['during', '<b>req-1</b>']);
    await becomes(() => page.locator('#log-words').textContent(), 'holdId');
    await becomes(() => page.getByRole('img', { name: 'holdsId' }).count(), 1);
    assert.match((await page.locator('#log-1').getAttribute('class')) ?? '', /held alarming/);
    await page.getByRole('radio', { name: 'all' }).click();
    await page.locator('#log-0').getByText('before').waitFor();
    await becomes(lines, ['before', 'during', '<b>req-1</b>']);
  });

  it('shows a line whole, and copies it', async () => {
    const { page } = content;
    await open(local(), localAnswers);
    await page.locator('#tab-logs').click();
    await page.locator('#log-1').click();
    await page.locator('#log-text').getByText('req-1').waitFor();
    await becomes(() => page.locator('#log-text').textContent(), 'req-1\n  whole');
    await page.locator('#log').getByText('sinceSending: 12 ms · holdsId').waitFor();
    await page.locator('#copy-log').click();
    await becomes(() => posted('copyText'), [{ type: 'copyText', text: 'req-1\n  whole' }]);
    await page.keyboard.press('Escape');
    await page.locator('#log').waitFor({ state: 'hidden' });
  });

  it('grows with what comes, and says where there is nothing', async () => {
    const { page } = content;
    const rows = Array.from({ length: 300 }, (_, n) => row(`line ${n}`, { relation: 'time' }));
    const tell = await open(local({ counts: { all: 0, request: 0 }, idCount: 0 }), [
      { kind: 'logs', listId: 1, view: 'request', from: 0, rows },
    ]);
    await page.locator('#tab-logs').click();
    await page.locator('#log-hint').getByText('nothingWritten').waitFor();
    await tell(local({ counts: { all: 5, request: 0 }, idCount: 0 }));
    await page.locator('#log-hint').getByText('nothingOfRequest').waitFor();
    await tell(local({ counts: { all: 305, request: 300 }, idCount: 0 }));
    await page.locator('#log-words').getByText('noLineHoldsId').waitFor();
    await becomes(() => page.getByRole('grid').getAttribute('aria-rowcount'), '301');
    await page.locator('#log-299').waitFor(); // it follows the end
    assert.ok((await page.locator('.log-grid .row').count()) < 100, 'only what is in view is in the page');
    await tell(local({ requestIds: [], idCount: 0 }));
    await page.locator('#log-words').getByText('noId').waitFor();
  });

  it('of a deployed function asks for nothing before it is told to', async () => {
    const { page } = content;
    const found = { kind: 'logs', listId: 2, view: 'all', from: 0 } as const;
    const rows = [row('newest', { atMs: null, time: '2025-06-01 10:00:00', relation: 'id' }), row('older')];
    const tell = await open(deployed(), [{ ...found, rows }]);
    await page.locator('#tab-logs').click();
    await page.locator('#log-hint').getByText('notSearched').waitFor();
    await page.locator('#log-zone-note').getByText('zoneUnknown').waitFor();
    await becomes(() => page.locator('#log-zone option').allTextContents(), ['utc', 'utc']);
    assert.deepEqual(await posted('searchLogs'), []);

    await page.locator('#log-zone').selectOption('0');
    await page.locator('#log-id').selectOption({ label: 'byFunction' });
    await page.locator('#log-range').selectOption('hour');
    await page.locator('#search-logs').click();
    const wanted = { id: null, range: 'hour', utcOffsetMinutes: 0 } as const;
    await becomes(() => posted('searchLogs'), [{ type: 'searchLogs', choice: wanted }]);

    await tell(deployed({ state: 'searching', choice: wanted }, { listId: 2 }));
    await page.locator('#search-logs').getByText('cancel').click();
    assert.equal((await posted('cancelLogs')).length, 1);
    await tell(
      deployed(
        { state: 'found', choice: wanted, hasMore: true, from: 'a', to: 'b' },
        { listId: 2, counts: { all: 2, request: 0 } },
      ),
    );
    await page.locator('#log-0').getByText('newest').waitFor();
    await page.locator('#log-0 .time').getByText('2025-06-01 10:00:00').waitFor();
    await becomes(() => page.locator('#log-zone').inputValue(), '0');
    await page.locator('#more-logs').click();
    assert.equal((await posted('moreLogs')).length, 1);
  });

  it('says why a search failed, and that nothing was found', async () => {
    const { page } = content;
    const tell = await open(deployed(), []);
    await page.locator('#tab-logs').click();
    await tell(deployed({ state: 'failed', failure: 'Refused. (AuthFailure)' }));
    await page.getByRole('alert').getByText('Refused. (AuthFailure)').waitFor();
    await tell(deployed({ state: 'found', from: 'a', to: 'b' }));
    await page.locator('#log-hint').getByText('nothingFound').waitFor();
    assert.equal(await page.locator('#log-failure').isVisible(), false);
  });

  it('is the whole panel where a function’s log is shown alone', async () => {
    const { page } = content;
    const alone = { hasRequest: false, requestIds: [], listId: 3, counts: { all: 1, request: 0 } } as const;
    await open(
      deployed({ state: 'found', ranges: ['hour', 'day', 'week'] }, alone),
      [{ kind: 'logs', listId: 3, view: 'all', from: 0, rows: [row('alone')] }],
      null,
    );
    await becomes(tabIds, ['tab-logs']);
    await page.locator('#log-0').getByText('alone').waitFor();
    assert.equal(await page.locator('#log-id').isVisible(), false);
    assert.equal(await page.locator('.status-bar').isVisible(), false);
  });
});
