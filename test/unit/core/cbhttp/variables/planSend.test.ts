import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { placedRequests } from '../../../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { planSend } from '../../../../../src/core/cbhttp/variables/planSend.ts';
import { exchange, refused } from './resolving.ts';

function plan(text: string, answered: readonly string[] = [], isComplete = true): (string | null)[] {
  const document = parseCbhttp(text);
  const last = placedRequests(document).at(-1);
  assert.ok(last);
  const memory = { last: (name: string) => (answered.includes(name) ? exchange({ isComplete }) : undefined) };
  return planSend(document, last, memory).map(({ request }) => request.name);
}

const request = (name: string, ...directives: string[]): string =>
  `###\n# @name ${name}\n${directives.map((one) => `# @${one}\n`).join('')}GET http://x\n`;

describe('planSend', () => {
  it('sends what is referred to first, each once', () => {
    const text =
      request('a') + request('b', 'ref a') + request('c', 'ref a', 'ref b') + request('d', 'ref c', 'ref b');
    assert.deepEqual(plan(text), ['a', 'b', 'c', 'd']);
    const titled = '### Log in\nGET http://x\n';
    assert.deepEqual(plan(titled + request('a', 'ref Log in')), [null, 'a']);
    assert.deepEqual(plan(titled + request('a', 'ref Log in'), ['Log in']), ['a']);
    assert.deepEqual(plan(titled + request('Log in') + request('a', 'ref Log in')), ['Log in', 'a']);
  });

  it('leaves out what has a response, unless it is forced', () => {
    const text = request('a') + request('b', 'ref a') + request('c', 'ref b');
    assert.deepEqual(plan(text, ['b']), ['c']);
    assert.deepEqual(plan(text, ['a']), ['b', 'c']);
    assert.deepEqual(plan(request('a') + request('b', 'force-ref a'), ['a']), ['a', 'b']);
    assert.deepEqual(plan(request('b', 'ref elsewhere'), ['elsewhere']), ['b']);
  });

  it('sends again what broke', () => {
    const text = request('a') + request('b', 'ref a');
    assert.deepEqual(plan(text, ['a'], false), ['a', 'b']);
    // Of another file: it cannot be sent from here.
    assert.throws(() => plan(request('b', 'ref elsewhere'), ['elsewhere'], false), refused('parse'));
  });

  it('names a circle, and a request that is disabled or not there', () => {
    const circle = request('a', 'ref b') + request('b', 'ref a');
    assert.throws(
      () => plan(circle),
      (error: Error) => {
        assert.ok(refused('parse', circle, '# @ref b')(error));
        return error.message.includes('b → a → b');
      },
    );
    assert.throws(() => plan(request('a', 'ref a')), refused('parse'));
    const disabled = request('a', 'disabled') + request('b', 'ref a');
    assert.throws(() => plan(disabled), refused('parse', disabled, '# @ref a'));
    const missing = request('a', 'ref nope');
    assert.throws(() => plan(missing), refused('parse', missing, '# @ref nope'));
  });
});
