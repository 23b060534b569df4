import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { showViewContainer, treeItem } from '../support/editorActions.ts';
import { openEditorSession, type EditorSession } from '../support/editorSession.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { testHost } from '../support/testHost.ts';

describe('a workspace of several folders', () => {
  let temporary: TemporaryFolder;
  let session: EditorSession;
  before(async () => {
    temporary = await makeTemporaryFolder();
    for (const name of ['shop', 'chat']) {
      await mkdir(path.join(temporary.dir, name));
      const config = { functions: [{ name: `${name}-api`, type: 'HTTP' }, { name: `${name}-nightly` }] };
      await writeFile(path.join(temporary.dir, name, 'cloudbaserc.json'), JSON.stringify(config));
    }
    const workspace = path.join(temporary.dir, 'all.code-workspace');
    await writeFile(workspace, JSON.stringify({ folders: [{ path: 'shop' }, { path: 'chat' }] }));
    session = await openEditorSession({ host: await testHost(), folder: workspace });
  });
  after(async () => {
    await session.dispose();
    await temporary.dispose();
  });

  it('shows the functions of each, HTTP and event functions told apart', async () => {
    const { page } = session;
    await showViewContainer(page, 'CloudBase Functions');
    for (const name of ['shop', 'chat']) {
      await treeItem(page, new RegExp(`^HTTP function ${name}-api`)).waitFor();
      await treeItem(page, new RegExp(`^Event function ${name}-nightly`)).waitFor();
    }
  });
});
