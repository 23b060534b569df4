import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { Span } from '../cbhttp/document.ts';
import { msg, type Message } from '../message.ts';

/** A value of a config and where it stands, in UTF-16 offsets: the same for JSON and YAML. */
export type ConfigNode = Span &
  (
    | { readonly kind: 'object'; readonly entries: readonly ConfigEntry[] }
    | { readonly kind: 'list'; readonly items: readonly ConfigNode[] }
    | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  );

/** A key of an object with its value. */
export interface ConfigEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: ConfigNode;
}

/** A config's text as values; `root` is null where nothing of it can be used. */
export interface ParsedConfig {
  readonly root: ConfigNode | null;
  /** The first place where it is not what its format asks for. */
  readonly problem: { readonly message: Message; readonly span: Span } | null;
}

/** Turns text into values; the one for YAML is loaded on first use. */
export type ParseConfig = (text: string) => ParsedConfig;

/**
 * The files that may be a folder's config, the first that is there counts: the order of the tcb command. The key
 * `cloudbase` of package.json comes before all of them. Source: the vendor's page "Config File"; @cloudbase/cli 2.12.10.
 */
export const configNames = [
  'cloudbaserc',
  'cloudbaserc.json',
  'cloudbaserc.yaml',
  'cloudbaserc.yml',
  'cloudbaserc.js',
  'cloudbase.config.js',
] as const;

/** The file in which functions-framework finds several functions. Source: its option `--functionsConfigFile`. */
export const frameworkConfigName = 'cloudbase-functions.json';

/** A config nested deeper than this is not read: parsers call themselves for each level. */
export const maxConfigDepth = 100;
/** UTF-16 units before the first word of a line: levels of YAML, each at least two wide or a blank deeper. */
const MAX_INDENT = 500;

/** True for a config that is a program: it is named, never executed. */
export function isCode(name: string): boolean {
  return name.endsWith('.js');
}

/** True for a config that needs the YAML parser: by its name, and one without an extension that is no JSON. */
export function isYaml(name: string, text: string): boolean {
  return /\.ya?ml$/.test(name) || (name === 'cloudbaserc' && !/^\s*\{/.test(text));
}

/** Reads JSON with comments and trailing commas. Never throws. */
export function parseJsonConfig(text: string): ParsedConfig {
  if (isTooDeep(text)) return tooDeep();
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) return unreadable(msg('This is not valid JSON.'), first.offset, first.length);
  return { root: tree === undefined ? null : fromJson(tree), problem: null };
}

/**
 * True for a text that may be nested deeper than any config. Looked at before it is parsed: where a parser runs out of
 * stack, V8 may end the whole process instead of throwing.
 */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let indent = 0;
  for (let index = 0; index < text.length; index += 1) {
    const one = text[index];
    if (one === '[' || one === '{') depth += 1;
    else if (one === ']' || one === '}') depth = Math.max(0, depth - 1);
    if (one === '\n') indent = 0;
    else if (indent >= 0) indent = one !== undefined && ' \t-?:'.includes(one) ? indent + 1 : -1;
    if (depth > maxConfigDepth || indent > MAX_INDENT) return true;
  }
  return false;
}

/** What is said of such a text. */
export function tooDeep(): ParsedConfig {
  return unreadable(msg('This is nested too deeply to be read.'), 0);
}

/** A config of which nothing can be used. */
export function unreadable(message: Message, start: number, length = 0): ParsedConfig {
  return { root: null, problem: { message, span: { start, end: start + length } } };
}

/** The entry of an object under a key, the last one as JSON has it; undefined for everything else. */
export function entryOf(node: ConfigNode | undefined | null, key: string): ConfigEntry | undefined {
  return node?.kind === 'object' ? node.entries.findLast((entry) => entry.key === key) : undefined;
}

/** The value of an object under a key. */
export function valueOf(node: ConfigNode | undefined | null, key: string): ConfigNode | undefined {
  return entryOf(node, key)?.value;
}

/** The items of a list; none for everything else. */
export function itemsOf(node: ConfigNode | undefined | null): readonly ConfigNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The text of a value; undefined for everything else. */
export function textOf(node: ConfigNode | undefined | null): string | undefined {
  return node?.kind === 'value' && typeof node.value === 'string' ? node.value : undefined;
}

function fromJson(node: Node): ConfigNode {
  const span = { start: node.offset, end: node.offset + node.length };
  const children = node.children ?? [];
  if (node.type === 'array') {
    return { ...span, kind: 'list', items: children.map(fromJson) };
  }
  if (node.type !== 'object') {
    return { ...span, kind: 'value', value: node.value as string | number | boolean | null };
  }
  const entries = children.flatMap((property): ConfigEntry[] => {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) return [];
    const keySpan = { start: key.offset, end: key.offset + key.length };
    return [{ key: String(key.value), keySpan, value: fromJson(value) }];
  });
  return { ...span, kind: 'object', entries };
}
