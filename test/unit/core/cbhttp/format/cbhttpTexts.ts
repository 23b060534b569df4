import fc from 'fast-check';

const blanks = fc.constantFrom('', ' ', '  ', '\t', ' \t ');
const name = fc.constantFrom('user', 'hello', 'baseUrl', 'a.b', '变量', 'x-1');
const value = fc.oneof(
  fc.constantFrom(
    '',
    'alice',
    'a, b,',
    '{{user}}',
    '{{ hello }}/x',
    '"quoted"',
    'a  b',
    '\\{{no}}',
    '{{hello.response.body.$.id}}',
  ),
  fc.string({ maxLength: 12 }),
);
const target = fc.constantFrom(
  'fn://my-function/api/hello?lang=zh',
  'https://user:pw@example.com/a?b=c',
  '/path',
  'localhost:3000/x',
  '{{baseUrl}}/a b',
  'fn://{{user}}/x',
  'http://',
);
const json = fc.json({ maxDepth: 3 });
const odd = fc.constantFrom(
  'no request at all',
  'WS ws://example.com',
  'GET',
  '...headers',
  '?? status == 200',
  '< ./body.json',
  '<@ ./body.json',
  '<> ./saved.json',
  '>> ./out.json',
  '> ./handler.js',
  '> {% client.test() %}',
  '< {%\n  # @name inside\n\n%}',
  '{{\n  exports.x = 1;\n}}',
  '{{',
  '/*\n  note\n\n*/',
  '/* never closed',
  '}}',
  ' ### indented',
  '\\### escaped',
  '  ?x=1',
  '&y=2 HTTP/1.1',
  '  /more',
  '@broken',
  '\u00a0',
  '\u2028',
);

const separator = fc.tuple(
  fc.constantFrom('###', '####', '########'),
  blanks,
  fc.constantFrom('', 'Title', 'a  title ', '# @name t'),
  blanks,
);
const comment = fc.tuple(
  blanks,
  fc.constantFrom('#', '##', '//', '# text', '//text', '# @import ./x.http', '#\t@unknown x'),
  blanks,
);
const directive = fc.tuple(
  blanks,
  fc.constantFrom('#', '##', '//', '###'),
  blanks,
  fc.constantFrom('@name', '@function', '@timeout', '@ref', '@note', '@prompt', '@strange', '@noRedirect'),
  fc.constantFrom(' ', '  ', '\t'),
  value,
  blanks,
);
const variable = fc.tuple(blanks, fc.constant('@'), name, blanks, fc.constant('='), blanks, value, blanks);
const requestLine = fc.tuple(
  blanks,
  fc.constantFrom('GET', 'POST', 'post', 'GRAPHQL', 'SSE', 'patch', 'PROPFIND'),
  fc.constantFrom(' ', '   ', '\t'),
  target,
  fc.constantFrom('', ' HTTP/1.1', '   HTTP/2 '),
  blanks,
);
const header = fc.tuple(
  blanks,
  fc.constantFrom('Content-Type', 'accept', 'X-A', 'Content-Length', 'Bad Name', 'X-Request-Type'),
  blanks,
  fc.constant(':'),
  blanks,
  fc.oneof(
    fc.constantFrom(
      'application/json',
      'application/problem+json; charset=utf-8',
      'text/markdown',
      'GraphQL',
    ),
    value,
  ),
  blanks,
);
const blankLine = fc.constantFrom('', '', '   ', '\t');
const bodyLine = fc.oneof(
  json,
  json.map((text) => `  ${text}  `),
  fc.string({ maxLength: 20 }),
  fc.constantFrom('# not a comment', 'a=1', '&b=2', 'GET http://in.body'),
);

/** Lines of every kind, in the order a file has them. */
const ordered = fc
  .array(
    fc.tuple(
      separator,
      fc.array(fc.oneof(comment, directive, variable, blankLine), { maxLength: 4 }),
      fc.option(requestLine, { nil: '', freq: 6 }),
      fc.array(
        fc.oneof(
          { weight: 5, arbitrary: header },
          { weight: 1, arbitrary: comment },
          { weight: 1, arbitrary: directive },
          { weight: 1, arbitrary: odd },
        ),
        { maxLength: 4 },
      ),
      fc.array(blankLine, { maxLength: 3 }),
      fc.array(
        fc.oneof(
          { weight: 6, arbitrary: bodyLine },
          { weight: 2, arbitrary: blankLine },
          { weight: 1, arbitrary: odd },
        ),
        { maxLength: 4 },
      ),
      fc.array(blankLine, { maxLength: 3 }),
    ),
    { maxLength: 4 },
  )
  .map((sections) =>
    sections.flatMap(([first, head, request, headers, gap, body, end]) =>
      [first, ...head, request, ...headers, ...gap, ...body, ...end].map(joined),
    ),
  );

/** Lines of every kind, in any order. */
const mixed = fc
  .array(fc.oneof(separator, comment, directive, variable, requestLine, header, blankLine, bodyLine, odd), {
    maxLength: 14,
  })
  .map((lines) => lines.map(joined));

const garbage = fc.string({
  unit: fc.constantFrom(
    '#',
    '#',
    '@',
    '\n',
    '\r',
    ' ',
    '\t',
    '/',
    '{',
    '}',
    '%',
    '<',
    '>',
    '?',
    '&',
    ':',
    '=',
    '"',
    'a',
    'GET ',
    'http://',
    '\ud800',
    '\u00a0',
    '\ufeff',
  ),
  maxLength: 60,
});

/** Texts of `.cbhttp` files: as people write them, with lines in any order, and garbage; all line ends, also mixed. */
export const cbhttpTexts: fc.Arbitrary<string> = fc.oneof(
  withLineEnds(ordered, fc.constantFrom('\n', '\n', '\r\n', '\r')),
  withLineEnds(mixed, fc.constantFrom('\n', '\r\n', '\r')),
  fc
    .tuple(fc.oneof(ordered, mixed), fc.array(fc.constantFrom('\n', '\r', '\r\n'), { minLength: 1 }))
    .map(([lines, ends]) => lines.map((line, index) => line + (ends[index % ends.length] ?? '')).join('')),
  garbage,
);

function withLineEnds(lines: fc.Arbitrary<string[]>, end: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom('', '', '\ufeff'), lines, end, fc.boolean())
    .map(([start, all, eol, isEnded]) => start + all.join('\n').replaceAll('\n', eol) + (isEnded ? eol : ''));
}

function joined(parts: string | readonly string[]): string {
  return typeof parts === 'string' ? parts : parts.join('');
}
