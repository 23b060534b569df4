import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually, until } from './until.ts';

/** Opens a file of the workspace by its name, as a person does with Ctrl+P. Settles when its tab is active. */
export async function openFile(page: Page, name: string): Promise<void> {
  // The list is made once when it opens, so a file written a moment ago may be missing from it.
  await pickInQuickInput(page, 'ControlOrMeta+P', '', name);
  await page.locator(`.tab.active[data-resource-name="${basename(name)}"]`).waitFor();
}

/** Runs a command by its title in the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await pickInQuickInput(page, 'F1', '>', title);
}

/**
 * Opens quick input by a key, types, and clicks the first row with that text. Tries again when the input closes on
 * the way, as it does when a webview takes the focus late, or when the row does not come.
 */
async function pickInQuickInput(page: Page, key: string, beginsWith: string, text: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const input = await openQuickInput(page, key, beginsWith);
    try {
      await input.fill(beginsWith + text, { timeout: 3000 });
      await quickPickRow(page, text).first().click({ timeout: 3000 });
      return;
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
    }
  }
}

/** Opens quick input by a key, once a former one is gone, and settles when it shows the text it begins with. */
async function openQuickInput(page: Page, key: string, beginsWith: string): Promise<Locator> {
  const widget = page.locator('.quick-input-widget');
  const isClosed = () => widget.isHidden();
  if (!(await until(isClosed, 1000))) {
    await page.keyboard.press('Escape');
    await until(isClosed, 1000);
  }
  const input = widget.locator('input.input:visible');
  // It may close again between two looks.
  const value = () => input.inputValue({ timeout: 500 }).catch(() => null);
  const isOpen = await until(async () => {
    await page.keyboard.press(key);
    return until(async () => (await input.isVisible()) && (await value()) === beginsWith, 2000);
  }, 10_000);
  if (!isOpen) {
    throw new Error(`${key} did not open quick input.`);
  }
  return input;
}

/** Rows of the open quick pick that contain `text`. */
export function quickPickRow(page: Page, text: string | RegExp): Locator {
  return page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text });
}

/** Code lenses of the visible editors with this text, in the order of the document. */
export function lens(page: Page, text: string | RegExp): Locator {
  return page.locator('.codelens-decoration a').filter({ hasText: text });
}

/**
 * Clicks the code lens with this text that is highest on screen, which need not be the first in the page. Lenses move
 * and are made anew while extensions answer: this waits until they have stayed for a moment, and a click that finds its
 * lens or its command gone looks again.
 */
export async function clickTopLens(page: Page, text: string | RegExp): Promise<void> {
  let failure: unknown;
  let before = '';
  let restingSince = 0;
  const missingSince = performance.now();
  const isClicked = await until(async () => {
    await drawFrame(page);
    const places = await lensPlaces(page, text);
    if (places.join('\n') !== before) restingSince = performance.now();
    before = places.join('\n');
    const [top] = places;
    if (top === undefined || performance.now() - restingSince < 400) {
      // Without the focus an editor may not ask for its lenses: a person would click into it.
      if (top === undefined && performance.now() - missingSince > 10_000) await focusEditor(page);
      return false;
    }
    const id = top.split(' ')[1] ?? '';
    const link = page.locator(`.codelens-decoration[widgetid="${id}"] a`).filter({ hasText: text });
    try {
      await link.click({ timeout: 5000 });
      return !(await isForgotten(page));
    } catch (error) {
      failure = error;
      return false;
    }
  }, 30_000);
  if (!isClicked) {
    throw new Error(`The lens "${String(text)}" could not be clicked.`, { cause: failure });
  }
}

/**
 * True if VS Code has forgotten the command of the lens that was clicked, which it does a moment before it draws lenses
 * anew, as when another extension starts. Clears what it says.
 */
async function isForgotten(page: Page): Promise<boolean> {
  const said = toast(page, 'Actual command not found');
  const answers = page.locator('.quick-input-widget, .monaco-dialog-box, iframe.webview').or(said);
  await until(async () => (await answers.filter({ visible: true }).count()) > 0, 5000);
  if (!(await said.isVisible())) return false;
  await runCommand(page, 'Notifications: Clear All Notifications');
  return true;
}

/** Gives the active group's editor the focus; its cursor stays. */
async function focusEditor(page: Page): Promise<void> {
  const group = page.locator('.editor-group-container.active .monaco-editor');
  await group.locator('.native-edit-context, textarea.inputarea').first().focus({ timeout: 30_000 });
}

