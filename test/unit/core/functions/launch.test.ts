import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { directCommand } from '../../../../src/core/functions/directCommand.ts';
import {
  planLaunch,
  whyNotDebugged,
  type Launch,
  type LaunchInput,
} from '../../../../src/core/functions/launch.ts';
import { localScript, shebangOf } from '../../../../src/core/functions/localScript.ts';

const input: LaunchInput = {
  kind: 'bootstrap',
  name: 'hello',
  runtime: 'Nodejs20.19',
  folder: '/w/functions/hello',
  bootstrap: '#!/bin/bash\nexec /var/lang/node20/bin/node index.js\n',
  frameworkFile: null,
  frameworkArgs: [],
  binFolders: ['/w/functions/hello/node_modules/.bin', '/w/node_modules/.bin'],
  logFolder: '/tmp/logs',
  processEnvironment: { PATH: '/usr/bin', HOME: '/home/me' },
  dotenv: {},
  environment: {},
  port: 9001,
  platform: 'linux',
};

function launchOf(changes: Partial<LaunchInput>): Launch {
  const launch = planLaunch({ ...input, ...changes });
  assert.ok('command' in launch, 'it can be started');
  return launch;
}

describe('planLaunch', () => {
  it('gives the script to its interpreter, with the cloud’s node replaced', () => {
    const { command, args, cwd, runtime } = launchOf({});
    assert.deepEqual([command, cwd, runtime], ['bash', '/w/functions/hello', 'node']);
    assert.deepEqual(args, [
      '-c',
      '#!/bin/bash\nexec node index.js\n',
      '/w/functions/hello/scf_bootstrap', // what the script knows as $0
    ]);
  });

  it('keeps the interpreter and its flags, by name', () => {
    const started = (bootstrap: string) => {
      const { command, args, runtime } = launchOf({ bootstrap, runtime: '' });
      return [command, ...args.map((arg) => (arg === bootstrap ? 'SCRIPT' : arg)), runtime];
    };
    const file = '/w/functions/hello/scf_bootstrap';
    assert.deepEqual(started('#!/bin/sh -e\n./server\n'), ['sh', '-e', '-c', 'SCRIPT', file, 'other']);
    assert.deepEqual(started('#!/usr/bin/env python3\nimport x\n'), ['python3', file, 'python']);
    assert.deepEqual(started('#!/usr/bin/env -S node --no-warnings\nrun()'), [
      'node',
      '--no-warnings',
      file,
      'node',
    ]);
    assert.deepEqual(started('python3 -m http.server'), ['sh', '-c', 'SCRIPT', file, 'python']);
    assert.deepEqual(started('# node is not used\n./server\n'), ['sh', '-c', 'SCRIPT', file, 'other']);
  });

  it('takes the environment of the process, .env, the declaration and the port, the last one wins', () => {
    const { env } = launchOf({
      processEnvironment: {
        PATH: '/usr/bin',
        A: 'process',
        B: 'process',
        C: 'process',
        PORT: '1',
        GONE: undefined,
        ELECTRON_RUN_AS_NODE: '1',
        VSCODE_IPC_HOOK: 'x',
      },
      dotenv: { B: '.env', C: '.env', PORT: '2' },
      environment: { C: 'declared', PORT: '3' },
    });
    assert.deepEqual(env, {
      PATH: '/w/functions/hello/node_modules/.bin:/w/node_modules/.bin:/usr/bin',
      A: 'process',
      B: '.env',
      C: 'declared',
      LOG_DIRNAME: '/tmp/logs',
      PORT: '9001',
    });
  });

  it('starts functions-framework by its file, and says how to get it', () => {
    const framework = { kind: 'framework', bootstrap: null } as const;
    const frameworkFile = '/w/node_modules/@cloudbase/functions-framework/bin/tcb-ff.js';
    const { command, args, runtime } = launchOf({
      ...framework,
      frameworkFile,
      frameworkArgs: ['--source', 'app.js'],
    });
    assert.deepEqual(
      [command, ...args, runtime],
      ['node', frameworkFile, '--port', '9001', '--source', 'app.js', 'node'],
    );
    const missing = planLaunch({ ...input, ...framework });
    assert.match('problem' in missing ? missing.problem.text : '', /npm install @cloudbase/);
    const nothing = planLaunch({ ...input, bootstrap: null });
    assert.match('problem' in nothing ? nothing.problem.text : '', /no scf_bootstrap/);
  });

  it('knows the language of a script whose first line names the cloud’s program', () => {
    assert.equal(launchOf({ bootstrap: '#!/var/lang/node20/bin/node\nx()', runtime: '' }).runtime, 'node');
    assert.equal(launchOf({ bootstrap: '#!/var/lang/python310/bin/python3.10\nx()' }).runtime, 'python');
  });

  it('starts a program as it is, and a script too long for an argument by its file', () => {
    const file = '/w/functions/hello/scf_bootstrap';
    const program = launchOf({ bootstrap: '\u007fELF\u0001\0' });
    assert.deepEqual([program.command, program.args], [file, []]);
    const long = launchOf({ bootstrap: `#!/bin/bash -e\n${'# a line\n'.repeat(20_000)}node index.js\n` });
    assert.deepEqual([long.command, long.args, long.runtime], ['bash', ['-e', file], 'node']);
  });

  it('leaves out variables that no process can have', () => {
    const { env } = launchOf({ environment: { A: 'a\0b', 'B=C': '1', D: '2' }, dotenv: { E: '\0' } });
    assert.deepEqual([env['A'], env['B=C'], env['D'], env['E']], [undefined, undefined, '2', undefined]);
  });

  it('says why it cannot be debugged', () => {
    const why = (runtime: Launch['runtime']) => whyNotDebugged('hello', { runtime })?.text;
    assert.equal(why('node'), undefined);
    assert.match(why('python') ?? '', /ms-python\.debugpy/);
    assert.match(why('other') ?? '', /does not run on Node\.js/);
  });

  it('needs no shell on Windows where the script only runs a command', () => {
    const windows = {
      platform: 'win32',
      folder: 'C:\\w\\hello',
      binFolders: [],
      processEnvironment: { Path: 'C:\\bin' },
    };
    const plain = launchOf({ ...windows });
    assert.deepEqual([plain.command, ...plain.args], ['node', 'index.js']);
    assert.equal(plain.env['Path'], 'C:\\bin');
    const more = launchOf({ ...windows, bootstrap: '#!/bin/bash\nfor f in *; do node "$f"; done\n' });
    assert.deepEqual(
      [more.command, more.args[0], more.args[2]],
      ['bash', '-c', 'C:\\w\\hello\\scf_bootstrap'],
    );
  });
});

