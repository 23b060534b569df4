import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  isFresh,
  readKeptTokens,
  readTokenRefusal,
  readTokenReply,
} from '../../../../../src/core/profiles/credentials/tokens.ts';

describe('tokens', () => {
  it('are read from a reply, with their end', () => {
    const reply = {
      token_type: 'Bearer',
      access_token: 'a',
      refresh_token: 'r',
      expires_in: 7200,
      scope: '',
      sub: '',
    };
    const tokens = readTokenReply(JSON.stringify(reply), 1000);
    assert.deepEqual(tokens, { accessToken: 'a', refreshToken: 'r', expiresAtMs: 7_201_000 });
    assert.deepEqual(readTokenReply('{"access_token":"a"}', 0), {
      accessToken: 'a',
      refreshToken: null,
      expiresAtMs: null,
    });
  });

  it('are not what cannot stand in a header, or is something else', () => {
    for (const text of [
      '',
      '[]',
      '{}',
      '<html>',
      '{"access_token":""}',
      '{"access_token":"a b"}',
      '{"access_token":"a\\r\\nX: y"}',
    ]) {
      assert.equal(readTokenReply(text, 0), null, text);
      assert.equal(readKeptTokens(text.replace('access_token', 'accessToken')), null, text);
    }
  });

  it('never throw on any text, and come back as they were kept', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readTokenReply(text, 0);
        readKeptTokens(text);
        readTokenRefusal(400, text, 'https://x');
      }),
    );
    const tokens = { accessToken: 'a', refreshToken: 'r', expiresAtMs: 5 };
    assert.deepEqual(readKeptTokens(JSON.stringify(tokens)), tokens);
  });

  it('are renewed a minute before their end', () => {
    const tokens = { accessToken: 'a', refreshToken: null, expiresAtMs: 100_000 };
    assert.equal(isFresh(tokens, 39_999), true);
    assert.equal(isFresh(tokens, 40_000), false);
    assert.equal(isFresh({ ...tokens, expiresAtMs: null }, 9e15), true);
  });

  it('that were not given are explained, with the code', () => {
    const said = (body: string) => {
      const { message } = readTokenRefusal(400, body, 'https://x');
      return [message.text, ...message.args].join(' ');
    };
    assert.match(
      said('{"error":"invalid_grant","error_description":"gone"}'),
      /Sign in again.*invalid_grant: gone/,
    );
    assert.match(
      said('{"code":"INVALID_ENV","message":"no","requestId":"1"}'),
      /envId and site.*INVALID_ENV: no/,
    );
    assert.match(said('<html>'), /HTTP status .* 400/);
  });
});
