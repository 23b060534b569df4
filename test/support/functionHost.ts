/** A process that runs a function as the extension's does, until its input ends or it is killed. */
import type { Launch } from '../../src/core/functions/launch.ts';
import { startFunctionProcess } from '../../src/net/functionProcess.ts';
import { createProcessGuard } from '../../src/net/processGuard.ts';

const [guardFile = '', port = '', launch = ''] = process.argv.slice(2);
const guard = createProcessGuard([process.execPath, guardFile]);
const started = startFunctionProcess({
  launch: JSON.parse(launch) as Launch,
  port: Number(port),
  guard,
  readyTimeoutMs: 10_000,
  onLine: () => {},
  onText: () => {},
});
process.stdin.resume().on('end', () => {
  started.abandon();
  guard.dispose();
  process.exit(0);
});
void started.ready.then((outcome) => console.log(outcome));