describe('localScript', () => {
  it('replaces the programs of the cloud, whatever their version', () => {
    const written = [
      'export PATH=/var/lang/node18/bin:$PATH',
      '"/var/lang/node16/bin/node" a.js && /var/lang/node20.19/bin/npm start',
      '/var/lang/python310/bin/python3.10 -m app; /var/lang/python37/bin/python3 b.py',
    ];
    assert.equal(
      localScript(`\uFEFF${written.join('\r\n')}`, null),
      'export PATH=/var/lang/node18/bin:$PATH\n"node" a.js && npm start\npython3 -m app; python3 b.py',
    );
  });

  it('leads to functions-framework where it is installed', () => {
    const file = '/w/my modules/tcb-ff.js';
    const lead = (text: string) => localScript(text, file);
    assert.equal(
      lead('exec node node_modules/@cloudbase/functions-framework/bin/tcb-ff.js --port 1'),
      `exec node '${file}' --port 1`,
    );
    assert.equal(lead('node "./node_modules/.bin/tcb-ff" -w'), `node "${file}" -w`);
    assert.equal(lead('./node_modules/.bin/tcb-ff'), `'${file}'`);
    assert.equal(lead('npx tcb-ff\necho my/tcb-ffx'), 'npx tcb-ff\necho my/tcb-ffx');
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        localScript(text, '/f');
        shebangOf(text);
        directCommand(text, {});
      }),
    );
  });
});

describe('directCommand', () => {
  const direct = (script: string, env: Record<string, string> = {}) => {
    const found = directCommand(script, env);
    return found && [found.command, ...found.args, found.env];
  };

  it('reads variables and one command', () => {
    const script =
      '#!/bin/bash\nset -e\nexport A=1 B="two words" C=\'$A\'\nPORT="${PORT:-9000}" # ours\nexec node --port "$PORT" ${A} x"$B"y\n';
    assert.deepEqual(direct(script, { PORT: '9001' }), [
      'node',
      '--port',
      '9001',
      '1',
      'xtwo wordsy',
      { PORT: '9001', A: '1', B: 'two words', C: '$A' },
    ]);
    assert.deepEqual(direct('node --port ${PORT:-9000}'), ['node', '--port', '9000', {}]);
    assert.deepEqual(direct('npm start'), ['cmd.exe', '/d', '/c', 'npm', 'start', {}]);
  });

  it('runs a file of JavaScript with node, which Windows would not', () => {
    const found = directCommand('#!/bin/bash\n./server.mjs --a', {});
    assert.deepEqual([found?.command, found?.args], ['node', ['./server.mjs', '--a']]);
  });

  it('leaves everything else to a shell', () => {
    for (const script of [
      '',
      'export A=1',
      'cd app && node a.js',
      'node a.js | tee log',
      'node $(pwd)/a.js',
      'node a.js &',
      'node *.js',
      'node a.js\nnode b.js',
      'node "a',
      'if true; then node a.js; fi',
      'A=1 node a.js',
      'node `pwd`',
      'node a.js > log',
    ]) {
      assert.equal(direct(script), null, script);
    }
  });
});
