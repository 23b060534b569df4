import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, it } from 'mocha';
import ts from 'typescript';
import manifest from '../../package.json';
import english from '../../package.nls.json';
import chinese from '../../package.nls.zh-cn.json';
import translations from '../../l10n/bundle.l10n.zh-cn.json';
import { repositoryDir } from '../support/paths.ts';

const read = (file: string): string => readFileSync(path.join(repositoryDir, file), 'utf8');

const sources = readdirSync(path.join(repositoryDir, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ts.createSourceFile(file, read(path.join('src', file)), ts.ScriptTarget.ESNext, true));

/** The string literals that stand as an array's or object's values under a name exported by contributions.ts. */
function declaredIds(name: string): string[] {
  const file = sources.find(({ fileName }) => fileName === path.join('host', 'contributions.ts'));
  const found: string[] = [];
  file?.forEachChild((node) => {
    if (!ts.isVariableStatement(node)) return;
    const [declaration] = node.declarationList.declarations;
    if (declaration?.name.getText() !== name) return;
    const visit = (child: ts.Node): void => {
      if (ts.isStringLiteral(child)) found.push(child.text);
      child.forEachChild(visit);
    };
    visit(declaration);
  });
  return found.sort();
}

/** Literal first arguments of the calls that take a translatable text. */
function translatedTexts(): Set<string> {
  const texts = new Set<string>();
  const names = new Set(['msg', 't', 'translate']);
  const visit = (node: ts.Node): void => {
    node.forEachChild(visit);
    if (!ts.isCallExpression(node)) return;
    const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
    const [text] = node.arguments;
    if (names.has(callee.getText()) && text !== undefined && ts.isStringLiteralLike(text))
      texts.add(text.text);
  };
  for (const source of sources) visit(source);
  return texts;
}

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();

describe('package.json and the code', () => {
  const { contributes } = manifest;

  it('have the same commands, settings and views', () => {
    assert.deepEqual(declaredIds('commandIds'), contributes.commands.map(({ command }) => command).sort());
    assert.deepEqual(declaredIds('settingIds'), Object.keys(contributes.configuration.properties).sort());
    assert.deepEqual(
      declaredIds('viewIds'),
      Object.values(contributes.views)
        .flatMap((views) => views.map(({ id }) => id))
        .sort(),
    );
  });

  it('have every command of a menu or key declared', () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
      (one) => one.command,
    );
    const declared = contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      used.filter((command) => !declared.includes(command)),
      [],
    );
  });

  it('have every %key% in both languages, and no other', () => {
    const used = [...new Set(JSON.stringify(manifest).match(/%[\w.]+%/g))]
      .map((key) => key.slice(1, -1))
      .sort();
    assert.deepEqual(Object.keys(english).sort(), used);
    assert.deepEqual(Object.keys(chinese).sort(), used);
  });

  it('have every translatable text in the Chinese bundle with the same placeholders, and no other', () => {
    const bundle: Readonly<Record<string, string>> = translations;
    assert.deepEqual(Object.keys(bundle).sort(), [...translatedTexts()].sort());
    for (const [text, translated] of Object.entries(bundle)) {
      assert.doesNotMatch(text + translated, /\{\{+\d|\d\}\}+/, 'VS Code does not fill {{{0}}}');
      assert.deepEqual(placeholders(translated), placeholders(text), text);
    }
  });
});

describe('the package', () => {
  it('holds exactly the files on the list, none too large', function () {
    this.timeout(240_000); // vsce matches every file of the checkout, the test hosts' too
    const vsce = path.join(repositoryDir, 'node_modules', '.bin', 'vsce');
    const listed = execFileSync(vsce, ['ls', '--no-dependencies'], { cwd: repositoryDir, encoding: 'utf8' });
    const files = listed.split('\n').filter((line) => line !== '' && !line.startsWith('npm warn'));
    // What several files share has names made of its content.
    const named = new Set(files.map((file) => file.replace(/^dist\/shared-\w+\.cjs$/, 'dist/shared-*.cjs')));
    assert.deepEqual([...named].sort(), read('test/fixtures/package-files.txt').trim().split('\n').sort());
    const packed = (file: string): number => deflateSync(readFileSync(path.join(repositoryDir, file))).length;
    const bytes = files.reduce((sum, file) => sum + packed(file), 0);
    assert.ok(bytes < 1_000_000, `${bytes} bytes`);
  });

  it('keeps the extension’s entry below 150 kB', () => {
    const { size } = statSync(path.join(repositoryDir, 'dist', 'extension.cjs'));
    assert.ok(size < 150_000, `${size} bytes`);
  });
});
