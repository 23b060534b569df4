import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exportHar } from '../../../src/core/history/har.ts';
import { sentCookieSecrets } from '../../../src/core/history/hiddenTexts.ts';
import { harExchange } from '../../../src/host/harExchange.ts';
import type { Run } from '../../../src/host/run.ts';
import { harExchange as sampleExchange } from '../../support/harExchange.ts';

describe('a run that is saved as HAR', () => {
  it('has no cookie of the jar, which was no part of the request as it was prepared', () => {
    const { request, ...sample } = sampleExchange();
    const body = new TextEncoder().encode('you are jar-cookie-value-1');
    const run: Partial<Run> = {
      label: 'Chat',
      prepared: request,
      secrets: [...request.secrets, ...sentCookieSecrets([['Cookie', 'sid=jar-cookie-value-1']])],
      sentMs: sample.sentMs,
      response: { ...(sample.response ?? assert.fail()), format: null },
      byteLength: body.length,
      bytes: (from, to) => body.subarray(from, to),
      elapsedMs: () => 20,
      snapshot: () => ({ sent: { redirects: [] } }) as unknown as ReturnType<Run['snapshot']>,
    };
    const exchange = harExchange(run as Run, '0.1.0') ?? assert.fail();
    const text = [...exportHar(exchange)].join('');
    assert.match(text, /you are \*\*\*/);
    assert.ok(!text.includes('jar-cookie-value-1'));
  });

  it('is none where nothing was sent', () => {
    assert.equal(harExchange({} as Run, '0.1.0'), undefined);
  });
});
