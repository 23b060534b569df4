import assert from 'node:assert/strict';
import { useContentPage } from './contentPage.ts';
import { becomes } from '../support/until.ts';

/** Attributes rendered Markdown may have; `dir`, `tabindex` and `class` come from us. */
const ATTRIBUTES = [
  'align',
  'class',
  'colspan',
  'dir',
  'href',
  'rel',
  'rowspan',
  'start',
  'tabindex',
  'title',
];
const SETTLE_MS = 400;

/** HTML that runs, loads, moves or submits something, if it can. */
function hostileHtml(elsewhere: string): string[] {
  const run = (how: string): string => `parent.pwned='${how}';window.pwned='${how}'`;
  return [
    `<script>${run('script')}</script><script src="${elsewhere}/script.js"></script>`,
    `<img src="${elsewhere}/img" srcset="${elsewhere}/srcset 2x" onerror="${run('onerror')}" onload="${run('load')}">`,
    `<picture><source srcset="${elsewhere}/source"><img src=x onerror=${run('picture').replaceAll("'", '`')}></picture>`,
    `<svg onload="${run('svg')}"><script>${run('svg-script')}</script><image href="${elsewhere}/svg-image"/></svg>`,
    `<svg><use href="${elsewhere}/use#a"/><a href="javascript:${run('svg-a')}"><text>x</text></a></svg>`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=${run('math')}>">`,
    `<noscript><p title="</noscript><img src=x onerror=${run('noscript')}>">`,
    `<iframe src="${elsewhere}/iframe"></iframe><iframe srcdoc="<script>${run('srcdoc')}</script>"></iframe>`,
    `<object data="${elsewhere}/object"></object><embed src="${elsewhere}/embed">`,
    `<video src="${elsewhere}/video" poster="${elsewhere}/poster" autoplay></video><audio src="${elsewhere}/audio">`,
    `<form action="${elsewhere}/form"><input name=body autofocus onfocus="${run('focus')}"><button>go</button></form>`,
    `<base href="${elsewhere}/base/"><img src="relative"><a href="relative">x</a>`,
    `<meta http-equiv="refresh" content="0;url=${elsewhere}/refresh">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src *"><img src="${elsewhere}/after-meta">`,
    ...[
      'stylesheet',
      'prefetch',
      'preload',
      'modulepreload',
      'preconnect',
      'dns-prefetch',
      'icon',
      'manifest',
    ].map((rel) => `<link rel="${rel}" as="script" href="${elsewhere}/link-${rel}">`),
    `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${elsewhere}/speculation"]}]}</script>`,
    `<style>@import "${elsewhere}/import"; @font-face { font-family: f; src: url(${elsewhere}/font) }` +
      ` body { background: url(${elsewhere}/background); font-family: f } p::after { content: "x" }</style><p>x</p>`,
    `<p style="background: url(${elsewhere}/style)">x</p><table background="${elsewhere}/table"><tr><td>x</table>`,
    `<div style="--x: } * { background: url(${elsewhere}/escape) }">x</div>`,
    `<details open ontoggle="${run('toggle')}"><summary>x</summary></details><p onclick="${run('click')}">x</p>`,
    `<a href="javascript:${run('javascript')}" ping="${elsewhere}/ping">x</a><a href="&#x6a;avascript:${run('j')}">y</a>`,
    `<template><img src=x onerror="${run('template')}"></template><div id=app name=app class="page">clobber</div>`,
    `<form id=x><input id=attributes></form><img name=getElementById><a id=body name=body>x</a>`,
  ];
}

/** Markdown's own ways to the same. */
function hostileMarkdown(elsewhere: string): string[] {
  return [
    `![picture](${elsewhere}/markdown-image) ![](${elsewhere}/no-words "title")`,
    `[a](javascript:window.pwned=1) [b](data:text/html,<script>window.pwned=1</script>) [c](vbscript:x) [d](command:x)`,
    `<javascript:window.pwned=1> [e](JaVaScRiPt:window.pwned=1) [f](java\tscript:x) [g](//evil.example/) [h](file:///x)`,
    `[i]: javascript:window.pwned=1\n[i] ![j][i]`,
    `[k](http://x" onmouseover="window.pwned=1) ![x" onerror="window.pwned=1](y)`,
    `\`\`\`"><img/src=x/onerror=window.pwned=1>\ncode\n\`\`\``,
    `| <img src=x onerror=window.pwned=1> |\n|--|\n| <script>window.pwned=1</script> |`,
    `- [x] done <input type=checkbox onclick=window.pwned=1>`,
  ];
}

