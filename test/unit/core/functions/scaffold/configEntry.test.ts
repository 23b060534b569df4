import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readCloudbaserc } from '../../../../../src/core/functions/cloudbaserc.ts';
import { isYaml, parseJsonConfig } from '../../../../../src/core/functions/configFormats.ts';
import {
  addFunctionEntry,
  applyTextEdits,
  newConfigText,
} from '../../../../../src/core/functions/scaffold/configEntry.ts';
import { scaffoldFunction } from '../../../../../src/core/functions/scaffold/scaffold.ts';
import { parseYamlConfig } from '../../../../../src/core/functions/yamlConfig.ts';

const { entry } = scaffoldFunction('express', 'new-one');

/** The text with the function added; null where it is refused. */
function added(file: string, text: string): string | null {
  const parse = isYaml(file, text) ? parseYamlConfig : parseJsonConfig;
  const edits = addFunctionEntry({ file, text, parse }, entry);
  return edits && applyTextEdits(text, edits);
}

describe('addFunctionEntry', () => {
  it('adds to JSON and leaves comments and layout as they are', () => {
    const text = `{
    // our project
    "envId": "dev-1a2b", /* mine */
    "functions": [
        { "name": "one", "type": "HTTP" }, // the first
        { "name":"two" } // the last
    ],
    "gateway": {}
}
`;
    assert.equal(
      added('cloudbaserc.json', text),
      text.replace(
        '{ "name":"two" } // the last',
        `{ "name":"two" }, // the last
        {
            "name": "new-one",
            "type": "HTTP",
            "runtime": "Nodejs20.19",
            "timeout": 60,
            "memorySize": 256,
            "installDependency": true
        }`,
      ),
    );
  });

  it('adds to JSON in whatever way its list stands there', () => {
    for (const text of [
      '{}',
      '{"functions":[]}',
      '{"functions":[{"name":"one"},]}',
      '{\r\n\t"functions": [\r\n\t\t{ "name": "one" }\r\n\t]\r\n}\r\n',
      '{ "version": "2.0" } // the end',
      '{\n  "version": "2.0"\n}',
      '{\n  "functions": [{ "name": "one" }]\n}',
      '{\n  "functions": [\n    { "name": "one" }]\n}',
      '{\n  "functions": [\n    { "name": "one" } /* a */, // b\n  ]\n}',
      '{\n  "functions": [ // none yet\n  ]\n}',
    ]) {
      const edited = added('cloudbaserc.json', text) ?? '';
      const { root, problem } = parseJsonConfig(edited);
      assert.equal(problem, null, edited);
      assert.equal(readCloudbaserc(root).functions.at(-1)?.type, 'HTTP');
      if (text.includes('\r\n')) assert.doesNotMatch(edited, /[^\r]\n/);
    }
  });

  it('adds below the key of package.json', () => {
    const edited = added('package.json', '{\n  "name": "x",\n  "cloudbase": { "envId": "a" }\n}\n') ?? '';
    const { cloudbase } = JSON.parse(edited) as { cloudbase: { envId: string; functions: unknown[] } };
    assert.deepEqual([cloudbase.envId, cloudbase.functions], ['a', [entry]]);
  });

  it('adds to YAML, to a block, between brackets and where there is none', () => {
    const fields = (indent: string) =>
      Object.entries(entry)
        .map(([key, value]) => `${key}: ${String(value)}`)
        .join(`\n${indent}`);
    const block = '# ours\nfunctions:\n  - name: one # the first\n    timeout: 5 # s\n\ngateway: {}\n';
    assert.equal(
      added('cloudbaserc.yaml', block),
      block.replace('timeout: 5 # s', `timeout: 5 # s\n  - ${fields('    ')}`),
    );
    assert.equal(
      added('cloudbaserc.yml', 'functions:\n- name: one'),
      `functions:\n- name: one\n- ${fields('  ')}`,
    );
    assert.equal(
      added('cloudbaserc', 'functions: [{ name: one }]\n'),
      `functions: [{ name: one }, { ${fields('').replaceAll('\n', ', ')} }]\n`,
    );
    assert.equal(
      added('cloudbaserc.yaml', 'envId: x # mine\n'),
      `envId: x # mine\nfunctions:\n  - ${fields('    ')}\n`,
    );
  });

  it('refuses what it does not understand', () => {
    for (const [file, text] of [
      ['cloudbaserc.json', '{ "functions": '],
      ['cloudbaserc.json', '[]'],
      ['cloudbaserc.json', '{ "functions": {} }'],
      ['package.json', '{ "name": "x" }'],
      ['cloudbaserc.yaml', 'shared: &list [{ name: one }]\nfunctions: *list\n'],
      ['cloudbaserc.yaml', '{ envId: x }'],
      ['cloudbaserc.yaml', 'functions:\n'],
    ] as const) {
      assert.equal(added(file, text), null, text);
    }
  });

  it('never throws, and what it gives has the function and all that was there', () => {
    const line = fc.constantFrom(
      'functions:',
      '  - name: a',
      '    type: HTTP',
      '- name: b',
      '# c',
      'x: [1]',
      '',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')),
      fc.json(),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('cloudbaserc.json', 'cloudbaserc.yaml'), (text, file) => {
        const edited = added(file, text);
        if (edited === null) return;
        assert.ok(edited.length > text.length);
        assert.ok(edited.includes('new-one'));
      }),
    );
  });
});

describe('newConfigText', () => {
  it('is a config with the function in it', () => {
    const { root, problem } = parseJsonConfig(newConfigText(entry));
    assert.equal(problem, null);
    const { functions, issues } = readCloudbaserc(root);
    assert.deepEqual(
      functions.map(({ name, type, folder }) => [name, type, folder]),
      [['new-one', 'HTTP', 'functions/new-one']],
    );
    assert.deepEqual(
      issues.map(({ code, severity }) => [code, severity]),
      [['unresolved-template', 'information']],
    );
  });
});
