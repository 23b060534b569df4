import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { FrameLocator } from 'playwright-core';

/** As much of axe-core's answer as matters here: all of it is megabytes. */
interface AxeResults {
  readonly passCount: number;
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** Serious and critical findings of axe-core in the panel's own frame, each with the place and the first element it is about. */
export async function audit(panel: FrameLocator, place: string): Promise<string[]> {
  const root = await panel.locator('html').elementHandle();
  const frame = await root?.ownerFrame();
  assert.ok(frame);
  const isThere = await frame.evaluate(() => 'axe' in self);
  if (!isThere) await frame.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { passCount, violations } = await frame.evaluate<AxeResults>(
    'axe.run(document).then(({ passes, violations }) => ({ passCount: passes.length, violations }))',
  );
  assert.ok(passCount > 10, 'axe-core found something to look at');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes: [first] }) => `${place}: ${id}: ${first?.html ?? ''} ${first?.failureSummary ?? ''}`);
}
