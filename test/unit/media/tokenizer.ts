import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar, type IRawGrammar } from 'vscode-textmate';
import manifest from '../../../package.json';
import { repositoryDir } from '../../support/paths.ts';

/** A stretch of a text and its scopes, outermost first, without the grammar's own. */
export interface Token {
  /** UTF-16 offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

/** What the editor knows of a place besides its colours. */
export interface PlaceFacts {
  readonly language: string;
  readonly type: 'other' | 'comment' | 'string' | 'regex';
  /** False where brackets are text, and have no partner. */
  readonly hasBrackets: boolean;
}

const [contribution] = manifest.contributes.grammars as [(typeof manifest.contributes.grammars)[0]];
const languages = ['none', 'cbhttp', ...new Set(Object.values(contribution.embeddedLanguages))];

/** Grammars of the editor are not at hand: these have what matters, rules that stay open where text is broken. */
const stubs: Readonly<Record<string, object>> = {
  'source.json': {
    patterns: [{ include: '#value' }],
    repository: {
      value: {
        patterns: [
          { begin: '[{\\[]', end: '[}\\]]', name: 'meta.structure.json', patterns: [{ include: '#value' }] },
          { begin: '"', end: '"', name: 'string.quoted.double.json' },
          { match: '-?\\d+', name: 'constant.numeric.json' },
        ],
      },
    },
  },
  'text.xml': {
    patterns: [
      { begin: '<!--', end: '-->', name: 'comment.block.xml' },
      { begin: '</?[\\w:]+', end: '>', name: 'meta.tag.xml' },
    ],
  },
  'text.html.basic': { patterns: [{ begin: '</?\\w+', end: '>', name: 'meta.tag.html' }] },
  'source.js': {
    patterns: [
      { match: '\\b(?:const|let|function)\\b', name: 'storage.type.js' },
      { begin: '`', end: '`', name: 'string.template.js' },
      { begin: '\\{', end: '\\}', name: 'meta.block.js', patterns: [{ include: '$self' }] },
    ],
  },
};

const file = path.join(repositoryDir, contribution.path);
const wasm = createRequire(__filename).resolve('vscode-oniguruma/release/onig.wasm');

/** The grammar in the editor's own engine, with what package.json says of it. */
export async function loadGrammar(): Promise<IGrammar> {
  await loadWASM(readFileSync(wasm).buffer);
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: (scopeName) => {
      if (scopeName === contribution.scopeName) {
        return Promise.resolve(parseRawGrammar(readFileSync(file, 'utf8'), file));
      }
      const stub = stubs[scopeName];
      return Promise.resolve(stub === undefined ? null : ({ scopeName, ...stub } as IRawGrammar));
    },
  });
  const tokenTypes = { other: 0, comment: 1, string: 2 } as const;
  const grammar = await registry.loadGrammarWithConfiguration('source.cbhttp', languages.indexOf('cbhttp'), {
    embeddedLanguages: Object.fromEntries(
      Object.entries(contribution.embeddedLanguages).map(([scope, name]) => [scope, languages.indexOf(name)]),
    ),
    tokenTypes: Object.fromEntries(
      Object.entries(contribution.tokenTypes).map(([scope, type]) => [
        scope,
        tokenTypes[type as keyof typeof tokenTypes],
      ]),
    ),
    balancedBracketSelectors: ['*'],
    unbalancedBracketSelectors: contribution.unbalancedBracketScopes,
  });
  assert(grammar);
  return grammar;
}

/** The tokens of a text, in order; blank ones left out. */
export function tokensOf(grammar: IGrammar, text: string): Token[] {
  const found: Token[] = [];
  let state = INITIAL;
  for (const { line, offset } of linesOf(text)) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      if (line.slice(startIndex, endIndex).trim() === '') continue;
      found.push({ start: offset + startIndex, end: offset + endIndex, scopes: scopes.slice(1) });
    }
  }
  return found;
}

/** A piece of a text and what is among its scopes, in order; after `!` what is not. */
export type ScopedPiece = readonly [piece: string, scope: string];

/** Looks up pieces of the text, each behind the one before. */
export function checkScopes(grammar: IGrammar, text: string, expected: readonly ScopedPiece[]): void {
  const tokens = tokensOf(grammar, text);
  let at = -1;
  for (const [piece, scope] of expected) {
    at = text.indexOf(piece, at + 1);
    assert.notEqual(at, -1, `${piece} is not in the text`);
    const token = tokens.find(({ start, end }) => start <= at && at < end);
    const scopes = token?.scopes.join(' ') ?? '';
    const isMeant = scope.startsWith('!') ? !scopes.includes(scope.slice(1)) : scopes.includes(scope);
    assert.ok(isMeant, `${piece}: ${scope} in ${scopes}`);
  }
}

/** What the editor knows of an offset. */
export function factsAt(grammar: IGrammar, text: string, offset: number): PlaceFacts {
  let state = INITIAL;
  let metadata = 0;
  for (const { line, offset: start } of linesOf(text)) {
    const { tokens, ruleStack } = grammar.tokenizeLine2(line, state);
    state = ruleStack;
    for (let at = 0; at < tokens.length; at += 2) {
      if (start + (tokens[at] ?? 0) <= offset) metadata = tokens[at + 1] ?? 0;
    }
  }
  return {
    language: languages[metadata & 0xff] ?? '',
    type: (['other', 'comment', 'string', 'regex'] as const)[(metadata >>> 8) & 3] ?? 'other',
    hasBrackets: (metadata & 0x400) !== 0,
  };
}

/** As the editor has them: no other line ends, none in the text. */
function linesOf(text: string): { line: string; offset: number }[] {
  return [...text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g)].map(([, line = ''], index, all) => ({
    line,
    offset: all[index]?.index ?? 0,
  }));
}
