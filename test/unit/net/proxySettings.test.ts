import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { proxyFor, type EditorProxy } from '../../../src/net/proxySettings.ts';

interface Sources {
  readonly profile?: string;
  readonly editor?: Partial<EditorProxy>;
  readonly environment?: Record<string, string>;
}

function originFor(url: string, { profile, editor, environment = {} }: Sources): string | undefined {
  const found = proxyFor(new URL(url), profile ?? null, {
    editor: () => (editor === undefined ? null : { proxy: '', noProxy: [], authorization: '', ...editor }),
    environment,
  });
  return found?.origin;
}

describe('proxyFor', () => {
  const a = 'http://a.example:8080';
  const b = 'http://b.example:8080';
  const c = 'http://c.example:8080';

  it('takes the profile over the editor, the editor over the environment', () => {
    const environment = { https_proxy: c };
    const editor = { proxy: b };
    assert.equal(originFor('https://h/', { profile: a, editor, environment }), a);
    assert.equal(originFor('https://h/', { profile: 'none', editor, environment }), undefined);
    assert.equal(originFor('https://h/', { editor, environment }), b);
    assert.equal(originFor('https://h/', { editor: {}, environment }), c);
    assert.equal(originFor('https://h/', { environment }), c);
    assert.equal(originFor('https://h/', {}), undefined);
  });

  it('reads the environment’s variables in both cases, by scheme', () => {
    assert.equal(originFor('http://h/', { environment: { https_proxy: a } }), undefined);
    assert.equal(originFor('http://h/', { environment: { HTTP_PROXY: a, ALL_PROXY: b } }), a);
    assert.equal(originFor('http://h/', { environment: { http_proxy: a, HTTP_PROXY: b } }), a);
    assert.equal(originFor('http://h/', { environment: { ALL_PROXY: b } }), b);
    assert.equal(originFor('http://h/', { environment: { http_proxy: 'a.example:8080' } }), a);
  });

  it('leaves out what needs no proxy', () => {
    const out = (url: string, noProxy: string): boolean =>
      originFor(url, { environment: { all_proxy: a, NO_PROXY: noProxy } }) === undefined &&
      originFor(url, { editor: { proxy: a, noProxy: noProxy.split(',') } }) === undefined;
    for (const [url, noProxy] of [
      ['http://h.example/', '*'],
      ['http://h.example/', 'x, h.example'],
      ['http://h.example/', 'EXAMPLE'],
      ['http://h.example/', '.example'],
      ['http://h.example/', '*.example'],
      ['http://h.example:81/', 'h.example:81'],
      ['https://h.example/', 'h.example:443'],
      ['http://10.1.2.3/', '10.0.0.0/8'],
      ['http://10.1.2.3/', '10.1.2.3'],
      ['http://[fd00::1]/', 'fd00::/8'],
      ['http://[fd00::1]/', 'fd00::1'],
    ] as const) {
      assert.equal(out(url, noProxy), true, `${url} ${noProxy}`);
    }
    for (const [url, noProxy] of [
      ['http://h.example/', 'ample'],
      ['http://h.example/', 'h.example:81'],
      ['http://11.1.2.3/', '10.0.0.0/8'],
      ['http://h.example/', '10.0.0.0/8, no/net, '],
    ] as const) {
      assert.equal(out(url, noProxy), false, `${url} ${noProxy}`);
    }
    const environment = { no_proxy: 'h.example' };
    assert.equal(originFor('http://h.example/', { editor: { proxy: a }, environment }), undefined);
    assert.equal(originFor('http://h.example/', { profile: a, environment }), a);
  });

  it('leaves this machine out, unless the profile names a proxy', () => {
    for (const host of ['localhost', 'x.localhost', '127.0.0.1', '127.9.9.9', '[::1]']) {
      const url = `http://${host}:9000/`;
      assert.equal(originFor(url, { editor: { proxy: a }, environment: { all_proxy: a } }), undefined);
      assert.equal(originFor(url, { profile: b }), b);
    }
    assert.equal(originFor('http://127.0.0.1.example/', { editor: { proxy: a } }), a);
  });

  it('keeps credentials apart from what is shown, and refuses what is no HTTP proxy', () => {
    const sources = { editor: () => null, environment: {} };
    const proxy = proxyFor(new URL('http://h/'), 'https://me:p%40ss@p.example', sources);
    assert.deepEqual(proxy, {
      isSecure: true,
      host: 'p.example',
      port: 443,
      origin: 'https://p.example',
      authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    });
    assert.equal(proxyFor(new URL('http://h/'), 'p.example:0', sources)?.port, 0);
    for (const wrong of ['socks5://p.example', 'http://', 'http://a b', 'ftp://p.example']) {
      assert.throws(() => proxyFor(new URL('http://h/'), wrong, sources), { name: 'CbError', code: 'proxy' });
    }
  });
});
