import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { WX_TYPES, WX_TYPES_PATH } from '../../src/core/import/wxTypes.ts';
import { cancelling, closeAll, fileUri, languageReady, openAt } from './editor.ts';

const curl = `curl -L -X POST 'http://127.0.0.1:9123/chat?lang=zh' \\
  -H 'Content-Type: application/json' \\
  -d '{
\t"q": "你好 $5 {{x}}"
}'`;
const request = `### 127.0.0.1:9123/chat
POST http://127.0.0.1:9123/chat?lang=zh
Content-Type: application/json

{
\t"q": "你好 $5 \\{{x}}"
}
`;

describe('importing requests from code', () => {
  let clipboard = '';
  before(async () => {
    clipboard = await vscode.env.clipboard.readText();
    await languageReady();
  });
  after(() => vscode.env.clipboard.writeText(clipboard));
  afterEach(closeAll);

  const importCode = (code?: string): Thenable<string | undefined> =>
    vscode.commands.executeCommand('cbhttp.importRequest', code === undefined ? undefined : { code });
  const shownText = (): string | undefined => vscode.window.activeTextEditor?.document.getText();

  it('takes the clipboard, and opens a new file where none is shown', async () => {
    await vscode.env.clipboard.writeText(curl);
    assert.equal(await importCode(), request);
    assert.equal(shownText(), request);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'cbhttp');
  });

  it('adds to the end of the file that is shown, with the profile of its environment', async () => {
    const { document, editor } = await openAt('### First\nGET http://127.0.0.1▮/\n');
    await importCode(
      `wx.cloud.callHTTPFunction({ name: 'chat', path: '/a', config: { env: 'my-dev-1a2b' }, success() {} })`,
    );
    assert.equal(
      document.getText(),
      '### First\nGET http://127.0.0.1/\n\n### chat/a\n' +
        '# Left out, as the panel shows these moments: success.\n# @profile dev\nGET fn://chat/a\n',
    );
    assert.equal(editor.selection.active.line, 3);
  });

  it('goes to the cursor where a request may begin there', async () => {
    const { document } = await openAt(
      '### First\nGET http://127.0.0.1/\n\n▮\n### Last\nGET http://127.0.0.1/\n',
    );
    await importCode('curl -L http://127.0.0.1/new');
    assert.equal(
      document.getText(),
      '### First\nGET http://127.0.0.1/\n\n### 127.0.0.1/new\nGET http://127.0.0.1/new\n\n### Last\nGET http://127.0.0.1/\n',
    );
  });

  it('takes the selection of another file first', async () => {
    await vscode.env.clipboard.writeText('curl http://127.0.0.1/clipboard');
    const content = `async function send() {\n  await wx.cloud.callHTTPFunction({ name: 'selected' })\n}\n`;
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    assert.equal(await importCode(), '### selected\nGET fn://selected\n');
  });

  it('leaves files alone where the code is broken', async () => {
    const { document } = await openAt('### First\n▮');
    assert.equal(await importCode("curl 'http://127.0.0.1/"), undefined);
    assert.equal(document.getText(), '### First\n');
  });

  it('keeps a token out of the file', async () => {
    const { document } = await openAt('▮');
    await importCode(`curl -L http://127.0.0.1/ -H 'Authorization: Bearer t0ken-value'`);
    assert.match(document.getText(), /^Authorization: Bearer \{\{\$secret token\}\}$/m);
    assert.doesNotMatch(document.getText(), /t0ken-value/);
  });

  describe('the types', () => {
    const file = () => fileUri(WX_TYPES_PATH);
    const read = async (): Promise<string> =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(file()));
    const addTypes = (): Thenable<unknown> =>
      vscode.commands.executeCommand('cbhttp.addWxTypes', { uri: fileUri('').toString() });
    afterEach(() => vscode.workspace.fs.delete(fileUri('typings'), { recursive: true }));

    it('are written into the project', async () => {
      assert.equal(await addTypes(), true);
      assert.equal(await read(), WX_TYPES);
      assert.equal(await addTypes(), true, 'again');
    });

    it('do not take the place of a file that says something else unasked', async () => {
      await vscode.workspace.fs.writeFile(file(), new TextEncoder().encode('// mine\n'));
      assert.equal(await cancelling(addTypes()), false);
      assert.equal(await read(), '// mine\n');
    });
  });
});
