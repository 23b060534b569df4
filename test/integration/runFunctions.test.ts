import * as assert from 'node:assert/strict';
import { connect } from 'node:net';
import * as vscode from 'vscode';
import { findLeftovers, markDescendants } from '../support/leftovers.ts';
import { startScriptedServer } from '../support/sseServer.ts';
import { eventually } from '../support/until.ts';
import {
  clickLens,
  closeAll,
  fileUri,
  firstLens,
  hoverText,
  lensesOf,
  openRequests,
  panelTitles,
  placeOf,
  scratch,
  withSetting,
  writeFile,
} from './editor.ts';

const bootstrap = '#!/bin/bash\nexec /var/lang/node20/bin/node index.js\n';

/** A server that answers with its word and its port. */
const code = `const { createServer } = require('node:http');
const port = Number(process.env.PORT);
const word = require('node:fs').readFileSync('word.txt', 'utf8');
const server = createServer((request, answer) => {
  answer.end(word + ' ' + port + ' ' + request.url);
});
server.listen(port, '127.0.0.1', () => console.log(word + ' listens'));
`;

interface Reference {
  readonly name: string;
  readonly folder: vscode.Uri;
}

describe('functions on this machine', function () {
  this.timeout(60_000);

  let mark: string;
  beforeEach(async () => {
    await vscode.extensions.getExtension('cbhttp.cbhttp')?.activate();
    mark = markDescendants();
  });
  afterEach(async () => {
    for (const { task } of vscode.tasks.taskExecutions) {
      await vscode.commands.executeCommand('cbhttp.stopFunction', { reference: reference(task.name) });
    }
    await eventually('the tasks are over', () => vscode.tasks.taskExecutions.length === 0);
    assert.deepEqual(await left(), []);
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await closeAll();
  });

  /** What still runs; VS Code's own extensions start servers meanwhile. */
  async function left(): Promise<readonly string[]> {
    return (await findLeftovers(mark)).filter((line) => !line.includes('/vscode/extensions/'));
  }

  function reference(name: string): Reference {
    return { name, folder: fileUri(`${scratch}/${name}`) };
  }

  /** Writes a function, which its scf_bootstrap makes one. */
  async function write(name: string, files: Record<string, string> = {}): Promise<Reference> {
    const all = { scf_bootstrap: bootstrap, 'index.js': code, 'word.txt': name, ...files };
    for (const [file, text] of Object.entries(all)) await writeFile(`${name}/${file}`, text);
    await vscode.commands.executeCommand('cbhttp.refreshFunctions');
    return reference(name);
  }

  async function execute(command: string, reference: Reference): Promise<unknown> {
    return vscode.commands.executeCommand(command, { reference });
  }

  it('run, are sent to, and leave nothing behind when they are stopped', async () => {
    const one = await write('one');
    assert.equal(await execute('cbhttp.runFunction', one), true);
    await eventually('the task', () => vscode.tasks.taskExecutions.length === 1);
    const [execution] = vscode.tasks.taskExecutions;
    assert.deepEqual(
      [execution?.task.name, execution?.task.definition],
      ['one', { type: 'cbhttp', function: 'one' }],
    );
    await eventually('its terminal', () => vscode.window.terminals.some(({ name }) => name === 'one'));

    const { document } = await openRequests('GET fn://one/hello?x=1\n');
    const port = await portIn(document);
    await clickLens(document.uri, /Send/);
    await resultLens(document.uri, /200/);
    assert.equal(await ask(port, '/x'), `one ${port} /x`);

    await execute('cbhttp.stopFunction', one);
    assert.equal(await connects(port), false);
    assert.deepEqual(await left(), []);
    await eventually('the task is over', () => vscode.tasks.taskExecutions.length === 0);
  });

  it('are sent to along with the deployed one, and compared, by the first choice of one command', async () => {
    const seeing = code.replace('answer.end(', "require('node:fs').writeFileSync('seen.txt', JSON.stringify([request.url, request.headers]));\n  answer.end("); // prettier-ignore
    const one = await write('one', { 'index.js': seeing });
    assert.equal(await execute('cbhttp.runFunction', one), true);
    const server = await startScriptedServer();
    const profiles = {
      dev: { envId: 'e-1', baseUrl: server.origin, protected: false, qualifier: '2' },
      other: { envId: 'e-2' },
    };
    try {
      await withSetting('profiles', profiles, async () => {
        const { document } = await openRequests('### both\n# @profile dev\nGET fn://one/hello?x=1\n');
        const reference = (await lensesOf(document.uri))[0]?.arguments?.[0] as object;
        const sent = vscode.commands.executeCommand('cbhttp.sendAndCompare', reference);
        const asked = server.nextRequest();
        let isAsked = false;
        void asked.then(() => (isAsked = true));
        await eventually('the choice', async () => {
          if (!isAsked) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
          return isAsked;
        });
        const deployed = await asked;
        assert.equal(deployed.request.url, '/v1/functions/one/hello?x=1');
        assert.equal(deployed.request.header('X-Qualifier'), '2');
        await deployed.head(200);
        await deployed.end();
        await sent;
        const tabs = ['Comparison: both', 'both · dev', 'both · dev · local'];
        await eventually('both panels and the comparison', () =>
          tabs.every((tab) => panelTitles().includes(tab)),
        );
        const seen = Buffer.from(
          await vscode.workspace.fs.readFile(vscode.Uri.joinPath(one.folder, 'seen.txt')),
        );
        const [url, headers] = JSON.parse(seen.toString()) as [string, Record<string, string>];
        assert.equal(url, '/hello?x=1');
        assert.deepEqual(Object.keys(headers).filter((name) => /^(?:x-|auth)/.test(name)), []); // prettier-ignore
      });
    } finally {
      await closeAll();
      await server.dispose();
    }
  });

  it('run several at once, each on a port of its own', async () => {
    const references = [await write('one'), await write('two')];
    const ready = await Promise.all(references.map((one) => execute('cbhttp.runFunction', one)));
    assert.deepEqual(ready, [true, true]);
    const { document } = await openRequests('GET fn://one/\n\n###\nGET fn://two/\n');
    const ports = [await portIn(document, 0), await portIn(document, 1)];
    assert.notEqual(ports[0], ports[1]);
    assert.equal(await ask(ports[0] ?? 0, '/'), `one ${ports[0]} /`);
    assert.equal(await ask(ports[1] ?? 0, '/'), `two ${ports[1]} /`);
    assert.equal(await execute('cbhttp.runFunction', references[0] as Reference), true, 'runs already');
    assert.equal(vscode.tasks.taskExecutions.length, 2);
  });

  it('end with their exit code where they crash, and can be run again', async () => {
    const crashing = await write('crashing', { 'index.js': "throw new Error('out of luck');\n" });
    const ended = new Promise<number | undefined>((resolve) => {
      const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== 'crashing') return;
        listening.dispose();
        resolve(exitCode);
      });
    });
    assert.equal(await execute('cbhttp.runFunction', crashing), false);
    assert.equal(await ended, 1);
    await write('crashing');
    assert.equal(await execute('cbhttp.runFunction', crashing), true);
  });

  it('are tasks as well, for tasks.json, and end with their task', async () => {
    await write('task');
    const tasks = await vscode.tasks.fetchTasks({ type: 'cbhttp' });
    const task = tasks.find(({ name }) => name === 'task');
    assert.ok(task);
    const execution = await vscode.tasks.executeTask(task);
    const { document } = await openRequests('GET fn://task/\n');
    const port = await portIn(document);
    await eventually('its port', () => connects(port), 10_000);
    execution.terminate();
    await eventually('it is gone', async () => !(await connects(port)));
    assert.deepEqual(await left(), []);
  });

  it('end when their terminal is closed', async () => {
    const one = await write('closing');
    assert.equal(await execute('cbhttp.runFunction', one), true);
    const terminal = () => vscode.window.terminals.find(({ name }) => name === 'closing');
    await eventually('its terminal', () => terminal() !== undefined);
    terminal()?.dispose();
    assert.deepEqual(await left(), []);
  });

  it('restart when a file is saved, where the setting says so', async () => {
    const one = await write('saved');
    await withSetting('functions.restartOnSave', true, async () => {
      assert.equal(await execute('cbhttp.runFunction', one), true);
      const { document: request } = await openRequests('GET fn://saved/\n');
      const port = await portIn(request);
      assert.equal(await ask(port, '/'), `saved ${port} /`);
      // The VS Code under test has no language server for JavaScript, and fails where it needs it.
      const file = vscode.Uri.joinPath(one.folder, 'word.txt');
      const editor = await vscode.window.showTextDocument(file);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'just '));
      await editor.document.save();
      await eventually(
        'the changed code',
        async () => (await ask(port, '/').catch(() => '')) === `just saved ${port} /`,
        15_000,
      );
    });
  });

  it('stop at a breakpoint that a Send hits, and end with the session', async () => {
    // The debugger wants a file of JavaScript, which is shown; it stays plain text for as long as it may be open.
    await vscode.workspace
      .getConfiguration('files')
      .update('associations', { '*.js': 'plaintext' }, vscode.ConfigurationTarget.Workspace);
    const one = await write('debugged');
    const file = vscode.Uri.joinPath(one.folder, 'index.js');
    const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(file, new vscode.Position(4, 2)));
    let frame: { readonly id: number; readonly line: number } | undefined;
    const hit = new Promise<vscode.DebugSession>((resolve) => {
      const tracking = vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: ({
            event,
            body,
          }: {
            event?: string;
            body?: { threadId: number; reason: string };
          }) => {
            if (event !== 'stopped' || body?.reason !== 'breakpoint') return;
            tracking.dispose();
            session.customRequest('stackTrace', { threadId: body.threadId, levels: 1 }).then(
              (trace: { stackFrames: { id: number; line: number }[] }) => {
                frame = trace.stackFrames[0];
                resolve(session);
              },
              (error: unknown) => console.error(error),
            );
          },
        }),
      });
    });
    vscode.debug.addBreakpoints([breakpoint]);
    try {
      assert.equal(await execute('cbhttp.debugFunction', one), true);
      const { document } = await openRequests('GET fn://debugged/here\n');
      const sent = clickLens(document.uri, /Send/);
      const session = await hit;
      assert.equal(frame?.line, 5);
      const { result } = (await session.customRequest('evaluate', {
        expression: 'port',
        frameId: frame.id,
        context: 'repl',
      })) as { result: string };
      assert.equal(result, String(await portIn(document)));
      await vscode.commands.executeCommand('workbench.action.debug.continue');
      await sent;
      await resultLens(document.uri, /200/);
      await vscode.debug.stopDebugging();
      await eventually('the task is over', () => vscode.tasks.taskExecutions.length === 0, 10_000);
      assert.deepEqual(await left(), []);
    } finally {
      vscode.debug.removeBreakpoints([breakpoint]);
      await vscode.debug.stopDebugging();
    }
  });
});

/** The port a request is sent to, once the function runs, as its hover says. */
async function portIn(document: vscode.TextDocument, nth = 0): Promise<number> {
  let port = 0;
  await eventually(
    'a port in the hover',
    async () => {
      const text = await hoverText(document.uri, placeOf(document, 'fn://', nth).translate(0, 6));
      port = Number(/127\.0\.0\.1:(\d+)/.exec(text)?.[1] ?? 0);
      return port > 0;
    },
    15_000,
  );
  return port;
}

async function resultLens(uri: vscode.Uri, title: RegExp): Promise<void> {
  await firstLens(uri, /Send/);
  await eventually('the result', async () => (await lensesOf(uri)).some((lens) => title.test(lens.title)));
}

async function ask(port: number, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

async function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
