import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { inlayHintsOf } from '../../../../../src/core/cbhttp/inlay/inlayHints.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';

const profiles = readProfiles(
  {
    cloud: { envId: 'env-1', auth: 'anonymous' },
    local: { route: 'local', functions: { b: 9001 } },
    empty: {},
  },
  'cloud',
);

function hints(text: string, end = text.length): string[] {
  return inlayHintsOf(parseCbhttp(text), { start: 0, end }, { profiles }).map(
    ({ offset, profile, host }) => `${text.slice(0, offset).split('\n').at(-1) ?? ''} → ${profile} ${host}`,
  );
}

describe('inlayHintsOf', () => {
  it('tells the profile and host behind a function', () => {
    assert.deepEqual(
      hints(
        [
          '@base = fn://a',
          '# @function a',
          '###',
          'GET fn://a/x HTTP/1.1',
          '  ?y=1',
          '###',
          '# @profile local',
          'GET fn://b/{{c}}',
          '###',
          '# @route local',
          'GET /path',
          '###',
          'GET {{base}}/z',
        ].join('\n'),
      ),
      [
        'GET fn://a/x → cloud env-1.api.tcloudbasegateway.com',
        'GET fn://b/{{c}} → local 127.0.0.1:9001',
        'GET /path → cloud 127.0.0.1:9000',
        'GET {{base}}/z → cloud env-1.api.tcloudbasegateway.com',
      ],
    );
  });

  it('says nothing where there is no function, profile or address, or outside the span', () => {
    assert.deepEqual(hints('GET http://x/\n###\nGET fn://{{a}}/\n###\n# @profile empty\nGET fn://a'), []);
    assert.deepEqual(hints('# @profile nobody\nGET fn://a\n###\n# @route what\nGET fn://a'), []);
    assert.deepEqual(hints('GET /\n###\nGET fn://a', 5), []);
  });
});
