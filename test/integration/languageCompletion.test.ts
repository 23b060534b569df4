import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/until.ts';
import { closeAll, completions, labelsOf, languageReady, openAt, openFileAt, writeFile } from './editor.ts';

describe('completion', () => {
  before(languageReady);
  after(closeAll);

  it('offers methods and the HTTP functions of the workspace', async () => {
    const found = labelsOf(await offersAt('### new\n▮'));
    for (const label of ['GET', 'POST', 'DELETE', 'fn://hello']) assert.ok(found.includes(label), label);
    assert.ok(!found.includes('fn://nightly'), 'no event function');
  });

  it('offers functions after fn:// and then the paths that requests use', async () => {
    const [first] = await offersAt('GET fn://▮');
    assert.equal(first?.label, 'fn://hello');
    assert.deepEqual(rangeOf(first), [4, 9]);
    assert.deepEqual(labelsOf(await offersAt('GET fn://hello/▮')), ['/api/login', '/api/users']);
  });

  it('offers header names and their values', async () => {
    const names = await offersAt('POST http://127.0.0.1/\nAccept: */*\nCont▮\n\n{}');
    assert.ok(labelsOf(names).includes('Content-Type'));
    assert.ok(!labelsOf(names).includes('Accept'), 'not the one that is there');
    assert.ok(!labelsOf(names).includes('Content-Length'), 'not the one that is computed');
    const types = await offersAt('POST http://127.0.0.1/\nContent-Type: ▮\n\n{}', ':');
    assert.ok(labelsOf(types).includes('application/json'));
  });

  it('offers directives, their values and profiles', async () => {
    const words = labelsOf(await offersAt('# @▮\nGET http://127.0.0.1/', '@'));
    for (const word of ['name', 'timeout', 'ref', 'profile']) assert.ok(words.includes(word), word);
    assert.deepEqual(labelsOf(await offersAt('# @stream ▮\nGET http://127.0.0.1/')), ['on', 'off', 'auto']);
    assert.deepEqual(labelsOf(await offersAt('# @profile ▮\nGET http://127.0.0.1/')), ['local', 'dev']);
  });

  it('offers variables of every source and system variables', async () => {
    const found = await offersAt('@user = ada\n### one\n# @name one\nGET http://127.0.0.1/?{{▮', '{');
    for (const label of ['user', 'greeting', 'team', 'one', 'login', '$guid', '$secret']) {
      assert.ok(labelsOf(found).includes(label), label);
    }
    const user = found.find((item) => labelsOf([item])[0] === 'user');
    assert.equal(user?.detail, 'ada');
    assert.equal(user.insertText, 'user}}');
  });

  it('offers what stands between the parts of a multipart body, and their headers', async () => {
    const form = 'POST http://127.0.0.1/\nContent-Type: multipart/form-data; boundary=part\n\n';
    assert.deepEqual(labelsOf(await offersAt(`${form}-▮`, '-')), ['--part', '--part--']);
    assert.deepEqual(labelsOf(await offersAt(`${form}--part\nCont▮`)), [
      'Content-Disposition',
      'Content-Type',
    ]);
    const [field, file] = await offersAt(`${form}--part\nContent-Disposition: ▮`, ' ');
    assert.ok(
      field?.insertText instanceof vscode.SnippetString && file?.insertText instanceof vscode.SnippetString,
    );
    assert.equal(field.insertText.value, 'form-data; name="${1:name}"');
  });

  it('offers the first thousand of many names, and searches them all with each character', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `@name${index} = ${index}\n`).join('');
    const { uri, document } = await openAt(`${many}GET http://127.0.0.1/{{▮}}`);
    const end = document.positionAt(document.getText().length - 2);
    const all = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      end,
    );
    assert.equal(all.isIncomplete, true);
    assert.equal((await completions(uri, end)).length, 1000);
    const { uri: narrowed, position } = await openAt(`${many}GET http://127.0.0.1/{{name499▮}}`);
    assert.deepEqual(labelsOf(await completions(narrowed, position)).slice(0, 3), [
      'name499',
      'name4990',
      'name4991',
    ]);
  });

  it('offers names of the environment and of .env', async () => {
    assert.ok(labelsOf(await offersAt('GET http://127.0.0.1/{{$processEnv ▮}}')).includes('PATH'));
    await writeFile('.env', 'COLOUR=teal\n');
    const { uri, position } = await openFileAt('env.cbhttp', 'GET http://127.0.0.1/{{$dotenv ▮}}');
    await eventually('the name in .env', async () =>
      labelsOf(await completions(uri, position)).includes('COLOUR'),
    );
  });

  it('offers body files beside the document, folders last, and none outside the workspace', async () => {
    await writeFile('files/order.json', '{}');
    await writeFile('files/parts/one.txt', '1');
    const { document, uri } = await openFileAt(
      'files/a.cbhttp',
      'POST http://127.0.0.1/\n\n< ./\n< ./parts/\n< ../../../\n',
    );
    const offersIn = async (line: number) =>
      labelsOf(await completions(uri, document.lineAt(line).range.end));
    assert.deepEqual(await offersIn(2), ['a.cbhttp', 'order.json', 'parts/']);
    assert.deepEqual(await offersIn(3), ['one.txt']);
    assert.deepEqual(await offersIn(4), []);
  });

  it('offers the names of other requests after @ref, those of other files too', async () => {
    const found = await offersAt(
      '# @name one\nGET http://127.0.0.1/\n### two\n# @name two\n# @ref ▮\nGET http://127.0.0.1/',
    );
    assert.deepEqual(labelsOf(found), ['one', 'hello', 'login', 'whoami']);
  });

  it('offers nothing while text of a body is typed', async () => {
    assert.deepEqual(labelsOf(await offersAt('POST http://127.0.0.1/\n\nHello. ▮', '.')), []);
  });

  it('writes what was chosen', async () => {
    const chosen = [
      ['GET fn://he▮', 'GET fn://hello'],
      ['PO▮', 'POST '],
      ['GET http://127.0.0.1/\nConte▮', 'GET http://127.0.0.1/\nContent-Type: '],
      ['@user = ada\nGET http://127.0.0.1/{{us▮', '@user = ada\nGET http://127.0.0.1/{{user}}'],
      ['@user = ada\nGET http://127.0.0.1/{{us▮}}', '@user = ada\nGET http://127.0.0.1/{{user}}'],
      ['# @pro▮\nGET http://127.0.0.1/', '# @profile \nGET http://127.0.0.1/'],
      ['# @profile d▮\nGET http://127.0.0.1/', '# @profile dev\nGET http://127.0.0.1/'],
    ] as const;
    for (const [marked, expected] of chosen) {
      const { document } = await openAt(marked);
      await chooseFirst(document);
      assert.equal(document.getText(), expected);
    }
  });
});

async function offersAt(marked: string, trigger?: string): Promise<vscode.CompletionItem[]> {
  const { uri, position } = await openAt(marked);
  return completions(uri, position, trigger);
}

function rangeOf({ range }: vscode.CompletionItem): [number, number] | undefined {
  const replaced = range instanceof vscode.Range ? range : range?.replacing;
  return replaced && [replaced.start.character, replaced.end.character];
}

/** Opens the list as Ctrl+Space does and takes its first item. */
async function chooseFirst(document: vscode.TextDocument): Promise<void> {
  const before = document.getText();
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
  await eventually('an item is taken', async () => {
    await vscode.commands.executeCommand('acceptSelectedSuggestion');
    return document.getText() !== before;
  });
  await vscode.commands.executeCommand('hideSuggestWidget');
}
