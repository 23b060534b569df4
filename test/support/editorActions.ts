import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Opens a file of the workspace by its name, as a person does with Ctrl+P. Settles when its tab is active. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+P');
  await page.locator('.quick-input-widget input.input:visible').fill(name);
  await quickPickRow(page, name).first().click();
  await page.locator(`.tab.active[data-resource-name="${basename(name)}"]`).waitFor();
}

/** Runs a command by its title in the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input.input:visible');
  await input.waitFor();
  // Typed after the `>` that makes the list one of commands.
  await input.pressSequentially(title);
  await quickPickRow(page, title).first().click();
}

/** Rows of the open quick pick that contain `text`. */
export function quickPickRow(page: Page, text: string | RegExp): Locator {
  return page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text });
}

/** Code lenses of the visible editors with this text, in the order of the document. */
export function lens(page: Page, text: string | RegExp): Locator {
  return page.locator('.codelens-decoration a').filter({ hasText: text });
}

/** Clicks the code lens with this text that is highest on screen, which need not be the first in the page. */
export async function clickTopLens(page: Page, text: string | RegExp): Promise<void> {
  const lenses = lens(page, text);
  await lenses.first().waitFor();
  const tops = await lenses.evaluateAll((elements) =>
    elements.map((element) => element.getBoundingClientRect().top),
  );
  await lenses.nth(tops.indexOf(Math.min(...tops))).click();
}

/** The status bar's items with this text. */
export function statusItem(page: Page, text: string | RegExp): Locator {
  return page.locator('.statusbar-item').filter({ hasText: text });
}

/** A row of a tree view, once its container is shown. */
export function treeItem(page: Page, name: string | RegExp): Locator {
  return page.getByRole('treeitem', { name });
}

/** Opens a view container by clicking its icon in the activity bar, unless it is open already. */
export async function showViewContainer(page: Page, title: string): Promise<void> {
  const icon = page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${title}"])`);
  await icon.waitFor();
  if (!(await icon.getAttribute('class'))?.includes('checked')) {
    await icon.locator('.action-label').click();
  }
}

/** The document of the visible webview; with several, say which by its panel's title. */
export function panelFrame(page: Page, title?: string): FrameLocator {
  const named = title === undefined ? '' : `[title="${title}"]`;
  return page.frameLocator(`iframe.webview.ready${named}:visible`).frameLocator('iframe#active-frame');
}

/** Messages of the toasts on screen. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-toast .notification-list-item-message').filter({ hasText: text });
}

/** The editor's text area of a file, to click and type in. */
export function editor(page: Page, name: string): Locator {
  return page.locator(`.editor-instance .monaco-editor[data-uri$="/${name}"] .view-lines`);
}

/** Clicks a button of the modal dialog on screen. */
export async function answerDialog(page: Page, button: string | RegExp): Promise<void> {
  await page.locator('.monaco-dialog-box').getByRole('button', { name: button }).click();
}

/** Trusts a folder that opened restricted, by way of the status bar. */
export async function grantTrust(page: Page): Promise<void> {
  await statusItem(page, 'Restricted Mode').click();
  await page
    .locator('.workspace-trust-editor .monaco-button')
    .filter({ hasText: /^Trust$/ })
    .click();
}

function basename(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
