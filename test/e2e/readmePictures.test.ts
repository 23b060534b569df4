import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'mocha';
import { openFile, runCommand, showViewContainer, treeItem } from '../support/editorActions.ts';
import { keepPicture, takesPictures } from '../support/keepPicture.ts';
import { eventRows, openedPanel, painted, showTab } from '../support/panelActions.ts';
import { openSampleSession } from './sampleSession.ts';

/** `npm run pictures`: what the README shows. */
if (takesPictures)
  describe('pictures of the README', function () {
    this.timeout(180_000);

    it('are of the sample functions', async () => {
      const session = await openSampleSession({ theme: 'dark', viewport: { width: 1440, height: 840 } });
      const { page } = session;
      try {
        await showViewContainer(page, 'CloudBase Functions');
        await treeItem(page, /^HTTP function ai-chat/)
          .locator('.monaco-tl-twistie')
          .click();
        const requests = await readFile(path.join(session.folder, 'chat.cbhttp'), 'utf8');
        await session.write('chat.cbhttp', requests.replace('/completions', '/completions?pause=150'));
        await openFile(page, 'chat.cbhttp');
        const send = page.locator('.editor-group-container.active .action-label.codicon-play:not(.disabled)');
        await send.first().waitFor();
        for (let line = 1; line < 7; line++) await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ControlOrMeta+Enter');
        const panel = await openedPanel(page, 'OpenAI');
        await eventRows(panel).nth(12).waitFor();
        await keepPicture(page, 'docs/images/stream.png');
        await panel.locator('#state[data-reason=complete]').waitFor();
        await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
        const timeline = await showTab(panel, 'timeline');
        await timeline.locator('canvas').waitFor();
        await painted(panel);
        await keepPicture(page, 'docs/images/timeline.png');
      } finally {
        await session.dispose();
      }
    });
  });
