import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { WireRequest } from '../../../../src/core/ports.ts';
import { nextRequest } from '../../../../src/core/profiles/redirect.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const request: WireRequest = {
  method: 'POST',
  url: 'https://a.example/x/y?q=1',
  headers: [
    ['Authorization', 'Bearer t0ken'],
    ['Cookie', 'a=1'],
    ['X-Tcb-Webfn', 'true'],
    ['X-Key', 'key t0ken'],
    ['Host', 'b.example'],
    ['Content-Type', 'text/plain'],
    ['X-Other', 'stays'],
  ],
  body: utf8('body'),
  connectTimeoutMs: 0,
  tls: { ca: '/ca', cert: '/cert', key: '/key', passphrase: 'p', rejectUnauthorized: true },
  proxy: null,
};
const follow = (status: number, location: string, from: Partial<WireRequest> = {}, secrets = ['t0ken']) =>
  nextRequest({ ...request, ...from }, { status, headers: [['Location', location]] }, secrets);
const names = (next: WireRequest | null) => next?.headers.map(([name]) => name);

describe('nextRequest', () => {
  it('changes the method as RFC 9110 says', () => {
    for (const [status, method, next] of [
      [301, 'POST', 'GET'],
      [302, 'POST', 'GET'],
      [303, 'POST', 'GET'],
      [303, 'PUT', 'GET'],
      [303, 'HEAD', 'HEAD'],
      [301, 'PUT', 'PUT'],
      [302, 'DELETE', 'DELETE'],
      [302, 'HEAD', 'HEAD'],
      [307, 'POST', 'POST'],
      [308, 'POST', 'POST'],
    ] as const) {
      const found = follow(status, '/z', { method });
      assert.equal(found?.method, next, `${status} ${method}`);
      const keepsBody = next !== 'GET';
      assert.equal(found.body !== null, keepsBody);
      assert.equal(names(found)?.includes('Content-Type'), keepsBody);
    }
  });

  it('finds the address, and follows nothing but http and https', () => {
    assert.equal(follow(307, 'z#part')?.url, 'https://a.example/x/z');
    assert.equal(follow(307, '?q=2')?.url, 'https://a.example/x/y?q=2');
    assert.equal(follow(307, '//b.example/中', {}, [])?.url, 'https://b.example/%E4%B8%AD');
    assert.equal(follow(307, 'https://me:secret@a.example/')?.url, 'https://a.example/');
    for (const location of ['', 'ftp://a.example/', 'javascript:1', 'http://[', 'file:///etc/passwd']) {
      assert.equal(follow(302, location), null, location);
    }
    assert.equal(nextRequest(request, { status: 302, headers: [] }, []), null);
    for (const status of [200, 300, 304, 305, 401]) assert.equal(follow(status, '/z'), null);
  });

  it('keeps everything within the origin, and no credential beyond it', () => {
    assert.deepEqual(names(follow(307, '/z')), names(request));
    for (const location of ['https://b.example/', 'http://a.example/', 'https://a.example:8443/']) {
      const next = follow(307, location);
      assert.deepEqual(names(next), ['Content-Type', 'X-Other'], location);
      assert.deepEqual(next?.tls, { ...request.tls, cert: null, key: null, passphrase: null });
    }
  });

  it('refuses to carry a secret in URL or body to another origin', () => {
    const refused = { name: 'CbError', code: 'credential-refused' };
    assert.throws(() => follow(307, 'https://b.example/?k=t0ken'), refused);
    assert.throws(() => follow(307, 'https://b.example/', { body: utf8('{"k":"t0ken"}') }), refused);
    const wide = Uint8Array.from([...'t0ken'].flatMap((letter) => [letter.charCodeAt(0), 0]));
    const headers = [['content-type', 'text/plain; charset=utf-16le']] as const;
    assert.throws(() => follow(307, 'https://b.example/', { headers, body: wide }), refused);
    const streamed = { byteLength: 1, open: () => assert.fail() };
    assert.throws(() => follow(307, 'https://b.example/', { body: streamed }), refused);
    assert.equal(follow(307, 'https://b.example/', { body: streamed }, [])?.body, streamed);
    assert.equal(follow(303, 'https://b.example/', { body: utf8('{"k":"t0ken"}') })?.method, 'GET');
    assert.equal(follow(307, '/?k=t0ken', { body: utf8('t0ken') })?.url, 'https://a.example/?k=t0ken');
  });
});
