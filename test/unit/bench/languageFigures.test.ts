import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { placedRequests } from '../../../src/core/cbhttp/document.ts';
import { parseCbhttp } from '../../../src/core/cbhttp/parse.ts';
import { documentProblems } from '../../../src/core/cbhttp/problems.ts';
import { languageTable, type LanguageFigures } from '../../bench/language/languageFigures.ts';
import { makeText, REQUESTS } from '../../bench/language/languageText.ts';

const figures: LanguageFigures = {
  fullParseMs: 60,
  httpyacParseMs: 2000,
  updateMedianMs: 0.2,
  updateP99Ms: 6,
  providersMs: 9,
  modelBytes: 20_000_000,
  textBytes: 2_400_000,
  completionMs: 2,
  hoverMs: 1,
};

describe('the language benchmark', () => {
  it('says of each bar whether it is met', () => {
    const lines = languageTable(figures);
    assert.match(lines[2] ?? '', /60\.00 +≤ 80\.00 \(httpYac \/ 25\) +met$/);
    assert.deepEqual(
      lines.filter((line) => line.endsWith('NOT MET')).map((line) => line.slice(0, 38)),
      ['update after one character, p99, ms   '],
    );
  });

  it('has a text of 10,000 requests and about 2.4 MB, without a fault', () => {
    const text = makeText(REQUESTS);
    const bytes = new TextEncoder().encode(text).length;
    const document = parseCbhttp(text);
    assert.ok(bytes > 2_350_000 && bytes < 2_500_000, `${bytes} bytes`);
    assert.equal(placedRequests(document).length, REQUESTS);
    assert.deepEqual(documentProblems(document), []);
  });
});
