import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { exportHar, type HarExchange } from '../../src/core/history/har.ts';
import { launchChromium, type OwnedBrowser } from '../support/chromium.ts';
import { harChunks, harExchange, harSecret } from '../support/harExchange.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';

describe('our HAR, as Playwright reads it', () => {
  let owned: OwnedBrowser;
  let folder: TemporaryFolder;
  before(async () => {
    owned = await launchChromium();
    folder = await makeTemporaryFolder();
  });
  after(async () => {
    await owned.close();
    await folder.dispose();
  });

  /** What a page gets for the request of an archive that answers in place of the network. */
  async function answered(exchange: HarExchange): Promise<{ status: number; type: string; body: Buffer }> {
    const file = path.join(folder.dir, 'one.har');
    await mkdir(folder.dir, { recursive: true });
    await writeFile(file, [...exportHar(exchange)].join(''));
    const page = await owned.browser.newPage();
    try {
      await page.routeFromHAR(file, { notFound: 'abort' });
      const { shownUrl, wire } = exchange.request;
      const got = await page.evaluate(
        async ([url, method]) => {
          const body = method === 'POST' ? { body: '{"key": "x"}' } : {};
          const response = await fetch(url ?? '', { method: method ?? '', mode: 'cors', ...body });
          const bytes = [...new Uint8Array(await response.arrayBuffer())];
          return { status: response.status, type: response.headers.get('content-type') ?? '', bytes };
        },
        [shownUrl, wire.method],
      );
      return { status: got.status, type: got.type, body: Buffer.from(got.bytes) };
    } finally {
      await page.close();
    }
  }

  const get = (exchange: HarExchange): HarExchange => ({
    ...exchange,
    request: { ...exchange.request, wire: { ...exchange.request.wire, method: 'GET', body: null } },
  });

  it('gives the stream again, the same number of bytes, its secrets masked', async () => {
    const { status, type, body } = await answered(get(harExchange()));
    assert.deepEqual([status, type], [200, 'text/event-stream; charset=utf-8']);
    const sent = Buffer.concat(harChunks);
    assert.equal(body.length, sent.length);
    assert.ok(!body.includes(harSecret));
    const stars = '*'.repeat(Buffer.byteLength(harSecret));
    assert.equal(body.toString(), sent.toString().replace(harSecret, stars));
  });

  it('gives bytes again that are no text', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
    const base = get(harExchange());
    const headers = [['Content-Type', 'image/png']] as const;
    const received = { ...(base.response?.received ?? assert.fail()), status: 201, headers };
    const { status, body } = await answered({
      ...base,
      response: { received, atMs: 1 },
      store: null,
      byteLength: bytes.length,
      bytes: (from, to) => bytes.subarray(from, to),
    });
    assert.equal(status, 201);
    assert.ok(body.equals(bytes));
  });
});
