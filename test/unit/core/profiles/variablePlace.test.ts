import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  variableInDotenv,
  variableInSettings,
  type VariablePlace,
} from '../../../../src/core/profiles/variablePlace.ts';

/** `line:text` of a place. */
function shown(text: string, place: VariablePlace | undefined): string | undefined {
  return place && `${text.slice(0, place.start).split('\n').length}:${text.slice(place.start, place.end)}`;
}

describe('variableInSettings', () => {
  const profiles = `"cbhttp.profiles": {
    // of all
    "$shared": { "variables": { "team": "blue" } },
    "dev": { "variables": { "user.name": "ada", "team": "red", }, },
  },`;

  it('finds a variable in its profile, also below comments and in a workspace file', () => {
    for (const text of [`{\n"a": 1,\n${profiles}\n}`, `{ "folders": [],\n"settings": {\n${profiles}\n} }`]) {
      assert.equal(shown(text, variableInSettings(text, 'dev', 'team')), '6:team');
      assert.equal(shown(text, variableInSettings(text, '$shared', 'team')), '5:team');
      assert.equal(shown(text, variableInSettings(text, 'dev', 'user.name')), '6:user.name');
    }
  });

  it('finds nothing in what has no such variable', () => {
    for (const text of ['', '[]', '{', '{ "cbhttp.profiles": 1 }', `{${profiles}}`]) {
      assert.equal(variableInSettings(text, 'dev', 'variables'), undefined, text);
      assert.equal(variableInSettings(text, 'prod', 'team'), undefined, text);
    }
  });
});

describe('variableInDotenv', () => {
  it('finds the definition that counts', () => {
    const text = '# API=0\r\nAPI = 1\r\nAPI_BASE=x\n  export API=2\nB="\nC=1\n';
    assert.equal(shown(text, variableInDotenv(text, 'API')), '4:API');
    assert.equal(shown(text, variableInDotenv(text, 'API_BASE')), '3:API_BASE');
    assert.equal(variableInDotenv(text, 'BASE'), undefined);
  });
});
