import * as assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../support/until.ts';
import { closeAll, fileUri, hoverText, lensesOf, placeOf } from './editor.ts';

describe('a new function', () => {
  let original: Uint8Array;
  const config = () => fileUri('cloudbaserc.json');
  const added = [
    'functions/new-one',
    'new-one.cbhttp',
    'functions/new-two',
    'new-two.cbhttp',
    'cloudbaserc.yaml',
  ];

  // VS Code in a browser saves by itself.
  const setAutoSave = (value: string | undefined) =>
    vscode.workspace
      .getConfiguration('files')
      .update('autoSave', value, vscode.ConfigurationTarget.Workspace);

  after(() => setAutoSave(undefined));
  before(async () => {
    await setAutoSave('off');
    await vscode.extensions.getExtension('cbhttp.cbhttp')?.activate();
    original = await vscode.workspace.fs.readFile(config());
  });
  afterEach(async () => {
    await closeAll();
    for (const name of added) {
      await vscode.workspace.fs.delete(fileUri(name), { recursive: true }).then(undefined, () => undefined);
    }
    await vscode.workspace.fs.writeFile(config(), original);
    await vscode.commands.executeCommand('cbhttp.refreshFunctions');
  });

  const make = (name: string, template: 'express' | 'framework') =>
    vscode.commands.executeCommand('cbhttp.newFunction', { name, template, installs: false });
  const textOf = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri(name)));
  const isThere = (name: string): Promise<boolean> =>
    Promise.resolve(vscode.workspace.fs.stat(fileUri(name))).then(
      () => true,
      () => false,
    );

  it('is files, an entry in the config that leaves the rest as it was, and requests that are shown', async () => {
    assert.equal(await make('new-one', 'express'), 'new-one');
    assert.match(await textOf('functions/new-one/index.js'), /new-one listens on port/);
    if (process.platform !== 'win32') {
      const { mode } = await stat(fileUri('functions/new-one/scf_bootstrap').fsPath);
      assert.equal(mode & 0o777, 0o755);
    }
    const text = await textOf('cloudbaserc.json');
    assert.match(text, /\/\/ JSON with comments/);
    assert.match(text, /"nightly" \},?\s*\{\s*"name": "new-one",\s*"type": "HTTP"/);

    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.uri.toString(), fileUri('new-one.cbhttp').toString());
    await eventually('Send above both requests', async () => {
      const lenses = await lensesOf(document.uri);
      return lenses.filter(({ title }) => title.includes('Send')).length === 2;
    });
    await eventually('the function behind its name', async () =>
      (await hoverText(document.uri, placeOf(document, 'fn://new-one').translate(0, 6))).includes('new-one'),
    );
    const problems = vscode.languages
      .getDiagnostics()
      .flatMap(([uri, found]) =>
        /new-one/.test(uri.path) ? found.filter(({ source }) => source === 'cbhttp') : [],
      );
    assert.deepEqual(problems, []);
  });

  it('goes into a config that is open and unsaved, and leaves it so', async () => {
    const editor = await vscode.window.showTextDocument(config());
    const isAsOnDisk = async () => editor.document.getText() === (await textOf('cloudbaserc.json'));
    await eventually('what the last test left is no longer shown', isAsOnDisk);
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '  "version": "2.0",\n')));
    assert.equal(await make('new-one', 'framework'), 'new-one');
    assert.ok(editor.document.isDirty);
    assert.match(editor.document.getText(), /"version": "2\.0"[^]*"name": "new-one"/);
    assert.doesNotMatch(await textOf('cloudbaserc.json'), /new-one/);
  });

  it('goes into YAML, and into a new config where there is none', async () => {
    await vscode.workspace.fs.delete(config());
    await vscode.workspace.fs.writeFile(
      fileUri('cloudbaserc.yaml'),
      new TextEncoder().encode('envId: x\nfunctionRoot: functions\nfunctions:\n  - name: hello # first\n'),
    );
    assert.equal(await make('new-one', 'express'), 'new-one');
    assert.match(await textOf('cloudbaserc.yaml'), /# first\n {2}- name: new-one\n {4}type: HTTP\n/);
    await vscode.workspace.fs.delete(fileUri('cloudbaserc.yaml'));
    assert.equal(await make('new-two', 'express'), 'new-two');
    const { functions } = JSON.parse(await textOf('cloudbaserc.json')) as { functions: { name: string }[] };
    assert.deepEqual(
      functions.map(({ name }) => name),
      ['new-two'],
    );
  });

  it('is not made where the config is broken: the place is shown', async () => {
    await vscode.workspace.fs.writeFile(config(), new TextEncoder().encode('{\n  "functions": [ }\n'));
    assert.equal(await make('new-one', 'express'), undefined);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), config().toString());
    assert.equal(editor.selection.active.line, 1);
    assert.equal(await isThere('functions/new-one'), false);
    assert.equal(await isThere('new-one.cbhttp'), false);
  });
});
