import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  isYaml,
  parseJsonConfig,
  type ConfigNode,
  type ParsedConfig,
} from '../../../../src/core/functions/configFormats.ts';
import { readCloudbaserc } from '../../../../src/core/functions/cloudbaserc.ts';
import { readFunctionsConfig } from '../../../../src/core/functions/functionsConfig.ts';
import { checkConfig } from '../../../../src/core/functions/checks/configChecks.ts';
import { parseYamlConfig } from '../../../../src/core/functions/yamlConfig.ts';

const facts = { isThere: true, hasBootstrap: true, usesFramework: false };

describe('config formats', () => {
  it('read the same values from JSON and YAML, each at its place', () => {
    const json =
      '{ "envId": "e", // why\n "functions": [{ "name": "a", "timeout": 60, "on": true, "no": null }] }';
    const yaml = 'envId: e # why\nfunctions:\n  - name: a\n    timeout: 60\n    on: true\n    no:\n';
    assert.deepEqual(plain(parseJsonConfig(json).root), plain(parseYamlConfig(yaml).root));
    assert.deepEqual(placesOf(json, parseJsonConfig(json)), [
      '"envId"="e"',
      '"name"="a"',
      '"timeout"=60',
      '"on"=true',
      '"no"=null',
    ]);
    assert.deepEqual(placesOf(yaml, parseYamlConfig(yaml)), [
      'envId=e',
      'name=a',
      'timeout=60',
      'on=true',
      'no=',
    ]);
  });

  it('name the place of what is broken', () => {
    assert.equal(parseJsonConfig('{ "functions": [ }').problem?.span.start, 17);
    assert.equal(parseJsonConfig('').problem?.span.start, 0);
    const broken = 'envId: e\nfunctions: [a\n';
    const problem = parseYamlConfig(broken).problem;
    assert.ok(problem !== null && problem.span.start >= broken.indexOf('['));
    assert.equal(parseYamlConfig('').problem, null);
    assert.equal(parseYamlConfig('').root, null);
  });

  it('follow the anchors of YAML, as far as that ends', () => {
    const { root } = parseYamlConfig('a: &x { name: b }\nfunctions:\n  - *x\n');
    assert.deepEqual(
      readCloudbaserc(root).functions.map(({ name }) => name),
      ['b'],
    );
    assert.doesNotThrow(() => parseYamlConfig('a: &x [*x, *x]\n'));
    const bomb = ['a0: &a0 [x]'];
    for (let level = 1; level < 30; level += 1) {
      bomb.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}, *a${level - 1}, *a${level - 1}]`);
    }
    const before = performance.now();
    const behind = parseYamlConfig([...bomb, 'functions: [{ name: c }]'].join('\n'));
    assert.ok(performance.now() - before < 5000);
    assert.equal(
      readCloudbaserc(behind.root).functions[0]?.name,
      'c',
      'what is no alias is read all the same',
    );
  });

  it('take a cloudbaserc without an extension for what it looks like', () => {
    assert.equal(isYaml('cloudbaserc', '\n{ "envId": 1 }'), false);
    assert.equal(isYaml('cloudbaserc', 'envId: 1'), true);
    assert.equal(isYaml('cloudbaserc.yml', '{}'), true);
  });

  it('never throw, whatever the text says, and whatever is read and checked of it', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\n',
        '- ',
        '&a',
        '*a',
        '  ',
        '{{env.A}}',
        '"name"',
        '"functions"',
      ],
      ...[
        '"type"',
        '"timeout"',
        '9999',
        'envId',
        '"config"',
        '/*',
        '//',
        '|',
        '>',
        '!!binary',
        '\u0000',
        'é',
      ],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        for (const parse of [parseJsonConfig, parseYamlConfig]) {
          const { root } = parse(written);
          const { items } = readCloudbaserc(root);
          readFunctionsConfig(root);
          if (root !== null) checkConfig({ text: written, root, items }, () => facts);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never throw on configs of the right shape with any values', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(key(), fc.jsonValue())), fc.jsonValue(), (functions, other) => {
        const written = JSON.stringify({
          functions,
          functionDefaultConfig: other,
          gateway: { routes: other },
        });
        const { root } = parseJsonConfig(written);
        const { items } = readCloudbaserc(root, null);
        if (root !== null) checkConfig({ text: written, root, items }, () => undefined);
      }),
    );
  });

  it('are not read where they are nested deeper than a parser bears', () => {
    for (const piece of ['[', '{"a":', '- ', '? ', 'a: ', '- a: ', '[]', '&a ', '!a ', '[a: ']) {
      const text = piece.repeat(300);
      parseJsonConfig(text);
      parseYamlConfig(text);
    }
    const steps = Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
    assert.match(parseYamlConfig(steps).problem?.message.text ?? '', /too deeply/);
    parseJsonConfig('['.repeat(200_000));
    assert.match(parseYamlConfig('['.repeat(200_000)).problem?.message.text ?? '', /too deeply/);
    assert.match(parseJsonConfig('['.repeat(101)).problem?.message.text ?? '', /too deeply/);
    const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
    assert.equal(parseJsonConfig(deep).problem, null);
    assert.equal(parseYamlConfig(deep).problem, null);
  });
});

function key(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'name',
    'type',
    'timeout',
    'memorySize',
    'dir',
    'config',
    'envVariables',
    '__proto__',
    'x',
  );
}

function plain(node: ConfigNode | null): unknown {
  if (node === null) return null;
  if (node.kind === 'value') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)]));
}

/** What is marked of each key with a plain value. */
function placesOf(text: string, { root }: ParsedConfig): string[] {
  const found: string[] = [];
  const visit = (node: ConfigNode): void => {
    if (node.kind === 'list') node.items.forEach(visit);
    if (node.kind !== 'object') return;
    for (const { keySpan, value } of node.entries) {
      if (value.kind === 'value') {
        found.push(`${text.slice(keySpan.start, keySpan.end)}=${text.slice(value.start, value.end)}`);
      } else visit(value);
    }
  };
  if (root !== null) visit(root);
  return found;
}
