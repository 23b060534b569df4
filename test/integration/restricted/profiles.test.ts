import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startScriptedServer } from '../../support/sseServer.ts';

describe('profiles in a workspace that is not trusted', () => {
  it('are neither checked nor written', async () => {
    await vscode.extensions.getExtension('cbhttp.cbhttp')?.activate();
    let requests = 0;
    const server = await startScriptedServer(() => {
      requests++;
    });
    try {
      const configuration = vscode.workspace.getConfiguration('cbhttp');
      const profiles = { mine: { route: 'local', baseUrl: server.origin } };
      await configuration.update('profiles', profiles, vscode.ConfigurationTarget.Global);
      assert.equal(
        await vscode.commands.executeCommand('cbhttp.checkProfile', { profile: 'mine' }),
        undefined,
      );
      assert.equal(requests, 0);
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
      const text = async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      const before = await text();
      await vscode.commands.executeCommand('cbhttp.addProfile', { name: 'x', route: 'local', baseUrl: '' });
      assert.equal(await text(), before);
    } finally {
      await vscode.workspace
        .getConfiguration('cbhttp')
        .update('profiles', undefined, vscode.ConfigurationTarget.Global);
      await server.dispose();
    }
  });
});
