import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { fillTemplates } from '../../../../src/core/functions/configTemplates.ts';

describe('fillTemplates', () => {
  const values = { variables: { A: '1', 'a.b': '2', EMPTY: '' }, envId: 'e' };

  it('fills in variables and the environment', () => {
    assert.deepEqual(
      fillTemplates('{{env.A}}-{{ env.a.b }}-{{tcb.envId}}-{{env.ENV_ID}}{{env.EMPTY}}', values),
      {
        text: '1-2-e-e',
        missing: [],
      },
    );
  });

  it('leaves what has no value as it stands, and names it', () => {
    assert.deepEqual(fillTemplates('{{env.B}}{{nope}}{{env.toString}}{{util.uid}}{{', values), {
      text: '{{env.B}}{{nope}}{{env.toString}}{{util.uid}}{{',
      missing: ['env.B', 'nope', 'env.toString'],
    });
    const unknown = { variables: null, envId: '{{env.ENV_ID}}' };
    assert.deepEqual(fillTemplates('{{tcb.envId}} {{env.ENV_ID}}', unknown).missing, [
      'tcb.envId',
      'env.ENV_ID',
    ]);
  });

  it('never drops a text: without values it stays itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(fillTemplates(`{{${text}}}`, { variables: {}, envId: '' }).text, `{{${text}}}`);
      }),
    );
  });
});
