import * as assert from 'node:assert/strict';
import * as zlib from 'node:zlib';
import * as vscode from 'vscode';
import type { RequestReference } from '../../src/host/contributions.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';
import { eventually } from '../support/until.ts';
import { clickLens, closeAll, fileUri, firstLens, lensesOf, openRequests, panelTitles } from './editor.ts';

const sse = { 'Content-Type': 'text/event-stream' };

describe('sending', () => {
  let server: ScriptedServer;
  before(async () => {
    server = await startScriptedServer();
  });
  afterEach(async () => {
    await closeAll();
    await eventually('all exchanges ended with their panels', () => server.openExchanges === 0);
    assert.deepEqual(panelTitles(), []);
  });
  after(() => server.dispose());

  it('shows Send and the profile above each request', async () => {
    const { uri } = await vscode.workspace.openTextDocument(fileUri('hello.cbhttp'));
    const titles = (await lensesOf(uri)).map(({ title }) => title);
    const both = (profile: string) => ['$(play) Send', `$(cloud) ${profile}`, 'Copy as…'];
    assert.deepEqual(titles, [...both('local'), ...both('dev')]);
  });

  it('sends the text of an untitled document by its lens, and Cancel closes the connection', async () => {
    const { document } = await openRequests(`### Clock\nGET ${server.origin}/sse\n`);
    const sent = clickLens(document.uri, /Send/);
    const connection = await server.nextRequest();
    await connection.head(200, sse);
    await connection.write('data: 1\n\n');
    await eventually('the panel', () => panelTitles().includes('Clock'));
    await firstLens(document.uri, /Cancel/);
    await clickLens(document.uri, /Cancel/);
    await connection.closed;
    await sent;
    await firstLens(document.uri, /Send/);
  });

  it('sends unsaved changes, the request under the cursor, and uses its panel again', async () => {
    const editor = await openRequests(`GET ${server.origin}/first\n\n### two\nGET ${server.origin}/second\n`);
    await editor.edit((edit) =>
      edit.replace(editor.document.lineAt(3).range, `GET ${server.origin}/changed`),
    );
    editor.selection = new vscode.Selection(3, 0, 3, 0);
    for (let count = 0; count < 2; count++) {
      const sent = vscode.commands.executeCommand('cbhttp.send');
      const connection = await server.nextRequest();
      assert.equal(connection.request.url, '/changed');
      await connection.head(204);
      await connection.end();
      await sent;
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    }
    assert.deepEqual(panelTitles(), ['two']);
  });

  it('cancels the former run of a request that is sent again', async () => {
    const { document } = await openRequests(`GET ${server.origin}/\n`);
    const reference = (await lensesOf(document.uri))[0]?.arguments?.[0] as RequestReference;
    const first = vscode.commands.executeCommand('cbhttp.send', reference);
    const former = await server.nextRequest();
    await former.head(200, sse);
    const second = vscode.commands.executeCommand('cbhttp.send', reference);
    const latter = await server.nextRequest();
    await Promise.all([former.closed, first]);
    await latter.head(204);
    await latter.end();
    await second;
  });

  it('sends all requests of a file in order, but those disabled', async () => {
    await openRequests(
      `GET ${server.origin}/1\n###\n# @disabled\nGET ${server.origin}/no\n###\nGET ${server.origin}/2\n`,
    );
    const sent = vscode.commands.executeCommand('cbhttp.sendAll');
    for (const url of ['/1', '/2']) {
      const connection = await server.nextRequest();
      assert.equal(connection.request.url, url);
      await connection.head(204);
      await connection.end();
    }
    await sent;
  });

  it('closes the connection when its panel is closed', async () => {
    const { document } = await openRequests(`### Closing\nGET ${server.origin}/\n`);
    const sent = clickLens(document.uri, /Send/);
    const connection = await server.nextRequest();
    await connection.head(200, sse);
    await eventually('the panel', () => panelTitles().includes('Closing'));
    const tab = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ label }) => label === 'Closing');
    assert.ok(tab);
    await vscode.window.tabGroups.close(tab);
    await connection.closed;
    await sent;
  });

  it('takes zstd where the runtime has it, and offers it only there', async () => {
    const { gzipSync, zstdCompressSync } = zlib as typeof zlib & { zstdCompressSync?: typeof gzipSync };
    const coding = zstdCompressSync === undefined ? 'gzip' : 'zstd';
    const { document } = await openRequests(`GET ${server.origin}/packed\n`);
    const sent = clickLens(document.uri, /Send/);
    const connection = await server.nextRequest();
    const offered = connection.request.header('Accept-Encoding')?.split(', ') ?? [];
    assert.deepEqual(offered, ['gzip', 'deflate', 'br', ...(coding === 'zstd' ? ['zstd'] : [])]);
    await connection.head(200, { ...sse, 'Content-Encoding': coding });
    await connection.write((zstdCompressSync ?? gzipSync)('data: 你好\n\ndata: 2\n\n'));
    await connection.end();
    await sent;
    const titles = async () => (await lensesOf(document.uri)).map(({ title }) => title);
    await eventually('both events', async () => /^200 .* 2 events$/.test((await titles()).at(-1) ?? ''));
  });

  it('sends nothing where a variable has no value', async () => {
    const { document } = await openRequests(`GET ${server.origin}/{{nope}}\n`);
    await clickLens(document.uri, /Send/);
    await eventually('the panel that says so', () => panelTitles().length === 1);
    assert.equal(server.openExchanges, 0);
  });
});
