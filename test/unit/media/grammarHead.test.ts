import { before, describe, it } from 'mocha';
import type { IGrammar } from 'vscode-textmate';
import { checkScopes, loadGrammar, type ScopedPiece } from './tokenizer.ts';

let grammar: IGrammar;
before(async () => (grammar = await loadGrammar()));

const check = (text: string, expected: readonly ScopedPiece[]): void => checkScopes(grammar, text, expected);

describe('the grammar: above the body', () => {
  it('tells a separator from its title', () => {
    check('### Say hello', [
      ['###', 'punctuation.definition.heading'],
      ['hello', 'entity.name.section'],
    ]);
    check('####### many', [
      ['#######', 'punctuation.definition.heading'],
      ['many', 'entity.name.section'],
    ]);
    check('  ### no', [['###', 'comment.line']]);
  });

  it('knows comments in both forms, and blocks', () => {
    check('# one\n  // two\nGET /x\n# three\nA: b', [
      ['one', 'comment.line'],
      ['two', 'comment.line'],
      ['three', 'comment.line'],
    ]);
    check('/*\nGET /y\n*/\nGET /x', [
      ['GET /y', 'comment.block'],
      ['GET /x', 'keyword.control.method'],
    ]);
  });

  it('knows directives by what their value is', () => {
    check('# @name hello\n// @timeout 30s\n# @stream on\n#@function chat\n# @profile local\n# @no-redirect', [
      ['#', 'comment.line'],
      ['name', 'keyword.other.directive'],
      ['hello', 'entity.name.type.request'],
      ['30s', 'constant.numeric'],
      ['on', 'constant.language'],
      ['chat', 'entity.name.function'],
      ['local', 'string.unquoted.directive'],
      ['no-redirect', 'keyword.other.directive'],
    ]);
    check('# @prompt city Where {{to}}?\n# @note Send {{n}}', [
      ['city', 'variable.other.definition'],
      ['Where', 'string.unquoted.directive'],
      ['to', 'variable.other.readwrite'],
    ]);
    check('# @forceRef login\nGET /x\n# @ref other', [
      ['forceRef', 'keyword.other.directive'],
      ['login', 'entity.name.type.request'],
      ['other', 'entity.name.type.request'],
    ]);
  });

  it('marks directives of other tools, and those being written', () => {
    check('# @loop for 3\n# @import ./other.http', [
      ['loop', 'keyword.other.directive.unknown'],
      ['for 3', 'string.unquoted.directive'],
      ['import', 'meta.foreign.cbhttp keyword.other.directive.import'],
    ]);
    check('# @', [['@', 'keyword.other.directive.unknown']]);
    check('# mail me@home or @home', [['@home', 'comment.line']]);
  });

  it('knows file variables', () => {
    check('@user.name = alice {{last}}\n@id := 1', [
      ['user.name', 'variable.other.definition'],
      ['=', 'keyword.operator.assignment'],
      ['alice', 'string.unquoted.value'],
      ['last', 'variable.other.readwrite'],
      ['id', 'variable.other.definition'],
      [':=', 'keyword.operator.assignment'],
    ]);
  });

  it('takes a request line apart', () => {
    check('POST fn://my-fn/api/%20?lang=zh&a={{b}}#frag HTTP/1.1', [
      ['POST', 'keyword.control.method'],
      ['fn', 'keyword.other.scheme'],
      ['my-fn', 'entity.name.function'],
      ['/api', 'string.unquoted.path'],
      ['%20', 'constant.character.escape.percent'],
      ['?', 'keyword.operator.query'],
      ['lang', 'variable.parameter.query'],
      ['=', 'keyword.operator.assignment'],
      ['zh', 'string.unquoted.query'],
      ['&', 'keyword.operator.query'],
      ['b', 'variable.other.readwrite'],
      ['frag', 'string.unquoted.fragment'],
      ['HTTP/1.1', 'keyword.other.http-version'],
    ]);
    check('GET https://u:p@example.com:8443/a b', [
      ['https', 'keyword.other.scheme'],
      ['u:p', 'string.unquoted.user-info'],
      ['example.com', 'entity.name.type.host'],
      ['8443', 'constant.numeric.port'],
      ['/a b', 'string.unquoted.path'],
    ]);
  });

  it('knows request lines without a method, in small letters, and of other words', () => {
    for (const target of ['fn://a/b', 'http://a', '/path', '{{base}}/x', 'localhost:9000/x', '[::1]:80/x']) {
      check(target, [[target.slice(0, 1), 'meta.request']]);
      check(`  delete ${target}`, [['delete', 'keyword.control.method']]);
    }
    check('localhost:9000', [
      ['localhost', 'entity.name.type.host'],
      ['9000', 'constant.numeric.port'],
    ]);
    check('GRAPHQL fn://a\n### \nSSE fn://b\n###\neventsource /c', [
      ['GRAPHQL', 'keyword.control.method'],
      ['SSE', 'keyword.control.method'],
      ['eventsource', 'keyword.control.method'],
    ]);
    check('get well soon, all of you\nWS wss://a/b\nGET /x', [
      ['get', '!meta.request'],
      ['WS', 'keyword.control.method.unsupported'],
      ['GET /x', '!meta.request'],
    ]);
  });

  it('joins the lines of a long query', () => {
    check('GET fn://a/b\n  /more\n  ?q=1\n# why\n&page=2 HTTP/1.1\nA: c', [
      ['more', 'string.unquoted.path'],
      ['q', 'variable.parameter.query'],
      ['why', 'comment.line'],
      ['page', 'variable.parameter.query'],
      ['2', 'string.unquoted.query'],
      ['HTTP/1.1', 'keyword.other.http-version'],
      ['A', 'support.type.property-name.json.header'],
    ]);
  });

  it('knows headers, and what begins below them without a blank line', () => {
    check('GET /x\n X-Tag : a {{b}}\n...common', [
      ['X-Tag', 'support.type.property-name.json.header'],
      [':', 'punctuation.separator.key-value'],
      ['a ', 'string.unquoted.header'],
      ['b', 'variable.other.readwrite'],
      ['...', 'meta.foreign'],
    ]);
    check('GET /x\nA: b\nGET https://next\nB: c', [
      ['next', 'entity.name.type.host'],
      ['B', 'support.type.property-name.json.header'],
    ]);
    check('GET /x\nA: b\nsome text\nB: c', [
      ['some', 'meta.body'],
      ['B', 'meta.body'],
    ]);
  });
});

