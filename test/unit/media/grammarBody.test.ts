import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import type { IGrammar } from 'vscode-textmate';
import { checkScopes, factsAt, loadGrammar, type ScopedPiece } from './tokenizer.ts';

let grammar: IGrammar;
before(async () => (grammar = await loadGrammar()));

const check = (text: string, expected: readonly ScopedPiece[]): void => checkScopes(grammar, text, expected);

describe('the grammar: bodies', () => {
  const body = (type: string, text: string): string => `POST /x\ncontent-type: ${type}\nA: b\n\n${text}`;

  it('go by the Content-Type', () => {
    check(body('application/json; charset=utf-8', '{ "a": 1 }'), [['1', 'constant.numeric.json']]);
    check(body('application/problem+json', '{ "a": 1 }'), [['1', 'constant.numeric.json']]);
    check(body('image/svg+xml', '<svg/>'), [['<svg', 'meta.embedded.xml.cbhttp meta.tag.xml']]);
    check(body('text/html', '<p>'), [['<p', 'meta.embedded.html.cbhttp meta.tag.html']]);
    check(body('application/javascript', 'let a'), [['let', 'storage.type.js']]);
    check(body('application/x-www-form-urlencoded', 'user%20a=1\n&c={{d}}'), [
      ['user', 'variable.parameter.form'],
      ['1', 'string.unquoted.form'],
      ['&', 'keyword.operator.query'],
      ['c', 'variable.parameter.form'],
      ['d', 'variable.other.readwrite'],
    ]);
    check(body('text/markdown', '# Head\n{ "a": 1 }\n// text'), [
      ['Head', 'meta.body.text'],
      ['"a"', '!meta.embedded'],
      ['//', '!comment'],
    ]);
  });

  it('are guessed to be JSON without one', () => {
    check('POST /x\n\n\n  { "a": 1 }', [['1', 'constant.numeric.json']]);
    check('POST /x\n\n[1]', [['1', 'constant.numeric.json']]);
    check('POST /x\n{ "a": 1 }', [['1', 'constant.numeric.json']]);
    check('POST /x\n\ntext\n{ "a": 1 }', [['1', '!json']]);
    check('POST /x\n\n{{a}} 1', [
      ['a', 'variable.other.readwrite'],
      ['1', '!json'],
    ]);
  });

  it('of GraphQL are a query, then JSON', () => {
    for (const head of ['GRAPHQL /x\nContent-Type: application/json', 'POST /x\nX-Request-Type: GraphQL']) {
      check(`${head}\nA: b\n\nquery Me($id: ID!) {\n  me(id: $id) { name }\n}\n\n{ "id": 42 }`, [
        ['query', 'keyword.operation.graphql'],
        ['Me', 'entity.name.function.graphql'],
        ['$id', 'variable.parameter.graphql'],
        ['ID', 'support.type.graphql'],
        ['name', 'variable.other.field.graphql'],
        ['42', 'constant.numeric.json'],
      ]);
    }
    check('POST /x\nContent-Type: application/json\nX-Request-Type: graphql\n\n{\n  me\n}\n\n{\n  us\n}', [
      ['me', 'variable.other.field.graphql'],
      ['us', 'meta.embedded.json'],
    ]);
    check('GRAPHQL /x\n\nquery A\n{\n  aa\n  bb\n}', [
      ['aa', 'meta.embedded.graphql'],
      ['bb', '!json'],
    ]);
  });

  it('of several parts go by the Content-Type of each', () => {
    const parts =
      '--part\nContent-Disposition: form-data; name="a"\n\n{ "x": 1 }\n--part\nContent-Type: application/json\n\n' +
      '{ "y": 2, "broken\n--part\nContent-Type: image/png\n\n< ./a.png\n--partly\n--part--\nend';
    check(body('multipart/form-data; boundary=part', parts), [
      ['--part', 'punctuation.definition.boundary'],
      ['Content-Disposition', 'support.type.property-name.json.header'],
      ['1', '!json'],
      ['2', 'constant.numeric.json'],
      ['image/png', 'string.unquoted.header'],
      ['./a.png', 'string.unquoted.file'],
      ['--partly', '!boundary'],
      ['--part--', 'punctuation.definition.boundary'],
      ['end', '!meta.part'],
    ]);
  });

  it('come from files', () => {
    check(body('application/json', '< ./a.json\n<@ ./b.json\n<@latin1 ./{{c}}.txt\n [1] < d'), [
      ['<', 'keyword.operator.file'],
      ['./a.json', 'string.unquoted.file'],
      ['<@', 'keyword.operator.file'],
      ['b', 'string.unquoted.file'],
      ['@latin1', 'keyword.other.encoding'],
      ['c', 'variable.other.readwrite'],
      [' < d', '!keyword.operator.file'],
    ]);
  });

  it('keep a line with a backslash before ###', () => {
    check(body('application/json', '{\n\\### still\n"a": 1'), [
      ['\\', 'constant.character.escape'],
      ['still', 'meta.body'],
      ['1', 'constant.numeric.json'],
    ]);
  });
});

