import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the log of a function in a workspace that is not trusted', () => {
  it('is not asked for', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    const before = labels();
    await vscode.commands.executeCommand('cbhttp.viewFunctionLogs', { reference: { name: 'hello' } });
    assert.deepEqual(labels(), before);
  });
});
