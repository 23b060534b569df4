import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';
import { checkText, contextOf, functionInfo, problemsIn } from './context.ts';

const json = 'Content-Type: application/json';

describe('checkVariables', () => {
  it('reports a name that nothing defines, wherever it stands', () => {
    assert.deepEqual(problemsIn('@v = {{a}}\n###\nPOST http://x/{{b}}\nA: {{c}}\n\n{{d}}{{user}}{{lang}}'), [
      'warning unknown-variable "{{a}}"',
      'warning unknown-variable "{{b}}"',
      'warning unknown-variable "{{c}}"',
      'warning unknown-variable "{{d}}"',
      'warning missing-content-type "{{d}}{{user}}{{lang}}"',
    ]);
  });

  it('reports what a definition lacks there and not at its uses', () => {
    assert.deepEqual(problemsIn('@v = {{nope}}\nGET http://x/{{v}}/{{v}}'), [
      'warning unknown-variable "{{nope}}"',
    ]);
    assert.deepEqual(problemsIn('@a = {{b}}\n@b = {{a}}\nGET http://x/{{a}}'), [
      'error circular-variable "{{b}}"',
      'error circular-variable "{{a}}"',
    ]);
  });

  it('reports system variables that are none, or not written so', () => {
    assert.deepEqual(problemsIn('GET http://x/{{$gid}}/{{$randomInt x y}}/{{$guid}}/{{$secret key}}'), [
      'warning unknown-variable "{{$gid}}"',
      'warning unknown-variable "{{$randomInt x y}}"',
    ]);
  });

  it('only hints at a response that is not there yet, and not at all below @ref', () => {
    const login = '# @name login\nGET http://x\n###\n';
    const use = 'GET http://x/{{login.response.body.$.id}}';
    assert.deepEqual(problemsIn(login + use), ['hint no-response "{{login.response.body.$.id}}"']);
    const problems = problemsIn(`${login}# @ref login\n${use}`);
    assert.deepEqual(
      problems.filter((problem) => !problem.includes('without-effect')),
      [],
    );
  });

  it('knows an answer that @ref brings by its whole name', () => {
    const text = '# @name v1.2\nGET http://x\n###\n# @ref v1.2\nGET http://x/{{v1.2.response.status}}';
    assert.deepEqual(problemsIn(text), ['warning directive-value "v1.2"']);
  });

  it('names the request that is not there', () => {
    const [problem] = checkText('GET http://x/{{login.response.status}}').problems;
    assert.deepEqual(problem?.message.args, ['login']);
    assert.equal(problem.code, 'unknown-variable');
  });

  it('reports a circle of the settings where it is used', () => {
    const profiles = readProfiles({ p: { variables: { a: '{{b}}', b: '{{a}}', c: '{{d}}' } } }, 'p');
    const context = contextOf({ profiles });
    assert.deepEqual(problemsIn('GET http://x/{{a}}', context), ['error circular-variable "{{a}}"']);
    const [missing] = checkText('GET http://x/{{c}}', context).problems;
    assert.deepEqual(missing?.data, { name: 'd' });
  });

  it('takes directives for text where nothing is replaced', () => {
    assert.deepEqual(problemsIn('# @note Send {{it}}?\n# @loop for {{all}}\nGET http://x'), [
      'information unknown-directive "# @loop for {{all}}"',
    ]);
    assert.deepEqual(problemsIn('@p = dev\n# @profile {{p}}\nGET http://x'), [
      'error unknown-profile "{{p}}"',
    ]);
  });

  it('reports braces that are no variable, but in bodies', () => {
    assert.deepEqual(problemsIn('@v = {{user\nGET http://x/{{user}/{{v{{user}}}}\nA: {{b}'), [
      'warning open-braces "{{"',
      'warning open-braces "{{"',
      'warning open-braces "{{"',
    ]);
    const fine =
      '@v = \\{{user\nPOST http://x/{{{user}}}/{{}}\nContent-Type: text/plain\nA: {{"a": 1}}\n\n{{a}';
    assert.deepEqual(problemsIn(fine), []);
  });

  it('takes a variable that is asked for', () => {
    const problems = problemsIn('# @prompt code\nGET http://x/{{code}}');
    assert.deepEqual(
      problems.filter((problem) => !problem.includes('without-effect')),
      [],
    );
  });
});

