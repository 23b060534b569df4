import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkConfig, type FolderFacts } from '../../../../../src/core/functions/checks/configChecks.ts';
import { readCloudbaserc } from '../../../../../src/core/functions/cloudbaserc.ts';
import { parseJsonConfig } from '../../../../../src/core/functions/configFormats.ts';
import type { FunctionIssue } from '../../../../../src/core/functions/issue.ts';
import { parseYamlConfig } from '../../../../../src/core/functions/yamlConfig.ts';

const whole: FolderFacts = { isThere: true, hasBootstrap: true, usesFramework: false };
const bare: FolderFacts = { ...whole, hasBootstrap: false };

describe('checkConfig', () => {
  it('finds nothing in a sound config', () => {
    const text = `{ "$schema": "x", "version": "2.0", "functions": [
      { "name": "chat", "type": "HTTP", "timeout": 900, "memorySize": 64, "handler": "index.main", "DnsCache": true },
      { "name": "ws", "type": "HTTP", "protocolType": "WS", "timeout": 7200, "memorySize": 3072 } ] }`;
    assert.deepEqual(check(text), []);
  });

  it('finds numbers out of range and changes them to the nearest that is in it', () => {
    const cases: readonly (readonly [string, string | null])[] = [
      ['"timeout": 0', '"timeout": 1'],
      ['"timeout": 901', '"timeout": 900'],
      ['"timeout": 1.5', '"timeout": 2'],
      ['"timeout": "1000"', '"timeout": 900'],
      ['"timeout": "long"', null],
      ['"memorySize": 1', '"memorySize": 64'],
      ['"memorySize": 100', '"memorySize": 128'],
      ['"memorySize": 500', '"memorySize": 512'],
      ['"memorySize": 99999', '"memorySize": 3072'],
      ['"memorySize": null', null],
    ];
    for (const [entry, fixed] of cases) {
      const text = `{ "functions": [{ "name": "ab", "type": "HTTP", ${entry} }] }`;
      const issues = check(text);
      assert.equal(issues.length, 1, entry);
      assert.equal(
        apply(text, issues[0]),
        fixed === null ? text : `{ "functions": [{ "name": "ab", "type": "HTTP", ${fixed} }] }`,
      );
    }
    assert.deepEqual(
      check('{ "functions": [{ "name": "ab", "type": "HTTP", "timeout": "{{env.T}}" }] }'),
      [],
    );
  });

  it('finds what the project says of all functions once', () => {
    const text =
      '{ "functionDefaultConfig": { "timeout": 0, "type": "HTTP" }, "functions": [{ "name": "ab" }, { "name": "cd" }] }';
    assert.deepEqual(codes(text), ['timeout-range']);
  });

  it('finds names the platform does not take, and the second of a name', () => {
    assert.deepEqual(codes('{ "functions": [{ "name": "1a", "type": "HTTP" }] }'), ['function-name']);
    assert.deepEqual(codes(`{ "functions": [{ "name": "${'a'.repeat(61)}", "type": "HTTP" }] }`), [
      'function-name',
    ]);
    const text = '{ "functions": [{ "name": "ab", "type": "HTTP" }, { "name": "ab", "type": "HTTP" }] }';
    const [twice] = check(text);
    assert.deepEqual([twice?.code, twice?.span.start], ['duplicate-function', text.lastIndexOf('"ab"')]);
  });

  it('finds keys tcb does not know, with what is meant', () => {
    const text =
      '{ "funtions": [], "functions": [{ "name": "ab", "type": "HTTP", "memorysize": 64, "timeOut": 1, "memroySize": 64, "mine": 1 }] }';
    const issues = check(text);
    assert.deepEqual(
      issues.map(({ code, severity, span }) => [code, severity, text.slice(span.start, span.end)]),
      [
        ['unknown-key', 'warning', '"funtions"'],
        ['unknown-key', 'warning', '"memroySize"'],
        ['unknown-key', 'information', '"mine"'],
      ],
    );
    assert.ok(apply(text, issues[1]).includes('"memorySize": 64, "mine"'));
    assert.deepEqual(codes('{ "mine": 1, "x-y": 2 }'), []); // the schema knows more of those
  });

  it('finds a function without scf_bootstrap, unless its code is an image', () => {
    const text = '{ "functions": [{ "name": "ab", "type": "HTTP" }] }';
    const [missing] = check(text, bare);
    assert.deepEqual(
      [missing?.code, missing?.severity, missing?.fixes[0]?.kind],
      ['missing-bootstrap', 'warning', 'create-bootstrap'],
    );
    assert.equal(check(text, { ...bare, usesFramework: true })[0]?.severity, 'information');
    const image =
      '{ "functions": [{ "name": "ab", "type": "HTTP", "imageConfig": {} }, { "name": "cd", "type": "HTTP", "runtime": "CustomImage" }, { "name": "ef" }] }';
    assert.deepEqual(codes(image, bare), []);
    const [gone] = check('{ "functions": [{ "name": "ab", "dir": "x" }] }', { ...bare, isThere: false });
    assert.deepEqual([gone?.code, gone?.fixes], ['missing-folder', []]);
    assert.deepEqual(codes(text, undefined), []); // not looked at yet
  });

  it('sets the type of a function that has a scf_bootstrap, in the config’s own layout', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['{"functions":[{"name":"ab"}]}', '{"functions":[{"name":"ab", "type": "HTTP"}]}'],
      ['{"functions":[{"name":"ab","type":"Event"}]}', '{"functions":[{"name":"ab","type":"HTTP"}]}'],
      [
        '{ "functions": [\n  {\n    "name": "ab",\n    "timeout": 3\n  } ] }',
        '{ "functions": [\n  {\n    "name": "ab",\n    "type": "HTTP",\n    "timeout": 3\n  } ] }',
      ],
      [
        'functions:\n  - name: ab\n    timeout: 3\n',
        'functions:\n  - name: ab\n    type: HTTP\n    timeout: 3\n',
      ],
      [
        'functions:\n- timeout: 3\n  name: ab # me\n',
        'functions:\n- timeout: 3\n  name: ab\n  type: HTTP # me\n',
      ],
      ['functions: [{ name: ab }]\n', 'functions: [{ name: ab, type: HTTP }]\n'],
    ];
    for (const [text, fixed] of cases) {
      const [found] = check(text);
      assert.equal(found?.code, 'function-type', text);
      assert.equal(apply(text, found), fixed);
      assert.deepEqual(check(fixed), []);
    }
    assert.deepEqual(codes('{"functions":[{"name":"ab","type":"{{env.T}}"}]}'), []);
  });
});

function check(text: string, facts: FolderFacts | undefined = whole): readonly FunctionIssue[] {
  const { root } = text.trimStart().startsWith('{') ? parseJsonConfig(text) : parseYamlConfig(text);
  assert.ok(root !== null);
  return checkConfig({ text, root, items: readCloudbaserc(root).items }, () => facts);
}

function codes(text: string, ...facts: readonly [] | readonly [FolderFacts | undefined]): string[] {
  const { root } = parseJsonConfig(text);
  assert.ok(root !== null);
  const known = facts.length === 0 ? whole : facts[0];
  return checkConfig({ text, root, items: readCloudbaserc(root).items }, () => known).map(({ code }) => code);
}

/** The text with an issue's first fix. */
function apply(text: string, found: FunctionIssue | undefined): string {
  const [fix] = found?.fixes ?? [];
  if (fix?.kind !== 'edit') return text;
  return fix.edits.reduceRight(
    (result, { span, text: put }) => result.slice(0, span.start) + put + result.slice(span.end),
    text,
  );
}
