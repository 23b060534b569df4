import type { FrameLocator, Locator, Page } from 'playwright-core';
import { openFile, titledPanelFrame } from './editorActions.ts';
import { eventually } from './until.ts';

/** A tab of the stream panel, by the end of its id. */
export type PanelTab = 'events' | 'text' | 'timeline' | 'chunks' | 'body' | 'headers' | 'logs' | 'problems';

/** Sends the request under the cursor of a file, the first one in a file just made, as a person does by keyboard. */
export async function sendFrom(page: Page, file: string): Promise<void> {
  // The panel's group may be the active one: the file would open over the panel.
  await page.keyboard.press('ControlOrMeta+1');
  await openFile(page, file);
  await page.locator(`.monaco-editor.focused[data-uri$="/${file}"]`).waitFor();
  // In a window just opened, the key has its meaning only once VS Code knows the workspace as trusted: later than the
  // text, and the lenses, are there.
  await page
    .locator('.editor-group-container.active .action-label[aria-label^="Send"]:not(.disabled)')
    .waitFor();
  await page.keyboard.press('ControlOrMeta+Enter');
}

/** The page of the panel whose tab, named `title`, is the active one of its group; settles when that is there. */
export async function openedPanel(page: Page, title: string): Promise<FrameLocator> {
  await page.locator(`.tab.active[aria-label^="${title}"]`).waitFor();
  const panel = await titledPanelFrame(page, title);
  await panel.locator('main.page').waitFor();
  return panel;
}

/** Shows a tab of the panel and returns what it holds. */
export async function showTab(panel: FrameLocator, tab: PanelTab): Promise<Locator> {
  await panel.locator(`#tab-${tab}`).click();
  const content = panel.locator(`#panel-${tab}`);
  await content.waitFor();
  return content;
}

/** The rows of events on the page, which are those in view and a few beyond. */
export function eventRows(panel: FrameLocator): Locator {
  return panel.locator('[role=row].event');
}

/** Settles when the exchange has ended and everything received has been looked at. */
export async function analysed(panel: FrameLocator): Promise<void> {
  await panel.locator('#state[data-phase=ended][data-analysis=done]').waitFor();
}

/** Settles when the filter has looked at everything and its count says `text`. */
export async function filterCount(panel: FrameLocator, text: string): Promise<void> {
  await panel.locator('#filter-count[data-done=true]').getByText(text, { exact: true }).waitFor();
}

/** Answers VS Code's own file dialog, which this host has in place of the system's, once it shows its proposal. */
export async function answerFileDialog(page: Page, file: string): Promise<void> {
  const dialog = page.locator('.quick-input-widget');
  await dialog.getByRole('button', { name: 'OK' }).waitFor();
  const input = dialog.locator('input.input:visible');
  await eventually('a proposed file', async () => /\/[^/]+$/.test(await input.inputValue()));
  await input.fill(file);
  await input.press('Enter');
}

/** Resolves once the page has painted what it was told so far. */
export async function painted(panel: FrameLocator): Promise<void> {
  await panel
    .locator('body')
    .evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
