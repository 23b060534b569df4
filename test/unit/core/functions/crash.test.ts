import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  crashPlace,
  crashReason,
  describeCrash,
  placesIn,
  type Crash,
} from '../../../../src/core/functions/crash.ts';
import { formatMessage } from '../../../../src/core/message.ts';

const node = `/w/hello/index.js:3
  throw new Error('out of luck');
  ^

Error: out of luck
    at deepest (/w/hello/node_modules/lib/index.js:9:1)
    at work (/w/hello/lib/work.js:12:9)
    at Object.<anonymous> (/w/hello/index.js:3:9)
    at Module._compile (node:internal/modules/cjs/loader:1554:14)
    at async file:///w/hello/start.mjs:1:7 {
  code: 'E_LUCK'
}

Node.js v20.20.2`.split('\n');

const python = `Traceback (most recent call last):
  File "/w/py/app.py", line 10, in <module>
    main()
  File "app.py", line 4, in main
    import flask
ModuleNotFoundError: No module named 'flask'`.split('\n');

const isOwn = (path: string) => !path.includes('node_modules') && !path.startsWith('node:');

describe('placesIn', () => {
  const places = (line: string) =>
    placesIn(line).map(({ start, end, path, line: number, column }) => [
      line.slice(start, end),
      path,
      number,
      column,
    ]);

  it('finds what Node, Python, shells, Go and PHP name', () => {
    assert.deepEqual(places('    at work (/w/my code/a.js:12:9)'), [
      ['/w/my code/a.js:12:9', '/w/my code/a.js', 12, 9],
    ]);
    assert.deepEqual(places('    at async file:///w/start.mjs:1:7'), [
      ['file:///w/start.mjs:1:7', 'file:///w/start.mjs', 1, 7],
    ]);
    assert.deepEqual(places('C:\\w\\index.js:3'), [['C:\\w\\index.js:3', 'C:\\w\\index.js', 3, null]]);
    assert.deepEqual(places('  File "app.py", line 4, in main'), [
      ['File "app.py", line 4', 'app.py', 4, null],
    ]);
    assert.deepEqual(places('/w/scf_bootstrap: line 2: nod: command not found'), [
      ['/w/scf_bootstrap: line 2', '/w/scf_bootstrap', 2, null],
    ]);
    assert.deepEqual(places('/w/scf_bootstrap: 2: nod: not found'), [
      ['/w/scf_bootstrap: 2', '/w/scf_bootstrap', 2, null],
    ]);
    assert.deepEqual(places('\t/w/main.go:8 +0x1d'), [['/w/main.go:8', '/w/main.go', 8, null]]);
    assert.deepEqual(places('PHP Fatal error:  Uncaught Error in /w/index.php:7'), [
      ['/w/index.php:7', '/w/index.php', 7, null],
    ]);
    assert.deepEqual(places('PHP Parse error: syntax error in /w/index.php on line 3'), [
      ['/w/index.php on line 3', '/w/index.php', 3, null],
    ]);
  });

  it('finds nothing in what is no place', () => {
    for (const line of [
      'listening on http://127.0.0.1:9000',
      '    at Module._compile (node:internal/modules/cjs/loader:1554:14)',
      'at 12:30:45 something happened',
      '2026-01-01T12:30:45Z GET /a/b:1',
    ]) {
      assert.deepEqual(places(line), [], line);
    }
    fc.assert(fc.property(fc.string(), (line) => void placesIn(line)));
  });

  it('takes no longer where a line is made to be hard', () => {
    const hard = ['(/a:1 ', 'at /', 'in /a:', '/a: ', '\t/'].map((part) => part.repeat(400));
    const startMs = performance.now();
    for (let count = 0; count < 20; count++) for (const line of hard) placesIn(line.slice(0, 2000));
    assert.ok(performance.now() - startMs < 2000);
  });
});

describe('a crash', () => {
  const crash: Crash = {
    name: 'hello',
    command: 'bash',
    folder: '/w/hello',
    port: 9001,
    end: { exitCode: 1, signal: null, error: null },
    lines: node,
  };
  const words = (changes: Partial<Crash>): string =>
    describeCrash({ ...crash, ...changes })
      .map((message) => formatMessage(message))
      .join(' ');

  it('is blamed on the deepest line of somebody’s own code', () => {
    assert.deepEqual(
      [crashPlace(node, isOwn)?.path, crashPlace(node, isOwn)?.line],
      ['/w/hello/lib/work.js', 12],
    );
    assert.deepEqual([crashPlace(python, isOwn)?.path, crashPlace(python, isOwn)?.line], ['app.py', 4]);
    assert.equal(crashPlace([...node, ...python], isOwn)?.path, 'app.py', 'the last one counts');
    const syntax = ['/w/hello/index.js:7', 'const', '', 'SyntaxError: Unexpected end of input'];
    assert.equal(crashPlace(syntax, isOwn)?.line, 7);
    assert.equal(crashPlace(['nothing'], isOwn), null);
  });

  it('is told by its exit code and the line that says why', () => {
    assert.equal(crashReason(node), 'Error: out of luck');
    assert.equal(words({}), 'The function "hello" ended with exit code 1: Error: out of luck');
    assert.match(words({ lines: [] }), /exit code 1 and wrote nothing/);
    assert.match(words({ lines: ['one', 'two', ''] }), /exit code 1: two$/);
    assert.match(words({ end: { exitCode: null, signal: 'SIGKILL', error: null } }), /was ended by SIGKILL/);
    assert.match(words({ end: { exitCode: null, signal: null, error: 'no-program' } }), /no "bash"/);
    assert.match(
      words({ end: { exitCode: null, signal: null, error: 'no-folder' } }),
      /no folder \/w\/hello/,
    );
  });

  it('comes with advice where that is plain', () => {
    assert.match(
      words({ lines: ["Error: Cannot find module 'express'"] }),
      /run "npm install" in \/w\/hello/,
    );
    assert.match(
      words({ lines: ["Error [ERR_MODULE_NOT_FOUND]: Cannot find package '@a/b' imported from /w/x.mjs"] }),
      /npm install/,
    );
    assert.doesNotMatch(words({ lines: ["Error: Cannot find module './own'"] }), /npm install/);
    assert.match(words({ lines: python }), /pip install/);
    assert.match(
      words({ lines: ['Error: listen EADDRINUSE: address already in use :::9000'] }),
      /environment variable PORT, here 9001/,
    );
    const missing = ['/w/hello/scf_bootstrap: line 2: nod: command not found'];
    const end = { exitCode: 127, signal: null, error: null };
    assert.match(words({ lines: missing, end }), /not on this machine/);
  });
});
