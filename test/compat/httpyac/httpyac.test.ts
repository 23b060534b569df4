import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { repositoryDir } from '../../support/paths.ts';
import { rows } from './compatCase.ts';
import { compareCase, sendCases } from './compareCase.ts';
import { corpus } from './corpus/corpus.ts';
import { loadHttpyac } from './httpyacSend.ts';
import { installHttpyac } from './installHttpyac.ts';
import { reasons } from './reasons.ts';

const tlsFile = path.join(__dirname, 'loopback.pem');

describe('our reading of .http texts beside httpYac’s', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cbhttp-httpyac-'));
  let outcomes: Awaited<ReturnType<typeof sendCases>>;
  before('install httpYac', installHttpyac).timeout(180_000);
  before('send all texts with both', async () => {
    process.env['CBHTTP_COMPAT_USER'] = 'ada'; // for `$processEnv`, in both tools
    const httpyac = loadHttpyac(await installHttpyac());
    outcomes = await sendCases(corpus, { httpyac, folder, tls: readFileSync(tlsFile, 'utf8'), tlsFile });
  }).timeout(240_000);
  after(() => {
    delete process.env['CBHTTP_COMPAT_USER'];
    rmSync(folder, { recursive: true });
  });

  it('has at least four texts for every row, each with a name of its own', () => {
    assert.ok(corpus.length >= 150, `${corpus.length} texts`);
    for (const row of rows) {
      const count = corpus.filter((one) => one.row === row).length;
      assert.ok(count >= 4, `${row}: ${count} texts`);
    }
    const names = corpus.map((one) => one.name);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it('differs only for reasons that docs/http-compatibility.md gives', () => {
    const page = readFileSync(path.join(repositoryDir, 'docs', 'http-compatibility.md'), 'utf8');
    const named = [...page.matchAll(/^\|\s*([^|]+?)\s*\|/gm)].map((match) => match[1] ?? '');
    const listed = named.filter((text) => text !== 'Where' && !/^:?-+:?$/.test(text));
    assert.deepEqual(listed.toSorted(), Object.values(reasons).toSorted());
    const used = new Set(corpus.flatMap(({ differs }) => (differs === undefined ? [] : [differs.because])));
    assert.deepEqual([...used].toSorted(), Object.keys(reasons).toSorted());
  });

  for (const row of rows) {
    const cases = corpus.filter((one) => one.row === row);
    it(`${row}: ${cases.length} texts`, () => {
      const wrong: string[] = [];
      for (const one of cases) {
        const outcome = outcomes.get(one);
        assert.ok(outcome);
        const difference = compareCase(one, outcome);
        if (difference !== null) wrong.push(difference);
      }
      assert.equal(wrong.length, 0, `\n${wrong.join('\n')}`);
    });
  }
});
