import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FileTexts } from '../../src/host/fileTexts.ts';
import { WorkspaceFunctions } from '../../src/host/workspaceFunctions.ts';
import { eventually } from '../support/until.ts';
import { closeAll, fileUri, scratch, writeFile } from './editor.ts';

describe('the functions of the workspace', () => {
  let functions: WorkspaceFunctions;
  let log: vscode.LogOutputChannel;
  let read: string[];

  beforeEach(() => {
    log = vscode.window.createOutputChannel('functions test', { log: true });
    read = [];
    const texts = new FileTexts((uri) => {
      read.push(vscode.workspace.asRelativePath(uri));
      return vscode.workspace.fs.readFile(uri);
    });
    functions = new WorkspaceFunctions(log, texts);
  });

  afterEach(async () => {
    functions.dispose();
    log.dispose();
    for (const name of added)
      await vscode.workspace.fs.delete(fileUri(name)).then(undefined, () => undefined);
    added.clear();
    await closeAll();
  });

  it('are those of the config, at once', async () => {
    const [folder] = await functions.folders();
    assert.equal(folder?.envId, 'my-dev-1a2b');
    assert.deepEqual(
      folder.functions.map(({ declared: { name, type }, file }) => [
        name,
        type,
        vscode.workspace.asRelativePath(file),
      ]),
      [
        ['hello', 'HTTP', 'cloudbaserc.json'],
        ['nightly', 'Event', 'cloudbaserc.json'],
      ],
    );
    assert.deepEqual(folder.problems, []);
  });

  it('are listed soon, however many there are: no file is read for each', async () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ name: `many-${index}`, type: 'HTTP' }));
    await addFile('package.json', JSON.stringify({ cloudbase: { functions: many } }));
    const before = performance.now();
    const [folder] = await functions.folders();
    const elapsedMs = performance.now() - before;
    assert.equal(folder?.functions.length, 500);
    assert.deepEqual(read, ['package.json']);
    assert.ok(elapsedMs < 1000, `${elapsedMs} ms`);
  });

  it('come from the config that tcb takes, live', async () => {
    await functions.settled();
    await addFile('cloudbaserc', 'functions:\n  - name: bare\n');
    await becomes(['bare (cloudbaserc)']);
    await addFile('package.json', '{ "cloudbase": { "functions": [{ "name": "inPackage" }] } }');
    await becomes(['inPackage (package.json)']);
    await removeFile('package.json');
    await removeFile('cloudbaserc');
    await becomes(['hello (cloudbaserc.json)', 'nightly (cloudbaserc.json)']);
  });

  it('have their templates filled in from .env, live', async () => {
    await addFile('cloudbaserc', 'envId: "{{env.ENV}}"\nfunctions:\n  - name: "{{env.NAME}}"\n');
    const [before] = await functions.folders();
    assert.equal(before?.envId, '{{env.ENV}}');
    assert.deepEqual(
      before.problems.map(({ message, at, severity }) => [message.includes('env.NAME'), at.line, severity]),
      [[true, 2, 'warning']],
    );
    await addFile('.env', 'ENV=e1\nNAME=from-env\n');
    await becomes(['from-env (cloudbaserc)']);
    await addFile('.env.local', 'ENV=e2\n');
    await eventually('the local one', async () => (await functions.folders())[0]?.envId === 'e2');
    assert.deepEqual((await functions.folders())[0]?.problems, []);
  });

  it('are also folders with a scf_bootstrap, and those of cloudbase-functions.json, live', async () => {
    await functions.settled();
    await watched('found');
    await writeFile('found/alone/scf_bootstrap', '#!/bin/bash\n');
    await becomes([...declared, 'alone (scratch/found/alone/scf_bootstrap)']);
    await writeFile('found/node_modules/x/scf_bootstrap', '');
    await writeFile('found/a/b/c/d/scf_bootstrap', '');
    const framework = { functionsRoot: '.', functions: [{ name: 'sse', directory: './sse' }] };
    await writeFile('found/cloudbase-functions.json', JSON.stringify(framework));
    const sse = 'sse (scratch/found/cloudbase-functions.json)';
    await becomes([...declared, sse, 'alone (scratch/found/alone/scf_bootstrap)']);
    const found = await functions.find('sse', undefined);
    assert.equal(found?.declared.kind, 'framework');
    assert.equal(found.folder.toString(), fileUri(`${scratch}/found/sse`).toString());
    // A folder that comes and goes is told of as the folder alone.
    await vscode.workspace.fs.rename(fileUri(`${scratch}/found/alone`), fileUri(`${scratch}/moved`));
    await becomes([...declared, sse, 'moved (scratch/moved/scf_bootstrap)']);
    for (const name of ['found', 'moved'])
      await vscode.workspace.fs.delete(fileUri(`${scratch}/${name}`), { recursive: true });
    await becomes(declared);
  });

  it('are run by functions-framework where they have it and no scf_bootstrap', async () => {
    await addFile('cloudbaserc', `functions: [{ name: fw, type: HTTP, dir: ${scratch}/fw }]`);
    await watched('fw');
    assert.equal((await functions.find('fw', undefined))?.declared.kind, 'bootstrap');
    const manifest = '{ "dependencies": { "@cloudbase/functions-framework": "1" } }';
    await writeFile('fw/package.json', manifest);
    await eventually(
      'the framework',
      async () => (await functions.find('fw', undefined))?.declared.kind === 'framework',
    );
    await writeFile('fw/scf_bootstrap', '#!/bin/bash\n');
    await eventually(
      'its scf_bootstrap',
      async () => (await functions.find('fw', undefined))?.declared.kind === 'bootstrap',
    );
  });

  it('are neither read nor told of again where nothing has changed', async () => {
    await addFile('.env', 'A=1\n');
    await functions.settled();
    const changes: number[] = [];
    const touched = new Set<string>();
    const listeners = [
      functions.onDidChange(() => changes.push(1)),
      functions.onDidTouchFile((uri) => touched.add(vscode.workspace.asRelativePath(uri))),
    ];
    try {
      read.length = 0;
      await addFile('cloudbaserc.yml', 'functions: []\n'); // the JSON one comes first
      await addFile('.env', 'A=2\n'); // no template asks for it
      await eventually('both are told of', () => touched.has('cloudbaserc.yml') && touched.has('.env'));
      await functions.settled();
      assert.deepEqual([read, changes], [[], []]);
    } finally {
      for (const listener of listeners) listener.dispose();
    }
  });

  /** Waits until files of a new folder are told of: what comes before that may be missed. */
  async function watched(folder: string): Promise<void> {
    const touched = new Set<string>();
    const listener = functions.onDidTouchFile((uri) => touched.add(uri.toString()));
    try {
      let count = 0;
      const isTold = async (): Promise<boolean> => {
        const probe = await writeFile(`${folder}/probe.txt`, String((count += 1)));
        return count > 1 && touched.has(probe.toString());
      };
      await eventually(`${folder} is watched`, isTold, 15_000);
    } finally {
      listener.dispose();
    }
  }

  async function becomes(expected: readonly string[]): Promise<void> {
    let last: readonly string[] = [];
    await eventually(`the functions ${expected.join(', ')}`, async () => {
      last = (await functions.settled()).flatMap((folder) =>
        folder.functions.map(
          ({ declared: { name }, file }) => `${name} (${vscode.workspace.asRelativePath(file)})`,
        ),
      );
      return JSON.stringify(last) === JSON.stringify(expected);
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${last.join(', ')}`);
    });
  }
});

const declared = ['hello (cloudbaserc.json)', 'nightly (cloudbaserc.json)'];
const added = new Set<string>();

/** Writes a file directly into the workspace folder, for the time of a test. */
async function addFile(name: string, content: string): Promise<void> {
  added.add(name);
  await vscode.workspace.fs.writeFile(fileUri(name), new TextEncoder().encode(content));
}

async function removeFile(name: string): Promise<void> {
  await vscode.workspace.fs.delete(fileUri(name));
}
