import assert from 'node:assert/strict';
import { useContentPage } from './contentPage.ts';
import { becomes } from '../support/until.ts';

describe('Markdown view', () => {
  const content = useContentPage();

  it('renders what a language model writes', async () => {
    const { page } = content;
    await page.evaluate(() =>
      window.parts
        .markdownView()
        .update(
          '# Title\n\n- [x] done\n- [ ] open\n\n| a | b |\n|:-:|--|\n| 1 | ~~2~~ |\n\n```js\nif (a < b) {}\n```\n\n' +
            '3. three\n\nمرحبا **بالعالم**\n\na\u202Eb &#x202E;c\n',
          true,
        ),
    );
    const view = page.locator('.markdown');
    await view.locator('h1', { hasText: 'Title' }).waitFor();
    await becomes(() => view.locator('li').first().textContent(), '\u2611 done');
    await becomes(() => view.locator('td').first().getAttribute('align'), 'center');
    await becomes(() => view.locator('del').textContent(), '2');
    await becomes(() => view.locator('pre code').textContent(), 'if (a < b) {}\n');
    await becomes(() => view.locator('ol').getAttribute('start'), '3');
    const arabic = view.locator('p', { has: page.locator('strong') });
    assert.equal(await arabic.evaluate((element) => getComputedStyle(element).direction), 'rtl');
    await becomes(() => view.locator('.markdown-block p').last().textContent(), 'a[U+202E]b [U+202E]c');
  });

  it('hands links over, by mouse and by key, and connects nowhere', async () => {
    const { page, elsewhere, heard } = content;
    await page.evaluate(
      (url) => window.parts.markdownView().update(`[words](${url}/a) ![](${url}/b) [no](file:///x)`, true),
      elsewhere,
    );
    const link = page.getByRole('link', { name: 'words' });
    await becomes(() => link.getAttribute('title'), `${elsewhere}/a`);
    await link.hover();
    await page.waitForTimeout(300);
    await link.click();
    await link.click({ button: 'middle' });
    await page.getByRole('link').last().focus();
    await page.keyboard.press('Enter');
    await page.getByText('no', { exact: true }).click();
    await page.waitForTimeout(300);
    await becomes(() => page.evaluate(() => window.log), [`${elsewhere}/a`, `${elsewhere}/b`]);
    assert.equal(page.context().pages().length, 1);
    assert.deepEqual(heard, []);
  });

  it('leaves finished blocks alone while text comes, with what is selected in them', async () => {
    const { page } = content;
    const result = await page.evaluate(async () => {
      const { pause } = window.parts;
      await window.parts.loadMarkdown();
      const view = window.parts.markdownView();
      let text = 'first **block**\n\nsecond';
      view.update(text, false);
      await pause(200);
      const [first, second] = view.element.querySelectorAll('.markdown-block');
      const bold = first?.querySelector('strong');
      if (!bold) return null;
      getSelection()?.selectAllChildren(bold);
      for (const more of [' goes on', '\n\nthird', ' too', '\n']) {
        text += more;
        view.update(text, false);
        await pause(150);
      }
      const blocks = [...view.element.querySelectorAll('.markdown-block')];
      return {
        isSame: blocks[0] === first && blocks[1] === second && bold.isConnected,
        selected: getSelection()?.toString(),
        texts: blocks.map((block) => block.textContent?.trim()),
      };
    });
    assert.deepEqual(result, {
      isSame: true,
      selected: 'block',
      texts: ['first **block**'.replaceAll('*', ''), 'second goes on', 'third too'],
    });
  });

  it('begins anew with another text', async () => {
    const { page } = content;
    await page.evaluate(() => {
      const view = window.parts.markdownView();
      view.update('one\n\ntwo\n\n', true);
      setTimeout(() => view.update('other\n', true), 200);
    });
    await page.getByText('other').waitFor();
    await becomes(() => page.locator('.markdown-blocks').textContent(), 'other\n');
  });

  it('renders in time that grows with the text, and beyond its limit shows it plain', async () => {
    const { page } = content;
    const result = await page.evaluate(async () => {
      await window.parts.loadMarkdown();
      const view = window.parts.markdownView();
      const paragraph =
        'Some **bold** words with `code` and [a link](https://example.com/).\n\n- item\n- item\n\n';
      let text = '';
      let longestMs = 0;
      const startMs = performance.now();
      let lastMs = startMs;
      while (text.length < 300_000) {
        text += paragraph.repeat(10);
        view.update(text, false);
        await new Promise((resolve) => setTimeout(resolve, 2));
        longestMs = Math.max(longestMs, performance.now() - lastMs);
        lastMs = performance.now();
      }
      view.update(text, true);
      let [blocks, plain] = [0, 0];
      while (blocks <= 40 || plain < 90_000) {
        await new Promise((done) => setTimeout(done, 5));
        blocks = view.element.querySelectorAll('.markdown-block').length;
        plain = view.element.querySelector('.plain-text')?.textContent?.length ?? 0;
      }
      return {
        totalMs: performance.now() - startMs,
        longestMs,
        blocks,
        hasNote: view.element.querySelector<HTMLElement>('.note')?.hidden === false,
        plain,
      };
    });
    console.log(`      ${JSON.stringify(result)}`);
    assert.ok(result.hasNote);
    assert.ok(result.longestMs < 1000, `${result.longestMs} ms`);
  });

  it('survives text made to stop it', async () => {
    const { page } = content;
    const slowestMs = await page.evaluate(async () => {
      const { renderMarkdown } = await window.parts.loadMarkdown();
      const view = window.parts.markdownView();
      let slowest = 0;
      const texts = [
        '>',
        '> ',
        '- ',
        '1. ',
        '[',
        '![',
        '**_a ',
        '_a ',
        '<',
        '<a ',
        '<div>',
        '<b>',
        '|a',
        '\\',
        '`',
        '&',
      ];
      texts.push(
        'a@',
        'http://',
        '[a](b ',
        '[a]: ',
        '~~a ',
        '<!--',
        '*_',
        '[a][',
        '\t',
        ' ',
        '\n',
        '- \n',
        '| ',
        '](',
      );
      for (const text of texts) {
        const startMs = performance.now();
        view.element.replaceChildren(renderMarkdown(text.repeat(40_000 / text.length)));
        slowest = Math.max(slowest, view.element.offsetHeight * 0 + performance.now() - startMs);
      }
      return slowest;
    });
    console.log(`      slowest: ${slowestMs.toFixed(0)} ms`);
    assert.ok(slowestMs < 5000);
  });

  it('shows megabytes of plain text, one line or many, without laying all of it out', async () => {
    const { page } = content;
    const result = await page.evaluate(() => {
      const { PlainText } = window.parts;
      const startMs = performance.now();
      const results = ['x'.repeat(50_000_000), 'line \u202E\u001B[0m\n'.repeat(100_000)].map((text) => {
        const plain = new PlainText();
        document.getElementById('app')?.replaceChildren(plain.element);
        plain.update(text);
        const width = plain.element.scrollWidth - plain.element.clientWidth;
        return [plain.isShortened, width, plain.element.textContent?.includes('\u202E')];
      });
      return { results, ms: performance.now() - startMs };
    });
    console.log(`      ${result.ms.toFixed(0)} ms`);
    assert.deepEqual(result.results, [
      [true, 0, false],
      [false, 0, false],
    ]);
    assert.ok(result.ms < 2000);
  });
});
