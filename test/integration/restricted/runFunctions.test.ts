import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { treeMembers } from '../../../src/net/processTree.ts';
import { markDescendants } from '../../support/leftovers.ts';
import { closeAll, fileUri, scratch, writeFile } from '../editor.ts';

describe('functions in a workspace that is not trusted', () => {
  after(closeAll);

  it('are neither run nor debugged, nor offered as tasks', async () => {
    await vscode.extensions.getExtension('cbhttp.cbhttp')?.activate();
    await writeFile('one/scf_bootstrap', '#!/bin/bash\ntouch was-run\nexec sleep 600\n');
    await writeFile('one/.env', 'A=1\n');
    await vscode.commands.executeCommand('cbhttp.refreshFunctions');
    const mark = markDescendants();
    const folder = fileUri(`${scratch}/one`);
    for (const command of ['cbhttp.runFunction', 'cbhttp.debugFunction', 'cbhttp.restartFunction']) {
      assert.notEqual(
        await vscode.commands.executeCommand(command, { reference: { name: 'one', folder } }),
        true,
        command,
      );
    }
    assert.deepEqual(vscode.tasks.taskExecutions, []);
    assert.deepEqual(await treeMembers({ pid: -1, mark }), []);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, 'was-run'))));
  });
});
