import * as assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { CheckStep } from '../../src/net/connectionCheck.ts';
import { startGateway, type Gateway } from '../support/gateway/gateway.ts';
import { startScriptedServer, type ScriptedServer } from '../support/sseServer.ts';
import { eventually } from '../support/until.ts';
import { cancelling, closeAll, confirming, fileUri, firstLens, lensesOf, openRequests } from './editor.ts';

const settingsFile = () => fileUri('.vscode/settings.json');
const run = <T>(command: string, ...args: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(`cbhttp.${command}`, ...args);
const profiles = () =>
  vscode.workspace
    .getConfiguration('cbhttp')
    .get<Record<string, Record<string, unknown> | undefined>>('profiles');

async function settingsText(): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(settingsFile()));
}

/** Writes the workspace's settings and waits until they hold, and whoever has the file open has the new text. */
async function writeSettings(text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(settingsFile(), new TextEncoder().encode(text));
  const written = JSON.parse(text.replace(/\/\/ .*|\/\*.*?\*\//g, '')) as Record<string, unknown>;
  const held = (id: string) => vscode.workspace.getConfiguration().inspect(id)?.workspaceValue;
  await eventually('the settings are read', () =>
    ['cbhttp.profiles', 'cbhttp.activeProfile'].every((id) => isDeepStrictEqual(held(id), written[id])),
  );
  await eventually('the text is the new one', () =>
    vscode.workspace.textDocuments.every(
      (open) => open.uri.toString() !== settingsFile().toString() || open.getText() === text,
    ),
  );
}

const commented = `{
  // who we are
  "cbhttp.profiles": {
    "local": { "route": "local" }, // here
    /* there */
    "dev": { "envId": "my-dev-1a2b" } // test
    // the end
  },
  "cbhttp.activeProfile": "local" // now
}
`;

describe('profiles', () => {
  let former: string;
  let fn: ScriptedServer;
  let gateway: Gateway;
  before(async () => {
    await vscode.extensions.getExtension('cbhttp.cbhttp')?.activate();
    former = await settingsText();
    fn = await startScriptedServer();
    gateway = await startGateway({
      environments: { dev: { envId: 'my-dev-1a2b', apiKey: 'k' } },
      functions: { chat: fn.port },
    });
  });
  beforeEach(() => writeSettings(commented));
  afterEach(async () => {
    await closeAll();
    await vscode.commands.executeCommand('notifications.clearAll');
  });
  after(async () => {
    await writeSettings(former);
    await gateway.dispose();
    await fn.dispose();
  });

  it('are added by a word of each step, and the settings’ comments stay', async () => {
    const given = { name: 'test', envId: 'my-test-3c4d', auth: 'none', protected: true };
    assert.equal(await confirming(run<string>('addProfile', given)), 'test');
    assert.deepEqual(profiles()?.['test'], { envId: 'my-test-3c4d', protected: true });
    assert.equal(
      await settingsText(),
      commented.replace(
        '"my-dev-1a2b" } // test\n',
        '"my-dev-1a2b" }, // test\n    "test": {\n      "envId": "my-test-3c4d",\n      "protected": true\n    }\n',
      ),
    );
  });

  it('are not added where the user gives up', async () => {
    assert.equal(await cancelling(run('addProfile', { name: 'test' })), undefined);
    assert.equal(await settingsText(), commented);
  });

  it('are switched, and lenses follow at once', async () => {
    const { document } = await openRequests('GET fn://hello\n');
    const profileLens = async () => (await lensesOf(document.uri))[1]?.title;
    assert.equal(await profileLens(), '$(cloud) local');
    await run('setActiveProfile', { profile: 'dev' });
    await eventually('the lens names it', async () => (await profileLens()) === '$(cloud) dev');
    assert.equal(await settingsText(), commented.replace('"local" // now', '"dev" // now'));
    await firstLens(document.uri, /Send/);
  });

  it('are shown by an edit of their settings, also where it makes them protected', async () => {
    const { document } = await openRequests('# @profile dev\nGET fn://hello\n');
    await writeSettings(commented.replace('1a2b" }', '1a2b", "protected": true }'));
    await eventually('the shield', async () => (await lensesOf(document.uri))[1]?.title === '$(shield) dev');
  });

  it('are edited at their place in the settings', async () => {
    await run('editProfile', { profile: 'dev' });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), settingsFile().toString());
    assert.equal(editor?.document.getText(editor.selection), 'dev');
    assert.equal(editor?.selection.start.line, 5);
  });

  it('are duplicated under a free name', async () => {
    assert.equal(await confirming(run<string>('duplicateProfile', { profile: 'dev' })), 'dev-2');
    assert.deepEqual(profiles()?.['dev-2'], { envId: 'my-dev-1a2b' });
    assert.ok((await settingsText()).includes('// the end'));
  });

  it('are deleted after a question, with the name of the active one', async () => {
    await run('setActiveProfile', { profile: 'dev' });
    await eventually(
      'dev is active',
      () => vscode.workspace.getConfiguration('cbhttp').get('activeProfile') === 'dev',
    );
    await cancelling(run('deleteProfile', { profile: 'dev' }));
    assert.ok(profiles()?.['dev']);
    await confirming(run('deleteProfile', { profile: 'dev' }));
    assert.equal(profiles()?.['dev'], undefined);
    const text = await settingsText();
    assert.doesNotMatch(text, /dev|activeProfile/);
    assert.match(text, /\/\/ who we are[^]*\/\/ here[^]*\/\* there \*\/[^]*\/\/ the end/);
  });

  it('are not written while the settings hold changes that are not saved', async () => {
    const editor = await vscode.window.showTextDocument(settingsFile());
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// mine\n'));
    assert.equal(await run('addProfile', { name: 'test', route: 'local', baseUrl: '' }), undefined);
    assert.equal(await settingsText(), commented);
  });

  it('are checked: who answers, and whether the credential is taken', async () => {
    const setting = `{ "cbhttp.profiles": { "dev": { "envId": "my-dev-1a2b", "baseUrl": "${gateway.origin}/dev" } } }`;
    await writeSettings(setting);
    const steps = await run<CheckStep[]>('checkProfile', { profile: 'dev' });
    assert.deepEqual(steps.map(({ step, outcome }) => `${step} ${outcome}`).slice(0, 4), [
      'address ok',
      'reach ok',
      'credential skipped',
      'access failed',
    ]);
    assert.equal(fn.openConnections, 0);
  });

  it('are imported from other tools’ environments; what looks secret does not stand in the settings', async () => {
    const environments = {
      dev: { lang: 'zh', token: 'hush' },
      stage: { host: 'http://127.0.0.1:1', password: 'hush' },
    };
    const file = fileUri('http-client.env.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(environments)));
    try {
      const names = await confirming(run<string[]>('importProfiles', { from: ['http-client.env.json'] }));
      assert.deepEqual(names.toSorted(), ['dev', 'stage']);
      assert.deepEqual(profiles()?.['stage'], {
        variables: { host: 'http://127.0.0.1:1', password: '{{$secret password}}' },
      });
      assert.deepEqual(profiles()?.['dev'], {
        envId: 'my-dev-1a2b',
        variables: { lang: 'zh', token: '{{$secret token}}' },
      });
      assert.doesNotMatch(await settingsText(), /hush/);
      assert.match(await settingsText(), /\/\/ the end/);
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });
});