describe('the grammar: what other tools write', () => {
  it('knows scripts, on one line and on several', () => {
    const scripts =
      '< {% const a = `x` %}\nPOST /x\n\n{ "a": 1 }\n> {%\n  let b = `open {\n%}\n{{@response\nlet c\n}}\n2';
    check(scripts, [
      ['const', 'meta.script.cbhttp meta.embedded.javascript.cbhttp storage.type.js'],
      ['%}', 'punctuation.section.embedded.end'],
      ['POST', 'keyword.control.method'],
      ['let', 'storage.type.js'],
      ['@response', 'keyword.other.script-event'],
      ['2', 'constant.numeric.json'],
    ]);
    check(scripts.replace('2', 'more'), [['more', '!meta.script']]);
  });

  it('knows single lines, above the body and in it', () => {
    for (const gap of ['', '\n']) {
      check(`GET /x\n${gap}?? status == 200\n> ./h.js\n<> ./saved.txt\n>> ./out.json\n>>! ./again`, [
        ['??', 'keyword.operator.assertion'],
        ['==', 'keyword.operator.comparison'],
        ['./h.js', 'meta.foreign.cbhttp string.unquoted.file'],
        ['./saved.txt', 'meta.foreign.cbhttp string.unquoted.file'],
        ['./out.json', 'meta.foreign.cbhttp string.unquoted.file'],
        ['again', 'meta.foreign.cbhttp string.unquoted.file'],
      ]);
    }
    check('POST /x\n\n> a quote\n?what\n<p>', [
      ['> a', '!foreign'],
      ['?what', '!foreign'],
      ['<p>', '!foreign'],
    ]);
  });

  it('knows an answer pasted below its request', () => {
    check('GET /x\n\nHTTP/1.1 200 OK\nA: b\n\n{}\n### next', [
      ['HTTP/1.1', 'comment.block.response'],
      ['A: b', 'comment.block.response'],
      ['next', 'entity.name.section'],
    ]);
  });
});

describe('the grammar and the editor', () => {
  const facts = (marked: string): ReturnType<typeof factsAt> =>
    factsAt(grammar, marked.replace('«', ''), marked.indexOf('«'));

  it('say which language a place has', () => {
    assert.equal(facts('POST /x\nA: «b').language, 'cbhttp');
    assert.equal(facts('POST /x\n\n{ «"a": 1 }').language, 'json');
    assert.equal(facts('POST /x\n\n{ "a": "{{«b}}" }').language, 'cbhttp');
    assert.equal(facts('POST /x\nContent-Type: text/html\n\n<«p>').language, 'html');
    assert.equal(facts('POST /x\n\nsome «text').language, 'plaintext');
    assert.equal(facts('> {% «let a %}').language, 'javascript');
    assert.equal(facts('GRAPHQL /x\n\n{ «a }').language, 'graphql');
    assert.equal(facts('POST /x\n\n{ "a": 1 }\n### «b').language, 'cbhttp');
  });

  it('offer words while one types where it is our language, and not in strings of bodies', () => {
    assert.equal(facts('POST fn://«a').type, 'other');
    assert.equal(facts('POST /x\nAccept: «a').type, 'other');
    assert.equal(facts('POST /x\n«a').type, 'other', 'may become a header');
    assert.equal(facts('POST /x\nContent-Type: text/plain\n«a').type, 'other', 'may become a header');
    assert.equal(facts('POST /x\n\nsome «a').type, 'string', 'prose');
    assert.equal(facts('POST /x\nContent-Type: text/plain\n\nsome «a').type, 'string', 'prose');
    assert.equal(facts('POST /x\n\nsome {{«a}}').type, 'other');
    assert.equal(facts('# @profile «a').type, 'other');
    assert.equal(facts('# «a').type, 'comment');
    assert.equal(facts('POST /x\n\n{ "a": "«b" }').type, 'string');
    assert.equal(facts('POST /x\n\n{ "a": "{{«b}}" }').type, 'other');
  });

  it('look for the partner of a bracket where it can have one', () => {
    assert.equal(facts('POST /x\n\n«{ "a": 1 }').hasBrackets, true);
    assert.equal(facts('### «a)').hasBrackets, false);
    assert.equal(facts('POST /«(').hasBrackets, false);
    assert.equal(facts('POST /x\n\ntext «:)').hasBrackets, false);
    assert.equal(facts('POST /x\n\n{ "a": «{{b}} }').hasBrackets, false);
  });
});
