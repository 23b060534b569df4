import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Context, RootHookObject } from 'mocha';
import { currentEditorSessions } from './editorSession.ts';
import { failuresDir } from './paths.ts';

/** What mocha runs around every end-to-end test: a failing one leaves a screenshot and the extension host's log. */
export const mochaHooks: RootHookObject = {
  async afterEach(this: Context) {
    const test = this.currentTest;
    if (test?.state !== 'failed') {
      return;
    }
    await mkdir(failuresDir, { recursive: true });
    const title = test.fullTitle().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    for (const [index, session] of currentEditorSessions().entries()) {
      const file = path.join(
        failuresDir,
        `${process.env['CBHTTP_TEST_HOST'] ?? 'host'}-${title}-${index + 1}`,
      );
      await session.screenshot(`${file}.png`);
      await writeFile(`${file}.log`, await session.extensionHostLog());
      console.error(`    left behind: ${file}.png and .log`);
    }
  },
  async afterAll() {
    for (const session of currentEditorSessions()) {
      await session.dispose();
    }
  },
};
