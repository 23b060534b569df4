import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { importCode } from '../../../../src/core/import/importCode.ts';
import { formatMessage } from '../../../../src/core/message.ts';
import { surroundings } from './importedText.ts';

/** The problem of a code: what it says, and the text it is about. */
function problemOf(code: string): readonly [string, string] | null {
  const { problem } = importCode(code, surroundings);
  return problem && [formatMessage(problem.message), code.slice(problem.span.start, problem.span.end)];
}

describe('code that is broken', () => {
  const cases: [code: string, message: RegExp, place: string][] = [
    ["curl 'https://example.com", /quote .* no end/, "'"],
    ['curl https://example.com -d "a', /quote .* no end/, '"'],
    ["curl $'a\\'", /quote .* no end/, '$'],
    ['curl https://example.com -d `id', /quote .* no end/, '`'],
    ['curl $(a', /quote .* no end/, '('],
    ['curl ^"https://example.com" -H "a', /quote .* no end/, '"'],
    ['curl.exe `\n "https://example.com', /quote .* no end/, '"'],
    ['curl -L', /no address/, 'curl -L'],
    ['curl https://example.com -d', /takes a value/, '-d'],
    ['curl https://example.com --header', /takes a value/, '--header'],
    ['curl ftp://example.com/a', /Only http/, 'ftp://example.com/a'],
    ['wx.cloud.callHTTPFunction({ name: "a"', /bracket .* no end/, '('],
    ["wx.cloud.callHTTPFunction({ name: 'a\n })", /quote .* no end/, "'"],
    ['wx.cloud.callHTTPFunction({ name: `a })', /bracket .* no end/, '('],
    ['wx.cloud.callHTTPFunction({ path: "/" })', /name of the function/, '{ path: "/" }'],
    ['wx.cloud.callHTTPFunction(options)', /object in braces/, 'options'],
    ['wx.cloud.callHTTPFunction()', /object in braces/, ''],
    ['wx.cloud.callHTTPFunction({ name: ; })', /no value/, ';'],
    ['const f = wx.cloud.callHTTPFunction', /no call/, 'const f = wx.cloud.callHTTPFunction'],
    [`wx.cloud.callHTTPFunction({ name: 'a', data: ${'['.repeat(300)}${']'.repeat(300)} })`, /too deep/, '['],
    ['let x', /neither a curl command/, 'let x'],
  ];
  for (const [code, message, place] of cases) {
    it(`is told of at its place: ${JSON.stringify(code.slice(0, 50))}`, () => {
      const problem = problemOf(code);
      assert.match(problem?.[0] ?? '', message);
      assert.equal(problem?.[1], place);
    });
  }

  it('does not take the requests before it along', () => {
    const { requests, problem } = importCode("curl example.com/a\ncurl 'example.com/b", surroundings);
    assert.equal(requests.length, 1);
    assert.notEqual(problem, null);
  });

  it('is never thrown about', () => {
    const pieces = fc.constantFrom(
      ...[
        'curl ',
        'curl.exe ',
        '-H ',
        '-d ',
        '-F ',
        '-u ',
        '--json ',
        "'",
        '"',
        '`',
        '^',
        '\\',
        '\n',
        '$',
        '$(',
        '${',
        "$'",
      ],
      ...[
        '{',
        '}',
        '(',
        ')',
        '[',
        ']',
        ',',
        ':',
        '...',
        '=>',
        'name',
        '/',
        '%',
        '@',
        '@-',
        '<<E\n',
        '<',
        '|',
        '&',
        ';',
        'http://a/',
      ],
      ...[
        'wx.cloud.callHTTPFunction(',
        "{name:'a',",
        'data:',
        'header:',
        '`${',
        '/*',
        '//',
        'as ',
        '+',
        '!',
        '{{',
        'x',
        '你',
        '\u{F0000}',
      ],
    );
    const text = fc.array(pieces, { maxLength: 40 }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('curl ', 'curl.exe ', 'curl ^"', "wx.cloud.callHTTPFunction({name:'a',"),
        (rest, start) => {
          importCode(start + rest, surroundings);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('code of a large size', function () {
  this.timeout(60_000);
  const size = 250_000;
  const wx = (data: string): string =>
    `wx.cloud.callHTTPFunction({ name: 'a', method: 'POST', data: ${data} })`;
  const fill = (piece: string): string => piece.repeat(Math.floor(size / piece.length));
  const texts: [name: string, code: string][] = [
    ['an open quote', `curl '${fill('a')}`],
    ['open quotes', `curl ${fill("'")}'`],
    ['one body', `curl a -d '${fill('x y ')}'`],
    ['escapes', `curl a -d $'${fill('\\x41')}'`],
    ['backslashes', `curl ${fill('\\')}`],
    ['continuation lines', `curl a ${fill('\\\n')}`],
    ['blanks', `curl a ${fill(' ')}-L`],
    ['words', `curl ${fill('a ')}`],
    ['options', `curl a ${fill('-H a:b ')}`],
    ['unknown options', `curl a ${fill('--x ')}`],
    ['assignments', `${fill('A=1 ')}curl a`],
    [
      'variables one from another',
      `${Array.from({ length: 60 }, (_, n) => `A${n + 1}=$A${n}$A${n}`).join('\n')}\ncurl $A60 ${fill('a')}`.replace(
        'A0$A0',
        'xx',
      ),
    ],
    ['variables', `curl a -d "${fill('$A')}"`],
    ['different variables', `curl a -d "${Array.from({ length: 100_000 }, (_, n) => `$A${n}`).join('')}"`],
    ['substitutions', `curl ${fill('$(')}`],
    ['here-documents', `curl ${fill('<<A ')}\nA`],
    ['pipes', `curl a ${fill('| b ')}`],
    ['carets', `curl ^"a${fill('^a')}`],
    ['percents', `curl ^"${fill('%A')}"`],
    ['backticks', `curl.exe \`\n ${fill('`a')}`],
    ['doubled quotes', `curl.exe '${fill("''")}'`],
    ['prompts', `curl.exe 'a'${fill('\nPS C:\\')}`],
    ['prompts of the command prompt', `${fill('C:\\')}>curl.exe a ^\n${fill('C:\\')}`],
    ['texts that grow', `$a = 'xx'${fill('\n$a += $a')}\ncurl.exe "$a"`],
    ['redirections', `curl.exe 'a' ${fill("2>'a")}`],
    ['a here-string', `$a = @'\n${fill("\n'")}\n'@\ncurl.exe a -d $a`],
    ['commands', fill('curl a\n')],
    ['forms', `curl a ${fill('-F a=@b;type=c ')}`],
    ['a header of blanks', `curl a -H 'a${fill(' ')}b'`],
    ['braces in a body', `curl a -d '${fill('{{a}}')}'`],
    ['open brackets', wx(fill('['))],
    ['nested objects', wx(`${fill('{a:')}1${fill('}')}`)],
    ['members', wx(`{${fill('a:1,')}}`)],
    ['items', wx(`[${fill('1,')}]`)],
    ['sums', wx(`'a'${fill("+'a'")}`)],
    ['holes', wx(`[${Array.from({ length: 100_000 }, (_, n) => `a${n}.b`).join()}]`)],
    ['exclamation marks', wx(`a${fill('!')}`)],
    ['casts', wx(`a${fill(' as b')}`)],
    ['arrows', wx(fill('a=>'))],
    ['templates', wx(`${fill('`${')}`)],
    ['regular expressions', wx(fill('/[/'))],
    ['comments', wx(fill('/*'))],
    ['constants', `${fill('const a = b ')};${wx('a')}`],
    [
      'constants one from another',
      `const a0 = 'xx'\n${Array.from({ length: 60 }, (_, n) => `const a${n + 1} = [a${n}, a${n}]`).join('\n')}\n${wx('a60')}`,
    ],
    ['calls', fill("wx.cloud.callHTTPFunction({name:'a'})\n")],
    ['calls without end', fill('callHTTPFunction(')],
  ];
  for (const [name, code] of texts) {
    it(`is read in no time: ${name}`, () => {
      const start = performance.now();
      importCode(code, surroundings);
      const ms = performance.now() - start;
      assert.ok(ms < 5000, `${Math.round(ms)} ms`);
    });
  }

  it('is read in no time up to megabytes', () => {
    for (const code of [
      `curl a -d '${'x y '.repeat(400_000)}'`,
      `curl '${'a'.repeat(1_900_000)}`,
      wx('['.repeat(1_000_000)),
    ]) {
      const start = performance.now();
      importCode(code, surroundings);
      const ms = performance.now() - start;
      assert.ok(ms < 10_000, `${Math.round(ms)} ms`);
    }
  });

  it('is refused where it is larger still', () => {
    const { requests, problem } = importCode(`curl '${'a'.repeat(3_000_000)}'`, surroundings);
    assert.deepEqual([requests.length, problem?.message.text], [0, 'This is too long.']);
  });
});
