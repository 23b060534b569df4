import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatMessage } from '../../../../src/core/message.ts';
import { isSecretName, isWrittenOut, secretNamesOf } from '../../../../src/core/profiles/plainSecrets.ts';
import { readProfiles } from '../../../../src/core/profiles/profile.ts';

describe('secrets in settings', () => {
  it('are told by their names', () => {
    const secret = [
      'token',
      'accessToken',
      'access_token',
      'PASSWORD',
      'db-passwd',
      'clientSecret',
      'apiKey',
      'X-Api-Key',
      'Authorization',
      'Cookie',
    ];
    const plain = [
      'maxTokens',
      'tokens',
      'tokenUrl',
      'secretName',
      'token_type',
      'expiresIn',
      'monkey',
      'author',
      'lang',
      'keyword',
      'userId',
    ];
    assert.deepEqual(
      secret.filter((name) => !isSecretName(name)),
      [],
    );
    assert.deepEqual(
      plain.filter((name) => isSecretName(name)),
      [],
    );
  });

  it('are written out unless a variable or nothing stands there', () => {
    assert.deepEqual(
      ['abc', 'Bearer abc', '{{$secret t}}', 'Bearer {{$secret t}}', 'Bearer', ' ', ''].map(isWrittenOut),
      [true, true, false, false, false, false, false],
    );
  });

  it('are warned of, without their values', () => {
    const { problems } = readProfiles(
      {
        dev: {
          headers: { Authorization: 'Bearer hush', Accept: '*/*' },
          variables: { token: '{{$secret token}}' },
        },
        $shared: { variables: { password: 'hush', lang: 'zh' } },
      },
      'dev',
    );
    const texts = problems.map((problem) => formatMessage(problem));
    assert.equal(texts.length, 2);
    assert.match(texts[0] ?? '', /profiles\.dev\.headers\.Authorization .*\{\{\$secret Authorization\}\}/);
    assert.match(texts[1] ?? '', /profiles\.\$shared\.variables\.password /);
    assert.doesNotMatch(texts.join('\n'), /hush/);
  });

  it('that a profile needs are named once', () => {
    const { active } = readProfiles(
      {
        dev: {
          headers: { A: '{{$secret one}} {{ $secret two }}' },
          variables: { b: '{{$secret one}}', c: '{{other}}' },
          tls: { passphraseSecret: 'pass' },
        },
      },
      'dev',
    );
    assert.deepEqual(secretNamesOf(active), ['one', 'two', 'pass']);
  });
});
