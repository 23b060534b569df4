import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { checkBootstrap } from '../../../../../src/core/functions/checks/bootstrapChecks.ts';
import { checkStartFile } from '../../../../../src/core/functions/checks/startFileChecks.ts';

const sound = { isExecutable: true, hasByteOrderMark: false };

describe('checkBootstrap', () => {
  it('finds nothing in a sound one', () => {
    const text = '#!/bin/bash\nexport PORT=9000\nexec /var/lang/node20/bin/node index.js\n';
    assert.deepEqual(checkBootstrap(text, sound), []);
    assert.deepEqual(checkBootstrap(text, { ...sound, isExecutable: null }), []);
  });

  it('finds what keeps the platform from starting it', () => {
    const text = 'export PORT=8080\r\nphp -S 127.0.0.1:8080\r\n';
    const issues = checkBootstrap(text, { isExecutable: false, hasByteOrderMark: true });
    assert.deepEqual(
      issues.map(({ code, severity, fixes }) => [code, severity, fixes[0]?.kind]),
      [
        ['not-executable', 'error', 'make-executable'],
        ['line-endings', 'error', 'line-endings'],
        ['byte-order-mark', 'error', undefined],
        ['no-shebang', 'error', 'edit'],
        ['port', 'warning', 'edit'],
        ['loopback-address', 'warning', 'edit'],
      ],
    );
    assert.deepEqual(issues[0]?.span, { start: 0, end: 16 });
  });

  it('adds the shell, also where only its mark stands', () => {
    for (const [text, fixed] of [
      ['node a.js\n', '#!/bin/bash\nnode a.js\n'],
      ['#!\nnode a.js\n', '#!/bin/bash\nnode a.js\n'],
      ['', '#!/bin/bash\n'],
    ] as const) {
      const [fix] = checkBootstrap(text, sound)[0]?.fixes ?? [];
      assert.ok(fix?.kind === 'edit');
      const [edit] = fix.edits;
      assert.equal(text.slice(0, edit?.span.start) + (edit?.text ?? '') + text.slice(edit?.span.end), fixed);
    }
  });
});

describe('checkStartFile', () => {
  it('finds a port and an address that are written out', () => {
    const cases: readonly (readonly [string, string, readonly string[]])[] = [
      ['a.js', 'app.listen(3000);', ['3000']],
      ['a.js', "server.listen(3000, '127.0.0.1', () => {});", ['3000', '127.0.0.1']],
      ['a.js', 'server.listen({ port: 8080, host: "localhost" })', ['8080', 'localhost']],
      ['a.js', 'const port = 3000;\napp.listen(port, () => log(port));', ['3000']],
      ['a.js', "app.listen(process.env.PORT || 9000, 'localhost');", ['localhost']],
      ['a.py', 'app.run(host="127.0.0.1", port=5000)', ['5000', '127.0.0.1']],
      ['a.py', 'uvicorn.run(app, host="0.0.0.0", port=8000)', ['8000']],
      ['a.py', "server = HTTPServer(('localhost', 8000), Handler)", ['8000', 'localhost']],
    ];
    for (const [name, text, marked] of cases) {
      const issues = checkStartFile(name, text);
      assert.deepEqual(
        issues.map(({ span }) => text.slice(span.start, span.end)),
        marked,
        text,
      );
      assert.ok(issues.every(({ fixes }) => fixes.length === 1));
    }
  });

  it('says nothing where it is right, or not certain', () => {
    for (const [name, text] of [
      ['a.js', "app.listen(9000, '0.0.0.0')"],
      ['a.js', 'app.listen(process.env.PORT ?? 3000)'],
      ['a.js', '// app.listen(3000)\n/* app.listen(3000) */ app.listen(9000)'],
      ['a.js', 'app.listen(80); app.listen(443);'],
      ['a.js', 'let port = 3000; port += 1; app.listen(port)'],
      ['a.js', 'const port = 3000; { const port = 9000; app.listen(port) }'],
      ['a.js', 'const port = Number(x) || 3000; app.listen(port)'],
      ['a.js', 'const url = "http://x//"; app.listen(9000)'],
      ['a.js', 'app.listen(3000 + offset)'],
      ['a.py', '# app.run(port=5000)'],
      ['a.py', 'asyncio.run(main(port=5000))'],
      ['a.py', 'app.run(port=port)'],
    ] as const) {
      assert.deepEqual(checkStartFile(name, text), [], text);
    }
  });

  it('never throws, and takes time by length alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('a.js', 'a.py'), (text, name) => {
        checkStartFile(name, text);
        checkBootstrap(text, sound);
      }),
    );
    const before = performance.now();
    for (const piece of [
      '/*',
      '`',
      "'",
      '"\\',
      '.listen(',
      '.listen(const a=',
      '#!',
      ' #',
      ' --port ',
      '//',
    ]) {
      const text = piece.repeat(Math.floor(250_000 / piece.length));
      checkStartFile('a.js', text);
      checkStartFile('a.py', text);
      checkBootstrap(text, sound);
    }
    assert.ok(performance.now() - before < 3000, `${performance.now() - before} ms`);
  });
});
