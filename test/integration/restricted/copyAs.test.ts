import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startScriptedServer } from '../../support/sseServer.ts';
import { closeAll, openRequests } from '../editor.ts';

describe('Copy as in a workspace that is not trusted', () => {
  it('copies code and sends nothing', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    let requests = 0;
    const server = await startScriptedServer(() => {
      requests++;
    });
    try {
      await openRequests(`GET ${server.origin}/x?k={{$secret key}}\n`);
      await vscode.commands.executeCommand('cbhttp.copyAs', undefined, { target: 'curl-bash' });
      const code = await vscode.env.clipboard.readText();
      assert.match(code, /\/x\?k='"\$CBHTTP_SECRET_LOCAL_KEY"/);
      await openRequests(`GET ${server.origin}/{{$processEnv HOME}}\n`);
      await vscode.commands.executeCommand('cbhttp.copyAs', undefined, { target: 'curl-bash' });
      assert.equal(
        await vscode.env.clipboard.readText(),
        code,
        'the process’s variables are for trusted ones',
      );
      assert.equal(requests, 0);
    } finally {
      await closeAll();
      await server.dispose();
    }
  });
});
