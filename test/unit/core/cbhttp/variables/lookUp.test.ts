import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { LanguageContext } from '../../../../../src/core/cbhttp/languageContext.ts';
import { parseCbhttp } from '../../../../../src/core/cbhttp/parse.ts';
import { lookUp, type LookUp } from '../../../../../src/core/cbhttp/variables/lookUp.ts';
import { findPlaceholders } from '../../../../../src/core/cbhttp/variables/placeholders.ts';
import { shownExchange } from '../../../../../src/core/cbhttp/variables/rememberExchange.ts';
import { readProfiles } from '../../../../../src/core/profiles/profile.ts';
import { anyText } from '../anyText.ts';
import { exchange } from './resolving.ts';

const hello = shownExchange(
  exchange({ body: '{"id":7,"list":[{"a b":"x"}],"key":"K-1"}', headers: [['X-Id', '1']], secrets: ['K-1'] }),
);

const context: LanguageContext = {
  profiles: readProfiles(
    {
      dev: { envId: 'e', variables: { p: 'P', q: '{{p}}!' } },
      prod: { variables: { p: 'PROD' } },
      $shared: { variables: { s: 'S', p: 'no' } },
    },
    'dev',
  ),
  functions: [],
  lastExchange: (name) => (name === 'hello' ? hello : undefined),
  secretNames: () => ['key'],
  environmentNames: ['HOME'],
  dotenvNames: ['KEY'],
  otherRequestNames: ['elsewhere'],
  fileExists: () => undefined,
};

/** What the last placeholder of a text means. */
function meaning(text: string): LookUp {
  const last = findPlaceholders(text).at(-1);
  assert.ok(last);
  return lookUp(parseCbhttp(text), last.expression, last.start, context);
}

function value(text: string): string | null {
  const found = meaning(text);
  assert.equal(found.kind, 'known', JSON.stringify(found));
  return found.kind === 'known' ? found.value : null;
}

function reason(text: string): string {
  const found = meaning(text);
  return found.kind === 'known' ? `known ${found.value}` : found.reason;
}

describe('lookUp', () => {
  it('gives value and source', () => {
    const text = '###\n@a = 1 {{p}}\n###\nGET http://x/{{a}}';
    assert.deepEqual(meaning(text), {
      kind: 'known',
      source: 'file',
      value: '1 P',
      isSecret: false,
      definition: { start: 4, end: 4 + '@a = 1 {{p}}'.length },
      profile: null,
    });
    assert.equal(value('GET /{{q}}'), 'P!');
    assert.equal(value('# @profile prod\nGET /{{p}}'), 'PROD');
    const shared = meaning('GET /{{s}}');
    assert.ok(shared.kind === 'known' && shared.source === 'shared' && shared.profile === '$shared');
  });

  it('leaves to the time of sending what is known only then, and never has a secret', () => {
    assert.equal(value('@a = {{$guid}}\nGET /{{a}}'), null);
    const secret = meaning('@a = x {{$secret key}}\nGET /{{a}}');
    assert.ok(secret.kind === 'known' && secret.value === null && secret.isSecret);
    const prompt = meaning('###\n# @prompt user Name?\nGET /{{user}}');
    assert.ok(prompt.kind === 'known' && prompt.source === 'prompt' && prompt.definition?.start === 4);
    assert.equal(reason('###\n# @prompt user\nGET /\n###\nGET /{{user}}'), 'undefined');
    assert.equal(value('GET fn://f/{{$function}}'), 'f');
    assert.equal(value('GET /{{$envId}}'), 'e');
  });

  it('says why there is none', () => {
    assert.equal(reason('GET /{{nope}}'), 'undefined');
    assert.equal(reason('GET /{{$nope}}'), 'unknown-system');
    assert.equal(reason('GET /{{$randomInt x}}'), 'arguments');
    assert.equal(reason('GET /{{$processEnv NOPE}}'), 'undefined');
    assert.equal(reason('GET /{{$dotenv NOPE}}'), 'undefined');
    assert.equal(reason('GET /{{$dotenv KEY}}'), 'known null');
    const circle = meaning('@a = {{b}}\n@b = {{a}}\nGET /{{a}}');
    assert.ok(circle.kind === 'unknown' && circle.reason === 'circular' && circle.within?.start === 0);
    assert.deepEqual(circle.cycle, ['a', 'b', 'a']);
    const words = meaning('GET /{{no such name}}');
    assert.ok(words.kind === 'unknown' && !words.message.text.includes('Write'));
    const request = meaning('GET /{{nobody.response.status}}');
    assert.ok(request.kind === 'unknown');
    assert.deepEqual(request.message, { text: 'No request is named "{0}".', args: ['nobody'] });
    const inner = meaning('@a = {{nope}}\nGET /{{a}}');
    assert.ok(inner.kind === 'unknown' && inner.within !== null);
  });

  it('looks into the last exchange', () => {
    const at = (expression: string): string =>
      reason(`# @name hello\nGET /\n### \n# @name new\nGET /{{${expression}}}`);
    assert.equal(at('hello.response.body.$.id'), 'known 7');
    assert.equal(at("hello.response.body.$.list[0]['a b']"), 'known x');
    assert.equal(at('hello.response.headers.x-id'), 'known 1');
    assert.equal(at('hello.response.body.$..id'), 'known null');
    assert.equal(at('hello.response.body.$.key'), 'known null');
    assert.equal(at('hello.response.body.$.nope'), 'nothing-found');
    assert.equal(at('hello.events[0].data'), 'nothing-found');
    assert.equal(at('hello.response.nope'), 'arguments');
    assert.equal(at('new.response.status'), 'no-response');
    assert.equal(at('elsewhere.response.status'), 'no-response');
    assert.equal(at('nobody.response.status'), 'undefined');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(anyText, fc.string({ unit: 'binary' }), fc.nat(100), (text, expression, at) => {
        const document = parseCbhttp(text);
        lookUp(document, expression, at, context);
        for (const one of findPlaceholders(text)) lookUp(document, one.expression, one.start, context);
      }),
    );
  });

  it('stays quick where a name is defined thousands of times', () => {
    const text = '###\n@id = {{$guid}}\nGET http://x/{{id}}\n'.repeat(3000);
    const document = parseCbhttp(text);
    const start = performance.now();
    for (const { expression, start: at } of findPlaceholders(text)) lookUp(document, expression, at, context);
    assert.ok(performance.now() - start < 5000); // a search through all takes minutes
  });
});
