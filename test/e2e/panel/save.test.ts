import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { quickPickRow, toast } from '../../support/editorActions.ts';
import { answerFileDialog } from '../../support/panelActions.ts';
import { eventually } from '../../support/until.ts';
import { openPanelSession, type PanelSession } from './panelSession.ts';

describe('the stream panel’s body', () => {
  let session: PanelSession;
  before(async () => {
    session = await openPanelSession();
  });
  after(() => session.dispose());

  /** Answers the file dialog and settles when the file holds these bytes. */
  async function saved(name: string, expected: Uint8Array): Promise<void> {
    const file = path.join(session.folder, name);
    await answerFileDialog(session.page, file);
    await eventually(`${name} is saved`, async () => {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0));
      return bytes.equals(expected);
    });
  }

  it('is saved byte for byte, under the name of its request', async () => {
    const body = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const { panel, connection } = await session.send('bytes');
    await connection.head(200, { 'Content-Type': 'application/octet-stream' });
    await connection.write(body);
    await connection.end();
    await panel.locator('#state[data-reason=complete]').waitFor();
    await panel.locator('#save').click();
    await quickPickRow(session.page, 'Raw bytes').click();
    const proposed = session.page.locator('.quick-input-widget input.input:visible');
    await eventually('the proposed name', async () => (await proposed.inputValue()).endsWith('/bytes.bin'));
    await saved('bytes-saved.bin', body);
  });

  it('is offered to be saved where it is too large for the clipboard', async () => {
    const { page } = session;
    const piece = Buffer.from('0123456789abcdef'.repeat(65_536));
    const pieces = Array.from({ length: 65 }, () => piece);
    const { panel, connection } = await session.send('large');
    await connection.head(200, { 'Content-Type': 'text/plain' });
    for (const one of pieces) await connection.write(one);
    await connection.end();
    await panel.locator('#state[data-reason=complete]').waitFor();
    await panel.locator('#copy-all').click();
    await toast(page, 'too large for the clipboard: 64 MB').waitFor();
    await page.locator('.notification-toast').getByRole('button', { name: 'Save…' }).click();
    await quickPickRow(page, 'Raw bytes').click();
    await saved('large.txt', Buffer.concat(pieces));
  });
});
