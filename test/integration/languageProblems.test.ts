import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/until.ts';
import {
  closeAll,
  confirming,
  fileUri,
  languageReady,
  openAt,
  openFileAt,
  placeOf,
  withSetting,
  writeFile,
} from './editor.ts';

const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;

describe('problems', () => {
  before(languageReady);
  afterEach(closeAll);

  it('has a variable without a value, until there is one', async () => {
    const { editor, uri, document } = await openAt('GET http://127.0.0.1/{{nope}}\n');
    await becomes(uri, ['unknown-variable']);
    const [problem] = vscode.languages.getDiagnostics(uri);
    assert.equal(document.getText(problem?.range), '{{nope}}');
    assert.equal(problem?.severity, warning);
    assert.equal(problem.source, 'cbhttp');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '@nope = 1\n'));
    await becomes(uri, []);
  });

  it('has functions that are not there, event functions, unknown profiles and names given twice', async () => {
    const { uri, document } = await openAt(
      'GET fn://nobody/\n###\nGET fn://nightly/\n###\n# @profile moon\nGET http://127.0.0.1/\n' +
        '###\n# @name twin\nGET http://127.0.0.1/\n###\n# @name twin\nGET http://127.0.0.1/\n',
    );
    await becomes(uri, ['duplicate-name', 'event-function', 'unknown-function', 'unknown-profile']);
    const marked = vscode.languages.getDiagnostics(uri).map(({ range }) => document.getText(range));
    assert.deepEqual(marked.sort(), ['moon', 'nightly', 'nobody', 'twin']);
  });

  it('has a body that is no JSON, a GET with a body, a bad header and a bad URL', async () => {
    const { uri } = await openAt(
      'POST http://127.0.0.1/\nContent-Type: application/json\n\n{ "a": }\n' +
        '###\nGET http://127.0.0.1/\nContent-Type: text/plain\n\nx\n' +
        '###\nGET http://exa mple:99999/\n###\nGET http://127.0.0.1/\nX Y: 1\n',
    );
    await eventually('these', () =>
      ['invalid-json', 'body-with-get', 'invalid-url', 'invalid-header'].every((code) =>
        codesOf(uri).includes(code),
      ),
    );
    const json = vscode.languages.getDiagnostics(uri).find(({ code }) => code === 'invalid-json');
    assert.equal(json?.range.start.line, 3);
    assert.equal(
      vscode.languages.getDiagnostics(uri).find(({ code }) => code === 'invalid-url')?.severity,
      error,
    );
  });

  it('has a body file that is missing, until it is there, and again when it is deleted', async () => {
    const { uri } = await openFileAt(
      'missing.cbhttp',
      'POST http://127.0.0.1/\nContent-Type: text/plain\n\n< ./body.txt\n',
    );
    await becomes(uri, ['missing-file']);
    const file = await writeFile('body.txt', 'x');
    await becomes(uri, []);
    await vscode.workspace.fs.delete(file);
    await becomes(uri, ['missing-file']);
  });

  it('has a body file outside the workspace', async () => {
    const { uri } = await openFileAt(
      'outside.cbhttp',
      'POST http://127.0.0.1/\nContent-Type: text/plain\n\n< ../../x.txt\n',
    );
    await becomes(uri, ['file-outside']);
  });

  it('has nothing at the word that is being typed', async () => {
    const { uri, editor, document } = await openAt('GET http://127.0.0.1/{{nope▮}}\n\n');
    await becomes(uri, ['unknown-variable']);
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(document.lineAt(0).text, 'GET http://127.0.0.1/{{nopex}}');
    await becomes(uri, []);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await becomes(uri, ['unknown-variable']);
  });

  it('follows cloudbaserc.json, the settings and other files', async () => {
    const { uri } = await openAt('GET fn://fresh/\n###\n# @ref fresh-name\nGET http://127.0.0.1/{{shade}}\n');
    await becomes(uri, ['unknown-function', 'unknown-request', 'unknown-variable']);
    const config = fileUri('cloudbaserc.json');
    const before = await vscode.workspace.fs.readFile(config);
    const profiles = vscode.workspace.getConfiguration('cbhttp').get<object>('profiles');
    const setProfiles = (value: unknown) =>
      vscode.workspace.getConfiguration('cbhttp').update('profiles', value);
    try {
      const changed = new TextDecoder().decode(before).replace('"nightly"', '"fresh", "type": "HTTP"');
      await vscode.workspace.fs.writeFile(config, new TextEncoder().encode(changed));
      await setProfiles({ ...profiles, $shared: { variables: { shade: 'dark' } } });
      await becomes(uri, ['unknown-request']);
    } finally {
      await vscode.workspace.fs.writeFile(config, before);
      await setProfiles(profiles);
    }
    await becomes(uri, ['unknown-function', 'unknown-request', 'unknown-variable']);
  });

  it('goes with its document', async () => {
    const { uri } = await openAt('GET http://127.0.0.1/{{nope}}\n');
    await becomes(uri, ['unknown-variable']);
    await closeAll();
    await becomes(uri, []);
  });
});