describe('checkTarget', () => {
  const functions = [functionInfo('hello'), functionInfo('old', 'event')];
  const context = contextOf({ functions });

  it('knows the functions of the workspace', () => {
    assert.deepEqual(problemsIn('GET fn://hello/x', context), []);
    assert.deepEqual(problemsIn('GET fn://helo/x', context), ['warning unknown-function "helo"']);
    assert.deepEqual(problemsIn('GET fn://old', context), ['warning event-function "old"']);
    assert.deepEqual(problemsIn('# @function old\nGET /x', context), ['warning event-function "old"']);
    assert.deepEqual(problemsIn('# @function old\n### a\nGET /x', context), ['warning event-function "old"']);
    assert.deepEqual(problemsIn('@f = helo\nGET fn://{{f}}/x', context), [
      'warning unknown-function "fn://{{f}}/x"',
    ]);
    assert.deepEqual(problemsIn('GET fn://{{$prompt which}}/x', context), []);
    assert.deepEqual(problemsIn('GET fn://anything'), []);
  });

  it('knows the functions a profile maps', () => {
    const profiles = readProfiles({ local: { route: 'local', functions: { mapped: 9100 } } }, undefined);
    assert.deepEqual(problemsIn('GET fn://mapped/x', contextOf({ functions, profiles })), []);
  });

  it('reports targets that lead nowhere', () => {
    assert.deepEqual(problemsIn('GET http://a b/'), ['error invalid-url "http://a b/"']);
    assert.deepEqual(problemsIn('GET ftp://a/'), ['error invalid-url "ftp://a/"']);
    assert.deepEqual(problemsIn('GET http://[::1/{{$guid}}'), ['error invalid-url "http://[::1/{{$guid}}"']);
    assert.deepEqual(problemsIn('GET /only/a/path'), ['error no-address "/only/a/path"']);
    assert.deepEqual(problemsIn('GET /with/host\nHost: a.example'), []);
    assert.deepEqual(problemsIn('GET {{$prompt base}}/x'), []);
    const profiles = readProfiles({ dev: {} }, 'dev');
    assert.deepEqual(problemsIn('GET fn://f', contextOf({ profiles })), ['warning no-address "fn://f"']);
  });

  it('says nothing of a secret', () => {
    const { problems } = checkText('GET http://x:{{$secret key}}0000000/');
    assert.ok(!JSON.stringify(problems).includes('key'));
  });
});

describe('checkTarget, a path alone', () => {
  it('takes the variable host, as sending does', () => {
    assert.deepEqual(problemsIn('@host = http://x\nGET /a'), []);
    assert.deepEqual(problemsIn('@host = {{$prompt host}}\nGET /a'), []);
    assert.deepEqual(problemsIn('@host = ftp://x\nGET /a'), ['error invalid-url "/a"']);
    assert.deepEqual(problemsIn('@host = ftp://x\nGET /a\nHost: y'), []);
    assert.deepEqual(problemsIn('@other = http://x\nGET /a'), ['error no-address "/a"']);
  });
});

describe('checkHeaders', () => {
  it('reports line breaks and control characters, also from a variable', () => {
    const profiles = readProfiles({ p: { route: 'local', variables: { lines: 'a\nb' } } }, 'p');
    const context = contextOf({ profiles });
    assert.deepEqual(problemsIn('GET http://x\nA: {{lines}}\nB: a\u0001b\nC: ä', context), [
      'error invalid-header "{{lines}}"',
      'error invalid-header "a\\u0001b"',
    ]);
  });

  it('points at the character that a name cannot hold', () => {
    const problems = problemsIn('GET http://x\nX-Größe: 1\n');
    assert.ok(problems.includes('error invalid-header "ö"'), problems.join());
    assert.ok(!problemsIn('POST http://x\n"user": 1\n').join().includes('invalid-header'));
    const variable = problemsIn('GET http://x\nX-{{user}}: 1\n');
    assert.ok(variable.includes('error invalid-header "{{user}}"'), variable.join());
  });
});

