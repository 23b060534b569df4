import * as assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../../support/until.ts';
import { closeAll, fileUri, writeFile } from '../editor.ts';

describe('functions in a workspace that is not trusted', () => {
  before(() => vscode.extensions.getExtension('cbhttp.cbhttp')?.activate());
  afterEach(async () => {
    for (const name of ['cloudbaserc', '.env']) {
      await vscode.workspace.fs.delete(fileUri(name)).then(undefined, () => undefined);
    }
    await closeAll();
  });

  it('have problems and fixes of text, but none that writes to the disk', async function () {
    if (process.platform === 'win32') this.skip();
    const uri = await writeFile('broken/scf_bootstrap', 'node index.js\n');
    await becomes(uri, ['no-shebang', 'not-executable']);
    await vscode.window.showTextDocument(uri);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      new vscode.Range(0, 0, 0, 1),
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.deepEqual(
      actions.map(({ title }) => title).filter((title) => /#!|executable/.test(title)),
      ['Add #!/bin/bash'],
    );
    const fix = { kind: 'make-executable', title: { text: 'x', args: [] } };
    await vscode.commands.executeCommand('cbhttp.runFunctionFix', { file: uri, fix });
    assert.equal((await stat(uri.fsPath)).mode & 0o111, 0);
  });

  it('have no values of .env files', async () => {
    await vscode.workspace.fs.writeFile(fileUri('.env'), new TextEncoder().encode('NAME=hello\n'));
    const uri = fileUri('cloudbaserc');
    const text = 'functions: [{ name: "{{env.NAME}}", dir: functions/hello }]\n';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await becomes(uri, ['unresolved-template']);
    assert.match(vscode.languages.getDiagnostics(uri)[0]?.message ?? '', /trusted/);
  });
});

async function becomes(uri: vscode.Uri, codes: readonly string[]): Promise<void> {
  await eventually(`${codes.join()} in ${uri.path}`, () => {
    const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'cbhttp');
    return (
      found
        .map(({ code }) => (typeof code === 'string' ? code : ''))
        .sort()
        .join() === codes.join()
    );
  });
}
