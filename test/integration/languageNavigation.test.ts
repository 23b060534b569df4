import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/until.ts';
import {
  closeAll,
  fileUri,
  hoverText,
  languageReady,
  openAt,
  openFileAt,
  placeOf,
  scratch,
  writeFile,
} from './editor.ts';

describe('names', () => {
  before(languageReady);
  afterEach(closeAll);

  it('lead to their definition: a variable, a request of the file, one of another file', async () => {
    const text =
      '@user = ada\n### one\n# @name one\nGET http://127.0.0.1/{{user}}\n### two\n# @ref one\n# @ref login\n' +
      'GET http://127.0.0.1/?{{one.response.body.$.id}}\n';
    const { uri, document } = await openAt(text);
    const lineOf = async (name: string, nth = 0) => {
      const [found, ...others] = await definitionsAt(uri, placeOf(document, name, nth));
      assert.equal(others.length, 0);
      return found && [found.targetUri.path.split('/').at(-1), found.targetRange.start.line];
    };
    const own = uri.path.split('/').at(-1);
    assert.deepEqual(await lineOf('user}}'), [own, 0]);
    assert.deepEqual(await lineOf('one', 2), [own, 2], 'after @ref');
    assert.deepEqual(await lineOf('one.response'), [own, 2], 'in a variable');
    assert.deepEqual(await lineOf('login'), ['library.cbhttp', 1]);
  });

  it('of a function leads to its code', async () => {
    const { uri, position } = await openAt('GET fn://hel▮lo/api\n');
    let found: vscode.LocationLink[] = [];
    await eventually('the code', async () => (found = await definitionsAt(uri, position)).length === 1);
    assert.equal(found[0]?.targetUri.toString(), fileUri('functions/hello/index.js').toString());
  });

  it('of a profile’s variable lead to the settings, one of .env to that file', async () => {
    await writeFile('.env', '# none\nAPI_BASE=x\n');
    const { uri, document } = await openFileAt(
      'outside.cbhttp',
      'GET http://127.0.0.1/{{greeting}}/{{team}}/{{$dotenv API_BASE}}/{{greeting}}\n',
    );
    const target = async (text: string): Promise<string> => {
      const [found] = await definitionsAt(uri, placeOf(document, text));
      if (found === undefined) return '';
      const { targetUri, targetRange } = found;
      const opened = await vscode.workspace.openTextDocument(targetUri);
      return `${targetUri.path.split('/').at(-1) ?? ''} ${opened.getText(targetRange)}`;
    };
    assert.equal(await target('greeting'), 'settings.json greeting');
    assert.equal(await target('team'), 'settings.json team');
    assert.equal(await target('API_BASE'), '.env API_BASE');
    const found = await referencesAt(uri, placeOf(document, 'greeting'));
    assert.equal(found.length, 3);
    assert.match(found.join(), /settings\.json \d/);
    assert.match(await hoverText(uri, placeOf(document, 'greeting')), /Variable of the profile "local"/);
    await assert.rejects(renameAt(uri, placeOf(document, 'team'), 'crew'), /cbhttp\.profiles\.\$shared/);
  });

  it('are found wherever they are used, in other files too', async () => {
    const { uri, position } = await openFileAt('uses.cbhttp', '# @ref lo▮gin\nGET fn://hello/\n');
    assert.deepEqual(await referencesAt(uri, position), [
      'library.cbhttp 1:8',
      'library.cbhttp 9:7',
      'library.cbhttp 11:24',
      'uses.cbhttp 0:7',
    ]);
    const functions = await referencesAt(uri, new vscode.Position(1, 10));
    assert.ok(functions.includes('uses.cbhttp 1:9') && functions.includes('hello.cbhttp 2:9'));
  });

  it('of variables are found in their file', async () => {
    const { uri, position } = await openAt('@us▮er = ada\nGET http://127.0.0.1/{{user}}/{{user}}\n');
    assert.equal((await referencesAt(uri, position)).length, 3);
  });

  it('of requests are renamed in all files, saved or not', async () => {
    const { uri, position, document } = await openFileAt(
      'uses.cbhttp',
      '# @ref lo▮gin\nGET http://127.0.0.1/?{{login.response.body.$.id}}\n',
    );
    const start = await vscode.commands.executeCommand<{ range: vscode.Range; placeholder: string }>(
      'vscode.prepareRename',
      uri,
      position,
    );
    assert.equal(start.placeholder, 'login');
    assert.ok(await vscode.workspace.applyEdit(await renameAt(uri, position, 'signIn')));
    assert.equal(document.getText(), '# @ref signIn\nGET http://127.0.0.1/?{{signIn.response.body.$.id}}\n');
    const library = await vscode.workspace.openTextDocument(fileUri('library.cbhttp'));
    assert.equal(
      library.getText(),
      '### Sign in\n# @name signIn\nPOST fn://hello/api/login\nContent-Type: application/json\n\n{ "user": "ada" }\n\n' +
        '### Who am I\n# @name whoami\n# @ref signIn\nGET fn://hello/api/users\n' +
        'Authorization: Bearer {{signIn.response.body.$.token}}\n',
    );
  });

  it('of variables are renamed in their file', async () => {
    const { uri, position, document } = await openAt(
      '@user = ada\nGET http://127.0.0.1/{{us▮er}}/{{ user }}\n',
    );
    assert.ok(await vscode.workspace.applyEdit(await renameAt(uri, position, 'person')));
    assert.equal(document.getText(), '@person = ada\nGET http://127.0.0.1/{{person}}/{{ person }}\n');
  });

  it('are not renamed to what is no name, or is taken', async () => {
    const { uri, position } = await openAt('@user = ada\n@other = 1\nGET http://127.0.0.1/{{us▮er}}\n');
    await assert.rejects(renameAt(uri, position, 'two words'));
    await assert.rejects(renameAt(uri, position, 'other'), /in use/);
    await assert.rejects(renameAt(uri, new vscode.Position(2, 0), 'x'), /can be renamed/);
  });

  it('under the cursor are marked everywhere, their definition as written', async () => {
    const { uri, position } = await openAt('@user = ada\nGET http://127.0.0.1/{{us▮er}}\n');
    const marks = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      uri,
      position,
    );
    assert.deepEqual(
      marks.map(({ kind, range }) => [range.start.line, range.start.character, kind]),
      [
        [0, 1, vscode.DocumentHighlightKind.Write],
        [1, 23, vscode.DocumentHighlightKind.Read],
      ],
    );
  });
});

