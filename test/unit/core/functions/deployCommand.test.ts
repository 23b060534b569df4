import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { deployCommand, shellKind } from '../../../../src/core/functions/deployCommand.ts';

const chat = { name: 'chat', envId: 'my-dev-1a2b', directory: 'functions/chat', isHttp: true };

describe('the command that deploys a function', () => {
  it('names function, environment, folder and kind', () => {
    assert.equal(
      deployCommand(chat, 'posix'),
      'tcb fn deploy chat -e my-dev-1a2b --dir functions/chat --httpFn',
    );
    assert.equal(
      deployCommand({ ...chat, envId: '', directory: '', isHttp: false }, 'posix'),
      'tcb fn deploy chat',
    );
  });

  it('quotes what a shell would read', () => {
    const evil = { ...chat, name: "a'; rm -rf ~ #", directory: 'my functions/$(id)' };
    assert.equal(
      deployCommand(evil, 'posix'),
      "tcb fn deploy 'a'\\''; rm -rf ~ #' -e my-dev-1a2b --dir 'my functions/$(id)' --httpFn",
    );
    assert.match(deployCommand(evil, 'powershell'), /^tcb fn deploy 'a''; rm -rf ~ #' /);
    assert.match(
      deployCommand({ ...chat, name: 'a" & calc %PATH%' }, 'cmd'),
      /^tcb fn deploy "a & calc PATH" /,
    );
  });

  it('reaches the program word by word, whatever the words are', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'cbhttp-words-'));
    try {
      const script = path.join(dir, 'tcb');
      const seen = path.join(dir, 'seen');
      writeFileSync(script, `#!/bin/sh\nprintf '%s\\0' "$@" > "${seen}"\n`, { mode: 0o755 });
      const word = fc
        .string({ minLength: 1, unit: 'grapheme' })
        .filter((text) => !/[\0\r\n\ud800-\udfff]/.test(text));
      fc.assert(
        fc.property(word, word, (name, directory) => {
          const command = deployCommand({ name, envId: 'e', directory, isHttp: true }, 'posix');
          execFileSync('sh', ['-c', command], {
            env: { ...process.env, PATH: `${dir}:${process.env['PATH'] ?? ''}` },
          });
          assert.deepEqual(readFileSync(seen, 'utf8').split('\0').slice(0, -1), [
            ...['fn', 'deploy', name, '-e', 'e', '--dir', directory, '--httpFn'],
          ]);
        }),
        { numRuns: 40 },
      );
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('knows the shells by their programs', () => {
    assert.equal(shellKind('/bin/bash'), 'posix');
    assert.equal(shellKind('/usr/bin/pwsh'), 'powershell');
    assert.equal(shellKind('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'), 'powershell');
    assert.equal(shellKind('C:\\WINDOWS\\system32\\cmd.exe'), 'cmd');
  });
});
