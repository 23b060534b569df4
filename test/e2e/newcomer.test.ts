import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import {
  clickTopLens,
  lens,
  panelFrame,
  quickPickRow,
  showViewContainer,
  toast,
  treeItem,
} from '../support/editorActions.ts';
import { openEditorSession, type EditorSession } from '../support/editorSession.ts';
import { keepPicture, takesPictures, type Clip } from '../support/keepPicture.ts';
import { findLeftovers, markDescendants } from '../support/leftovers.ts';
import { startPackageRegistry, type PackageRegistry } from '../support/packageRegistry.ts';
import { repositoryDir } from '../support/paths.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { testHost } from '../support/testHost.ts';
import { eventually } from '../support/until.ts';

const name = 'hello-stream';

/** Every click is on something the screen offers: no command is typed, no file is written by the test. */
describe('a newcomer, from an empty folder to a live stream', function () {
  this.timeout(180_000);

  let temporary: TemporaryFolder;
  let registry: PackageRegistry;
  let session: EditorSession;
  let folder: string;
  let mark: string;
  /** VS Code 1.100 is tested without the native module that shells in a terminal need: there npm runs elsewhere. */
  let hasShells: boolean;
  before(async () => {
    const host = await testHost();
    hasShells = host.name !== 'floor';
    mark = markDescendants();
    temporary = await makeTemporaryFolder();
    registry = await startPackageRegistry();
    folder = path.join(temporary.dir, 'my-project');
    await mkdir(folder);
    session = await openEditorSession({
      host,
      folder,
      viewport: { width: 1200, height: 760 },
      settings: { 'workbench.reduceMotion': 'on' },
      env: { ...withoutNpm(process.env), ...registry.environment(temporary.dir) },
    });
    session.page.setDefaultTimeout(30_000);
  });
  after(async () => {
    await session.dispose();
    await registry.dispose();
    await temporary.dispose();
    assert.deepEqual(await findLeftovers(mark), []);
  });

  it('opens the first steps from the view of an empty folder', async () => {
    const { page } = session;
    await showViewContainer(page, 'CloudBase Functions');
    await page.getByText('There are no functions in this workspace yet.').waitFor();
    await page.mouse.move(800, 600); // no tooltip of what was clicked
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await picture('1-empty-folder');
    await walkthroughPicture('function', { x: 0, y: 36, width: 640, height: 380 });
    await page.getByRole('button', { name: 'First Steps' }).click();
    await step('Create a function, or open some').waitFor();
    assert.equal(await doneSteps().count(), 0);
    await picture('2-first-steps');
  });

  it('creates a function by answering three questions', async () => {
    const { page } = session;
    await page.locator('.gettingStartedContainer').getByRole('button', { name: 'New HTTP Function' }).click();
    const input = page.locator('.quick-input-widget input.input:visible');
    await input.fill('no good');
    await page.getByText('A name has 2 to 60 letters').waitFor();
    await input.fill(name);
    await picture('3-name');
    await page.keyboard.press('Enter');
    await quickPickRow(page, 'A web server').waitFor();
    await picture('4-template');
    await quickPickRow(page, 'A web server').click();
    await quickPickRow(page, 'Run npm install in a Terminal').waitFor();
    await picture('5-packages');
    await quickPickRow(page, hasShells ? 'Run npm install in a Terminal' : 'Not Now').click();
    await page.locator(`.tab.active[data-resource-name="${name}.cbhttp"]`).waitFor();
    await treeItem(page, `HTTP function ${name}`).waitFor();
    const bootstrap = path.join(folder, 'functions', name, 'scf_bootstrap');
    assert.equal((await stat(bootstrap)).mode & 0o777, 0o755);
    assert.doesNotMatch(await readFile(bootstrap, 'utf8'), /\r/);
    assert.deepEqual((await readdir(folder)).sort(), ['cloudbaserc.json', 'functions', `${name}.cbhttp`]);
  });

  it('runs it once its packages are there', async () => {
    const { page } = session;
    if (!hasShells) {
      await symlink(
        path.join(repositoryDir, 'node_modules'),
        path.join(folder, 'functions', name, 'node_modules'),
      );
      const item = treeItem(page, `HTTP function ${name}`);
      await item.hover();
      await item.getByRole('button', { name: 'Run Function' }).click();
      await treeItem(page, /running on \d+/).waitFor();
      return;
    }
    await toast(page, `The packages of "${name}" are installed.`).waitFor({ timeout: 90_000 });
    assert.ok(registry.downloaded.includes('express'));
    await picture('6-installed');
    if (takesPictures) await treeItem(page, `HTTP function ${name}`).hover();
    await walkthroughPicture('run', { x: 0, y: 36, width: 640, height: 330 });
    await page.locator('.notification-toast').getByRole('button', { name: 'Run Function' }).click();
    await treeItem(page, /running on \d+/).waitFor();
    await picture('7-running');
  });

  it('sends a request, and watches the stream', async () => {
    const { page } = session;
    await lens(page, 'Send').first().waitFor();
    await walkthroughPicture('send', { x: 352, y: 36, width: 640, height: 330 });
    await clickTopLens(page, 'Send');
    const panel = panelFrame(page);
    await panel.locator('.row', { hasText: 'event' }).waitFor();
    await panel.locator('#state[data-phase=streaming]').waitFor();
    await picture('8-stream');
    await walkthroughPicture('stream', { x: 774, y: 36, width: 422, height: 442 });
    await panel.locator('#state[data-reason=complete]').waitFor();
    await picture('9-complete');
  });

  it('finds all four steps done', async () => {
    const { page } = session;
    await page
      .locator('.tab')
      .filter({ hasText: /Welcome|Walkthrough/ })
      .click();
    await eventually('four checks', async () => (await doneSteps().count()) === 4);
    if (takesPictures) await page.keyboard.press('ControlOrMeta+J'); // room for all four
    await picture('10-all-done');
  });

  function step(title: string): Locator {
    return session.page.locator('.gettingStartedContainer .getting-started-step').filter({ hasText: title });
  }

  function doneSteps(): Locator {
    return session.page.locator('.gettingStartedContainer .getting-started-step[aria-checked="true"]');
  }

  /** Keeps the window as it is for docs/first-steps.md. */
  async function picture(file: string): Promise<void> {
    await keep(path.join('docs', 'images', 'first-steps', `${file}.png`));
  }

  /** Keeps a part of the window for the walkthrough, which goes into the package. */
  async function walkthroughPicture(file: string, clip: Clip): Promise<void> {
    await keep(path.join('media', 'walkthrough', `${file}.png`), clip);
  }

  async function keep(file: string, clip?: Clip): Promise<void> {
    if (takesPictures) await keepPicture(session.page, file, clip);
  }
});

/** What npm tells the tests that it runs is not meant for the npm that they run. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !/^npm_/i.test(key)));
}
