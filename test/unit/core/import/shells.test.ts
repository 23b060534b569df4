import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readBash } from '../../../../src/core/import/curl/bash.ts';
import { readCmd } from '../../../../src/core/import/curl/cmd.ts';
import { readPowerShell } from '../../../../src/core/import/curl/powershell.ts';
import { createHoles } from '../../../../src/core/import/holes.ts';

const wordsOf = (read: typeof readBash, text: string): string[] => {
  const { commands, problem } = read(text, createHoles());
  assert.equal(problem, null);
  return commands.flatMap(({ words }) => words.map((word) => word.text));
};

const tricky = [
  'a',
  ' ',
  "'",
  '"',
  '\\',
  '$',
  '`',
  '!',
  '%',
  '^',
  '&',
  '|',
  '<',
  '>',
  ';',
  '#',
  '~',
  '*',
  '\t',
  '你',
  '😀',
  'A1',
  '=',
];
const word = fc
  .array(fc.oneof(fc.constantFrom(...tricky), fc.string({ unit: 'grapheme', maxLength: 3 })), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join('').replace(/[\0\r\u{F0000}-\u{FFFFD}]/gu, ''));
const lines = fc.tuple(word, word).map((both) => both.join('\n'));

/** Ways to write a word for bash. */
const bashWays: readonly ((text: string) => string)[] = [
  (text) => `'${text.replaceAll("'", "'\\''")}'`,
  (text) => `"${text.replace(/["\\$`]/g, '\\$&')}"`,
  (text) => `$'${text.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`,
  (text) =>
    `$'${[...text].map((one) => `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`).join('')}'`,
  (text) => `$'${[...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`,
  (text) => `$'${[...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}'`,
  (text) => [...text].map((one) => (one === '\n' ? "'\n'" : `\\${one}`)).join('') || "''",
];

describe('words of bash', () => {
  it('come back however they are quoted', () => {
    const quoted = fc.array(fc.tuple(lines, fc.constantFrom(...bashWays)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(quoted, (pieces) => {
        // A lone half of a pair has no bytes.
        const all = pieces.filter(([text]) => !/\p{Surrogate}/u.test(text));
        const code = `curl ${all.map(([text, quote]) => quote(text)).join(' ')}`;
        assert.deepEqual(wordsOf(readBash, code), ['curl', ...all.map(([text]) => text)]);
        const joined = `curl ${all.map(([text, quote]) => quote(text)).join('')}`;
        if (all.length > 0)
          assert.deepEqual(wordsOf(readBash, joined), ['curl', all.map(([text]) => text).join('')]);
      }),
    );
  });

  it('are those that bash itself has', function () {
    if (process.platform === 'win32') this.skip();
    this.timeout(30_000);
    const pieces = [
      'a',
      'B1',
      ' ',
      "'x y'",
      '"a\\"b\\\\c\\d"',
      "$'t\\tq\\'\\x41\\u4f60\\101\\e[0m\\cA\\qz'",
      '\\$',
      '\\"',
      "\\'",
      '\\\n',
      '"\\\nx"',
    ];
    const more = [
      "'你 好'",
      '"\\$HOME\\`"',
      '$"m"',
      '#b',
      'c=d',
      "''",
      '""',
      '\\\\',
      '\t',
      '\\ ',
      '"\\\'"',
      '%',
      '@',
      '{}',
    ];
    const samples = fc.sample(fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 8 }), {
      numRuns: 300,
      seed: 7,
    });
    const texts = samples.map((all) => all.join('')).filter((text) => !/(?:^|\s)#/.test(text));
    const script = texts.map((text) => `printf '%s\\0' words ${text}\nprintf '\\n\\0'\n`).join('');
    const output = execFileSync('bash', ['--norc', '-c', script], {
      encoding: 'utf8',
      env: { LC_ALL: 'C.UTF-8' },
    });
    const expected = output.split('\0\n\0').slice(0, -1);
    assert.equal(expected.length, texts.length);
    for (const [index, text] of texts.entries()) {
      const mine = wordsOf(readBash, `words ${text}`);
      assert.deepEqual(mine, expected[index]?.split('\0'), text);
    }
  });
});

/** As browsers copy a word for the command prompt: quotes and backslashes for the program, then carets for cmd. */
function asBrowser(text: string): string {
  const forProgram = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  const carets = forProgram.replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&');
  return `^"${carets.replace(/%(?=[a-zA-Z0-9_])/g, '%^').replaceAll('\n', '^\n\n')}^"`;
}

/** In quotes, as the C runtime wants it. */
function inQuotes(text: string): string {
  return `"${text.replace(/(\\*)(?:"|$)/g, (found, slashes: string) => slashes + slashes + (found.endsWith('"') ? '\\"' : ''))}"`;
}

describe('words of the command prompt', () => {
  it('come back as browsers write them', () => {
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 4 }), (all) => {
        const code = `curl ${all.map(asBrowser).join(' ^\n  ')}`;
        assert.deepEqual(wordsOf(readCmd, code), ['curl', ...all]);
      }),
    );
  });

  it('come back from quotes', () => {
    // A quote that is escaped for the program still opens or closes for cmd: such words need carets.
    const plain = word.filter((text) => !/["%]/.test(text));
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 4 }), (all) => {
        assert.deepEqual(wordsOf(readCmd, `curl ${all.map(inQuotes).join(' ')}`), ['curl', ...all]);
        const doubled = all.map((text) => `"${text.replaceAll('\\', '')}""${text.replaceAll('\\', '')}"`);
        const back = all.map((text) => `${text.replaceAll('\\', '')}"${text.replaceAll('\\', '')}`);
        assert.deepEqual(wordsOf(readCmd, `curl ${doubled.join(' ')}`), ['curl', ...back]);
      }),
    );
  });

  it('have variables where %NAME% stands, and none in a URL’s escapes', () => {
    const holes = createHoles();
    readCmd('curl ^"%NAME%^" %E4%BD%A0 50%% %1 %A B%', holes);
    assert.deepEqual(holes.expressions, ['NAME']);
  });
});

describe('words of PowerShell', () => {
  const ways: readonly ((text: string) => string)[] = [
    (text) => `'${text.replaceAll("'", "''")}'`,
    (text) => `"${text.replace(/["`$]/g, '`$&')}"`,
    (text) =>
      `"${text.replaceAll('`', '``').replaceAll('$', '`$').replaceAll('"', '""').replaceAll('\n', '`n')}"`,
  ];

  it('come back however they are quoted', () => {
    const quoted = fc.array(fc.tuple(lines, fc.constantFrom(...ways)), { maxLength: 5 });
    fc.assert(
      fc.property(quoted, (all) => {
        const plain = all.filter(([text]) => !text.includes('\\"'));
        const code = `curl.exe ${plain.map(([text, quote]) => quote(text)).join(' `\n')}`;
        assert.deepEqual(wordsOf(readPowerShell, code), ['curl.exe', ...plain.map(([text]) => text)]);
      }),
    );
  });
});
