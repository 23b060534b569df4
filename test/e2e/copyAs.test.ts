import { after, before, describe, it } from 'mocha';
import { clickTopLens, openFile, quickPickRow, toast } from '../support/editorActions.ts';
import { eventually } from '../support/until.ts';
import { openPanelSession, requestFile, type PanelSession } from './panel/panelSession.ts';

describe('Copy as', () => {
  let session: PanelSession;
  before(async () => {
    session = await openPanelSession();
  });
  after(() => session.dispose());

  it('opens the code of a request from its lens, and names its placeholders after copying', async () => {
    const { page, server } = session;
    await session.write(
      requestFile('coded'),
      `### coded\nPOST ${server.origin}/chat\nX-Key: {{$secret key}}\nContent-Type: application/json\n\n{"q": "你好"}\n`,
    );
    await openFile(page, requestFile('coded'));
    await clickTopLens(page, 'Copy as…');
    const row = quickPickRow(page, 'cURL (bash)');
    await row.hover();
    await row.locator('.codicon-go-to-file').click();
    const code = page.locator('.editor-instance .view-lines').filter({ hasText: 'curl' });
    await code.waitFor();
    await eventually('the code in the editor', async () => {
      // Lines of an editor come in any order; blanks are non-breaking.
      const text = (await code.innerText()).replaceAll('\u00a0', ' ');
      return text.includes(`--data-raw '{"q": "你好"}'`) && text.includes('"$CBHTTP_SECRET_LOCAL_KEY"');
    });
    await clickTopLens(page, 'Copy as…');
    await quickPickRow(page, 'Python requests').click();
    await toast(page, 'Secrets are left out: CBHTTP_SECRET_LOCAL_KEY').waitFor();
    await page
      .locator('.notification-toast')
      .getByRole('button', { name: 'Copy with the Real Values…' })
      .click();
    await page.locator('.monaco-dialog-box').getByText('in plain text').waitFor();
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Cancel' }).click();
  });

  it('asks for a target from the panel', async () => {
    const { panel, connection } = await session.send('sent');
    await connection.head(200, { 'Content-Length': '0' });
    await panel.locator('#state[data-reason=complete]').waitFor();
    await panel.getByRole('tab', { name: 'Headers' }).click();
    await panel.locator('#copy-as').click();
    await quickPickRow(session.page, 'JavaScript fetch').first().waitFor();
    await session.page.keyboard.press('Escape');
  });
});
