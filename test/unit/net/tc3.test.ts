import assert from 'node:assert/strict';
import { sign } from '@cloudbase/signature-nodejs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { signTc3 } from '../../../src/net/tc3.ts';

// The key of the worked example in Tencent Cloud's documentation of "Signature v3".
const example = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
};

describe('signTc3', () => {
  it('signs the vendor’s worked example of POST', () => {
    const authorization = signTc3(example, {
      service: 'cvm',
      host: 'cvm.tencentcloudapi.com',
      contentType: 'application/json; charset=utf-8',
      payload: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
      timestampSeconds: 1551113065,
    });
    assert.equal(
      authorization,
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, ' +
        'SignedHeaders=content-type;host, ' +
        'Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    );
  });

  it('signs the vendor’s worked example of GET', () => {
    const authorization = signTc3(example, {
      service: 'cvm',
      host: 'cvm.tencentcloudapi.com',
      contentType: 'application/x-www-form-urlencoded',
      method: 'GET',
      query: 'Limit=10&Offset=0',
      payload: '',
      timestampSeconds: 1539084154,
    });
    assert.match(
      authorization,
      /2018-10-09\/cvm.*=5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474$/,
    );
  });

  it('gives what the vendor’s own signer gives, whatever is signed', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9]{1,40}$/);
    fc.assert(
      fc.property(
        key,
        key,
        fc.integer({ min: 1, max: 4e9 }),
        fc.string(),
        (secretId, secretKey, timestamp, text) => {
          const params = { grant_type: 'client_credentials', text };
          const theirs = sign({
            secretId,
            secretKey,
            method: 'POST',
            url: 'https://my-env.api.tcloudbasegateway.com/auth/v1/token/clientCredential',
            params,
            headers: { 'content-type': 'application/json', host: 'my-env.api.tcloudbasegateway.com' },
            timestamp,
            withSignedParams: false,
            isCloudApi: true,
          });
          const ours = signTc3(
            { secretId, secretKey },
            {
              service: 'tcb',
              host: 'my-env.api.tcloudbasegateway.com',
              path: '/auth/v1/token/clientCredential',
              payload: JSON.stringify(params),
              timestampSeconds: timestamp,
            },
          );
          assert.equal(ours, theirs.authorization);
        },
      ),
    );
  });
});
