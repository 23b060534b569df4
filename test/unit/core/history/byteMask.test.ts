import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ByteMask } from '../../../../src/core/history/byteMask.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What comes out of a body that is cut at these places. */
function masked(body: Uint8Array, cuts: readonly number[], secrets: readonly string[]): Uint8Array[] {
  const mask = new ByteMask(secrets);
  const places = [0, ...cuts, body.length];
  const out = places.slice(1).flatMap((to, index) => mask.add(index, body.subarray(places[index], to)));
  const all = [...out, ...mask.end()];
  assert.deepEqual(all.map(({ atMs }) => atMs), all.map((_, index) => index)); // prettier-ignore
  return all.map(({ bytes }) => bytes);
}

function text(chunks: readonly Uint8Array[]): string {
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** The same in one go, and as slowly as one likes. */
function expected(body: Uint8Array, secrets: readonly string[]): Uint8Array {
  const out = body.slice();
  for (const secret of secrets.map(utf8)) {
    for (let at = 0; at + secret.length <= body.length; at++) {
      if (secret.every((byte, index) => body[at + index] === byte)) out.fill(0x2a, at, at + secret.length);
    }
    for (let length = secret.length - 1; length >= 4; length--) {
      const tail = body.subarray(Math.max(0, body.length - length));
      if (tail.length === length && tail.every((byte, index) => secret[index] === byte)) {
        out.fill(0x2a, body.length - length);
      }
    }
  }
  return out;
}

describe('masking secrets in the bytes of a body', () => {
  const body = utf8('data: {"echo":"密钥 sk-一二三-xyz","n":1}\n\ndata: sk-一二三-xyzsk-一二三-xyz\n\n');

  it('finds one across every cut, and every two, and leaves lengths and cuts as they were', () => {
    const secret = 'sk-一二三-xyz';
    for (let one = 0; one <= body.length; one++) {
      for (let other = one; other <= body.length; other++) {
        const chunks = masked(body, [one, other], [secret]);
        assert.deepEqual(
          chunks.map((chunk) => chunk.length),
          [one, other - one, body.length - other],
        );
        const out = text(chunks);
        assert.ok(!out.includes('xyz') && !out.includes('一'), `${one} ${other} ${out}`);
        assert.ok(out.startsWith('data: {"echo":"密钥 ****************","n":1}'), out);
      }
    }
  });

  it('lets a chunk go as soon as no secret can begin in it', () => {
    const mask = new ByteMask(['secret']);
    assert.equal(mask.add(0, utf8('abc')).length, 1);
    assert.equal(mask.add(1, utf8('abse')).length, 0);
    assert.equal(mask.add(2, utf8('cr')).length, 0);
    assert.equal(text(mask.add(3, utf8('et!')).map(({ bytes }) => bytes)), 'ab******!');
  });

  it('hides the beginning of a secret that the end cuts off', () => {
    assert.equal(text(masked(utf8('a secre'), [], ['secret-value'])), 'a *****');
    assert.equal(text(masked(utf8('a sec'), [], ['secret-value'])), 'a sec');
  });

  it('finds secrets within and over one another', () => {
    assert.equal(text(masked(utf8('xabcabcdx'), [3, 5], ['abcd', 'bca'])), 'xa******x');
    assert.equal(text(masked(utf8('aaaaa'), [1, 2, 3], ['aa'])), '*****');
  });

  it('says for any bytes, cuts and secrets what a slow search says', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 });
    const secret = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(letters, fc.array(secret, { maxLength: 4 }), fc.array(fc.nat(60), { maxLength: 8 }), (whole, secrets, cuts) => {
        const bytes = utf8(whole);
        const places = cuts.map((cut) => Math.min(cut, bytes.length)).sort((one, other) => one - other);
        assert.equal(text(masked(bytes, places, secrets)), text([expected(bytes, secrets)]));
      }),
      { numRuns: 2000 },
    ); // prettier-ignore
  });

  it('takes time in proportion to the bytes, also where they nearly match', () => {
    const secret = `${'a'.repeat(2000)}b`;
    const chunk = utf8('a'.repeat(100_000));
    const mask = new ByteMask([secret, `${secret}c`]);
    const startMs = performance.now();
    for (let n = 0; n < 10; n++) mask.add(n, chunk);
    assert.ok(performance.now() - startMs < 1000);
  });
});