describe('symbols', () => {
  before(languageReady);
  afterEach(closeAll);

  it('of a file are its requests and variables', async () => {
    const { uri } = await openAt(
      '@base = http://127.0.0.1\n### One\nGET {{base}}/1\n### \n# @name two\n@inner = 2\nPOST {{base}}/2\n\n{{inner}}\n### Later\n',
    );
    const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    assert.deepEqual(
      found.map(({ name, detail, range }) => [name, detail, range.start.line]),
      [
        ['base', 'http://127.0.0.1', 0],
        ['One', 'GET {{base}}/1', 1],
        ['two', 'POST {{base}}/2', 3],
        ['Later', '', 9],
      ],
    );
    assert.deepEqual(
      found[2]?.children.map(({ name }) => name),
      ['inner'],
    );
  });

  it('of the workspace are its requests, those of a file that is not saved too', async () => {
    const { editor } = await openFileAt('fresh.cbhttp', '### Water the flowers\nGET http://127.0.0.1/\n');
    await eventually('the saved title', async () => (await requestsLike('flowers')).length === 1);
    // Files that other tests have deleted go a moment later.
    await eventually(
      'the title of a file that is not open',
      async () => (await requestsLike('Sign in')).join() === 'Sign in library.cbhttp:2',
      15_000,
    );
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 0, 21), '### Feed the cat'));
    assert.deepEqual(await requestsLike('feedcat'), [`Feed the cat ${scratch}/fresh.cbhttp:1`]);
    await writeFile('garden/unseen.cbhttp', '### Mow the lawn\nGET http://127.0.0.1/\n');
    await eventually('a new file', async () => (await requestsLike('lawn')).length === 1, 15_000);
    await vscode.workspace.fs.delete(fileUri(`${scratch}/garden`), { recursive: true });
    await eventually('it is gone with its folder', async () => (await requestsLike('lawn')).length === 0);
  });
});

/** Label, file and 0-based line of the requests that "Go to Symbol in Workspace" shows. */
async function requestsLike(query: string): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
    'vscode.executeWorkspaceSymbolProvider',
    query,
  );
  return found
    .filter(({ location }) => location.uri.path.endsWith('.cbhttp'))
    .map(
      ({ name, location }) =>
        `${name} ${vscode.workspace.asRelativePath(location.uri)}:${location.range.start.line}`,
    );
}

async function definitionsAt(uri: vscode.Uri, position: vscode.Position): Promise<vscode.LocationLink[]> {
  return vscode.commands.executeCommand<vscode.LocationLink[]>(
    'vscode.executeDefinitionProvider',
    uri,
    position,
  );
}

/** `file line:column` of each, in order. */
async function referencesAt(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    'vscode.executeReferenceProvider',
    uri,
    position,
  );
  return found.map(
    ({ uri: { path }, range: { start } }) =>
      `${path.split('/').at(-1) ?? ''} ${start.line}:${start.character}`,
  );
}

async function renameAt(
  uri: vscode.Uri,
  position: vscode.Position,
  newName: string,
): Promise<vscode.WorkspaceEdit> {
  return vscode.commands.executeCommand<vscode.WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    uri,
    position,
    newName,
  );
}
