import { useContentPage } from './contentPage.ts';
import { becomes } from '../support/until.ts';

describe('HTML preview', () => {
  const content = useContentPage();

  it('stands in a frame that may do nothing, and is left by Tab', async () => {
    const { page } = content;
    await page.evaluate(() => {
      const { HtmlView, strings, loadMarkdown } = window.parts;
      const view = new HtmlView(strings, loadMarkdown);
      document.getElementById('app')?.append(view.element);
      view.show('<h1>Title</h1><a href="https://example.com">nowhere</a>');
    });
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.frameLocator('iframe').locator('h1').click();
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.localName ?? '');
    await becomes(focused, 'iframe');
    await becomes(() => page.locator('iframe').getAttribute('sandbox'), '');
    await page.keyboard.press('Shift+Tab');
    await becomes(focused, 'button');
  });
});
