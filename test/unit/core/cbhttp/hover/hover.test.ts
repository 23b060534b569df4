import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { hoverAt } from '../../../../../src/core/cbhttp/hover/hover.ts';
import type { HoverPart } from '../../../../../src/core/cbhttp/hover/hoverPart.ts';
import type { LanguageContext } from '../../../../../src/core/cbhttp/languageContext.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { formatMessage } from '../../../../../src/core/message.ts';
import { anyText } from '../anyText.ts';
import { atCursor, workspace } from '../complete/cursor.ts';

function lineOf(part: HoverPart): string {
  switch (part.kind) {
    case 'heading':
      return `# ${part.text}`;
    case 'text':
      return formatMessage(part.message);
    case 'value':
      return `= ${part.text}`;
    case 'fact':
      return `${formatMessage(part.label)}: ${part.value}`;
  }
}

/** The lines of the hover at `¦`, and the text it covers. */
function hoverOf(
  marked: string,
  context: LanguageContext = workspace(),
): { lines: string[]; over: string } | null {
  const { text, document, offset } = atCursor(marked);
  const hover = hoverAt(document, offset, context);
  return hover && { lines: hover.parts.map(lineOf), over: text.slice(hover.span.start, hover.span.end) };
}

function linesAt(marked: string, context?: LanguageContext): string[] {
  return hoverOf(marked, context)?.lines ?? [];
}

describe('hoverAt: variables', () => {
  it('shows a value and where it comes from', () => {
    assert.deepEqual(hoverOf('@host = example.com\nGET http://{{ho¦st}}/'), {
      lines: ['# host', '= example.com', 'Variable of this file, line 1.'],
      over: 'host',
    });
    assert.deepEqual(linesAt('GET fn://a/{{us¦er}}'), [
      '# user',
      '= alice',
      'Variable of the profile "dev".',
    ]);
    assert.deepEqual(linesAt('# @profile prod\nGET fn://a/{{us¦er}}')[1], '= bob');
    assert.deepEqual(linesAt('GET fn://a/{{la¦ng}}').at(-1), 'Variable that all profiles share ($shared).');
    assert.deepEqual(linesAt('# @prompt code\nGET fn://a/{{co¦de}}'), [
      '# code',
      'Asked when the request is sent.',
    ]);
  });

  it('shows a definition’s value, its variables replaced', () => {
    assert.deepEqual(linesAt('@a = 1\n@b¦ = {{a}}/{{user}}/{{$guid}}'), [
      '# b',
      '= 1/alice/{{$guid}}',
      'Variable of this file.',
    ]);
  });

  it('says what is wrong with one that has no value', () => {
    assert.deepEqual(linesAt('GET fn://a/{{no¦pe}}'), [
      '# nope',
      'It has no value in this file, in the profile or in $shared.',
    ]);
    assert.match(linesAt('@a = {{b}}\n@b = {{a}}\nGET fn://a/{{a¦}}')[1] ?? '', /a → b → a|b → a → b/);
  });

  it('explains system variables', () => {
    assert.deepEqual(linesAt('GET fn://a/{{$gu¦id}}'), [
      '# $guid',
      'A new random UUID.',
      'Its value is known when the request is sent.',
    ]);
  });

  it('masks secrets, also in what is built from them', () => {
    const file = '@auth = Bearer {{$secret token}}\nGET fn://a/{{$secret token}}\nAuthorization: {{auth}}\n';
    assert.equal(linesAt(file.replace('{{auth}}', '{{au¦th}}'))[1], '= ***');
    assert.equal(linesAt(file.replace('fn://a/{{$sec', 'fn://a/{{$s¦ec'))[1], '= ***');
    assert.equal(linesAt(file.replace('@auth', '@au¦th'))[1], '= Bearer ***');
    assert.match(linesAt(file.replace('fn://a', 'fn://¦a'))[0] ?? '', /\/v1\/functions\/a\/\*\*\*$/);
  });

  it('shows parts of the last answer, and what its status means', () => {
    const at = (expression: string): string =>
      `# @name hello\nGET fn://a\n\n###\nGET fn://b/{{${expression}}}`;
    assert.deepEqual(linesAt(at('hello.response.body.$.user.na¦me')), [
      '# hello.response.body.$.user.name',
      '= Alice',
      'From the last exchange of "hello".',
    ]);
    const status = linesAt(at('hello.response.sta¦tus'));
    assert.equal(status[1], '= 404');
    assert.match(status.at(-1) ?? '', /nothing at this address/);
    assert.match(linesAt(at('hello.response.headers.Content-Ty¦pe')).at(-1) ?? '', /Media type of the body/);
  });
});

