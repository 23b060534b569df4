import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { accepts, anyFreePort } from '../../src/net/portProbe.ts';
import { runCommand, statusItem, toast } from '../support/editorActions.ts';
import { findLeftovers, markDescendants } from '../support/leftovers.ts';
import { becomes, eventually } from '../support/until.ts';
import { openPanelSession, sendRequest, type PanelSession } from './panel/panelSession.ts';

/** Answers with the id of the process that started it, which is VS Code's extension host. */
const code = `const { createServer } = require('node:http');
createServer((request, answer) => answer.end('host ' + process.ppid))
  .listen(Number(process.env.PORT), '127.0.0.1');
`;

describe('a function on this machine', () => {
  let session: PanelSession;
  let mark: string;
  let port: number;
  before(async () => {
    mark = markDescendants();
    port = await anyFreePort();
    const local = { route: 'local', functions: { hello: port } };
    session = await openPanelSession({ 'cbhttp.profiles': { local } });
    await session.write('cloudbaserc.json', '{ "functions": [{ "name": "hello", "type": "HTTP" }] }\n');
    await session.write(
      'functions/hello/scf_bootstrap',
      '#!/bin/bash\nexec /var/lang/node20/bin/node index.js\n',
    );
    await session.write('functions/hello/index.js', code);
  });
  after(async () => {
    await session.dispose();
    assert.deepEqual(await findLeftovers(mark), []);
  });

  it('that crashes is told of, with its exit code and the way to the line that did it', async () => {
    const { page } = session;
    await session.write(
      'functions/hello/index.js',
      `// hello\nfunction work() {\n  throw new Error('out of luck');\n}\nwork();\n`,
    );
    await runCommand(page, 'Run Function');
    const told = toast(page, 'The function "hello" ended with exit code 1: Error: out of luck');
    await told.waitFor();
    await page.locator('.notification-toast').getByRole('button', { name: 'Show', exact: true }).click();
    await page.locator('.tab.active[data-resource-name="index.js"]').waitFor();
    await statusItem(page, 'Ln 3, Col 9').waitFor();
    await runCommand(page, 'View: Close All Editors');
    await session.write('functions/hello/index.js', code);
  });

  it('that does not run is started from the panel of a request to it, which is then sent', async () => {
    const { page } = session;
    const panel = await sendRequest(session, 'start', 'GET fn://hello/there');
    await panel.locator('#state[data-phase=ended][data-reason=error]').waitFor();
    await panel.locator('#error').getByText('refused').waitFor();
    await panel.getByRole('button', { name: 'Start function and send' }).click();
    await panel.locator('#state[data-phase=ended][data-reason=complete]').waitFor();
    assert.equal(await panel.locator('#start-function').isVisible(), false);
    await becomes(() => panel.locator('#url').textContent(), `http://127.0.0.1:${port}/there`);
    await page.locator('.terminal-tabs-entry, .single-terminal-tab', { hasText: 'hello' }).first().waitFor();
  });

  it('is stopped by a command, and by the end of VS Code’s extension host, however that comes', async () => {
    const { page } = session;
    await runCommand(page, 'Stop Function');
    await eventually('it is gone', async () => !(await accepts(port)));
    await runCommand(page, 'Run Function');
    await eventually('it runs', () => accepts(port), 10_000);
    const answer = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    process.kill(Number(/^host (\d+)$/.exec(answer)?.[1]), 'SIGKILL');
    await eventually('it is gone with its host', async () => !(await accepts(port)));
  });
});