describe('checkBody', () => {
  it('reports JSON that does not parse, where it stops being JSON', () => {
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n{ "a": 1,\n  "b": 2,\n}`), [
      'warning invalid-json ","',
    ]);
    assert.deepEqual(problemsIn(`POST fn://f\n${json}; charset=utf-8\n\n{ 'a': 1 }`), [
      'warning invalid-json "\'"',
    ]);
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\r\n\r\n{\r\n "a": tru }`), [
      'warning invalid-json "tru"',
    ]);
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n{ "a": [1, 2 }`), ['warning invalid-json "}"']);
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n{ "a": [1, 2]\n`), ['warning invalid-json "]"']);
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n{} {}`), ['warning invalid-json "{"']);
    assert.deepEqual(problemsIn('POST fn://f\nContent-Type: application/problem+json\n\n{,}'), [
      'warning invalid-json ","',
    ]);
    assert.deepEqual(problemsIn('POST fn://f\nContent-Type: text/plain\n\n{,}'), []);
  });

  it('replaces variables first', () => {
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n{ "a": {{user}} }`), [
      'warning invalid-json "{{user}}"',
    ]);
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n{ "a": "{{user}}", "b": {{$timestamp}} }`), []);
    assert.deepEqual(
      problemsIn(`@n = 5\n@s = "x"\nPOST fn://f\n${json}\n\n[{{n}}, {{s}}, {{$randomInt 1 5}}]`),
      [],
    );
    assert.deepEqual(problemsIn(`@n = 5\nPOST fn://f\n${json}\n\n{ "a": {{n}}, "b": }`), [
      'warning invalid-json "}"',
    ]);
  });

  it('keeps silent where the fault may lie in what is known only when sending', () => {
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n{ {{$prompt pairs}} }`), []);
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n{ "a": {{$prompt a}}{{$prompt b}} }`), []);
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n{ "a": {{nope}} x }`), [
      'warning unknown-variable "{{nope}}"',
    ]);
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n< ./body.json`), []);
  });

  it('finds the place below lines of other tools', () => {
    const problems = problemsIn(`POST fn://f\n${json}\n\n{\n?? status == 200\n  "a": oops\n}`);
    assert.deepEqual(
      problems.filter((problem) => problem.includes('json')),
      ['warning invalid-json "oops"'],
    );
  });

  it('reports a body without a Content-Type, and guesses it', () => {
    const guess = (body: string): string | undefined =>
      checkText(`POST fn://f\n\n${body}`).problems.find(({ code }) => code === 'missing-content-type')
        ?.data?.['mediaType'];
    assert.equal(guess('{ "a": 1 }'), 'application/json');
    assert.equal(guess('<a/>'), 'application/xml');
    assert.equal(guess('<!DOCTYPE html>'), 'text/html');
    assert.equal(guess('a=1&b={{user}}\n&c=2'), 'application/x-www-form-urlencoded');
    assert.equal(guess('plain words'), 'text/plain');
    assert.deepEqual(problemsIn('GRAPHQL http://x\n\nquery { a }'), []);
    const profiles = readProfiles({ p: { route: 'local', headers: { 'content-type': 'text/plain' } } }, 'p');
    assert.deepEqual(problemsIn('POST fn://f\n\nabc', contextOf({ profiles })), []);
  });

  it('reports a body with GET and HEAD', () => {
    assert.deepEqual(problemsIn('GET fn://f\nContent-Type: a/b\n\nx'), ['warning body-with-get "GET"']);
    assert.deepEqual(problemsIn('head fn://f\nContent-Type: a/b\n\nx'), ['warning body-with-get "head"']);
    assert.deepEqual(problemsIn('fn://f\nContent-Type: a/b\n\nx'), ['warning body-with-get "fn://f"']);
    assert.deepEqual(problemsIn('DELETE fn://f\nContent-Type: a/b\n\nx'), []);
  });

  it('reports bodies over the limits of the service, in bytes', () => {
    const text = (type: string, length: number, profile = 'dev'): string =>
      `# @profile ${profile}\nPOST fn://f\nContent-Type: ${type}\n\n${'é'.repeat(length / 2)}`;
    const codes = (written: string): unknown[] => checkText(written).problems.map(({ code }) => code);
    assert.deepEqual(codes(text('text/plain', 102_400)), []);
    assert.deepEqual(codes(text('text/plain', 102_402)), ['body-too-large']);
    assert.deepEqual(codes(text('application/xml', 102_402)), ['body-too-large']);
    assert.deepEqual(codes(text('application/octet-stream', 102_402)), []);
    assert.deepEqual(codes(text('application/octet-stream', 6_291_458)), ['body-too-large']);
    assert.deepEqual(codes(text('text/plain', 102_402, 'local')), []);
  });

  it('reports body files that are missing or out of reach', () => {
    const context = {
      ...contextOf({ fileExists: (path) => path === './there.json' }),
      isOutside: (path: string) => path.startsWith('/'),
    };
    const files = '< ./there.json\n<@ ./gone.json\n<@latin1 /etc/passwd\n< ./{{$guid}}.json';
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n${files}`, context), [
      'warning missing-file "./gone.json"',
      'error file-outside "/etc/passwd"',
    ]);
    assert.deepEqual(problemsIn('GRAPHQL fn://f\n\ngql Q < ./gone.graphql\n\n{}', context), [
      'warning missing-file "./gone.graphql"',
    ]);
  });

  it('reports an encoding that there is not', () => {
    const files = '<@latin9x ./a\n<@gbk ./b\n<@latin1 ./c\n<@ ./d\n< ./e';
    assert.deepEqual(problemsIn(`POST fn://f\n${json}\n\n${files}`), ['warning unknown-encoding "latin9x"']);
  });
});