/** VS Code lays lines and lenses out in a frame, and headless Chromium may draw none until somebody looks. */
async function drawFrame(page: Page): Promise<void> {
  await page.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 } });
}

/** Place and id of the lenses with this text that are laid out, highest first. */
async function lensPlaces(page: Page, text: string | RegExp): Promise<readonly string[]> {
  const places = await page
    .locator('.codelens-decoration:visible')
    .filter({ has: page.locator('a').filter({ hasText: text }) })
    .evaluateAll((widgets) =>
      widgets.map((widget) => {
        const top = Math.round(widget.getBoundingClientRect().top);
        return `${String(top).padStart(6, '0')} ${widget.getAttribute('widgetid') ?? ''}`;
      }),
    );
  return places.filter((place) => /^0*[1-9]/.test(place)).sort();
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
export async function showViewContainer(page: Page, title: string | RegExp): Promise<void> {
  const icon = page.locator('.activitybar').getByRole('tab', { name: title });
  await icon.waitFor();
  if ((await icon.getAttribute('aria-selected')) !== 'true') {
    await icon.click();
  }
}

/** Opens a view of the side bar that is shown, or closes it; by keyboard, since views move while others fill. */
export async function setViewOpen(page: Page, title: string, isOpen: boolean): Promise<void> {
  const header = page.locator('.pane-header').filter({ has: page.getByText(title, { exact: true }) });
  await eventually(`the view ${title} ${isOpen ? 'open' : 'closed'}`, async () => {
    if ((await header.getAttribute('aria-expanded')) === String(isOpen)) return true;
    await header.press('Enter');
    return false;
  });
}

/** The document of the visible webview. */
export function panelFrame(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
}

/** The document of the webview whose tab, named `title`, is the active one of its group; for when several are visible. */
export async function titledPanelFrame(page: Page, title: string): Promise<FrameLocator> {
  const group = page.locator('.editor-group-container').filter({
    has: page.locator(`.tab.active[aria-label^="${title}"]`),
  });
  // Webviews lie over the groups, not in them; this attribute names the one that belongs here. It follows the tab a
  // moment later, and then names a webview that is on its way out.
  let id = '';
  await eventually(
    `the panel "${title}"`,
    async () => {
      const before = id;
      id = (await group.locator('[aria-flowto]').getAttribute('aria-flowto', { timeout: 30_000 })) ?? '';
      return id === before && (await page.locator(`[id="${id}"] iframe.webview.ready`).isVisible());
    },
    30_000,
  );
  return page.frameLocator(`[id="${id}"] iframe.webview.ready`).frameLocator('iframe#active-frame');
}

/** Messages of the toasts on screen. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-toast .notification-list-item-message').filter({ hasText: text });
}

/** The editor's text area of a file, to click and type in. */
export function editor(page: Page, name: string): Locator {
  return page.locator(`.editor-instance .monaco-editor[data-uri$="/${name}"] .view-lines`);
}

/** Lines of the file's editor that are on screen, in any order. */
export async function editorText(page: Page, name: string): Promise<string> {
  await drawFrame(page);
  return (await editor(page, name).innerText()).replaceAll('\u00a0', ' '); // what the editor shows for blanks
}

/** Waits until the file's editor shows a text that lies in one line. */
export async function editorShows(page: Page, name: string, text: string): Promise<void> {
  let shown = '';
  const isShown = await until(async () => (shown = await editorText(page, name)).includes(text), 15_000);
  if (!isShown) throw new Error(`The editor of ${name} does not show "${text}" but:\n${shown}`);
}

/** Clicks a button of the modal dialog on screen. */
export async function answerDialog(page: Page, button: string | RegExp): Promise<void> {
  await page.locator('.monaco-dialog-box').getByRole('button', { name: button }).click();
}

/** Clicks in the open context menu; one that has just opened takes no click yet. */
export async function clickMenu(page: Page, item: string): Promise<void> {
  const menu = page.locator('.monaco-menu');
  await menu.getByText(item).waitFor();
  await eventually('the menu took the click', async () => {
    if (await menu.isVisible())
      await menu
        .getByText(item)
        .click({ timeout: 1000 })
        .catch(() => undefined);
    return menu.isHidden();
  });
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
