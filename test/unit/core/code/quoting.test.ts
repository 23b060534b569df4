import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import vm from 'node:vm';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CodeRequest } from '../../../../src/core/code/codeRequest.ts';
import { bashText } from '../../../../src/core/code/curlBash.ts';
import { curlPowerShell } from '../../../../src/core/code/curlPowerShell.ts';
import { jsString, jsValue } from '../../../../src/core/code/javaScript.ts';
import { pythonString } from '../../../../src/core/code/pythonText.ts';
import { plainText, type Template } from '../../../../src/core/code/template.ts';
import { fill } from '../../../../src/core/message.ts';
import { readPowerShell, TEMPORARY_FILE } from '../../../support/powerShellReader.ts';
import { codeRequestOf } from '../../../support/preparedCode.ts';

/** Pieces with a meaning in some shell or language. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      "'",
      '"',
      '`',
      '\\',
      '$',
      '${',
      '$(',
      ')',
      '}',
      '!',
      '%',
      '^',
      '&',
      '|',
      ';',
      '#',
      '~',
      '*',
      '?',
      '@',
      '=',
      ' ',
      '\t',
      '\n',
      '\r',
      '\r\n',
    ],
    ...[
      "'@",
      '"@',
      '\n"@\n',
      "\n'@\n",
      '\\n',
      '\\u',
      '\\x',
      '"""',
      "'''",
      '//',
      '*/',
      '{{',
      '$env:PATH',
      '‘',
      '’',
      '“',
      '–',
      '\u2028',
      '\u0001',
      '\u001b',
      '\u007f',
      '\u0085',
      '\u200b',
      '\ufeff',
      '中',
      '𠮷',
      '-',
      '--',
    ],
  ),
  fc.string({ maxLength: 3 }).filter((text) => !text.includes('\0')),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const sample = fc.sample(text, { numRuns: 1500, seed: 7 });

/** Values of curl's config, unquoted as its manual says. */
function configValues(config: string, name: string): string[] {
  return config.split('\n').flatMap((line) => {
    const found = new RegExp(`^${name} = "((?:[^"\\\\]|\\\\.)*)"$`, 's').exec(line)?.[1];
    if (found === undefined) return [];
    const known: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', v: '\v' };
    return [found.replace(/\\(.)/gs, (_all, one: string) => known[one] ?? one)];
  });
}

describe('texts in generated code', () => {
  it('are one word of bash', () => {
    const script = sample.map((one) => `printf '%s\\0' ${bashText(plainText(one))}\n`).join('');
    const output = execFileSync('bash', [], { input: script, encoding: 'utf8', maxBuffer: 1e8 });
    assert.deepEqual(output.split('\0').slice(0, -1), sample);
  });

  it('are one word of an interactive bash, which also replaces `!`', () => {
    const script = sample.slice(0, 400).map((one) => `printf '%s\\0' ${bashText(plainText(one))}\n`);
    const output = execFileSync('bash', [], {
      input: `set -o history; set -o histexpand\n${script.join('')}`,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    assert.deepEqual(output.split('\0').slice(0, -1), sample.slice(0, 400));
  });

  it('are literals of JavaScript', () => {
    for (const one of sample) {
      assert.equal(vm.runInThisContext(jsString(one)), one);
      const value = { [one]: [one, null, 1] };
      assert.deepEqual(
        JSON.parse(JSON.stringify(vm.runInThisContext(`(${jsValue(value, '')})`))),
        JSON.parse(JSON.stringify(value)),
      );
    }
  });

  it('are literals of Python', () => {
    const literals = JSON.stringify(sample.map((one) => pythonString(one)));
    const script =
      'import ast, json, sys\njson.dump([ast.literal_eval(one) for one in json.load(sys.stdin)], sys.stdout)';
    const output = execFileSync('python3', ['-c', script], {
      input: literals,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    assert.deepEqual(JSON.parse(output), sample);
  });

  it('come to curl as they are through PowerShell’s here-strings, also beside secrets', async () => {
    const request = await codeRequestOf('POST http://127.0.0.1/\nContent-Type: text/plain\n\nx');
    const withBody = (body: Template): CodeRequest => ({
      ...request,
      body: { pieces: [{ kind: 'text', text: body }], mediaType: 'text/plain' },
    });
    fc.assert(
      fc.property(text, text, text, (before, after, secret) => {
        const environment = { SECRET: secret.replace(/[\r\n\v]/g, '') }; // a line of a config
        const plain = readPowerShell(curlPowerShell(withBody(plainText(before)), fill), {}, '.');
        assert.deepEqual(configValues(plain.config, 'data-raw'), [before]);
        const parts: Template = [
          ...plainText(before),
          { kind: 'secret', variable: 'SECRET', encoding: 'raw' },
          ...plainText(after),
        ];
        const filled = readPowerShell(curlPowerShell(withBody(parts), fill), environment, '.');
        assert.deepEqual(configValues(filled.config, 'data-raw'), [before + environment.SECRET + after]);
      }),
      { numRuns: 1000 },
    );
  });

  it('come whole through PowerShell’s strings, where a body is in a file', async () => {
    const request = await codeRequestOf('POST http://127.0.0.1/\nContent-Type: text/plain\n\nx');
    fc.assert(
      fc.property(text, fc.uint8Array({ minLength: 1, maxLength: 20 }), (one, bytes) => {
        const code = curlPowerShell(
          {
            ...request,
            body: {
              pieces: [
                { kind: 'text', text: plainText(one) },
                { kind: 'bytes', bytes },
              ],
              mediaType: '',
            },
          },
          fill,
        );
        const { config, body } = readPowerShell(code, {}, '.');
        assert.deepEqual(body, Buffer.concat([Buffer.from(one), bytes]));
        assert.deepEqual(configValues(config, 'data-binary'), [`@${TEMPORARY_FILE}`]);
      }),
      { numRuns: 500 },
    );
  });
});
