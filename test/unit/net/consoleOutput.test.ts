import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, it } from 'mocha';
import { failed } from '../../../src/core/failures/failed.ts';
import { fill } from '../../../src/core/message.ts';
import type { ConnectionFacts, WireResponse } from '../../../src/core/ports.ts';
import type { ExchangeEnd } from '../../../src/core/stream/exchange.ts';
import { printForPeople } from '../../../src/net/consoleOutput.ts';
import { prepareText } from '../../support/sendText.ts';

const service = { dev: { route: 'service', baseUrl: 'http://127.0.0.1:9' } };
const complete: ExchangeEnd = { reason: 'complete', error: null, bytes: 0 };
const reset: ExchangeEnd = { reason: 'reset', error: failed('reset', ['host', 'ECONNRESET']), bytes: 0 };

/** What stderr says after the head of an exchange. */
async function told(end: ExchangeEnd, atMs: number, answer: { status: number; type: string; body: string }) {
  const texts: string[] = [];
  const sink = (keep: boolean) =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        if (keep) texts.push(chunk.toString());
        done();
      },
    });
  const request = await prepareText('GET fn://chat\nAccept: text/event-stream', { profiles: service });
  const listener = printForPeople(request, { stdout: sink(false), stderr: sink(true) }, fill, 15);
  const response: WireResponse = {
    status: answer.status,
    statusText: '',
    httpVersion: '1.1',
    headers: [['Content-Type', answer.type]],
    connection: { proxy: null } as ConnectionFacts,
    body: (async function* () {})(),
  };
  listener.onResponse(1, response, answer.type === 'text/event-stream', null);
  void listener.onChunk(2, new TextEncoder().encode(answer.body));
  texts.length = 0;
  listener.onEnd(atMs, end);
  return texts.join('').split('\n').slice(0, -2).join('\n');
}

describe('printForPeople', () => {
  it('says what an error is, then what to do', async () => {
    const stream = { status: 200, type: 'text/event-stream', body: '' };
    assert.equal(
      await told(reset, 3000, stream),
      'The connection to host broke before the end of the response (ECONNRESET).\n' +
        '  Did the function crash, restart, or reach its timeout? Its log says so.',
    );
    assert.equal(
      await told(reset, 15_050, stream),
      'The connection to host broke before the end of the response (ECONNRESET).\n' +
        'It ended after 15.1 s; the function’s timeout is 15 s.\n' +
        '  Raise "timeout" in cloudbaserc.json (at most 900 s) and deploy again.',
    );
    assert.equal(await told(complete, 15_050, stream), '');
  });

  it('says what a whole response is that is no answer, and where to read more', async () => {
    const body = '{"code":"SYS_ERR","message":"no luck","requestId":"r-1"}\n';
    const words = await told(complete, 10, { status: 500, type: 'application/json', body });
    assert.match(words, /^The service itself failed \(SYS_ERR\)\.\n {2}The gateway says: no luck\n/);
    assert.match(words, /\n {2}https:\/\/docs\.cloudbase\.net\/error-code\/SYS_ERR$/);
    const page = await told(complete, 10, { status: 200, type: 'text/html', body: '<html>\n' });
    assert.match(page, /^A web page came where text\/event-stream was asked for\./);
  });
});