describe('hostile content', () => {
  const content = useContentPage();

  it('as Markdown runs nothing, loads nothing and leaves only harmless elements', async () => {
    const { page, elsewhere, heard } = content;
    const texts = [...hostileHtml(elsewhere), ...hostileMarkdown(elsewhere)];
    const attributes = await page.evaluate(async (all) => {
      const found = new Set<string>();
      const { renderMarkdown } = await window.parts.loadMarkdown();
      for (const text of [...all, all.join('\n\n'), all.join('')]) {
        const view = window.parts.markdownView();
        view.element.append(renderMarkdown(text));
        for (const element of view.element.querySelectorAll(
          '.markdown > :not(.markdown-blocks, .note, .plain-text), .markdown > * *',
        )) {
          found.add(`<${element.localName}>`);
          for (const { name, value } of element.attributes)
            found.add(name === 'href' ? `href=${value}` : name);
        }
      }
      return [...found];
    }, texts);
    await page.waitForTimeout(SETTLE_MS);
    const forbidden =
      /^<(?:script|style|img|svg|math|iframe|object|embed|video|audio|form|input|button|base|meta|link)>/;
    for (const name of attributes) {
      assert.doesNotMatch(name, forbidden);
      if (name.startsWith('href=')) assert.match(name, /^href=(?:https?:\/\/|mailto:)/);
      else if (!name.startsWith('<')) assert.ok(ATTRIBUTES.includes(name), name);
    }
    assert.ok(attributes.includes(`href=${elsewhere}/markdown-image`));
    assert.deepEqual(heard, []);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
  });

  it('as a page in the preview runs nothing, loads nothing and leads nowhere', async () => {
    const { page, elsewhere, heard } = content;
    const pages = hostileHtml(elsewhere);
    for (const html of [...pages, pages.join('\n')]) {
      await page.evaluate((text) => {
        const { HtmlView, strings, loadMarkdown } = window.parts;
        const view = new HtmlView(strings, loadMarkdown);
        document.getElementById('app')?.replaceChildren(view.element);
        view.show(text);
      }, html);
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.waitForFunction(() => document.querySelector('iframe')?.srcdoc !== '');
      const clean = await page.evaluate(() => document.querySelector('iframe')?.srcdoc ?? '');
      assert.doesNotMatch(clean, /<(?:script|iframe|object|embed|link|base|form|video|audio|template)/i);
      assert.doesNotMatch(clean, /\son\w+=|=.?javascript:|http-equiv="refresh"/i);
      assert.equal(clean.match(/<meta http-equiv/g)?.length, 1);
      await page.waitForTimeout(60);
    }
    await page.waitForTimeout(SETTLE_MS);
    assert.deepEqual(heard, []);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    assert.equal(page.frames().length, 2);
    assert.equal(page.frames()[1]?.url(), 'about:srcdoc');
  });

  it('in a frame that was not cleaned is held by the sandbox and both policies alone', async () => {
    const { page, elsewhere, heard } = content;
    const pages = hostileHtml(elsewhere);
    for (const html of [...pages, pages.join('\n'), `<a href="${elsewhere}/link">link</a>`]) {
      await page.evaluate((text) => {
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', '');
        frame.srcdoc = `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'">${text}`;
        document.getElementById('app')?.replaceChildren(frame);
      }, html);
      await page.waitForTimeout(60);
    }
    await page.frameLocator('iframe').getByText('link').click({ timeout: 3000, noWaitAfter: true });
    await page.waitForTimeout(SETTLE_MS);
    // A bare connection may come: for a frame whose page is then refused, and for hints. The cleaning takes both away.
    assert.deepEqual(new Set(heard.filter((what) => what !== 'connection')), new Set());
    assert.equal(await page.evaluate(() => window.pwned), undefined);
  });

  it('the preview keeps the styles of a page and the words of its links', async () => {
    const { page } = content;
    await page.evaluate(() => {
      const { HtmlView, strings, loadMarkdown } = window.parts;
      const view = new HtmlView(strings, loadMarkdown);
      document.getElementById('app')?.append(view.element);
      view.show(
        '<style>h1 { color: rgb(1, 2, 3) }</style><h1>Title</h1><p style="width: 123px; color: rgb(4, 5, 6)">' +
          'text</p><a href="https://example.com/x" title="">link</a><a href="https://example.com/y">other</a>',
      );
    });
    await page.getByRole('button', { name: 'Preview' }).click();
    const frame = page.frameLocator('iframe');
    const colour = (selector: string): Promise<string> =>
      frame.locator(selector).evaluate((element) => getComputedStyle(element).color);
    assert.equal(await colour('h1'), 'rgb(1, 2, 3)');
    assert.equal(await colour('p'), 'rgb(4, 5, 6)');
    assert.equal((await frame.locator('p').boundingBox())?.width, 123);
    await becomes(() => frame.getByText('other').getAttribute('title'), 'https://example.com/y');
    await becomes(() => frame.getByText('other').getAttribute('href'), null);
  });

  it('as an image runs nothing and loads nothing', async () => {
    const { page, elsewhere, heard } = content;
    const facts = await page.evaluate(async (origin) => {
      const { ImageView, strings } = window.parts;
      const view = new ImageView(strings);
      document.getElementById('app')?.append(view.element);
      const svg =
        `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20" onload="parent.pwned=1">` +
        `<script>parent.pwned=2</script><image href="${origin}/svg" width="9" height="9"/>` +
        `<style>@import "${origin}/svg-import";</style></svg>`;
      view.show(new TextEncoder().encode(svg), 'image/svg+xml');
      const image = view.element.querySelector('img');
      await new Promise((resolve) => image?.addEventListener('load', resolve));
      const shown = view.element.querySelector('.image-facts')?.textContent;
      view.show(new Uint8Array([1, 2, 3]), 'image/png');
      await new Promise((resolve) => image?.addEventListener('error', resolve));
      return [shown, view.element.querySelector('.image-facts')?.textContent];
    }, elsewhere);
    await page.waitForTimeout(SETTLE_MS);
    assert.match(facts[0] ?? '', /^30 x 20, \d+ B$/);
    assert.equal(facts[1], 'Broken.');
    assert.deepEqual(heard, []);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
  });
});