describe('hoverAt: targets', () => {
  it('shows URL, profile and route of a function', () => {
    assert.deepEqual(hoverOf('GET fn://express-sse/s¦se?a={{user}}'), {
      lines: [
        '= https://my-dev-1a2b.api.tcloudbasegateway.com/v1/functions/express-sse/sse?a=alice',
        'Profile: dev (my-dev-1a2b)',
        'Route: gateway',
        'Function: express-sse',
        'Added headers: X-Tcb-Webfn: true',
      ],
      over: 'fn://express-sse/sse?a={{user}}',
    });
    assert.equal(linesAt('# @profile local\nGET fn://chat¦/x')[0], '= http://127.0.0.1:9000/x');
    assert.equal(linesAt('# @route local\nGET fn://chat¦/x')[2], 'Route: local');
    assert.ok(
      linesAt('# @qualifier 3\nGET fn://chat¦/x').includes(
        'Added headers: X-Tcb-Webfn: true, X-Qualifier: 3',
      ),
    );
    assert.equal(linesAt('# @function chat\n# @profile local\nGET /x¦')[0], '= http://127.0.0.1:9000/x');
  });

  it('shows the whole URL over a continued target', () => {
    assert.equal(
      linesAt('# @profile local\nGET fn://chat/x\n  ?a=1\n  &b=¦2')[0],
      '= http://127.0.0.1:9000/x?a=1&b=2',
    );
  });

  it('keeps what is known only when sending readable', () => {
    assert.equal(
      linesAt('# @profile local\nGET fn://chat/{{$guid}}/¦x')[0],
      '= http://127.0.0.1:9000/{{$guid}}/x',
    );
    const lines = linesAt('# @profile local\nGET fn://chat/{{nope}}/¦x');
    assert.equal(lines[0], '= http://127.0.0.1:9000/{{nope}}/x');
    assert.match(lines.at(-1) ?? '', /nope/);
    assert.match(linesAt('GET http://{{$prompt host}}/¦x')[0] ?? '', /known when the request is sent/);
  });

  it('hides user and password of a URL', () => {
    assert.deepEqual(linesAt('GET http://me:secret@h/¦'), ['= http://h/']);
  });

  it('says why there is no address', () => {
    assert.match(linesAt('GET /pa¦th')[0] ?? '', /only a path/);
    assert.equal(linesAt('GET /pa¦th\nHost: h:81')[0], '= http://h:81/path');
    assert.ok(linesAt('GET fn://nightly/¦x').some((line) => /no HTTP requests/.test(line)));
  });
});

describe('hoverAt: words', () => {
  const cases: readonly (readonly [marked: string, over: string, expected: RegExp])[] = [
    ['PO¦ST fn://a', 'POST', /Sends data/],
    ['ss¦e fn://a', 'sse', /event-stream/],
    ['GET fn://a\nlast-event-i¦d: 1', 'last-event-id', /Id of the last event/],
    ['GET fn://a\nAccept: text/html, text/event-¦stream;q=0.1', 'text/event-stream', /Server-sent events/],
    ['# @time¦out 30s\nGET fn://a', 'timeout', /whole exchange/],
    ['# @profile pr¦od\nGET fn://a', 'prod', /asks before every send/],
    ['# @function night¦ly\nGET /', 'nightly', /no HTTP requests/],
    ['### A\n# @name a\nGET /\n\n###\n# @ref ¦a\nGET /', 'a', /line 3/],
    ['### Log in\nGET /\n\n###\n# @force-ref Log ¦in\nGET /', 'Log in', /line 2/],
    ['# @expect status == 2¦04\nGET fn://a', '204', /no body/],
    ['GET fn://a\n\n?? status == 4¦29', '429', /Too many requests/],
  ];
  for (const [marked, over, expected] of cases) {
    it(JSON.stringify(marked), () => {
      const hover = hoverOf(marked);
      assert.equal(hover?.over, over);
      assert.match(hover.lines.join('\n'), expected);
    });
  }

  it('is silent where there is nothing to say', () => {
    for (const marked of [
      '### Ti¦tle',
      '# com¦ment',
      'POST fn://a\n\n{ "a¦": 1 }',
      'GET fn://a\nX-Mi¦ne: 1',
      '¦',
      'GET fn://a\nX: 4¦04',
      '¦\uFEFFGET fn://a',
    ]) {
      assert.equal(hoverOf(marked), null, marked);
    }
  });
});

describe('hoverAt: sources', () => {
  it('leads to the section of the RFC', () => {
    const { document, offset } = atCursor('GET fn://chat\nAcc¦ept: */*');
    const links = hoverAt(document, offset, workspace())?.parts.flatMap((part) =>
      part.kind === 'fact' ? [part.link] : [],
    );
    assert.deepEqual(links, ['https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1']);
  });
});

describe('hoverAt, in any text', () => {
  it('never throws, and covers the offset', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, at) => {
        const offset = at % (text.length + 1);
        const hover = hoverAt(parseCbhttp(text), offset, workspace());
        if (hover === null) return;
        assert.ok(hover.span.start <= offset && hover.span.end <= text.length && hover.parts.length > 0);
      }),
    );
  });

  it('takes at most 5 ms in a document of 100 requests', () => {
    const file = Array.from(
      { length: 100 },
      (_, index) =>
        `@v${index} = {{v${(index + 1) % 100 === 0 ? 'x' : index + 1}}}/{{user}}\n### R ${index}\nGET fn://f${index}/{{v${index}}}\nX-A: {{v${index}}}\n`,
    ).join('\n');
    const offset = file.indexOf('fn://f50') + 5;
    const took = Array.from({ length: 9 }, (_, index) => {
      const document = parseCbhttp(`${file}\n#${index}`);
      const startedAt = performance.now();
      assert.ok(hoverAt(document, offset, workspace()));
      return performance.now() - startedAt;
    }).sort((a, b) => a - b);
    assert.ok((took[4] ?? 0) <= 5, `${took[4]} ms`);
  });
});
