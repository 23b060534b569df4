import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { openFile, quickPickRow, runCommand, titledPanelFrame } from '../../support/editorActions.ts';
import type { ColorTheme } from '../../support/editorSession.ts';
import { keepPicture, takesPictures } from '../../support/keepPicture.ts';
import { openedPanel, painted, showTab } from '../../support/panelActions.ts';
import type { ScriptedConnection } from '../../support/sseServer.ts';
import { eventStream, openPanelSession, requestFile, type PanelSession } from './panelSession.ts';

const WORDS = [
  '你好',
  '！',
  'An HTTP function ',
  'streams ',
  'its answer ',
  'piece ',
  'by piece',
  '。',
  '这就是',
  '流式响应',
  '🚀',
];

/** `npm run pictures`: comparisons and the timeline, for docs/compare.md. */
if (takesPictures)
  describe('pictures of comparisons', function () {
    this.timeout(180_000);

    for (const theme of ['dark', 'light', 'hc'] as const satisfies readonly ColorTheme[]) {
      for (const locale of ['en', 'zh-cn'] as const) {
        it(`${theme}, ${locale}`, async () => {
          const session = await openPanelSession(
            {
              'cbhttp.profiles': {
                local: { route: 'local', variables: { way: 'local' } },
                dev: { route: 'gateway', envId: 'my-env', variables: { way: 'dev' } },
              },
              'cbhttp.activeProfile': 'local',
            },
            { theme, locale },
          );
          try {
            await takeAll(session, `${theme}-${locale}`);
          } finally {
            await session.dispose();
          }
        });
      }
    }

    async function takeAll(session: PanelSession, suffix: string): Promise<void> {
      const { page, server } = session;
      const english = suffix.endsWith('en');
      await session.write(requestFile('chat'), `### chat\nGET ${server.origin}/{{way}}\n`);
      await openFile(page, requestFile('chat'));
      // The key has its meaning once the button is there.
      await page
        .locator('.editor-group-container.active .action-label.codicon-play:not(.disabled)')
        .first()
        .waitFor();
      await page.keyboard.press('ControlOrMeta+Enter');
      const alone = await server.nextRequest();
      await stream(alone, 25, WORDS);
      const panel = await openedPanel(page, 'chat');
      await panel.locator('#state[data-reason=complete]').waitFor();
      await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
      await panel.locator('.row.event', { hasText: 'streams' }).click();
      const timeline = await showTab(panel, 'timeline');
      await timeline.locator('#timeline-zoom-in').click();
      const { x = 0, y = 0, width = 0 } = (await timeline.locator('canvas').boundingBox()) ?? {};
      await page.keyboard.down('Shift');
      await page.mouse.move(x + width * 0.62, y + 100);
      await page.mouse.down();
      await page.mouse.move(x + width * 0.86, y + 100, { steps: 4 });
      await page.mouse.up();
      await page.keyboard.up('Shift');
      await page.mouse.move(x + 20, y - 60);
      await painted(panel);
      await keep(session, `timeline-zoomed-${suffix}`);

      await page.keyboard.press('ControlOrMeta+1');
      await runCommand(page, english ? 'Send Twice and Compare' : '发送两次并比较');
      await quickPickRow(page, 'local ↔ dev').click();
      const two = [await server.nextRequest(), await server.nextRequest()];
      const local = two.find(({ request }) => request.url === '/local');
      const dev = two.find(({ request }) => request.url === '/dev');
      assert.ok(local !== undefined && dev !== undefined);
      const changed = [
        ...WORDS.slice(0, 3),
        'slowly ',
        ...WORDS.slice(3, 8),
        '（这就是）',
        ...WORDS.slice(9),
      ];
      await Promise.all([stream(local, 20, WORDS), stream(dev, 60, changed)]);
      const name = english ? 'Comparison: chat' : '比较：chat';
      await page.locator(`.tab.active[aria-label^="${name}"]`).waitFor();
      await runCommand(page, 'View: Join All Editor Groups');
      await page.locator(`.tab[aria-label^="${name}"]`).click();
      const frame = await titledPanelFrame(page, name);
      await frame.locator('main.comparison[data-live=false]').waitFor();
      await keep(session, `overview-${suffix}`);
      await frame.locator('#tab-events').click();
      await frame.locator('.row[data-state=added]').first().waitFor();
      await frame.getByRole('grid').focus();
      await page.keyboard.press('F7');
      await page.keyboard.press('F7');
      await frame.locator('.pair-texts', { hasText: '（这就是）' }).waitFor();
      await keep(session, `events-${suffix}`);
      await frame.locator('#tab-timeline').click();
      await frame.locator('#timeline-1[aria-valuemax]').waitFor();
      await painted(frame);
      await keep(session, `timelines-${suffix}`);
    }

    /** The pauses are what the pictures are of. */
    async function stream(
      connection: ScriptedConnection,
      pauseMs: number,
      words: readonly string[],
    ): Promise<void> {
      await delay(pauseMs * 2);
      await connection.head(200, {
        ...eventStream,
        'X-Request-Id': `req-${pauseMs}`,
        Server: pauseMs > 30 ? 'gateway' : 'node',
      });
      for (const [index, text] of words.entries()) {
        await delay(pauseMs);
        if (index % 4 === 3) await connection.write(': heartbeat\n\n');
        await delay(pauseMs / 2);
        const body = { id: `chatcmpl-${pauseMs}00000000`, choices: [{ delta: { content: text } }] };
        await connection.write(`data: ${JSON.stringify(body)}\n\n`);
      }
      await connection.write('data: [DONE]\n\n');
      await connection.end();
    }

    async function keep({ page }: PanelSession, name: string): Promise<void> {
      await keepPicture(page, `docs/images/compare/${name}.png`);
    }
  });
