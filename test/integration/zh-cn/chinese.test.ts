import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, lensesOf, openRequests } from '../editor.ts';

describe('in Chinese', () => {
  afterEach(closeAll);

  it('speaks the display language in lenses, problems and new files', async () => {
    assert.equal(vscode.env.language, 'zh-cn');
    const { document } = await openRequests('nonsense\nGET http://127.0.0.1/\n');
    assert.equal((await lensesOf(document.uri))[0]?.title, '$(play) 发送');
    assert.match(vscode.languages.getDiagnostics(document.uri)[0]?.message ?? '', /^这不是请求/);
    await vscode.commands.executeCommand('cbhttp.newRequestFile');
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /^### 我的第一个请求/);
  });
});
