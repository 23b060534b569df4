import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { bodyFiles, type FolderEntry } from '../../../../../src/core/cbhttp/complete/bodyFiles.ts';
import { completionsAt } from '../../../../../src/core/cbhttp/complete/complete.ts';
import { snippetText, type Completion } from '../../../../../src/core/cbhttp/complete/completion.ts';
import { placeAt } from '../../../../../src/core/cbhttp/complete/place.ts';
import type { LanguageContext } from '../../../../../src/core/cbhttp/languageContext.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';
import { anyText } from '../anyText.ts';
import { atCursor, workspace } from './cursor.ts';

function offersAt(
  marked: string,
  context: LanguageContext = workspace(),
  trigger?: string,
): readonly Completion[] {
  const { document, offset } = atCursor(marked);
  return completionsAt(document, offset, context, trigger);
}

function labelsAt(marked: string, context?: LanguageContext, trigger?: string): string[] {
  return offersAt(marked, context, trigger).map(({ label }) => label);
}

/** The text after the item of that label was taken, placeholders filled with their names. */
function taking(label: string, marked: string, context?: LanguageContext): string {
  const { text } = atCursor(marked);
  const item = offersAt(marked, context).find((one) => one.label === label);
  assert.ok(item, `${label} is offered`);
  const inserted = item.isSnippet === true ? snippetText(item.insertText) : item.insertText;
  return text.slice(0, item.span.start) + inserted + text.slice(item.span.end);
}

function has(marked: string, ...labels: string[]): void {
  const offered = labelsAt(marked);
  for (const label of labels) assert.ok(offered.includes(label), `${label} in ${offered.join(', ')}`);
}

