import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { codeActions } from '../../../../../src/core/cbhttp/actions/codeActions.ts';
import type { CodeAction } from '../../../../../src/core/cbhttp/actions/codeAction.ts';
import type { LanguageContext } from '../../../../../src/core/cbhttp/languageContext.ts';
import { formatMessage } from '../../../../../src/core/message.ts';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';
import { checkText, contextOf, functionInfo } from '../check/context.ts';

/** The text after an action's edits; they have to be in order and apart. */
function apply(text: string, { edits }: CodeAction): string {
  let at = 0;
  let changed = '';
  for (const { span, text: put, caret } of edits) {
    assert.ok(at <= span.start && span.start <= span.end && span.end <= text.length, 'edits are in order');
    assert.ok(caret === undefined || (0 <= caret && caret <= put.length));
    changed += text.slice(at, span.start) + put;
    at = span.end;
  }
  return changed + text.slice(at);
}

/** The actions at the text between two `|`, or at the one there is. */
function actionsAt(marked: string, context = contextOf()): { text: string; actions: readonly CodeAction[] } {
  const start = marked.indexOf('|');
  const text = marked.replaceAll('|', '');
  const end = Math.max(start, marked.lastIndexOf('|') - 1);
  const { document, problems } = checkText(text, context);
  return { text, actions: codeActions(document, { start, end }, problems, context) };
}

/** Titles and results of the actions that edit. */
function results(marked: string, context?: LanguageContext): Record<string, string> {
  const { text, actions } = actionsAt(marked, context);
  return Object.fromEntries(
    actions
      .filter(({ edits }) => edits.length > 0)
      .map((action) => [formatMessage(action.title), apply(text, action)]),
  );
}