describe('the grammar: variables', () => {
  it('tells those of the system and of answers apart', () => {
    check('GET /{{user}}/{{$datetime "YYYY" -1 d}}/{{hello.response.body.$.a}}/{{h.events[-1].data}}', [
      ['{{', 'punctuation.definition.template-expression.begin'],
      ['user', 'variable.other.readwrite'],
      ['$datetime', 'support.function.system-variable'],
      ['"YYYY"', 'string.quoted'],
      ['-1', 'constant.numeric'],
      ['hello', 'variable.other.object'],
      ['.response', 'variable.other.property'],
      ['.events', 'variable.other.property'],
    ]);
  });

  it('leaves escapes, empty braces and JSON alone', () => {
    check('POST /x\nA: \\{{no}} \\{\\{ nor \\}\\} {{ }} {{"j"}}', [
      ['\\{{', 'constant.character.escape'],
      ['no', '!meta.template'],
      ['nor', 'constant.character.escape'],
      ['{{ }}', '!meta.template'],
      ['{{"', '!meta.template'],
    ]);
  });

  it('finds them in every body, in strings too', () => {
    for (const type of ['application/json', 'text/xml', 'text/html', 'text/plain', 'text/javascript']) {
      check(`POST /x\nContent-Type: ${type}\n\n{ "a": "{{b}}" }\n<p title="{{c}}">\n\`{{$guid}} \\{{d}}`, [
        ['b', 'variable.other.readwrite'],
        ['c', 'variable.other.readwrite'],
        ['$guid', 'support.function.system-variable'],
        ['\\{{', 'constant.character.escape'],
      ]);
    }
  });
});
