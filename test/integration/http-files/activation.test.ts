import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/until.ts';
import { closeAll, fileUri, lensesOf, withSetting } from '../editor.ts';

describe('in a workspace of .http files alone that asks for them', () => {
  const isActive = () => vscode.extensions.getExtension('cbhttp.cbhttp')?.isActive;
  after(closeAll);

  it('gives a .http file that no extension knows its language when it is opened', async () => {
    const { document } = await vscode.window.showTextDocument(fileUri('requests.http'));
    const current = () => vscode.workspace.textDocuments.find(({ uri }) => uri.path === document.uri.path);
    await eventually('the language', () => current()?.languageId === 'cbhttp');
    assert.equal(isActive(), true);
    assert.match((await lensesOf(document.uri))[0]?.title ?? '', /Send/);
  });

  it('knows the requests of those that are not open, as long as the setting says so', async () => {
    const symbols = async () => {
      const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        'Unopened',
      );
      return found.map(({ name }) => name);
    };
    await eventually('the request of a closed file', async () => (await symbols()).length === 1);
    await withSetting('associateHttpFiles', false, async () => {
      await eventually('no request', async () => (await symbols()).length === 0);
      assert.equal(vscode.window.activeTextEditor?.document.languageId, 'plaintext');
    });
    await eventually('the request again', async () => (await symbols()).length === 1);
  });
});