describe('code actions', () => {
  before(languageReady);
  after(closeAll);

  it('define the variable that has no value', async () => {
    const { document, uri } = await openAt('@a = 1\n\nGET http://127.0.0.1/{{nope}}\n');
    const action = await actionAt(uri, document, '{{nope}}', /Define the variable nope in this file/);
    assert.ok(action.edit);
    assert.equal(action.kind?.value, 'quickfix');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.equal(document.getText(), '@a = 1\n@nope = \n\nGET http://127.0.0.1/{{nope}}\n');
  });

  it('set it in the profile, for which they ask', async () => {
    const profiles = vscode.workspace.getConfiguration('cbhttp').get<object>('profiles');
    await withSetting('profiles', profiles, async () => {
      const { document, uri } = await openAt('GET http://127.0.0.1/{{shade}}\n');
      const { command } = await actionAt(uri, document, '{{shade}}', /variable shade in the profile "local"/);
      assert.ok(command);
      await confirming(
        vscode.commands.executeCommand(command.command, ...((command.arguments as unknown[]) ?? [])),
      );
      await becomes(uri, []);
      const { local } =
        vscode.workspace.getConfiguration('cbhttp').get<Record<string, object>>('profiles') ?? {};
      assert.deepEqual(local, { route: 'local', variables: { greeting: 'hi', shade: '' } });
    });
  });

  it('add the Content-Type that the body seems to have, as the fix that is preferred', async () => {
    const { document, uri } = await openAt('POST http://127.0.0.1/\nAccept: */*\n\n{ "▮a": 1 }\n');
    await becomes(uri, ['missing-content-type']);
    await vscode.commands.executeCommand('editor.action.autoFix');
    await eventually('the header', () =>
      document
        .getText()
        .startsWith('POST http://127.0.0.1/\nAccept: */*\nContent-Type: application/json\n\n'),
    );
    await becomes(uri, []);
  });

  it('turn a function’s URL into its name, with the profile that leads there', async () => {
    const { document, uri } = await openAt(
      'GET https://my-dev-1a2b.api.tcloudbasegateway.com/v1/functions/hello/api?x=1\nX-Tcb-Webfn: true\n',
    );
    const action = await actionAt(uri, document, 'https', /Address the function by its name/);
    assert.ok(action.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(document.getText(), '# @profile dev\nGET fn://hello/api?x=1\n');
  });

  it('create a request to a function', async () => {
    const { document, uri } = await openAt('### new\n▮');
    const action = await actionAt(uri, document, '### new', /request to the function "hello"/);
    assert.ok(action.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.match(document.getText(), /^### new\nGET fn:\/\/hello\/api\/login/);
  });

  it('separate requests that stand without a separator', async () => {
    const { document, uri } = await openAt('GET http://127.0.0.1/1\nGET http://127.0.0.1/2\n');
    await becomes(uri, ['missing-separator']);
    const [problem] = vscode.languages.getDiagnostics(uri);
    assert.ok(problem);
    const [action] = await actionsIn(uri, problem.range);
    assert.ok(action?.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.match(
      document.getText(),
      /^GET http:\/\/127\.0\.0\.1\/1\n+###\s*\nGET http:\/\/127\.0\.0\.1\/2\n$/,
    );
    await becomes(uri, []);
  });
});

function codesOf(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .map(({ code }) => (typeof code === 'string' ? code : ''))
    .sort();
}

/** Waits until a document’s problems are of exactly these kinds, in alphabetical order. */
async function becomes(uri: vscode.Uri, codes: readonly string[]): Promise<void> {
  try {
    await eventually('', () => codesOf(uri).join() === codes.join());
  } catch {
    assert.deepEqual(codesOf(uri), codes);
  }
}

async function actionsIn(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range);
}

/** The action with this title where the text stands. */
async function actionAt(
  uri: vscode.Uri,
  document: vscode.TextDocument,
  text: string,
  title: RegExp,
): Promise<vscode.CodeAction> {
  const at = placeOf(document, text);
  const actions = await actionsIn(uri, new vscode.Range(at, at));
  const action = actions.find((one) => title.test(one.title));
  assert.ok(action, `${String(title)} among ${actions.map((one) => one.title).join(', ')}`);
  return action;
}
