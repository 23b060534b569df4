import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startScriptedServer } from '../../support/sseServer.ts';
import { closeAll, lensesOf, openRequests } from '../editor.ts';

describe('in a workspace that is not trusted', () => {
  it('reads requests, ignores the workspace’s profiles, and sends nothing', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    let requests = 0;
    const server = await startScriptedServer(() => {
      requests++;
    });
    try {
      const { document } = await openRequests(`GET ${server.origin}/\n`);
      const [send, profile] = await lensesOf(document.uri);
      assert.equal(profile?.title, '$(cloud) local');
      assert.deepEqual(vscode.workspace.getConfiguration('cbhttp').get('profiles'), {});
      await vscode.commands.executeCommand(
        send?.command ?? '',
        ...((send?.arguments as unknown[] | undefined) ?? []),
      );
      assert.equal(requests, 0);
    } finally {
      await closeAll();
      await server.dispose();
    }
  });
});
