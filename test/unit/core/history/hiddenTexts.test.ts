import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { encodeBasic } from '../../../../src/core/cbhttp/basicAuth.ts';
import {
  hiddenTexts,
  keptHeaders,
  keptUrl,
  sentCookieSecrets,
  setCookieSecrets,
} from '../../../../src/core/history/hiddenTexts.ts';
import type { HeaderList } from '../../../../src/core/ports.ts';
import { redactText, secretForms } from '../../../../src/core/profiles/redact.ts';

function hidden(url: string, headers: HeaderList, secrets: readonly string[] = []): string[] {
  const tls = { ca: null, cert: null, key: null, passphrase: null, rejectUnauthorized: true };
  const wire = { method: 'GET', url, headers, body: null, connectTimeoutMs: 0, tls, proxy: null };
  return hiddenTexts({ wire, secrets: secretForms(secrets) });
}

describe('what must not be kept of a run', () => {
  it('is a secret in every form another writer may give it', () => {
    const texts = hidden('http://h/', [], ['pä/ss "w"&1']);
    for (const echoed of [
      'pä/ss "w"&1',
      JSON.stringify('pä/ss "w"&1').slice(1, -1),
      'p\\u00e4/ss \\"w\\"&1',
      'p\\u00E4\\/ss \\"w\\"&1',
      encodeURIComponent('pä/ss "w"&1'),
      encodeURIComponent('pä/ss "w"&1').toLowerCase(),
      encodeURIComponent('pä/ss "w"&1').replaceAll('%2F', '/'),
      JSON.stringify(JSON.stringify('pä/ss "w"&1').slice(1, -1)).slice(1, -1),
      'pä/ss &quot;w&quot;&amp;1',
    ]) {
      assert.equal(redactText(echoed, texts), '***', echoed);
    }
  });

  it('is what was written out where secrets stand: headers, cookies, user and password, parameters', () => {
    const texts = hidden('http://me:my%20password@h/?api_key=key-written-out&page=abcdefghij', [
      ['Authorization', 'Bearer token-written-out'],
      ['X-Api-Key', 'another-key-here'],
      ['Cookie', 'theme=dark; sid=session-written-out'],
      ['Accept', 'application/json'],
    ]);
    const echoed = 'token-written-out another-key-here session-written-out my password my%20password key-written-out'; // prettier-ignore
    assert.equal(redactText(echoed, texts), '*** *** *** *** *** ***');
    assert.equal(redactText('application/json abcdefghij dark', texts), 'application/json abcdefghij dark');
  });

  it('is the password of Basic, as which that of a URL is sent, too', () => {
    const texts = hidden('http://h/', [['Authorization', encodeBasic('me', 'pass/written-out')]]);
    for (const echoed of ['pass/written-out', 'me:pass/written-out', 'pass%2Fwritten-out'])
      assert.equal(redactText(`as ${echoed}`, texts), 'as ***');
    assert.equal(redactText('me', texts), 'me');
  });

  it('is what a response’s headers say by such a name', () => {
    const headers: HeaderList = [
      ['Location', 'https://h/cb?access_token=abc&state=1'],
      ['X-Auth-Token', 'abc'],
      ['X-Total-Tokens', '12'],
    ];
    assert.deepEqual(keptHeaders(headers, []), [
      ['Location', 'https://h/cb?access_token=***&state=1'],
      ['X-Auth-Token', '***'],
      ['X-Total-Tokens', '12'],
    ]);
  });

  it('is the value of a cookie, and what stands in a URL by such a name', () => {
    assert.deepEqual(sentCookieSecrets([['Cookie', 'theme=dark; sid="a-longer-one"']]), ['a-longer-one']);
    assert.deepEqual(setCookieSecrets([['set-cookie', 'sid="abcdefgh"; Path=/'], ['Set-Cookie', 'a=1']]), ['abcdefgh']); // prettier-ignore
    assert.equal(keptUrl('http://u:p@h/p?token=1&x=2#f', []), 'http://h/p?token=***&x=2#f');
  });
});