describe('checkDirectives', () => {
  /** Without what the parser says of them. */
  const found = (text: string): string[] =>
    problemsIn(text).filter((problem) => !problem.includes('without-effect') && !problem.startsWith('hint'));

  it('knows the profiles', () => {
    assert.deepEqual(found('# @profile dev\nGET fn://f'), []);
    assert.deepEqual(found('# @profile prod\nGET fn://f'), ['error unknown-profile "prod"']);
  });

  it('knows the requests that @ref names', () => {
    assert.deepEqual(found('# @ref a\nGET http://x\n### b\n# @name a\nGET http://x'), []);
    assert.deepEqual(found('# @ref a\n# @force-ref b\nGET http://x'), [
      'warning unknown-request "a"',
      'warning unknown-request "b"',
    ]);
  });

  it('reports names given twice, and requests that wait for one another', () => {
    assert.deepEqual(found('# @name a\nGET http://x\n###\n# @name a\nGET http://x'), [
      'warning duplicate-name "a"',
    ]);
    assert.deepEqual(found('# @name a\n# @ref b\nGET http://x\n###\n# @name b\n# @ref a\nGET http://x'), [
      'error circular-reference "a"',
    ]);
    assert.deepEqual(found('# @name a\n# @ref a\nGET http://x'), ['error circular-reference "a"']);
    const byTitle = '### Log in\n# @ref me\nGET http://x\n### Me\n# @name me\n# @ref Log in\nGET http://x';
    assert.deepEqual(found(byTitle), ['error circular-reference "Log in"']);
    assert.deepEqual(found('### A b\n# @force-ref A b\nGET http://x'), ['error circular-reference "A b"']);
  });

  it('reports a name that no variable can use', () => {
    assert.deepEqual(found('# @name say hello\nGET http://x'), ['warning directive-value "say hello"']);
  });

  it('reports directives that can have no effect', () => {
    const unreached = (text: string): string[] =>
      found(text).map((problem) => problem.replace(/^\w+ unreached-directive /, ''));
    assert.deepEqual(unreached('# @timeout 1s\n# @timeout 500\nGET fn://f'), ['"# @timeout 1s"']);
    assert.deepEqual(unreached('# @timeout 1s\n# @idle-timeout 1s\nGET fn://f'), ['"# @idle-timeout 1s"']);
    assert.deepEqual(unreached('# @timeout 0\n# @idle-timeout 1s\nGET fn://f'), []);
    assert.deepEqual(unreached('# @stream on\n# @data-type json\nGET fn://f'), ['"# @data-type json"']);
    assert.deepEqual(unreached('# @qualifier 3\nGET fn://f'), ['"# @qualifier 3"']);
    assert.deepEqual(unreached('# @profile dev\n# @qualifier 3\nGET fn://f'), []);
    assert.deepEqual(unreached('# @route local\n# @function f\nGET http://x'), [
      '"# @route local"',
      '"# @function f"',
    ]);
  });

  it('hints at what a mini program cannot do', () => {
    assert.deepEqual(problemsIn('# @timeout 1500\nPATCH fn://f'), [
      'hint mini-program-method "PATCH"',
      'hint mini-program-timeout "1500"',
    ]);
    assert.deepEqual(problemsIn('# @timeout 1499\nPUT fn://f'), []);
    assert.deepEqual(problemsIn('# @timeout 30s\nPATCH http://x'), []);
  });
});
