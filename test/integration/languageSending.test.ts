import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startScriptedServer, type ScriptedConnection, type ScriptedServer } from '../support/sseServer.ts';
import { eventually } from '../support/until.ts';
import {
  cancelling,
  closeAll,
  completionLabels,
  confirming,
  hoverText,
  languageReady,
  lensesOf,
  openFileAt,
  openRequests,
  panelTitles,
  placeOf,
  withSetting,
  writeFile,
} from './editor.ts';

const json = { 'Content-Type': 'application/json' };

describe('sending what requests are made of', () => {
  let server: ScriptedServer;
  before(async () => {
    server = await startScriptedServer();
    await languageReady();
  });
  afterEach(async () => {
    await closeAll();
    await eventually('all exchanges ended with their panels', () => server.openExchanges === 0);
  });
  after(() => server.dispose());

  it('sends the request it refers to first, uses its answer, and knows both afterwards', async () => {
    const { document } = await openRequests(
      `@origin = ${server.origin}\n### Token\n# @name tokenA\nPOST {{origin}}/token\n\n` +
        '### Use\n# @ref tokenA\nGET {{origin}}/use\nAuthorization: Bearer {{tokenA.response.body.$.token}}\n' +
        '###\nGET {{origin}}/?{{tokenA.response.body.$.}}\n',
    );
    const sent = sendAt(document, 'GET {{origin}}/use');
    const first = await server.nextRequest();
    assert.equal(first.request.url, '/token');
    await answer(first, 200, json, '{ "token": "one", "user": { "id": 7 } }');
    const second = await server.nextRequest();
    assert.equal(second.request.url, '/use');
    assert.equal(second.request.header('Authorization'), 'Bearer one');
    await answer(second, 404, json, '{}');
    await sent;
    await eventually('both panels', () => panelTitles().sort().join() === 'Token,Use');

    const again = sendAt(document, 'GET {{origin}}/use');
    const third = await server.nextRequest();
    assert.equal(third.request.url, '/use', 'the answer that is there is used');
    await answer(third, 204, {}, '');
    await again;

    const { uri } = document;
    const results = (await lensesOf(uri)).map(({ title }) => title).filter((title) => /^\d/.test(title));
    assert.equal(results.length, 2);
    assert.match(results[0] ?? '', /^200 · [\d.]+ m?s$/);
    assert.match(results[1] ?? '', /^204 · [\d.]+ m?s$/);
    const keys = await completionLabels(uri, placeOf(document, '}}\n', 3));
    assert.deepEqual(keys, ['token', 'user']);
    const hover = await hoverText(uri, placeOf(document, 'tokenA.response'));
    assert.match(hover, /one[^]*last exchange of "tokenA"/);
  });

  it('uses the events and the text of a stream', async () => {
    const { document } = await openRequests(
      `@origin = ${server.origin}\n### Talk\n# @name talkA\nGET {{origin}}/talk\n###\n` +
        'GET {{origin}}/?{{talkA.events[-1].data.$.choices[0].delta.content}}&{{talkA.text}}&{{talkA.events.length}}\n',
    );
    const talked = sendAt(document, 'GET {{origin}}/talk');
    const talk = await server.nextRequest();
    await talk.head(200, { 'Content-Type': 'text/event-stream' });
    for (const content of ['Good', 'day']) {
      await talk.write(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
    }
    await talk.end();
    await talked;
    const lens = (await lensesOf(document.uri)).find(({ title }) => /^200/.test(title));
    assert.match(lens?.title ?? '', /· 2 events$/);
    const sent = sendAt(document, 'GET {{origin}}/?');
    const used = await server.nextRequest();
    assert.equal(used.request.url, '/?day&Goodday&2');
    await answer(used, 204, {}, '');
    await sent;
  });

  it('forgets the answers and results of an untitled document that is closed', async () => {
    const text = `### Once\n# @name onceA\nGET ${server.origin}/once\n`;
    const { document } = await openRequests(text);
    const sent = sendAt(document, 'GET');
    await answer(await server.nextRequest(), 204, {}, '');
    await sent;
    assert.equal((await lensesOf(document.uri)).length, 4);
    await closeAll();
    const { document: other } = await openRequests(text);
    assert.equal(other.uri.toString(), document.uri.toString());
    assert.equal((await lensesOf(other.uri)).length, 3);
  });

  it('asks once for each send, and begins with the last answer', async () => {
    const { document } = await openRequests(
      `GET ${server.origin}/{{$prompt who$value:ada}}/{{$prompt who$value:ada}}\n`,
    );
    for (let count = 0; count < 2; count++) {
      const sent = sendAt(document, 'GET');
      const connection = await confirming(server.nextRequest());
      assert.equal(connection.request.url, '/ada/ada');
      await answer(connection, 204, {}, '');
      await sent;
    }
  });

  it('asks for all requests before the first is sent, each question once', async () => {
    const { document } = await openRequests(
      `### First\n# @name firstA\nGET ${server.origin}/first/{{$prompt me$value:ada}}\n` +
        `### Second\n# @ref firstA\n# @prompt colour Which one?\n` +
        `GET ${server.origin}/{{$prompt me$value:ada}}/{{firstA.response.body.*}}/{{colour}}\n`,
    );
    const sent = sendAt(document, '/{{firstA');
    const first = await confirming(server.nextRequest());
    assert.equal(first.request.url, '/first/ada');
    await answer(first, 200, {}, 'one');
    const second = await server.nextRequest();
    assert.equal(second.request.url, '/ada/one/');
    await answer(second, 204, {}, '');
    await sent;
  });

  it('sends nothing when a question is cancelled, also one of a request that is sent later', async () => {
    const { document } = await openRequests(
      `### First\n# @name firstB\nGET ${server.origin}/first\n` +
        `### Second\n# @ref firstB\n# @prompt colour Which one?\nGET ${server.origin}/{{colour}}\n` +
        `### Third\n# @force-ref firstB\n# @prompt form Which one?\nGET ${server.origin}/{{form}}\n`,
    );
    await cancelling(sendAt(document, '/{{colour}}'));
    await eventually('the panel of what was not sent', () => panelTitles().join() === 'Second');
    await cancelling(sendAt(document, '/{{form}}'));
    await eventually('another panel', () => panelTitles().sort().join() === 'Second,Third');
    const { document: other } = await openRequests(`GET ${server.origin}/other\n`);
    const sent = sendAt(other, 'GET');
    const connection = await server.nextRequest();
    assert.equal(connection.request.url, '/other', 'nothing came before it');
    await answer(connection, 204, {}, '');
    await sent;
  });

  it('sends nothing where a request that is sent later has a mistake', async () => {
    const { document } = await openRequests(
      `### First\n# @name firstC\nGET ${server.origin}/first\n` +
        `### Second\n# @ref firstC\nGET ${server.origin}/{{nopeC}}\n`,
    );
    await sendAt(document, '/{{nopeC}}');
    await eventually('the panel that says so', () => panelTitles().join() === 'Second');
    assert.match(await logText(), /The variable \{\{nopeC\}\} has no value/);
  });

  it('stores a token of the text as a secret for its address, sends it unasked, and shows it nowhere', async () => {
    const secret = 'tok-4f6c1d2e';
    const { document } = await openRequests(
      `### Secret\n# @name secretA\nGET ${server.origin}/secret\nAuthorization: Bearer ${secret}\n` +
        `###\nGET ${server.origin}/?{{secretA.response.body.$.echo}}\n`,
    );
    const at = placeOf(document, secret);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(at, at),
    );
    const store = actions.find(({ title }) => title.includes('{{$secret token}}'))?.command;
    assert.ok(store);
    await confirming(
      vscode.commands.executeCommand(store.command, ...((store.arguments as unknown[]) ?? [])),
    );
    assert.equal(document.lineAt(3).text, 'Authorization: Bearer {{$secret token}}');
    assert.match(await hoverText(document.uri, placeOf(document, '$secret')), /\*\*\*/);

    for (let count = 0; count < 2; count++) {
      const sent = sendAt(document, '/secret');
      const connection = await server.nextRequest();
      assert.equal(connection.request.header('Authorization'), `Bearer ${secret}`);
      await answer(connection, 200, json, JSON.stringify({ echo: `it is ${secret}` }));
      await sent;
    }
    const hover = await hoverText(document.uri, placeOf(document, 'secretA.response'));
    assert.match(hover, /\*\*\*/);
    assert.ok(!hover.includes(secret));
    assert.ok((await completionLabels(document.uri, placeOf(document, '$secret'))).includes('$secret token'));
    const log = await logText();
    assert.match(log, new RegExp(`GET ${server.origin}/secret`));
    assert.ok(!log.includes(secret));
  });

  it('asks for a secret that is not there for this address, and sends nothing without it', async () => {
    const { document } = await openRequests(`GET ${server.origin}/{{$secret absentA}}\n`);
    const sent = sendAt(document, 'GET');
    let isOver = false;
    void sent.then(() => (isOver = true));
    await eventually('the panel', () => panelTitles().length === 1);
    assert.equal(isOver, false, 'it waits for the answer');
    await cancelling(sent);
    assert.equal(server.openExchanges, 0);
    const log = await logText();
    assert.match(log.trimEnd().split('\n').at(-1) ?? '', /cancelled, 0 bytes, 0 ms\.$/);
    assert.doesNotMatch(log, /no secret "absentA"/);
    await confirming(sendAt(document, 'GET')); // with nothing typed
    assert.match(await logText(), /no secret "absentA"/);
  });

  it('asks for the value of a stored secret by command, with the address of the profile', async () => {
    const here = { here: { route: 'service', baseUrl: server.origin } };
    const profiles = vscode.workspace.getConfiguration('cbhttp').get<object>('profiles');
    await withSetting('profiles', { ...profiles, ...here }, async () => {
      const { document } = await openRequests('# @profile here\nGET fn://hello/x\nX-Key: {{$secret keyA}}\n');
      const reference = { name: 'keyA', value: 'key-77', profile: 'here', uri: document.uri.toString() };
      await confirming(vscode.commands.executeCommand('cbhttp.setSecret', reference));
      const sent = sendAt(document, 'GET');
      const connection = await server.nextRequest();
      assert.equal(connection.request.header('X-Key'), 'key-77');
      await answer(connection, 204, {}, '');
      await sent;
    });
  });

  it('sends a body file byte for byte, and with its variables replaced where it is asked to', async () => {
    const bytes = Uint8Array.from({ length: 600 }, (_, index) => index % 256);
    await writeFile('bytes.bin', bytes);
    await writeFile('text.txt', 'a {{user}}\r\nb\n');
    const { document } = await openFileAt(
      'files.cbhttp',
      `@user = ada\nPOST ${server.origin}/bytes\nContent-Type: application/octet-stream\n\n< ./bytes.bin\n` +
        `###\nPOST ${server.origin}/text\nContent-Type: text/plain\n\n<@ ./text.txt\n`,
    );
    const sent = sendAt(document, '/bytes');
    const plain = await server.nextRequest();
    assert.deepEqual([...plain.request.body], [...bytes]);
    await answer(plain, 204, {}, '');
    await sent;
    const sentText = sendAt(document, '/text');
    const text = await server.nextRequest();
    assert.equal(text.request.body.toString(), 'a ada\r\nb\n');
    await answer(text, 204, {}, '');
    await sentText;
  });

  it('sends no file from outside the workspace', async () => {
    const { document } = await openFileAt(
      'outside.cbhttp',
      `### Out\nPOST ${server.origin}/\nContent-Type: text/plain\n\n< ../../../../../../etc/hostname\n`,
    );
    await sendAt(document, 'POST');
    await eventually('the panel that says so', () => panelTitles().join() === 'Out');
    assert.equal(server.openExchanges, 0);
    assert.match(await logText(), /is outside the workspace/);
  });
});

/** Sends the request that holds this text, as Ctrl+Enter does. */
async function sendAt(document: vscode.TextDocument, text: string): Promise<void> {
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  const at = placeOf(document, text);
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand('cbhttp.send');
}

async function answer(
  connection: ScriptedConnection,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<void> {
  await connection.head(status, headers);
  await connection.write(body);
  await connection.end();
}

/** What the extension's log has so far. */
async function logText(): Promise<string> {
  await vscode.commands.executeCommand('cbhttp.showLog');
  const isLog = ({ uri }: vscode.TextDocument) => uri.scheme === 'output' && uri.path.includes('CloudBase');
  await eventually('the log', () => (vscode.workspace.textDocuments.find(isLog)?.getText() ?? '') !== '');
  const text = vscode.workspace.textDocuments.find(isLog)?.getText() ?? '';
  await vscode.commands.executeCommand('workbench.action.closePanel');
  return text;
}
