import assert from 'node:assert/strict';
import { useContentPage } from './contentPage.ts';

describe('HTML preview', () => {
  const content = useContentPage();

  /** Shows the preview of a page; the log gets the keys that the panel hears of. */
  const preview = async (html: string): Promise<void> => {
    const { page } = content;
    await page.evaluate((text) => {
      const { HtmlView, strings, loadMarkdown } = window.parts;
      const view = new HtmlView(strings, loadMarkdown);
      document.getElementById('app')?.append(view.element);
      view.show(text);
      document.addEventListener('keydown', (event) => {
        window.log.push(`${event.ctrlKey ? 'Ctrl+' : ''}${event.key} ${event.keyCode}`);
        if (event.key === 's') event.preventDefault();
      });
    }, html);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.frameLocator('iframe').locator('h1').waitFor();
  };
  const focused = (): Promise<string> => content.page.evaluate(() => document.activeElement?.localName ?? '');

  it('hands the keys pressed in it on, and shows that it has them', async () => {
    const { page } = content;
    await preview('<h1>Title</h1><p style="height: 3000px">long</p>');
    const frame = page.locator('iframe');
    await page.frameLocator('iframe').locator('h1').click();
    assert.equal(await focused(), 'iframe');
    await page.locator('iframe.has-focus').waitFor();
    for (const key of ['F6', 'Control+Shift+P', 'Control+s', 'PageDown']) await page.keyboard.press(key);
    const heard = await page.evaluate(() => window.log.filter((key) => !/Control|Shift/.test(key)));
    assert.deepEqual(heard, ['F6 117', 'Ctrl+P 80', 'Ctrl+s 83', 'PageDown 34']);
    const scrolled = page.frames()[1]?.waitForFunction(() => window.scrollY > 0);
    await scrolled;
    assert.equal(await frame.getAttribute('sandbox'), 'allow-same-origin');
  });

  it('is left by Escape, and by Tab', async () => {
    const { page } = content;
    await preview('<h1>Title</h1><a href="https://example.com">nowhere</a>');
    await page.frameLocator('iframe').locator('h1').click();
    await page.keyboard.press('Escape');
    assert.equal(await focused(), 'button');
    await page.locator('iframe:not(.has-focus)').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'iframe');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(), 'button');
  });
});
