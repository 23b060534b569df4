import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri } from '../editor.ts';

describe('a new function in a workspace that is not trusted', () => {
  const names = ['functions/untrusted', 'untrusted.cbhttp'];
  let config: Uint8Array;
  before(async () => {
    config = await vscode.workspace.fs.readFile(fileUri('cloudbaserc.json'));
  });
  after(async () => {
    await closeAll();
    for (const name of names) await vscode.workspace.fs.delete(fileUri(name), { recursive: true });
    await vscode.workspace.fs.writeFile(fileUri('cloudbaserc.json'), config);
  });

  it('is written, and npm is not run for it, whoever says so', async () => {
    const given = { name: 'untrusted', template: 'express', installs: true };
    assert.equal(await vscode.commands.executeCommand('cbhttp.newFunction', given), 'untrusted');
    for (const name of names) assert.ok(await vscode.workspace.fs.stat(fileUri(name)));
    assert.equal(vscode.tasks.taskExecutions.length, 0);
    await assert.rejects(
      Promise.resolve(vscode.workspace.fs.stat(fileUri('functions/untrusted/node_modules'))),
    );
  });
});
