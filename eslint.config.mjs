import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Imports a side of the code base must not have: dependencies point one way (docs/ARCHITECTURE.md). */
const ban = (...rules) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: rules.flatMap(({ names = [], message }) => names.map((name) => ({ name, message }))),
      patterns: rules.flatMap(({ group, message }) => (group === undefined ? [] : [{ group, message }])),
    },
  ],
});
const node = { names: builtinModules, group: ['node:*'], message: 'This side runs without Node.' };
const vscode = { names: ['vscode'], message: 'Only host/ and extension.ts import vscode.' };
const undici = { group: ['undici', 'undici/*'], message: 'Only net/http1Connection.ts touches undici.' };
const sides = (...names) => ({
  group: names.flatMap((name) => [`**/${name}/*`, `**/${name}/**`]),
  message:
    'Dependencies point one way: extension/cli → host → {core, net, protocol}; net → core; webview → protocol → core.',
});

export default defineConfig(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'test/fixtures/', 'examples/'] },
  eslint.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.json',
          './src/core/tsconfig.json',
          './src/net/tsconfig.json',
          './src/host/tsconfig.json',
          './src/webview/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      eqeqeq: 'error',
    },
  },
  { files: ['src/core/**'], rules: ban(node, vscode, undici, sides('net', 'host', 'protocol', 'webview')) },
  { files: ['src/protocol/**'], rules: ban(node, vscode, undici, sides('net', 'host', 'webview')) },
  { files: ['src/webview/**'], rules: ban(node, vscode, undici, sides('net', 'host')) },
  { files: ['src/net/**'], rules: ban(vscode, undici, sides('host', 'protocol', 'webview')) },
  {
    files: ['src/net/http1Connection.ts', 'src/net/undiciDeep.d.ts'],
    rules: ban(vscode, sides('host', 'protocol', 'webview')),
  },
  { files: ['src/host/**', 'src/extension.ts'], rules: ban(undici, sides('webview')) },
  { files: ['src/cli.ts', 'src/cli/**'], rules: ban(vscode, undici, sides('host', 'webview')) },
  { files: ['**/*.d.ts'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', require: 'readonly', module: 'readonly' },
    },
    rules: { 'no-restricted-exports': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
);
