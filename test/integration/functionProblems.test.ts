import * as assert from 'node:assert/strict';
import { chmod, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../support/until.ts';
import { closeAll, fileUri, scratch, writeFile } from './editor.ts';

const isPosix = process.platform !== 'win32';

describe('problems of functions’ files', () => {
  before(() => vscode.extensions.getExtension('cbhttp.cbhttp')?.activate());
  afterEach(async () => {
    await vscode.workspace.fs.delete(fileUri('cloudbaserc')).then(undefined, () => undefined);
    await closeAll();
    await eventually('no problem is left', () =>
      vscode.languages
        .getDiagnostics()
        .every(([uri]) => !uri.path.includes(`/${scratch}/`) || codesOf(uri).length === 0),
    );
  });

  it('are found in a scf_bootstrap, each with its fix', async function () {
    const uri = await writeFile('broken/scf_bootstrap', 'export PORT=8080\r\nnode index.js\r\n');
    await becomes(uri, [...(isPosix ? ['not-executable'] : []), 'line-endings', 'no-shebang', 'port']);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    if (isPosix) {
      await fix(uri, 'not-executable');
      await becomes(uri, ['line-endings', 'no-shebang', 'port']);
      assert.equal((await stat(uri.fsPath)).mode & 0o777, 0o755);
    }
    await fix(uri, 'line-endings');
    await becomes(uri, ['no-shebang', 'port']);
    await fix(uri, 'no-shebang');
    await becomes(uri, ['port']);
    await fix(uri, 'port');
    await becomes(uri, []);
    assert.equal(document.getText(), '#!/bin/bash\nexport PORT=9000\nnode index.js\n');
    assert.ok(await document.save());
    assert.equal(await textOf(uri), '#!/bin/bash\nexport PORT=9000\nnode index.js\n');
  });

  it('follow what is typed, and what changes on the disk', async () => {
    const uri = await writeFile('typed/scf_bootstrap', '#!/bin/bash\nnode index.js\n');
    if (isPosix) {
      await becomes(uri, ['not-executable']);
      // What happens right after a folder was made, its watcher may miss.
      await eventually('the mode is seen', async () => {
        await chmod(uri.fsPath, 0o755);
        return codesOf(uri).length === 0;
      });
    }
    await becomes(uri, []);
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'export PORT=3000\n'));
    await becomes(uri, ['port']);
    const [found] = problemsOf(uri);
    assert.equal(editor.document.getText(found?.range), '3000');
    await editor.edit((edit) => edit.delete(new vscode.Range(1, 0, 2, 0)));
    await becomes(uri, []);
    await vscode.workspace.fs.delete(uri);
    await becomes(uri, []);
  });

  it('are found in the program that is started', async () => {
    const program = await writeFile('started/app.py', 'app.run(host="127.0.0.1", port=5000)\n');
    await writeFile('started/scf_bootstrap', '#!/bin/bash\nexec python3 app.py\n');
    await becomes(program, ['port', 'loopback-address']);
    const document = await vscode.workspace.openTextDocument(program);
    await fix(program, 'port');
    await fix(program, 'loopback-address');
    await becomes(program, []);
    assert.equal(document.getText(), 'app.run(host="0.0.0.0", port=9000)\n');
  });

  it('are found in the config, also in what is typed there, each with its fix', async () => {
    await writeFile('both/scf_bootstrap', '#!/bin/bash\n');
    await writeFile('none/index.js', '');
    const uri = fileUri('cloudbaserc');
    const functions = [
      { name: 'both', dir: `${scratch}/both`, timeout: 60 },
      { name: 'none', dir: `${scratch}/none`, type: 'HTTP', memroySize: 128, runtime: 'Nodejs18.15' },
      { name: 'gone', dir: `${scratch}/gone` },
    ];
    await vscode.workspace.fs.writeFile(
      uri,
      new TextEncoder().encode(JSON.stringify({ functions }, null, 2)),
    );
    await becomes(uri, ['function-type', 'unknown-key', 'missing-bootstrap', 'missing-folder']);
    const editor = await vscode.window.showTextDocument(uri);
    const { document } = editor;
    const at = document.positionAt(document.getText().indexOf('60'));
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 2)), '6000'));
    await becomes(uri, [
      'function-type',
      'timeout-range',
      'unknown-key',
      'missing-bootstrap',
      'missing-folder',
    ]);
    for (const code of ['timeout-range', 'unknown-key', 'function-type']) await fix(uri, code);
    await becomes(uri, ['missing-bootstrap', 'missing-folder']);
    const [both, none] = (JSON.parse(document.getText()) as { functions: unknown[] }).functions;
    assert.deepEqual(both, { name: 'both', type: 'HTTP', dir: `${scratch}/both`, timeout: 900 });
    assert.equal((none as { memorySize: number }).memorySize, 128);

    await document.save();
    await fix(uri, 'missing-bootstrap');
    await becomes(uri, ['missing-folder']);
    const bootstrap = fileUri(`${scratch}/none/scf_bootstrap`);
    assert.equal(
      await textOf(bootstrap),
      '#!/bin/bash\nexport PORT="${PORT:-9000}"\nexec /var/lang/node18/bin/node index.js\n',
    );
    if (isPosix) assert.equal((await stat(bootstrap.fsPath)).mode & 0o777, 0o755);
    await eventually('it is shown', () => {
      const shown = vscode.window.activeTextEditor?.document.uri.toString();
      return shown === bootstrap.toString();
    });
    assert.deepEqual(codesOf(bootstrap), []);
  });

  it('name a template without a value, until a .env file gives it one', async () => {
    const uri = fileUri('cloudbaserc');
    const text = 'functions:\n  - name: "{{env.NAME}}"\n    dir: functions/hello\n';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await becomes(uri, ['unresolved-template']);
    const env = fileUri('.env');
    try {
      await vscode.workspace.fs.writeFile(env, new TextEncoder().encode('NAME=hello\n'));
      await becomes(uri, []);
    } finally {
      await vscode.workspace.fs.delete(env);
    }
  });

  it('name a config that does not count, and one that cannot be read', async () => {
    const uri = fileUri('cloudbaserc');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('functions: [\n'));
    await becomes(uri, ['config-syntax']);
    await becomes(fileUri('cloudbaserc.json'), ['config-ignored']);
    await vscode.workspace.fs.delete(uri);
    await eventually(
      'the other counts again',
      () => !codesOf(fileUri('cloudbaserc.json')).includes('config-ignored'),
    );
  });
});

