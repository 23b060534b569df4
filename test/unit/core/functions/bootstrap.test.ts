import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readBootstrap } from '../../../../src/core/functions/bootstrap.ts';

describe('readBootstrap', () => {
  it('reads the shell and the program it starts', () => {
    const { interpreter, startFile, hasCarriageReturns } = readBootstrap(
      '#!/bin/bash\nexport PORT=9000\nexec /var/lang/node20/bin/node --enable-source-maps ./src/index.js\n',
    );
    assert.deepEqual([interpreter, startFile, hasCarriageReturns], ['/bin/bash', 'src/index.js', false]);
    assert.equal(readBootstrap('node index.js\r\n').interpreter, null);
    assert.equal(readBootstrap('node index.js\r\n').hasCarriageReturns, true);
    assert.equal(readBootstrap('#! /usr/bin/env bash\r\n').interpreter, '/usr/bin/env bash');
  });

  it('knows the start file only where there is one', () => {
    const cases: readonly (readonly [string, string | null])[] = [
      ['node index.js', 'index.js'],
      ['PORT=9000 node index.mjs &', 'index.mjs'],
      ['#!/bin/bash\ncd "$(dirname "$0")"\npython3 -u app.py', 'app.py'],
      ['cd /var/user\n/var/lang/python310/bin/python3.10 app.py', 'app.py'],
      ['cd server\nnode index.js', null],
      ['npm start', null],
      ['node a.js\nnode b.js', null],
      ['# node a.js\nnode b.js', 'b.js'],
      ['node "$MAIN"', null],
      ['node node_modules/.bin/tcb-ff', null],
      ['node node_modules/x/tcb-ff.js', null],
      ['node ../other.js', null],
      ['echo node index.js', null],
    ];
    for (const [text, expected] of cases) assert.equal(readBootstrap(text).startFile, expected, text);
  });

  it('knows a port and an address that are written out', () => {
    const cases: readonly (readonly [string, number | null, string | null])[] = [
      ['export PORT=8080\nnode index.js', 8080, null],
      ['PORT="3000" node index.js', 3000, null],
      ['export PORT="${PORT:-3000}"', null, null],
      ['export MYPORT=3000', null, null],
      ['export PORT=1\nexport PORT=2', null, null],
      ['# export PORT=1', null, null],
      ['export PORT=1\nuvicorn main:app --host 127.0.0.1 --port 9000', 9000, '127.0.0.1'],
      ['tcb-ff --port=3000', 3000, null],
      ['tcb-ff --port "$PORT"', null, null],
      ['php -S localhost:8000 index.php', 8000, 'localhost'],
      ['gunicorn -b 0.0.0.0:9000 app:app', 9000, '0.0.0.0'],
    ];
    for (const [text, port, host] of cases) {
      const found = readBootstrap(text);
      assert.deepEqual([found.port?.value ?? null, found.host?.value ?? null], [port, host], text);
      for (const one of [found.port, found.host]) {
        if (one !== null) assert.equal(text.slice(one.span.start, one.span.end), String(one.value));
      }
    }
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readBootstrap(text)));
  });
});
