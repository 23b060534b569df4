import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { explainResponse, type ResponseFacts } from '../../../../src/core/failures/explainResponse.ts';
import { formatMessage } from '../../../../src/core/message.ts';

const error = JSON.stringify({ code: 'SYS_ERR', message: 'no luck', requestId: 'r-1' });

function explain(type: string, body: string | Uint8Array, more: Partial<ResponseFacts> = {}) {
  return explainResponse({
    route: 'gateway',
    functionName: 'chat',
    profile: 'dev',
    url: 'https://dev.api.tcloudbasegateway.com/v1/functions/chat',
    accept: '*/*',
    status: 200,
    headers: [['Content-Type', type]],
    isEventStream: false,
    proxy: null,
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    ...more,
  });
}

const codeOf = (...given: Parameters<typeof explain>) => explain(...given)?.code;

describe('explainResponse', () => {
  it('leaves answers alone, whatever their status', () => {
    assert.equal(explain('application/json', '{"code":"MY_OWN","message":"m","requestId":"r"}'), null);
    assert.equal(explain('text/plain', 'no', { status: 500 }), null);
    assert.equal(explain('text/html', '<html>'), null);
    assert.equal(explain('text/event-stream', '', { isEventStream: true, status: 433 }), null);
  });

  it('reads the gateway’s errors, with its own words, the request id and a page', () => {
    const explained = explain('application/json; charset=utf-8', error, { status: 500 });
    assert.equal(explained?.code, 'SYS_ERR');
    assert.deepEqual(
      explained.details.map((one) => formatMessage(one)),
      ['The gateway says: no luck', 'Request id: r-1'],
    );
    assert.equal(explained.page, 'https://docs.cloudbase.net/error-code/SYS_ERR');
    assert.equal(explain('application/json', error, { route: 'local' }), null);
    assert.equal(explain('text/plain', error), null);
  });

  it('takes SCF’s statuses for probable only where the platform can have answered', () => {
    const status = (code: number, more: Partial<ResponseFacts> = {}) =>
      codeOf('text/plain', '', { status: code, ...more });
    assert.deepEqual([405, 406, 407, 410, 433, 404].map((code) => status(code)), ['scf-405', 'scf-406', 'scf-407', 'scf-410', 'scf-433', undefined]); // prettier-ignore
    assert.equal(status(433, { route: 'local' }), undefined);
    assert.equal(status(433, { route: null }), undefined);
    assert.equal(status(405, { headers: [['Allow', 'POST']] }), undefined, 'the function’s own (RFC 9110)');
    assert.equal(status(407, { headers: [['Proxy-Authenticate', 'Basic']] }), undefined);
  });

  it('takes a web page for the notice of a default domain, or for what was not asked for', () => {
    const service = { route: 'service', url: 'https://dev-1.ap-shanghai.app.tcloudbase.com/chat' } as const;
    const stream = { accept: 'text/event-stream' };
    assert.equal(codeOf('text/html', '<html>', { ...service, ...stream }), 'access-service-notice');
    assert.equal(codeOf('text/html', '<html>', service), undefined, 'a function may serve pages');
    assert.equal(codeOf('text/html', '<p>当前域名为默认域名', service), 'access-service-notice');
    assert.equal(codeOf('text/html', '<html>', stream), 'html-instead-of-data');
    assert.equal(codeOf('text/html', '', { accept: 'text/html, application/json' }), undefined);
  });

  it('takes JSON for no stream only where JSON was not asked for, too', () => {
    const only = { accept: 'text/event-stream' };
    const explained = explain('application/json', '{"errmsg":"quota"}', only);
    assert.match(formatMessage(explained?.message ?? { text: '', args: [] }), /it says: quota$/);
    assert.equal(
      codeOf('application/json', '{}', { accept: 'application/json, text/event-stream' }),
      undefined,
    );
    assert.equal(codeOf('application/json', 'broken {', only), 'json-instead-of-stream');
  });

  it('sees bytes that are not of the charset they name', () => {
    const gbk = Uint8Array.of(0xc4, 0xe3);
    assert.equal(codeOf('application/json', gbk), 'wrong-charset');
    assert.equal(codeOf('text/plain; charset=gbk', gbk), undefined);
    assert.equal(codeOf('text/plain; charset="nope"', 'a'), 'unknown-charset');
    assert.equal(codeOf('image/png', gbk), undefined);
    const cut = new TextEncoder().encode('中'.repeat(33_334)).subarray(0, 100_000);
    assert.equal(codeOf('text/plain', cut), undefined, 'a character at the end of what is looked at');
  });

  it('tells a proxy’s refusal of a plain request from the platform’s status', () => {
    const headers = [['Proxy-Authenticate', 'Basic']] as const;
    const refused = { status: 407, headers, proxy: 'http://proxy:3128', url: 'http://host/' };
    assert.equal(codeOf('', '', refused), 'proxy');
    assert.equal(codeOf('', '', { ...refused, proxy: null }), undefined);
  });
});