describe('completionsAt: request line', () => {
  it('offers methods and functions in a new section', () => {
    has('### New\n¦', 'GET', 'POST', 'SSE', 'GRAPHQL', 'fn://express-sse', 'fn://chat', 'https://');
    assert.equal(taking('POST', '### New\npo¦'), '### New\nPOST ');
    assert.equal(taking('PUT', 'PO¦ST fn://chat'), 'PUT fn://chat');
  });

  it('offers HTTP functions, not event functions', () => {
    const offered = labelsAt('GET ¦');
    assert.ok(offered.includes('fn://chat'));
    assert.ok(!offered.includes('fn://nightly'));
    assert.ok(!offered.includes('GET'));
  });

  it('replaces the function name and keeps the path', () => {
    assert.equal(taking('fn://chat', 'GET fn://exp¦/sse?x=1'), 'GET fn://chat/sse?x=1');
    assert.equal(taking('fn://chat', 'GET fn://¦'), 'GET fn://chat');
    assert.equal(taking('fn://chat', 'GET f¦'), 'GET fn://chat');
  });

  it('offers functions that profiles map and that the document uses', () => {
    assert.ok(labelsAt('GET fn://other/x\n\n###\nGET fn://¦').includes('fn://other'));
    assert.ok(!labelsAt('GET fn://nightly/x\n\n###\nGET fn://¦').includes('fn://nightly'));
    assert.ok(!labelsAt('GET fn://hal¦').includes('fn://hal'), 'not what is being typed');
    const open = '###\n# @function\nGET /x\n###\n# @function {{f}}\nGET /x';
    assert.deepEqual(labelsAt(`# @function ¦\n${open}`), ['express-sse', 'chat'], 'only what is a name');
  });

  it('offers paths already used with the function', () => {
    const file = 'GET fn://express-sse/api/hello?x=1\n\n###\nGET fn://chat/other\n\n###\n';
    assert.deepEqual(labelsAt(`${file}GET fn://express-sse/¦`), ['/api/hello', '/sse']);
    assert.equal(taking('/sse', `GET fn://express-sse/a¦b?x=1`), 'GET fn://express-sse/sse?x=1');
  });

  it('offers paths under @function', () => {
    assert.deepEqual(labelsAt('# @function express-sse\nGET /¦'), ['/sse']);
    assert.deepEqual(labelsAt('# @function express-sse\n\n###\nGET /¦'), ['/sse']);
  });

  it('has no item that a character of the target would take: fn:/ then / is no choice', () => {
    const taking = ['GET ¦', 'GET fn:/¦', 'GET fn://¦', 'GET fn://express-sse/¦', '¦'].flatMap((marked) =>
      offersAt(marked).filter(({ commitCharacters = [] }) => commitCharacters.length > 0),
    );
    assert.deepEqual(taking, []);
  });

  it('does not offer fn:// itself beside functions: typed in full, it would stand above them', () => {
    assert.ok(!labelsAt('GET fn://¦').includes('fn://'));
    const empty = workspace({ functions: [], profiles: readProfiles({}, '') });
    assert.ok(labelsAt('GET ¦', empty).includes('fn://'));
  });

  it('offers variables that hold an address', () => {
    const file = '@host = https://a.example\n@city = X\n\n###\n';
    assert.equal(taking('{{host}}', `${file}GET ¦`), `${file}GET {{host}}`);
    assert.ok(!labelsAt(`${file}GET ¦`).includes('{{city}}'));
  });

  it('offers whole requests on a line of their own, and nowhere else', () => {
    assert.equal(
      taking('post-form', '### Mine\n¦').split('\n').slice(0, 2).join('\n'),
      '### Mine\nPOST fn://express-sse/path',
      'the separator is there already',
    );
    assert.match(taking('get', '¦'), /^### title\nGET fn:\/\/express-sse\/path/);
    const elsewhere = ['GET fn://chat/po¦', 'GET fn://chat\npo¦', 'GET fn://chat\nX: po¦', 'po¦ fn://chat'];
    for (const marked of elsewhere) {
      const templates = offersAt(marked).filter(({ kind }) => kind === 'template');
      assert.deepEqual(templates, [], marked);
    }
  });

  it('offers the HTTP version after the target', () => {
    assert.equal(taking('HTTP/1.1', 'GET fn://chat H¦'), 'GET fn://chat HTTP/1.1');
  });
});

describe('completionsAt: headers', () => {
  it('offers header names, but neither computed ones, those of answers, nor those written', () => {
    const offered = labelsAt('GET fn://a\nAccept: */*\n¦');
    assert.ok(offered.includes('Content-Type') && offered.includes('X-Qualifier'));
    for (const absent of ['Content-Length', 'Set-Cookie', 'Accept'])
      assert.ok(!offered.includes(absent), absent);
    assert.equal(taking('Content-Type', 'POST fn://a\ncont¦'), 'POST fn://a\nContent-Type: ');
    assert.equal(taking('Accept', 'POST fn://a\nAcc¦: x'), 'POST fn://a\nAccept: x');
  });

  it('offers the usual ones first, Content-Type before Cookie', () => {
    const usual = offersAt('POST fn://a\n¦').filter(({ group }) => group === 0);
    assert.deepEqual(
      usual.map(({ label }) => label),
      ['Content-Type', 'Authorization', 'Accept', 'Cookie', 'X-Qualifier', 'Last-Event-ID'],
    );
  });

  it('offers no scheme that is not sent', () => {
    assert.ok(!labelsAt('GET fn://a\nAuthorization: ¦').some((label) => label.startsWith('Digest')));
  });

  it('offers header names of the document’s own', () => {
    has('GET fn://a\nX-Mine: 1\n\n###\nGET fn://b\n¦', 'X-Mine');
  });

  it('offers media types', () => {
    has(
      'POST fn://a\nContent-Type: ¦',
      'application/json',
      'image/png',
      'multipart/form-data; boundary=boundary',
    );
    has('POST fn://a\nAccept: ¦', '*/*', 'text/event-stream');
    assert.equal(taking('text/html', 'GET fn://a\nAccept: text/¦plain'), 'GET fn://a\nAccept: text/html');
  });

  it('completes one item of a list', () => {
    assert.equal(
      taking('text/html', 'GET fn://a\nAccept: text/plain, ¦, */*'),
      'GET fn://a\nAccept: text/plain, text/html, */*',
    );
    assert.equal(
      taking('q=0.5', 'GET fn://a\nAccept: text/plain;¦, */*'),
      'GET fn://a\nAccept: text/plain;q=0.5, */*',
    );
    assert.deepEqual(labelsAt('POST fn://a\nContent-Type: text/html; ¦'), ['charset=utf-8']);
  });

  it('offers stored secrets for Authorization', () => {
    assert.equal(
      taking('Bearer {{$secret token}}', 'GET fn://a\nAuthorization: B¦'),
      'GET fn://a\nAuthorization: Bearer {{$secret token}}',
    );
  });
});

describe('completionsAt: directives', () => {
  it('offers the words, without those written', () => {
    const offered = labelsAt('# @timeout 1s\n# @¦\nGET fn://a');
    assert.ok(offered.includes('profile') && !offered.includes('timeout'));
    assert.equal(taking('profile', '# @pro¦'), '# @profile ');
    assert.equal(taking('profile', '# @na¦me x'), '# @profile x');
    assert.equal(taking('@no-redirect', '# ¦'), '# @no-redirect');
    assert.equal(taking('@no-redirect', '#¦'), '# @no-redirect');
  });

  it('offers them at the start of a line, with the comment mark', () => {
    assert.equal(taking('@profile', '### A\n@pro¦\nGET fn://a'), '### A\n# @profile \nGET fn://a');
    assert.deepEqual(labelsAt('@profile ¦'), []);
    assert.deepEqual(labelsAt('@na¦me = x'), []);
    assert.ok(labelsAt('@¦', workspace(), '@').includes('@name'));
  });

  it('offers the values', () => {
    assert.deepEqual(labelsAt('# @profile ¦'), ['dev', 'local', 'prod']);
    assert.deepEqual(labelsAt('# @route g¦'), ['gateway', 'service', 'local']);
    assert.deepEqual(labelsAt('# @stream ¦'), ['on', 'off', 'auto']);
    assert.deepEqual(labelsAt('# @function ¦'), ['express-sse', 'chat']);
    assert.deepEqual(labelsAt('# @name a\nGET /\n\n###\n# @name b\n# @ref ¦\nGET /'), ['a', 'signIn']);
    const titles = '### Log in\nGET /\n### Mine\n# @name mine\nGET /\n###\n# @force-ref Log ¦\nGET /';
    assert.deepEqual(labelsAt(titles), ['Log in', 'mine', 'signIn']);
    assert.match(taking('Log in', titles), /# @force-ref Log in\nGET/);
    assert.deepEqual(labelsAt('### Say hello\n# @name ¦\nGET fn://a/api/list-all?x'), [
      'sayHello',
      'listAll',
    ]);
  });

  it('stays out of comments', () => {
    assert.deepEqual(labelsAt('# some words¦'), []);
    assert.deepEqual(labelsAt('# ¦', undefined, ' '), []);
  });
});

describe('completionsAt: variables', () => {
  const file =
    '@host = example.com\n@host = later.com\n\n###\n# @name hello\nGET fn://a\n\n###\n# @prompt code\nGET fn://b/';

  it('offers those of every source', () => {
    has(`${file}{{¦`, 'host', 'code', 'user', 'lang', 'hello', 'signIn', '$guid', '$secret', '$secret token');
    assert.equal(offersAt(`${file}{{¦`).find(({ label }) => label === 'host')?.detail, 'later.com');
  });

  it('offers a request by its title where an expression can hold that', () => {
    const titles = '### Login\nGET /\n### Log out\nGET /\n###\nGET /?{{¦}}';
    has(titles, 'Login');
    assert.ok(!labelsAt(titles).includes('Log out'));
    has(titles.replace('¦', 'Login.¦'), 'response');
  });

  it('closes the braces where they are open', () => {
    assert.equal(taking('host', `${file}{{ho¦`), `${file}{{host}}`);
    assert.equal(taking('host', `${file}{{ho¦}}/x`), `${file}{{host}}/x`);
    assert.equal(taking('host', `${file}{{¦}}`), `${file}{{host}}`);
    assert.equal(taking('user', 'POST fn://a\n\n{"a":"{{¦"}'), 'POST fn://a\n\n{"a":"{{user}}"}');
  });

  it('takes the profile of the request', () => {
    const offer = offersAt('# @profile prod\nGET fn://a/{{¦').find(({ label }) => label === 'user');
    assert.deepEqual(offer?.detail, { text: '{0} · profile {1}', args: ['bob', 'prod'] });
  });

  it('offers system variables with placeholders', () => {
    const offer = offersAt('GET fn://a/{{$ran¦}}').find(({ label }) => label === '$randomInt');
    assert.equal(offer?.isSnippet, true);
    assert.match(offer.insertText, /^\\\$randomInt \$\{1:/);
    assert.equal(taking('$guid', 'GET fn://a/{{$g¦'), 'GET fn://a/{{$guid}}');
    assert.deepEqual(labelsAt('GET fn://a/{{$processEnv ¦}}'), ['HOME', 'PATH']);
    assert.deepEqual(labelsAt('GET fn://a/{{$dotenv D¦}}'), ['DB_URL']);
    assert.deepEqual(labelsAt('GET fn://a/{{$secret ¦}}'), ['token']);
    assert.equal(
      taking('rfc1123', 'GET fn://a\nDate: {{$datetime ¦'),
      'GET fn://a\nDate: {{$datetime rfc1123}}',
    );
    assert.equal(
      new Set(labelsAt('GET fn://a/{{$timestamp ¦}}')).size,
      labelsAt('GET fn://a/{{$timestamp ¦}}').length,
    );
    assert.equal(
      taking('-1 d', 'GET fn://a\nDate: {{$datetime rfc1123 ¦}}'),
      'GET fn://a\nDate: {{$datetime rfc1123 -1 d}}',
    );
  });
});

describe('completionsAt: bodies', () => {
  it('offers variables with their braces where no word is being typed', () => {
    const body = '@city = X\n\n###\nPOST fn://a\n\n{ "a": ';
    assert.equal(taking('{{city}}', `${body}¦ }`), `${body}{{city}} }`);
    assert.deepEqual(labelsAt(`${body}ci¦ }`), []);
    assert.deepEqual(labelsAt(`${body}¦ }`, workspace(), ' '), []);
  });
});

describe('completionsAt: answers', () => {
  const at = (expression: string): string =>
    `# @name hello\nPOST fn://a\nX-Sent: 1\n\n{"q":1}\n\n###\nGET fn://b/{{${expression}`;

  it('offers the parts of an exchange', () => {
    assert.deepEqual(labelsAt(at('hello.¦')), [
      'response',
      'request',
      'events[0]',
      'events[-1]',
      'events.length',
      'text',
    ]);
    assert.deepEqual(labelsAt(at('hello.response.¦')), ['body', 'headers', 'status']);
    assert.deepEqual(labelsAt(at('hello.response.body.¦')), ['$', '*']);
    assert.equal(taking('status', at('hello.response.st¦')), at('hello.response.status}}'));
    assert.equal(taking('events[-1]', at('hello.¦}}')), at('hello.events[-1]}}'));
  });

  it('offers the JSON keys of the last answer', () => {
    assert.deepEqual(labelsAt(at('hello.response.body.$.¦')), ['user', 'list']);
    assert.deepEqual(labelsAt(at('hello.response.body.$.user.¦')), ['name', "['home-town']"]);
    assert.equal(
      taking('name', at('hello.response.body.$.user.na¦')),
      at('hello.response.body.$.user.name}}'),
    );
    assert.equal(
      taking("['home-town']", at('hello.response.body.$.user.¦}}')),
      at("hello.response.body.$.user['home-town']}}"),
    );
    assert.deepEqual(labelsAt(at('hello.response.body.$.list[0].¦')), ['id']);
    assert.equal(
      taking('[0]', at('hello.response.body.$.list¦}}').replace('list¦', 'list[¦')),
      at('hello.response.body.$.list[0]}}'),
    );
    assert.deepEqual(labelsAt(at('hello.response.body.$.user.name.¦')), []);
    assert.deepEqual(labelsAt(at('hello.request.body.$.¦')), ['q']);
  });

  it('offers the keys of an event’s data', () => {
    assert.deepEqual(labelsAt(at('hello.events[0].¦')), ['data']);
    assert.deepEqual(labelsAt(at('hello.events[0].data.¦')), ['$']);
    assert.deepEqual(labelsAt(at('hello.events[-1].data.$.¦')), ['id', 'delta']);
    assert.deepEqual(labelsAt(at('hello.events[9].data.$.¦')), []);
  });

  it('offers header names', () => {
    assert.deepEqual(labelsAt(at('hello.response.headers.¦')), ['Content-Type', 'X-Trace']);
    assert.deepEqual(labelsAt(at('hello.request.headers.¦')), ['X-Sent']);
    assert.ok(labelsAt(at('signIn.response.headers.¦')).includes('ETag'));
  });

  it('says nothing of names that are no requests', () => {
    assert.ok(!labelsAt(at('nobody.¦')).includes('response'));
  });
});

describe('completionsAt: multipart bodies', () => {
  const form = (body: string, type = 'multipart/form-data; boundary=part'): string =>
    `POST fn://a\nContent-Type: ${type}\n\n${body}`;

  /** Without the variables that any text may hold. */
  const partLabels = (marked: string): string[] =>
    labelsAt(marked).filter((label) => !label.startsWith('{{'));

  it('offers the boundary between parts and below them', () => {
    for (const body of ['¦', '-¦', '--¦', '--part\nA: b\n\ntext\n--pa¦', '--part\r\n\r\n--¦\r\n']) {
      assert.deepEqual(partLabels(form(body)), ['--part', '--part--'], body);
    }
    assert.equal(taking('--part', form('--¦')), form('--part'));
    assert.equal(taking('--part--', form('--p¦art')), form('--part--'));
    assert.deepEqual(partLabels(form('--¦', 'multipart/mixed; charset=x; boundary="a b"')), [
      '--a b',
      '--a b--',
    ]);
    assert.deepEqual(partLabels(form('text¦')), []);
    assert.deepEqual(partLabels(form('--¦', 'text/plain; boundary=part')), []);
    assert.deepEqual(partLabels(form('--¦', 'multipart/form-data')), []);
  });

  it('offers the headers of a part that it does not have yet', () => {
    assert.deepEqual(partLabels(form('--part\n¦')), ['Content-Disposition', 'Content-Type']);
    assert.equal(
      taking('Content-Disposition', form('--part\nCont¦\n')),
      form('--part\nContent-Disposition: \n'),
    );
    assert.deepEqual(partLabels(form('--part\ncontent-disposition: form-data; name="a"\nC¦')), [
      'Content-Type',
    ]);
    assert.deepEqual(partLabels(form('--part\nContent-Type: text/plain\n\nC¦')), []);
  });

  it('offers their values', () => {
    const disposition = form('--part\nContent-Disposition: ¦');
    assert.equal(
      taking('form-data; name="name"', disposition),
      form('--part\nContent-Disposition: form-data; name="name"'),
    );
    assert.equal(
      taking('form-data; name="file"; filename="picture.png"', disposition),
      form('--part\nContent-Disposition: form-data; name="file"; filename="picture.png"'),
    );
    assert.deepEqual(partLabels(`${disposition.replace('¦', '')}form-data; name="a"; ¦`), [
      'filename="picture.png"',
    ]);
    assert.deepEqual(partLabels(`${disposition.replace('¦', '')}form-data; name="¦"`), []);
    assert.deepEqual(partLabels(form('--part\nContent-Disposition: ¦', 'multipart/mixed; boundary=part')), [
      'attachment; filename="picture.png"',
    ]);
    assert.equal(
      taking('image/png', form('--part\nContent-Type: ima¦\n\n')),
      form('--part\nContent-Type: image/png\n\n'),
    );
  });
});

describe('completionsAt: when a character was typed', () => {
  const cases: readonly (readonly [marked: string, trigger: string, opens: boolean])[] = [
    ['POST fn://a\n\nsome ¦', ' ', false],
    ['POST fn://a\n\n{ "a": ¦', ' ', false],
    ['### A ¦', ' ', false],
    ['GET ¦', ' ', true],
    ['# @profile ¦', ' ', true],
    ['GET fn://a\nAccept: ¦', ' ', true],
    ['# @¦', '@', true],
    ['GET fn://a/x@¦', '@', false],
    ['GET fn://a/{{¦', '{', true],
    ['POST fn://a\n\n{¦', '{', false],
    ['GET fn://express-sse/¦', '/', true],
    ['POST fn://a\n\n<¦', '<', true],
    ['POST fn://a\n\n<a><¦', '<', false],
    ['POST fn://a\n\n--¦', '-', false],
    ['POST fn://a\nContent-Type: multipart/form-data; boundary=b\n\n--¦', '-', true],
    ['POST fn://a\nContent-Type: multipart/form-data; boundary=b\n\n--b\nContent-Type:¦', ':', true],
    ['POST fn://a\nContent-Type: multipart/form-data; boundary=b\n\n--b\n\nsome ¦', ' ', false],
    ['POST fn://a\nContent-Type: multipart/form-data; boundary=b\n\n--b\nsome ¦', ' ', false],
  ];
  for (const [marked, trigger, opens] of cases) {
    it(JSON.stringify(marked), () => assert.equal(labelsAt(marked, undefined, trigger).length > 0, opens));
  }
});

describe('bodyFiles', () => {
  const folders: Readonly<Record<string, readonly FolderEntry[]>> = {
    './': [
      { name: 'data', isFolder: true },
      { name: 'a.json', isFolder: false },
      { name: '.env', isFolder: false },
    ],
    './data/': [{ name: 'b.txt', isFolder: false }],
  };
  const filesAt = (marked: string): Promise<readonly Completion[]> => {
    const { document, offset } = atCursor(marked);
    return bodyFiles(document, offset, (folder) => Promise.resolve(folders[folder] ?? []));
  };
  const taken = async (label: string, marked: string): Promise<string> => {
    const item = (await filesAt(marked)).find((one) => one.label === label);
    assert.ok(item);
    const { text } = atCursor(marked);
    return text.slice(0, item.span.start) + item.insertText + text.slice(item.span.end);
  };

  it('offers files and folders, hidden ones not', async () => {
    assert.deepEqual(
      (await filesAt('POST fn://a\n\n< ¦')).map(({ label }) => label),
      ['data/', 'a.json'],
    );
    assert.equal(await taken('a.json', 'POST fn://a\n\n< ¦'), 'POST fn://a\n\n< ./a.json');
    assert.equal(await taken('a.json', 'POST fn://a\n\n<@ ./a¦.txt'), 'POST fn://a\n\n<@ ./a.json');
    assert.equal(await taken('b.txt', 'POST fn://a\n\n< ./data/¦'), 'POST fn://a\n\n< ./data/b.txt');
    assert.equal(await taken('data/', 'POST fn://a\n\n< ./d¦'), 'POST fn://a\n\n< ./data/');
  });

  it('offers the forms after <', () => {
    assert.deepEqual(labelsAt('POST fn://a\n\n<¦'), ['< ./', '<@ ./', '<@latin1 ./']);
  });

  it('is silent elsewhere', async () => {
    assert.deepEqual(await filesAt('POST fn://a\n\nx < ¦'), []);
    assert.deepEqual(await filesAt('GET fn://a\n¦'), []);
  });
});

describe('completionsAt, in any text', () => {
  it('never throws; what it replaces holds the cursor and stays on its line', () => {
    const context = workspace();
    fc.assert(
      fc.property(
        anyText,
        fc.nat(),
        fc.constantFrom('', '{{', '{{hello.', '# @', '< ', 'fn://', 'A: '),
        (text, at, typed) => {
          const offset = at % (text.length + 1);
          const document = parseCbhttp(text.slice(0, offset) + typed + text.slice(offset));
          const cursor = offset + typed.length;
          const { lineSpan } = placeAt(document, cursor);
          const nearest = Math.min(Math.max(cursor, lineSpan.start), lineSpan.end);
          for (const { span, label } of completionsAt(document, cursor, context)) {
            assert.ok(span.start <= nearest && nearest <= span.end, label);
            assert.ok(lineSpan.start <= span.start && span.end <= lineSpan.end, label);
          }
        },
      ),
    );
  });

  it('takes at most 5 ms in a document of 100 requests', () => {
    const section = (index: number): string =>
      `### Request ${index}\n# @name r${index}\nPOST fn://f${index % 9}/p/${index}?x={{v${index}}}\nX-Own-${index}: 1\nContent-Type: application/json\n\n{"a": "{{v${index}}}"}\n`;
    const file = Array.from({ length: 100 }, (_, index) => `@v${index} = ${index}\n${section(index)}`).join(
      '\n',
    );
    for (const tail of [
      '\n###\nGET fn://',
      '\n###\nGET fn://f1/',
      '\n###\nGET fn://a/{{',
      '\n###\nGET fn://a\n',
      '\n###\n# @ref ',
    ]) {
      const document = parseCbhttp(file + tail);
      const took = Array.from({ length: 9 }, () => {
        const startedAt = performance.now();
        assert.ok(completionsAt(document, document.length, workspace()).length > 0, tail);
        return performance.now() - startedAt;
      }).sort((a, b) => a - b);
      assert.ok((took[4] ?? 0) <= 5, `${tail}: ${took[4]} ms`);
    }
  });
});
