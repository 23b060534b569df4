import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { encodeText } from '../../../../../src/core/cbhttp/body/encodeText.ts';

const hex = (text: string, charset: string): string => Buffer.from(encodeText(text, charset)).toString('hex');

describe('encodeText', () => {
  it('writes the bytes that other software writes', () => {
    assert.equal(hex('中文a', 'GBK'), 'd6d0cec461');
    assert.equal(hex('中文', 'gb2312'), 'd6d0cec4');
    assert.equal(hex('€', 'gbk'), '80');
    assert.equal(hex('中文', 'big5'), 'a4a4a4e5');
    assert.equal(hex('日本', 'shift_jis'), '93fa967b');
    assert.equal(hex('한', 'euc-kr'), 'c7d1');
    assert.equal(hex('é', 'iso-8859-1'), 'e9');
    assert.equal(hex('Я', 'windows-1251'), 'df');
    assert.equal(hex('中', 'UTF-16LE'), '2d4e');
    assert.equal(hex('中', 'utf8'), 'e4b8ad');
  });

  it('is undone by the decoder of the same charset', () => {
    for (const charset of ['gbk', 'gb18030', 'big5', 'euc-jp', 'shift_jis', 'euc-kr', 'windows-1252']) {
      const decoder = new TextDecoder(charset);
      let taken = 0;
      for (let code = 0x80; code < 0xffff; code += 11) {
        const character = String.fromCodePoint(code);
        let bytes: Uint8Array;
        try {
          bytes = encodeText(character, charset);
        } catch {
          continue;
        }
        taken++;
        assert.equal(decoder.decode(bytes), character, `${charset} U+${code.toString(16)}`);
      }
      assert.ok(taken > (charset === 'windows-1252' ? 5 : 500), `${charset}: ${taken}`);
    }
  });

  it('refuses what it cannot write', () => {
    for (const [text, charset] of [
      ['😀', 'gbk'],
      ['中', 'latin1'],
      ['a', 'no-such-charset'],
      ['中', 'iso-2022-jp'],
    ] as const) {
      assert.throws(() => encodeText(text, charset), { name: 'CbError', code: 'unsupported' }, charset);
    }
  });
});
