import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import {
  editor,
  editorShows,
  editorText,
  openFile,
  quickPickRow,
  runCommand,
  statusItem,
  toast,
} from '../support/editorActions.ts';
import { eventually } from '../support/until.ts';
import { openSampleSession, type SampleSession } from './sampleSession.ts';

const curl = `curl -L 'http://127.0.0.1:9123/me' -H 'Authorization: Bearer t0ken-value'`;

describe('a person pastes code into a request file', () => {
  let session: SampleSession;
  before(async () => {
    session = await openSampleSession();
    await session.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  beforeEach(() => runCommand(session.page, 'View: Close All Editors'));
  after(() => session.dispose());

  /** Opens an empty request file and pastes into it. */
  async function pasteInto(name: string, code: string): Promise<void> {
    const { page } = session;
    await session.write(name, '');
    await openFile(page, name);
    await statusItem(page, 'local').waitFor(); // the extension has started, and reads what is pasted
    await editor(page, name).click();
    await page.evaluate((text) => navigator.clipboard.writeText(text), code);
    await page.keyboard.press('ControlOrMeta+V');
  }

  const shows = (name: string, text: string) => editorShows(session.page, name, text);

  it('and it is a request without the token, which goes into the file only when asked to', async () => {
    const { page } = session;
    await pasteInto('pasted.cbhttp', curl);
    await shows('pasted.cbhttp', 'Authorization: Bearer {{$secret token}}');
    await shows('pasted.cbhttp', 'GET http://127.0.0.1:9123/me');
    assert.doesNotMatch(await editorText(page, 'pasted.cbhttp'), /t0ken-value|curl/);
    await toast(page, 'What looks like a secret is not in the file: token').waitFor();
    await page.locator('.notification-toast').getByRole('button', { name: 'Write into File' }).click();
    await shows('pasted.cbhttp', 'Authorization: Bearer t0ken-value');
  });

  it('and may have the plain text instead', async () => {
    const { page } = session;
    await pasteInto('plain.cbhttp', "wx.cloud.callHTTPFunction({ name: 'clock', path: '/sse' })");
    await shows('plain.cbhttp', 'GET fn://clock/sse');
    await page.locator('.post-edit-widget').click();
    await page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Plain Text' }).waitFor();
    // By keys: what VS Code 1.100 lays over the list takes clicks.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await shows('plain.cbhttp', 'wx.cloud.callHTTPFunction(');
  });

  it('and keeps the token as a secret', async () => {
    const { page } = session;
    await pasteInto('secret.cbhttp', curl);
    await toast(page, 'What looks like a secret is not in the file: token').waitFor();
    await page.locator('.notification-toast').getByRole('button', { name: 'Keep as Secret…' }).click();
    const input = page.locator('.quick-input-box input');
    await eventually('the value is asked for', async () => (await input.inputValue()) === 't0ken-value');
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
    await shows('secret.cbhttp', 'Authorization: Bearer {{$secret token}}');
  });

  it('and makes a profile for the environment that the code names', async () => {
    const { page } = session;
    await pasteInto('env.cbhttp', "wx.cloud.callHTTPFunction({ name: 'clock', config: { env: 'new-9z' } })");
    await shows('env.cbhttp', '# No profile has the environment "new-9z".');
    await toast(page, 'No profile has the environment "new-9z" of the code.').waitFor();
    await page.locator('.notification-toast').getByRole('button', { name: 'Add Profile…' }).click();
    const input = page.locator('.quick-input-box input');
    await page.locator('.quick-input-title').filter({ hasText: 'Add Profile' }).waitFor();
    await input.fill('nine');
    await input.press('Enter');
    await quickPickRow(page, 'Requests prove no identity').click();
    await quickPickRow(page, 'Send at once').click();
    await shows('env.cbhttp', '# @profile nine');
    await shows('env.cbhttp', 'GET fn://clock');
    assert.doesNotMatch(await editorText(page, 'env.cbhttp'), /No profile/);
  });
});
