import type { Page } from 'playwright-core';

/** The languages the extension speaks. */
export type DisplayLanguage = 'en' | 'zh-cn';

/**
 * Sets what a language pack would set; the server build has none, so that VS Code's own words stay English. To be
 * called before the page is opened.
 */
export async function setDisplayLanguage(page: Page, language: DisplayLanguage): Promise<void> {
  if (language !== 'en') {
    // As text: a compiled function may call helpers that the page does not have.
    const content = `Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => '${language}', set() {} });`;
    await page.addInitScript({ content });
  }
}
