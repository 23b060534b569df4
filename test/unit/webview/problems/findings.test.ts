import assert from 'node:assert/strict';
import type { FindingShown } from '../../../../src/protocol/answers.ts';
import { sortFindings } from '../../../../src/webview/problems/findingsTable.ts';

function finding(severity: FindingShown['severity'], code: string): FindingShown {
  return { severity, code, message: '', byteOffset: null, eventIndex: null, row: null };
}

describe('findings', () => {
  it('stand with the gravest first, each kind in the order of the stream', () => {
    const found = [
      finding('info', 'a'),
      finding('error', 'b'),
      finding('warning', 'c'),
      finding('error', 'd'),
    ];
    assert.deepEqual(
      sortFindings(found).map(({ code }) => code),
      ['b', 'd', 'c', 'a'],
    );
  });
});
