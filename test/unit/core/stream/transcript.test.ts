import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { transcribe, type TranscriptLine } from '../../../../src/core/stream/transcript.ts';
import { plainConnection } from '../../../support/wireFixtures.ts';

const response = {
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [],
  connection: plainConnection,
  body: (async function* () {})(),
};

/** The body lines of a body shown chunk by chunk, each chunk 1 ms after the one before. */
function bodyLines(chunks: readonly string[], secrets: readonly string[]) {
  const lines: TranscriptLine[] = [];
  const encodeBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const listener = transcribe((line) => lines.push(line), { encodeBase64, secrets });
  listener.onResponse(0, response, false, 'chunks');
  const counts = chunks.map((chunk, index) => {
    void listener.onChunk(index + 1, Buffer.from(chunk, 'latin1'));
    return lines.length - 1;
  });
  listener.onEnd(100, { reason: 'complete', error: null, bytes: 0 });
  assert.equal(lines.at(-1)?.kind, 'end');
  const bodies = lines.flatMap((line) => (line.kind === 'body' ? [line] : []));
  return { counts, bodies: bodies.map(({ atMs, encoding, content }) => [atMs, encoding, content]) };
}

describe('transcribe, chunk by chunk', () => {
  it('hides a secret that is split between chunks, each told with its own time', () => {
    const { counts, bodies } = bodyLines(['k=gehe', 'im;', 'then ge'], ['geheim']);
    assert.deepEqual(bodies, [
      [1, 'utf8', 'k=****'],
      [2, 'utf8', '**;'],
      [3, 'utf8', 'then ge'],
    ]);
    assert.deepEqual(counts, [0, 2, 2]);
  });

  it('tells each chunk at once and as it is where there is no secret', () => {
    const { counts, bodies } = bodyLines(['one', '\xff\0'], []);
    assert.deepEqual(bodies, [
      [1, 'utf8', 'one'],
      [2, 'base64', '/wA='],
    ]);
    assert.deepEqual(counts, [1, 2]);
  });
});
