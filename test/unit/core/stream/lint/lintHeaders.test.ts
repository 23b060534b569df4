import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatMessage } from '../../../../../src/core/message.ts';
import { lintHeaders } from '../../../../../src/core/stream/lint/lintHeaders.ts';
import { utf8 } from '../../../../support/eventStreams.ts';

const lint = (contentType: string | null, body: string): string[] =>
  lintHeaders(contentType === null ? [] : [['content-type', contentType]], utf8(body)).map(
    ({ code, severity, message }) => `${code} ${severity}: ${formatMessage(message)}`,
  );

describe('lintHeaders', () => {
  it('finds nothing where type and body agree', () => {
    assert.deepEqual(lint('text/event-stream', 'data: a\n\n'), []);
    assert.deepEqual(lint('Text/Event-Stream; charset="UTF-8"', ': c\n'), []);
    assert.deepEqual(lint('text/event-stream;charset=utf8', ''), []);
    assert.deepEqual(lint('application/json', '{"data": 1}'), []);
    assert.deepEqual(lint(null, 'database: x'), []);
  });

  it('finds an event stream under another name', () => {
    for (const body of ['data: a\n\n', ': hi\n', '\uFEFFevent:x\n', '\n\nid: 1\n']) {
      assert.match(lint('text/plain', body)[0] ?? '', /^content-type error: .* is text\/plain/);
    }
    assert.match(lint(null, 'retry: 1\n')[0] ?? '', /^content-type error: .* has no Content-Type/);
  });

  it('finds another body under the name of an event stream', () => {
    for (const body of ['{"code": 1}', ' [1]', '<html>']) {
      assert.equal(lint('text/event-stream', body).length, 1, body);
    }
  });

  it('finds a charset that readers do not heed', () => {
    assert.deepEqual(lint('text/event-stream; charset=GBK', 'data: a\n\n'), [
      'charset warning: charset=GBK has no effect: an event stream is always read as UTF-8.',
    ]);
  });
});
