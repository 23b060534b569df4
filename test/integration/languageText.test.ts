import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/until.ts';
import {
  closeAll,
  fileUri,
  languageReady,
  lensesOf,
  openAt,
  openFileAt,
  scratch,
  withSetting,
  writeFile,
} from './editor.ts';

const options: vscode.FormattingOptions = { tabSize: 2, insertSpaces: true };

describe('the text of requests', () => {
  before(languageReady);
  afterEach(closeAll);

  it('folds by request, comments and the brackets of a body', async () => {
    const { uri } = await openAt(
      '### One\n# a\n# b\nPOST http://127.0.0.1/\n\n{\n  "a": [\n    1\n  ]\n}\n\n### Two\nGET http://127.0.0.1/\n',
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    assert.deepEqual(
      folds.map(({ start, end, kind }) => [start, end, kind]),
      [
        [0, 9, vscode.FoldingRangeKind.Region],
        [1, 2, vscode.FoldingRangeKind.Comment],
        [5, 8, undefined],
        [6, 7, undefined],
        [11, 12, vscode.FoldingRangeKind.Region],
      ],
    );
  });

  it('is selected step by step from a variable to the file', async () => {
    const { uri, position, document } = await openAt(
      '### One\nGET http://127.0.0.1/{{us▮er}}\nAccept: */*\n\n### Two\nGET http://127.0.0.1/\n',
    );
    const [first] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      uri,
      [position],
    );
    const texts: string[] = [];
    for (let at = first; at !== undefined; at = at.parent) texts.push(document.getText(at.range));
    const ours = ['user', '{{user}}', 'http://127.0.0.1/{{user}}', 'GET http://127.0.0.1/{{user}}'];
    assert.deepEqual(
      texts.filter((text) => ours.includes(text)),
      ours,
    );
    assert.ok(texts.includes('GET http://127.0.0.1/{{user}}\nAccept: */*'));
    assert.equal(texts.at(-1), document.getText());
  });

  it('is formatted, once and for all', async () => {
    const { uri, document } = await openAt(
      '@user=ada\n\n\n###   One\n#@name   one\nGET    http://127.0.0.1/  HTTP/1.1\nAccept:*/*\n\n\n  body  text\n\n\n###Two\nGET http://127.0.0.1/\n\n\n',
    );
    await vscode.commands.executeCommand('editor.action.formatDocument');
    const formatted =
      '@user = ada\n\n### One\n# @name one\nGET http://127.0.0.1/ HTTP/1.1\nAccept: */*\n\n  body  text\n\n### Two\nGET http://127.0.0.1/\n';
    await eventually('the text', () => document.getText() === formatted).catch(() => {
      assert.equal(document.getText(), formatted);
    });
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
      'vscode.executeFormatDocumentProvider',
      uri,
      options,
    );
    assert.deepEqual(edits ?? [], []);
  });

  it('is formatted where it is selected only', async () => {
    const { uri } = await openAt('###  One\nGET   http://127.0.0.1/\n\n###  Two\nGET   http://127.0.0.1/\n');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatRangeProvider',
      uri,
      new vscode.Range(3, 0, 4, 5),
      options,
    );
    assert.ok(edits.length > 0);
    assert.ok(edits.every(({ range }) => range.start.line >= 3));
  });

  it('keeps a JSON body as it is, unless the setting says otherwise', async () => {
    const head = 'POST http://127.0.0.1/\nContent-Type: application/json\n\n';
    const { document } = await openAt(`${head}{"a":1}\n`);
    await vscode.commands.executeCommand('editor.action.formatDocument');
    assert.equal(document.getText(), `${head}{"a":1}\n`);
    await withSetting('format.jsonBodies', true, async () => {
      await vscode.commands.executeCommand('editor.action.formatDocument');
      assert.match(document.getText().slice(head.length), /^\{\n\s+"a": 1\n\}\n$/);
    });
  });

  it('has links to body files and URLs, none to what is outside', async () => {
    const body = await writeFile('links/body.txt', 'x');
    const { uri } = await openFileAt(
      'links/links.cbhttp',
      'POST http://127.0.0.1/there\n\n< ./body.txt\n< ../../../x.txt\n',
    );
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      uri,
    );
    const targets = links.map(({ target }) => target?.toString());
    assert.ok(targets.includes('http://127.0.0.1/there'));
    assert.ok(targets.includes(body.toString()));
    assert.ok(!targets.some((target) => target?.endsWith('/x.txt')));
  });

  it('has the profile and the host behind a function’s target, unless the setting says otherwise', async () => {
    const { uri } = await openAt('GET fn://hello/api\n###\n# @profile dev\nGET fn://hello/\n');
    const hints = async () =>
      (
        await vscode.commands.executeCommand<vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          uri,
          new vscode.Range(0, 0, 4, 0),
        )
      ).map(({ label, position }) => [position.line, position.character, label]);
    assert.deepEqual(await hints(), [
      [0, 18, 'local · 127.0.0.1:9000'],
      [3, 15, 'dev · my-dev-1a2b.api.tcloudbasegateway.com'],
    ]);
    await withSetting('inlayHints.enabled', false, async () => {
      await eventually('no hints', async () => (await hints()).length === 0);
    });
  });

  it('tells names that mean nothing from those that do', async () => {
    const { uri } = await openAt(
      '@user = 1\nGET fn://nobody/{{user}}/{{nope}}\n###\nGET fn://hello/{{$guid}}\n',
    );
    const range = new vscode.Range(0, 0, 4, 0);
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentRangeSemanticTokensLegend',
      uri,
      range,
    );
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentRangeSemanticTokens',
      uri,
      range,
    );
    assert.deepEqual([...tokens.data].length, 10);
    const [line, from, length, type, , lineDelta, delta, nextLength, nextType] = tokens.data;
    assert.deepEqual([line, from, length, legend.tokenTypes[type ?? -1]], [1, 9, 6, 'cbhttpUnknownFunction']);
    assert.deepEqual(
      [lineDelta, delta, nextLength, legend.tokenTypes[nextType ?? -1]],
      [0, 18, 4, 'cbhttpUnresolvedVariable'],
    );
  });
});

describe('.http files', () => {
  afterEach(closeAll);

  it('are of this language where the setting says so, and get their own back', async () => {
    await writeFile('other.http', 'GET http://127.0.0.1/{{nope}}\n');
    const uri = fileUri(`${scratch}/other.http`);
    const { document } = await vscode.window.showTextDocument(uri);
    const before = document.languageId;
    assert.notEqual(before, 'cbhttp');
    await withSetting('associateHttpFiles', true, async () => {
      await eventually('the language', () => document.languageId === 'cbhttp');
      assert.equal((await lensesOf(uri)).length, 3);
      await eventually('its problems', () => vscode.languages.getDiagnostics(uri).length === 1);
    });
    await eventually('its own language', () => document.languageId === before);
    await eventually('no problems', () => vscode.languages.getDiagnostics(uri).length === 0);
  });
});
