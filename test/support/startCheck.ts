import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { answerDialog, clickTopLens, panelFrame, showViewContainer } from './editorActions.ts';
import { colorThemes, openEditorSession } from './editorSession.ts';
import type { ColorTheme, EditorSession } from './editorSession.ts';
import { installHost } from './hosts.ts';
import { examplesDir } from './paths.ts';
import { startSampleFunctions } from './sampleFunctions.ts';
import { copyFolder, makeTemporaryFolder } from './temporaryFolder.ts';
import { until } from './until.ts';

/** The flags of `npm start -- --check`. */
export interface CheckOptions {
  readonly screenshot?: string | undefined;
  readonly locale?: string | undefined;
  readonly theme?: string | undefined;
  readonly profile?: string | undefined;
}

const wantedRows = 3;
const waitMs = 30_000;

/**
 * What `npm start` offers a person, without one: trusts a copy of the examples, clicks Send above the first request
 * of stream.cbhttp, and waits until the panel shows three events while the stream still runs. Saves the picture also
 * when that fails, and then rejects with the reason.
 */
export async function startCheck(options: CheckOptions): Promise<void> {
  const { screenshot, locale = 'en', theme, profile } = options;
  if (locale !== 'en' && locale !== 'zh-cn') {
    throw new Error(`Unknown locale "${locale}": en or zh-cn.`);
  }
  if (theme !== undefined && !isColorTheme(theme)) {
    throw new Error(`Unknown theme "${theme}": ${Object.keys(colorThemes).join(', ')}.`);
  }
  const temporary = await makeTemporaryFolder();
  try {
    const folder = await copyFolder(examplesDir, temporary.dir);
    const functions = await startSampleFunctions({ ports: 'free', folder });
    try {
      if (profile !== undefined) {
        await activateProfile(folder, profile);
      }
      const session = await openEditorSession({
        host: await installHost('newest'),
        folder,
        openFile: 'stream.cbhttp',
        locale,
        trust: 'ask',
        connectionToken: randomBytes(16).toString('hex'),
        ...(theme === undefined ? {} : { theme }),
      });
      try {
        await sendFirstRequest(session, functions.apiKey);
      } catch (error) {
        console.error(await session.extensionHostLog());
        throw error;
      } finally {
        if (screenshot !== undefined) {
          await session.screenshot(screenshot);
        }
        await session.dispose();
      }
    } finally {
      await functions.dispose();
    }
  } finally {
    await temporary.dispose();
  }
  console.log(`The panel showed ${wantedRows} events while the stream was running.`);
}

async function sendFirstRequest({ page, folder }: EditorSession, apiKey: string): Promise<void> {
  await answerDialog(page, /Yes, I trust the authors/);
  await showViewContainer(page, /^CloudBase/);
  await clickTopLens(page, /Send|发送/);
  const panel = panelFrame(page);
  const rows = panel.locator('[role=row][data-index].event');
  const keyInput = page.locator('.quick-input-widget input[type=password]:visible');
  const hasRows = await until(async () => {
    if (await keyInput.isVisible()) {
      await keyInput.fill(apiKey);
      await keyInput.press('Enter');
      await keyInput.waitFor({ state: 'hidden' });
    }
    return (await rows.count()) >= wantedRows;
  }, waitMs);
  if (!hasRows) {
    throw new Error(
      `The panel showed ${await rows.count()} events within ${waitMs / 1000} s, not ${wantedRows}.`,
    );
  }
  const title = /^###\s*(.*\S)/m.exec(await readFile(path.join(folder, 'stream.cbhttp'), 'utf8'))?.[1] ?? '';
  if (!(await page.locator('.tab.active').filter({ hasText: title }).isVisible())) {
    throw new Error(`No panel is called "${title}", as the first request is.`);
  }
  const phase = await panel.locator('#state').getAttribute('data-phase');
  if (phase !== 'streaming') {
    throw new Error(
      `The panel showed ${wantedRows} events, but its state was "${phase ?? ''}", not "streaming".`,
    );
  }
}

async function activateProfile(folder: string, profile: string): Promise<void> {
  const file = path.join(folder, '.vscode', 'settings.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, applyEdits(text, modify(text, ['cbhttp.activeProfile'], profile, {})));
}

function isColorTheme(text: string): text is ColorTheme {
  return Object.hasOwn(colorThemes, text);
}
