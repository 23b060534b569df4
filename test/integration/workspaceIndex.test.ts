import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Documents } from '../../src/host/documents.ts';
import { WorkspaceIndex } from '../../src/host/language/workspaceIndex.ts';
import { eventually } from '../support/until.ts';
import { closeAll, fileUri, scratch, writeFile } from './editor.ts';

const FILES = 30;

/** The text of a request file. */
function requests(title: string): string {
  return `### ${title}\nGET fn://hello/\n`;
}

describe('the index of the workspace’s requests', () => {
  afterEach(closeAll);

  it('reads no file again that has not changed', async () => {
    await Promise.all(
      Array.from({ length: FILES }, (_, index) =>
        writeFile(`many/${index}.cbhttp`, requests(`Many ${index}`)),
      ),
    );
    const read: string[] = [];
    const documents = new Documents();
    const log = vscode.window.createOutputChannel('index test', { log: true });
    const index = new WorkspaceIndex(documents, log, async (uri) => {
      read.push(vscode.workspace.asRelativePath(uri));
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    });
    const titles = async (): Promise<string[]> =>
      [...(await index.fresh()).values()].flatMap((file) => file.requests.map(({ label }) => label));
    try {
      await eventually(
        'all files',
        async () => (await titles()).filter((title) => title.startsWith('Many')).length === FILES,
      );
      assert.equal(new Set(read).size, read.length, 'each once');

      // What the file system tells of the new files, perhaps only now, makes them looked at, but not read.
      read.length = 0;
      await writeFile('many/7.cbhttp', requests('Changed to another'));
      await eventually('the change', async () => (await titles()).includes('Changed to another'));
      assert.deepEqual(read, [`${scratch}/many/7.cbhttp`]);

      await vscode.workspace.fs.delete(fileUri(`${scratch}/many/8.cbhttp`));
      await eventually('the deletion', async () => !(await titles()).includes('Many 8'));
      assert.deepEqual(read, [`${scratch}/many/7.cbhttp`]);
    } finally {
      index.dispose();
      documents.dispose();
      log.dispose();
    }
  });
});
