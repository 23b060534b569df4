import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { BodyReader, bodyText, type Body } from '../../../src/host/bodyText.ts';
import { BodyParts } from '../../../src/webview/bodyParts.ts';

/** A body that grows when it is told to. */
function growing(contentType: string) {
  let received = Buffer.alloc(0);
  const body = {
    contentType,
    isRunning: true,
    get byteLength() {
      return received.length;
    },
    bytes: (from: number, to: number): Uint8Array => received.subarray(from, to),
  };
  return {
    body,
    reader: new BodyReader(body),
    add: (bytes: Uint8Array) => (received = Buffer.concat([received, bytes])),
    end: () => (body.isRunning = false),
  };
}

/** A body as it is now. */
function bodyOf({ body }: ReturnType<typeof growing>): Body {
  const { contentType, isRunning, byteLength, bytes } = body;
  return { contentType, isRunning, byteLength, bytes };
}

/** Bytes without a zero: those are no text. */
const textBytes = fc.uint8Array({ min: 1, max: 255, maxLength: 60 });
const charset = fc.constantFrom('', '; charset=utf-8', '; charset=gb18030', '; charset="shift_jis"', '; charset=what'); // prettier-ignore

describe('a body on its way to the page', () => {
  it('is what the request wants: bytes, text, JSON', () => {
    const png = growing('image/png');
    png.add(Buffer.from([0x89, 0x50, 0, 1]));
    const answer = (reading: Body['reading']) => new BodyReader({ ...bodyOf(png), reading }).answer(0);
    assert.equal(answer({})?.wanted, null);
    assert.ok(answer({})?.bytes);
    const bytes = answer({ responseType: 'arraybuffer', dataType: 'json' });
    assert.deepEqual([bytes?.wanted, bytes?.text, bytes?.bytes?.length], ['binary', null, 4]);
    const text = answer({ responseType: 'text' });
    assert.deepEqual([text?.wanted, text?.bytes, text?.text?.slice(1)], [null, null, 'P\0\u0001']);
    assert.equal(answer({ dataType: 'json' })?.wanted, 'json');
    assert.equal(answer({ dataType: 'text' })?.wanted, 'text');
  });

  it('is the whole text in the end, wherever it was cut, and each byte went over once', () => {
    fc.assert(
      fc.property(fc.array(textBytes, { maxLength: 12 }), charset, (chunks, parameters) => {
        const contentType = `text/plain${parameters}`;
        const { body, reader, add, end } = growing(contentType);
        const parts = new BodyParts();
        let handedOver = 0;
        const poll = () => {
          const answer = reader.answer(parts.from(1));
          handedOver += (answer?.to ?? 0) - (answer?.from ?? 0);
          return parts.take(1, answer);
        };
        for (const chunk of chunks) {
          add(chunk);
          poll();
        }
        end();
        const last = poll();
        const label = /charset="?([\w-]+)/.exec(contentType)?.[1] ?? 'utf-8';
        const expected = new TextDecoder(label === 'what' ? 'utf-8' : label).decode(Buffer.concat(chunks));
        assert.equal(last?.text, expected);
        assert.equal([...bodyText(body)].join(''), expected);
        assert.equal(handedOver, body.byteLength);
        assert.deepEqual([last?.from, last?.to], [0, body.byteLength]);
      }),
      { examples: [[[Uint8Array.of(0x81, 0x30, 0x81, 0x30), Uint8Array.of(1)], '; charset=gb18030']] },
    );
  });

  it('begins anew for a page that was made anew, and for another run', () => {
    const { reader, add } = growing('text/plain');
    add(Buffer.from('你好'));
    const first = new BodyParts();
    assert.equal(first.take(1, reader.answer(first.from(1)))?.text, '你好');
    const second = new BodyParts();
    assert.equal(second.take(1, reader.answer(second.from(1)))?.text, '你好');
    add(Buffer.from('!'));
    assert.equal(second.take(1, reader.answer(second.from(1)))?.text, '你好!');
    assert.equal(second.from(2), 0);
    assert.equal(second.take(1, reader.answer(0)), null, 'of a run that is shown no more');
  });

  it('is asked for from its beginning where an answer was lost', () => {
    const { reader, add } = growing('text/plain');
    const parts = new BodyParts();
    add(Buffer.from('abc'));
    parts.take(1, reader.answer(parts.from(1)));
    add(Buffer.from('def'));
    reader.answer(parts.from(1)); // lost
    assert.equal(parts.take(1, reader.answer(parts.from(1))), null);
    assert.equal(parts.take(1, reader.answer(parts.from(1)))?.text, 'abcdef');
  });

  it('turns into bytes where it turns out to be no text', () => {
    const { reader, add } = growing('');
    const parts = new BodyParts();
    add(Buffer.from('abc'));
    assert.equal(parts.take(1, reader.answer(parts.from(1)))?.text, 'abc');
    add(Uint8Array.of(0));
    const answer = parts.take(1, reader.answer(parts.from(1)));
    assert.equal(answer?.text, null);
    assert.deepEqual([...(answer?.bytes ?? [])], [97, 98, 99, 0]);
  });

  it('ends at 5 MB', () => {
    const { reader, add, end } = growing('text/plain');
    add(Buffer.alloc(4_999_999, 'a'));
    add(Buffer.from('你好'));
    end();
    const answer = reader.answer(0);
    assert.deepEqual([answer?.text?.length, answer?.to, answer?.isShortened], [4_999_999, 5_000_000, true]);
  });
});
