import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, until } from '../support/until.ts';
import { closeAll, languageReady, lensesOf, openAt, openRequests } from './editor.ts';

describe('Copy as', () => {
  before(languageReady);
  beforeEach(() => vscode.env.clipboard.writeText(''));
  afterEach(closeAll);

  const copied = () => vscode.env.clipboard.readText();

  it('copies the request under the cursor, its secrets as placeholders', async () => {
    await openAt(
      '### One\nGET http://127.0.0.1/one\n\n### Two\nPOST http://127.0.0.1/▮two?k={{$secret key}}\nContent-Type: application/json\n\n{"user": "小明"}\n',
    );
    await vscode.commands.executeCommand('cbhttp.copyAs', undefined, { target: 'curl-bash' });
    const code = await copied();
    assert.match(code, /^# .*CBHTTP_SECRET_LOCAL_KEY: \$secret key$/m);
    assert.match(code, /--data-raw '\{"user": "小明"\}'/);
    assert.match(code, /'http:\/\/127\.0\.0\.1\/two\?k='"\$CBHTTP_SECRET_LOCAL_KEY"/);
  });

  it('asks for a target at the lens, the last one first', async () => {
    const { document } = await openRequests('GET fn://hello/api?x=1\n');
    const lens = (await lensesOf(document.uri)).find(({ title }) => title === 'Copy as…');
    assert.ok(lens);
    const click = () =>
      vscode.commands.executeCommand(lens.command, ...((lens.arguments as unknown[] | undefined) ?? []));
    await vscode.commands.executeCommand('cbhttp.copyAs', undefined, { target: 'fetch' });
    await vscode.env.clipboard.writeText('');
    const copying = click();
    await eventually('the code of the first target', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return until(async () => (await copied()) !== '', 500);
    });
    await copying;
    assert.match(await copied(), /^const response = await fetch\('http:\/\/127\.0\.0\.1:\d+\/api\?x=1'\);$/m);
  });

  it('writes the code of a mini program', async () => {
    await openRequests('# @profile dev\nGET fn://hello/sse?x=1\nAccept: text/event-stream\n');
    await vscode.commands.executeCommand('cbhttp.copyAs', undefined, { target: 'wx-stream' });
    assert.match(await copied(), /name: 'hello',\n[^]*path: '\/sse\?x=1',[^]*enableChunked: true/);
  });

  it('opens code in an editor', async () => {
    await openRequests('GET http://127.0.0.1/x\n');
    // JavaScript would start VS Code's own language server, which the test host does not have.
    await vscode.commands.executeCommand('cbhttp.copyAs', undefined, { target: 'curl-bash', opens: true });
    const shown = vscode.window.activeTextEditor?.document;
    assert.equal(shown?.languageId, 'shellscript');
    assert.match(shown.getText(), /^curl .*http:\/\/127\.0\.0\.1\/x\n$/s);
    assert.equal(await copied(), '');
  });

  it('says why there is no code', async () => {
    await openRequests('GET http://127.0.0.1/{{nope}}\n');
    await vscode.commands.executeCommand('cbhttp.copyAs', undefined, { target: 'fetch' });
    await openRequests('GET http://127.0.0.1/\n');
    await vscode.commands.executeCommand('cbhttp.copyAs', undefined, { target: 'wx' });
    assert.equal(await copied(), '');
  });
});