/** Problems of this extension in a file, in its order. */
function problemsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'cbhttp')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

function codesOf(uri: vscode.Uri): string[] {
  return problemsOf(uri).map(({ code }) => (typeof code === 'string' ? code : ''));
}

async function becomes(uri: vscode.Uri, codes: readonly string[]): Promise<void> {
  const wanted = [...codes].sort().join();
  await eventually(`${codes.join()} in ${uri.path}`, () => codesOf(uri).sort().join() === wanted, 8000).catch(
    (error: unknown) => {
      throw new Error(`${String(error)}; there are ${codesOf(uri).join()}`);
    },
  );
}

/** What the fix of each problem says. */
const titles: Readonly<Record<string, RegExp>> = {
  'not-executable': /executable/,
  'line-endings': / LF$/,
  'no-shebang': /^Add #!/,
  port: / 9000$/,
  'loopback-address': / 0\.0\.0\.0$/,
  'timeout-range': / 900$/,
  'unknown-key': /"memorySize"$/,
  'function-type': /"HTTP"$/,
  'missing-bootstrap': /^Create scf_bootstrap/,
};

/** Does what the light bulb offers for a problem. */
async function fix(uri: vscode.Uri, code: string): Promise<void> {
  let action: vscode.CodeAction | undefined;
  await eventually(`a fix for ${code}`, async () => {
    const problem = problemsOf(uri).find((one) => one.code === code);
    if (problem === undefined) return false;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    action = actions.find(({ title }) => titles[code]?.test(title));
    return action !== undefined;
  });
  assert.ok(action);
  if (action.edit !== undefined) assert.ok(await vscode.workspace.applyEdit(action.edit));
  const { command } = action;
  if (command === undefined) return;
  await vscode.commands.executeCommand(
    command.command,
    ...((command.arguments as unknown[] | undefined) ?? []),
  );
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
