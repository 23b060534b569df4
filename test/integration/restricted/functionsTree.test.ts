import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileUri } from '../editor.ts';
import { TestSecrets, TreeSession, withFolder } from '../treeSession.ts';

describe('the tree of functions in a workspace that is not trusted', () => {
  it('lists the workspace’s functions, and nothing of an account', () =>
    withFolder(async (dir) => {
      assert.equal(vscode.workspace.isTrusted, false);
      const session = new TreeSession(new TestSecrets(), dir);
      try {
        assert.deepEqual(await session.labels(), ['hello', 'nightly']);
        await session.view.tree.refreshDeployed();
        assert.deepEqual([await session.labels(), session.view.tree.description], [['hello', 'nightly'], '']);
      } finally {
        session.dispose();
      }
    }));

  it('deploys nothing', async () => {
    const reference = { name: 'hello', folder: fileUri('functions/hello') };
    const command = vscode.commands.executeCommand('cbhttp.deployFunction', { reference });
    assert.equal(await command, undefined);
    assert.equal(vscode.window.terminals.length, 0);
  });
});