describe('codeActions', () => {
  it('define an unknown variable, or correct its name', () => {
    assert.deepEqual(results('@user1 = x\nGET http://x/{{|usr1}}'), {
      'Change to {{user1}}': '@user1 = x\nGET http://x/{{user1}}',
      'Define the variable usr1 in this file': '@user1 = x\n@usr1 = \nGET http://x/{{usr1}}',
    });
    assert.deepEqual(results('### a\r\nGET http://x/{{|b}}'), {
      'Define the variable b in this file': '@b = \r\n\r\n### a\r\nGET http://x/{{b}}',
    });
    assert.deepEqual(results('GET http://x/{{|$gid}}'), { 'Change to {{$guid}}': 'GET http://x/{{$guid}}' });
    const { actions } = actionsAt('GET http://x/{{|b}}');
    assert.deepEqual(actions.find(({ command }) => command)?.command, {
      kind: 'set-profile-variable',
      profile: 'local',
      name: 'b',
    });
  });

  it('create the request that a variable or @ref asks for', () => {
    const context = contextOf({ functions: [functionInfo('hello')] });
    assert.deepEqual(results('GET http://x/{{|login.response.body.$.id}}\n', context), {
      'Create the request "login"':
        'GET http://x/{{login.response.body.$.id}}\n\n### login\n# @name login\nGET fn://hello/\n',
    });
    assert.deepEqual(results('# @ref |logn\nGET http://x\n###\n# @name login\nGET fn://a/b', context), {
      'Change to login': '# @ref login\nGET http://x\n###\n# @name login\nGET fn://a/b',
      'Create the request "logn"':
        '# @ref logn\nGET http://x\n###\n# @name login\nGET fn://a/b\n\n### logn\n# @name logn\nGET fn://hello/\n',
    });
    const known = '# @name login\nGET http://x\n###\nGET http://x/{{|login.events[x]}}';
    assert.deepEqual(results(known), {}, 'there is such a request');
  });

  it('leave what is wrong in arguments and in the settings to the author', () => {
    assert.deepEqual(results('GET http://x/{{|$uuid x}}'), {});
    const profiles = readProfiles({ p: { variables: { base: '{{host}}' } } }, 'p');
    assert.deepEqual(results('GET http://x/{{|base}}', contextOf({ profiles })), {
      'Define the variable host in this file': '@host = \n\nGET http://x/{{base}}',
    });
  });

  it('create a request to a function in an empty section', () => {
    const context = contextOf({
      functions: [
        functionInfo('used'),
        { ...functionInfo('hello'), paths: ['/api'] },
        functionInfo('old', 'event'),
      ],
    });
    assert.deepEqual(results('GET fn://used\n\n### new\n|', context), {
      'Create a request to the function "hello"': 'GET fn://used\n\n### new\nGET fn://hello/api',
      'Create a request to the function "used"': 'GET fn://used\n\n### new\nGET fn://used/',
    });
    assert.deepEqual(
      results('### n|ew', context)['Create a request to the function "hello"'],
      '### new\nGET fn://hello/api',
    );
  });

  it('add a Content-Type after the last header', () => {
    assert.deepEqual(results('POST fn://f HTTP/1.1\r\nA: b\r\n\r\n|{}'), {
      'Add "Content-Type: application/json"':
        'POST fn://f HTTP/1.1\r\nA: b\r\nContent-Type: application/json\r\n\r\n{}',
    });
    assert.deepEqual(results('POST fn://f HTTP/1.1\n\na|=b'), {
      'Add "Content-Type: application/x-www-form-urlencoded"':
        'POST fn://f HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\na=b',
    });
  });

  it('put separators where they are missing', () => {
    assert.deepEqual(results('GET http://a\nA: b\n# @name b\nGET| http://b'), {
      'Put ### above this request': 'GET http://a\nA: b\n###\n# @name b\nGET http://b',
    });
    assert.deepEqual(results('POST http://a\nContent-Type: a/b\n\nx\n## Next one\n\nGET| http://b'), {
      'Make the line above a separator: ### Next one':
        'POST http://a\nContent-Type: a/b\n\nx\n### Next one\n\nGET http://b',
    });
    assert.deepEqual(results('POST http://a\nContent-Type: a/b\n\nx\n\nGET| http://b'), {
      'Put ### above this request': 'POST http://a\nContent-Type: a/b\n\nx\n\n###\nGET http://b',
    });
    assert.deepEqual(results('POST http://a\nContent-Type: text/plain\n|hello there'), {
      'Put a blank line above the body': 'POST http://a\nContent-Type: text/plain\n\nhello there',
    });
    assert.deepEqual(results('POST http://a\nContent-Type: text/markdown\n\n# A\n|### B'), {
      'Make this line part of the body above': 'POST http://a\nContent-Type: text/markdown\n\n# A\n\\### B',
    });
  });

  it('correct words that were mistyped', () => {
    const context = contextOf({ functions: [functionInfo('my-function')] });
    assert.deepEqual(results('|POTS http://x'), { 'Change to POST': 'POST http://x' });
    assert.deepEqual(results('# @profile |Dev\nGET http://x'), {
      'Change to dev': '# @profile dev\nGET http://x',
    });
    assert.deepEqual(results('GET fn://|my-funtcion/a', context), {
      'Change to my-function': 'GET fn://my-function/a',
    });
    assert.deepEqual(results('# @timout| 3s\nGET http://x'), {
      'Change to timeout': '# @timeout 3s\nGET http://x',
    });
    assert.deepEqual(results('# @name a\nGET http://x\n###\n# @name |a\nGET http://y'), {
      'Change to a2': '# @name a\nGET http://x\n###\n# @name a2\nGET http://y',
    });
    assert.deepEqual(results('GET http://x\nX-Gr|öße: 1')['Change to X-Gr-e'], 'GET http://x\nX-Gr-e: 1');
    assert.deepEqual(results('po|st http://x'), { 'Change to POST': 'POST http://x' });
    assert.deepEqual(results('G|ET http://x\nContent-Type: a/b\n\nx'), {
      'Change to POST': 'POST http://x\nContent-Type: a/b\n\nx',
    });
    assert.deepEqual(results('GET http://x\nHost: a\nContent-|Length: 3'), {
      'Remove this line': 'GET http://x\nHost: a\n',
    });
  });

  it('address a function by its name', () => {
    const profiles = readProfiles(
      {
        dev: { envId: 'my-dev', auth: 'apiKey' },
        prod: { route: 'service', baseUrl: 'https://api.example.com', functions: { hello: '/hi' } },
        local: { route: 'local', functions: { hello: 9100 } },
      },
      'dev',
    );
    const context = contextOf({ profiles });
    const base = 'https://my-dev.api.tcloudbasegateway.com/v1/functions';
    assert.deepEqual(
      results(`POST |${base}/hello/a/b?x=1&webfn=true HTTP/1.1\nX-Tcb-Webfn: true\nA: b`, context),
      {
        'Address the function by its name: fn://hello/a/b?x=1': 'POST fn://hello/a/b?x=1 HTTP/1.1\nA: b',
      },
    );
    assert.deepEqual(results(`POST |${base}/hello?webfn=true`, context), {
      'Address the function by its name: fn://hello': 'POST fn://hello',
    });
    assert.deepEqual(results('# @name a\nGET |https://api.example.com/hi/x', context), {
      'Address the function by its name: fn://hello/x, with the profile "prod"':
        '# @name a\n# @profile prod\nGET fn://hello/x',
    });
    assert.deepEqual(results('GET |http://127.0.0.1:9100/x', context), {
      'Address the function by its name: fn://hello/x, with the profile "local"':
        '# @profile local\nGET fn://hello/x',
    });
    assert.deepEqual(results('GET |https://api.example.com/hidden', context), {});
    assert.deepEqual(results('GET |https://other.api.tcloudbasegateway.com/v1/functions/hello', context), {});
    assert.deepEqual(results('GET |http://127.0.0.1:91000/x', context), {});
  });

  it('move a token to the secrets, and name it nowhere', () => {
    const { text, actions } = actionsAt('# @profile dev\nGET http://x\nAuthorization: Bearer |abc.def-ghi');
    const [action] = actions;
    assert.ok(action?.command?.kind === 'store-secret');
    assert.equal(action.command.profile, 'dev');
    assert.equal(action.command.name, 'token');
    assert.equal(action.command.origin, 'http://x');
    assert.equal(text.slice(action.command.span.start, action.command.span.end), 'abc.def-ghi');
    assert.ok(apply(text, action).endsWith('Authorization: Bearer {{$secret token}}'));
    assert.ok(!JSON.stringify(action).includes('abc.def'));
    const [unknown] = actionsAt('GET {{nope}}/\nAuthorization: Bearer |abc.def-ghi').actions;
    assert.ok(unknown?.command?.kind === 'store-secret');
    assert.equal(unknown.command.origin, null);
    const known = contextOf({ secretNames: (profile) => (profile === 'dev' ? ['api-key'] : []) });
    const again = actionsAt('# @profile dev\nGET http://x\nX-Api-Key: |abcdefgh', known);
    assert.ok(apply(again.text, again.actions[0] as CodeAction).endsWith('X-Api-Key: {{$secret api-key2}}'));
    const other = actionsAt('GET http://x\nX-Api-Key: |abcdefgh', known);
    assert.ok(apply(other.text, other.actions[0] as CodeAction).endsWith('X-Api-Key: {{$secret api-key}}'));
    assert.deepEqual(actionsAt('GET http://x\nAuthorization: Bearer |{{user}}').actions, []);
    assert.deepEqual(actionsAt('GET http://x\nAccept: |text/plain').actions, []);
  });

  const lines = fc.constantFrom(
    '###\n',
    '### t\n',
    '## t\n',
    '\n',
    '@a = 1\n',
    '# @name r\n',
    '# @ref q\n',
    '# @profile lcal\n',
    '# @timeout 1s\n',
    '# @timout 1s\n',
    'GET fn://helo/{{b}}\n',
    'POST http://x/{{q.response.status}}\n',
    'POTS http://x\n',
    'http://x\n',
    'A: b\n',
    'Content-Length: 1\n',
    'ü: 1\n',
    '{}\n',
    'a=b\n',
    'Authorization: Bearer abcdefgh\n',
    'Content-Type: text/markdown\n',
  );

  it('leave a text without the problem they are for', () => {
    const context = contextOf({ functions: [functionInfo('hello')] });
    /** Where an offset of the text before is after the edits. */
    const moved = (offset: number, edits: CodeAction['edits'], isEnd: boolean): number =>
      edits.reduce((sum, { span, text }) => {
        if (span.start > offset || (isEnd && span.start === offset)) return sum;
        return sum + text.length - (Math.min(span.end, offset) - span.start);
      }, offset);
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (written, end) => {
        const text = written.join('').replaceAll('\n', end);
        const { document, problems } = checkText(text, context);
        for (const action of codeActions(document, { start: 0, end: text.length }, problems, context)) {
          const { problem, edits } = action;
          if (problem === undefined || edits.length === 0) continue;
          const after = apply(text, action);
          const start = moved(problem.span.start, edits, false);
          const end = moved(problem.span.end, edits, true);
          const left = checkText(after, context).problems.filter(
            ({ code, span }) => code === problem.code && span.start < end && start < span.end,
          );
          assert.deepEqual(left, [], `${formatMessage(action.title)}: ${JSON.stringify([text, after])}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
