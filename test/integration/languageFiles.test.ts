import * as assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../support/until.ts';
import {
  closeAll,
  completionLabels,
  fileUri,
  languageReady,
  openRequests,
  placeOf,
  scratch,
} from './editor.ts';

/** Changes made outside of VS Code, as Git or another program makes them. */
describe('a folder that comes or goes with what it holds', () => {
  const folder = () => fileUri(`${scratch}/made`).fsPath;
  before(languageReady);
  afterEach(closeAll);

  async function make(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder(), name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  it('brings its requests, and takes them along', async () => {
    await mkdir(path.dirname(folder()), { recursive: true });
    const { document } = await openRequests('# @ref \nGET http://127.0.0.1/\n');
    const offered = async () =>
      (await completionLabels(document.uri, placeOf(document, '\n'))).filter((one) => /^made/.test(one));
    assert.deepEqual(await offered(), []);
    await make({
      'deep/one.cbhttp': '# @name madeOne\nGET http://127.0.0.1/\n',
      'deep/down/two.cbhttp': '# @name madeTwo\nGET http://127.0.0.1/\n',
      'node_modules/three.cbhttp': '# @name madeThree\nGET http://127.0.0.1/\n',
    });
    await eventually('both names', async () => (await offered()).sort().join() === 'madeOne,madeTwo', 10_000);
    await rm(folder(), { recursive: true });
    await eventually('no name', async () => (await offered()).length === 0, 10_000);
  });

  it('brings and takes the names of its .env', async () => {
    const text = 'GET http://127.0.0.1/{{$dotenv }}\n';
    const made = { 'env.cbhttp': text };
    await make({ ...made, '.env': 'MADE_A=1\n' });
    const uri = vscode.Uri.file(path.join(folder(), 'env.cbhttp'));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const offered = async () =>
      (await completionLabels(uri, placeOf(document, '}}'))).filter((one) => /^MADE/.test(one)).join();
    await eventually('the first name', async () => (await offered()) === 'MADE_A', 10_000);
    await rm(folder(), { recursive: true });
    await eventually('no name', async () => (await offered()) === '', 10_000);
    await make({ ...made, '.env': 'MADE_B=1\n' });
    await eventually('the other name', async () => (await offered()) === 'MADE_B', 10_000);
  });
});
