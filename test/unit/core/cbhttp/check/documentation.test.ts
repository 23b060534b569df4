import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { directives } from '../../../../../src/core/cbhttp/knowledge/directiveInfo.ts';
import { SYSTEM_VARIABLES } from '../../../../../src/core/cbhttp/variables/systemVariables.ts';
import { repositoryDir } from '../../../../support/paths.ts';
import { contextOf, functionInfo, problemsIn } from './context.ts';

const page = readFileSync(path.join(repositoryDir, 'docs', 'cbhttp.md'), 'utf8');
const examples = [...page.matchAll(/^```http\n([^]*?)^```/gm)].map(([, text = '']) => text);

describe('docs/cbhttp.md', () => {
  it('shows requests with which nothing is wrong', () => {
    const names = new Set(
      [...page.matchAll(/fn:\/\/([\w-]+)|@function ([\w-]+)/g)].map(([, a, b]) => a ?? b),
    );
    const functions = [...names].map((name) => functionInfo(name ?? ''));
    for (const text of examples) {
      const problems = problemsIn(text, contextOf({ functions }));
      const wrong = problems.filter((problem) => !problem.startsWith('information script-not-run'));
      assert.deepEqual(wrong, [], text);
    }
    assert.ok(examples.length > 15);
  });

  it('has an example of each directive and each system variable', () => {
    const missing = [
      ...[...directives.keys()].filter((word) => !page.includes(`\`# @${word}`)),
      ...SYSTEM_VARIABLES.map(({ name }) => name).filter((name) => !page.includes(`{{${name}`)),
    ];
    assert.deepEqual(missing, []);
  });
});
