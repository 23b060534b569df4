import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { makeCertificates } from '../support/certificates.ts';
import { startForwardProxy } from '../support/forwardProxy.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import { connectionFaults } from './connectionFaults.ts';
import { contentFaults } from './contentFaults.ts';
import { Bench, openResources, temporaryFiles, type Outcome, type Surroundings } from './faultBench.ts';
import { codeFaults, gatewayFaults } from './gatewayFaults.ts';
import { proxyFaults } from './proxyFaults.ts';
import { requestFaults } from './requestFaults.ts';
import { timeFaults } from './timeFaults.ts';
import { tlsFaults } from './tlsFaults.ts';

const faults = [
  ...connectionFaults,
  ...timeFaults,
  ...tlsFaults,
  ...proxyFaults,
  ...contentFaults,
  ...gatewayFaults,
  ...requestFaults,
];

describe('Faults', function () {
  this.timeout(30_000);
  const outcomes: (Outcome & { readonly name: string })[] = [];
  const temporary = process.env['TMPDIR'];
  let folder: TemporaryFolder;
  let scratch: TemporaryFolder;
  let surroundings: Surroundings;

  before(async function () {
    this.timeout(60_000);
    folder = await makeTemporaryFolder();
    scratch = await makeTemporaryFolder();
    const guardedProxy = await startForwardProxy({ credentials: 'me:secret' });
    surroundings = { folder: folder.dir, certificates: makeCertificates(folder.dir), guardedProxy };
    process.env['TMPDIR'] = scratch.dir; // so that its files are those of this test
  });
  after(async () => {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
    await surroundings.guardedProxy.process.end();
    await folder.dispose();
    await scratch.dispose();
    printMatrix(outcomes);
  });

  it('are at least forty, each of another name', () => {
    assert.ok(faults.length - codeFaults.length + 1 >= 40, 'all codes of the gateway count as one');
    assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
  });

  for (const fault of faults) {
    it(`${fault.name}: ${fault.code}`, async () => {
      await delay(1); // the runner's own timer counts, too
      const before = openResources();
      const bench = new Bench(surroundings);
      try {
        const outcome = await bench.send(await fault.inject(bench));
        outcomes.push({ name: fault.name, ...outcome });
        assert.equal(outcome.code, fault.code, outcome.message);
        assert.match(outcome.message, fault.words);
        if (typeof fault.kept === 'string') assert.equal(outcome.kept, fault.kept);
        else assert.match(outcome.kept, fault.kept);
        await bench.assertClosed();
        await bench.sendHealthy();
      } finally {
        await bench.dispose();
      }
      await until(() => isWithin(openResources(), before), 5000);
      const left = openResources();
      assert.ok(isWithin(left, before), `sockets or timers are left: ${left.join()} after ${before.join()}`);
      assert.deepEqual(temporaryFiles(), [], 'no temporary file is left');
    });
  }
});

/** True if each kind is there no more often than before. */
function isWithin(now: readonly string[], before: readonly string[]): boolean {
  const count = (list: readonly string[], kind: string): number => list.filter((one) => one === kind).length;
  return now.every((kind) => count(now, kind) <= count(before, kind));
}

function printMatrix(outcomes: readonly (Outcome & { readonly name: string })[]): void {
  const cut = (text: string, width: number): string =>
    text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
  const line = (fault: string, code: string, kept: string, message: string): void =>
    console.log(`${cut(fault, 50)}  ${cut(code, 26)}  ${cut(kept, 42)}  ${message}`);
  console.log();
  line('fault', 'code', 'kept', 'message → advice');
  for (const { name, code, kept, message, advice } of outcomes) {
    line(name, code, kept, [message, ...advice.slice(0, 1)].join(' → '));
  }
}
