import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, lensesOf, openRequests } from './editor.ts';
import { eventually } from '../support/until.ts';

describe('the language', () => {
  afterEach(closeAll);

  it('is that of .cbhttp files', async () => {
    const [file] = await vscode.workspace.findFiles('*.cbhttp');
    assert.ok(file);
    assert.equal((await vscode.workspace.openTextDocument(file)).languageId, 'cbhttp');
  });

  it('shows problems at their place and takes them back', async () => {
    const editor = await openRequests('nonsense\nGET http://127.0.0.1/\n');
    const found = () => vscode.languages.getDiagnostics(editor.document.uri);
    await eventually('a diagnostic', () => found().length === 1);
    assert.equal(found()[0]?.range.start.line, 0);
    assert.equal(found()[0]?.severity, vscode.DiagnosticSeverity.Error);
    await editor.edit((edit) => edit.delete(editor.document.lineAt(0).rangeIncludingLineBreak));
    await eventually('no diagnostic', () => found().length === 0);
  });

  it('follows the active profile and marks an unknown one', async () => {
    const { document } = await openRequests('GET fn://hello/\n###\n# @profile moon\nGET fn://hello/\n');
    const profiles = async () =>
      (await lensesOf(document.uri)).map(({ title }) => title).filter((_, at) => at % 3 === 1);
    assert.deepEqual(await profiles(), ['$(cloud) local', '$(warning) unknown profile']);
    const configuration = vscode.workspace.getConfiguration('cbhttp');
    await configuration.update('activeProfile', 'dev', vscode.ConfigurationTarget.Workspace);
    await eventually('the lens names dev', async () => (await profiles())[0] === '$(cloud) dev');
    await configuration.update('activeProfile', 'local', vscode.ConfigurationTarget.Workspace);
  });

  it('opens a new request file whose request can be sent', async () => {
    await vscode.commands.executeCommand('cbhttp.newRequestFile');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'cbhttp');
    assert.match((await lensesOf(document.uri))[0]?.title ?? '', /Send/);
  });

  it('inserts a request for a function of the tree into the file that is shown', async () => {
    const editor = await openRequests('### one\nGET http://127.0.0.1/\n');
    await vscode.commands.executeCommand('cbhttp.newRequest', { reference: { name: 'hello' } });
    assert.match(
      editor.document.getText(),
      /^### one\nGET http:\/\/127\.0\.0\.1\/\n\n### hello\nGET fn:\/\/hello\/\n/,
    );
    assert.equal((await lensesOf(editor.document.uri)).length, 6);
  });
});
