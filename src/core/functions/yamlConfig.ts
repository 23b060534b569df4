import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Span } from '../cbhttp/document.ts';
import { msg } from '../message.ts';
import {
  isTooDeep,
  maxConfigDepth,
  tooDeep,
  unreadable,
  type ConfigEntry,
  type ConfigNode,
  type ParsedConfig,
} from './configFormats.ts';

/** Values that aliases may add to a config: aliases of aliases grow beyond all measure. */
const MAX_ALIASED = 50_000;

/** Reads YAML 1.2. Never throws. A bundle of its own: the library is loaded on first use. */
export function parseYamlConfig(text: string): ParsedConfig {
  if (isTooDeep(text)) return tooDeep();
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const [first] = document.errors;
  if (first !== undefined) {
    const [start, end] = first.pos;
    return unreadable(msg('This is not valid YAML: {0}', first.message), start, Math.max(0, end - start));
  }
  const reader = { anchors: new Map<string, unknown>(), aliased: 0, aliases: 0 };
  return { root: document.contents === null ? null : fromYaml(document.contents, reader, 0), problem: null };
}

interface Reader {
  /** As far as they were passed: one that comes later is not meant. */
  readonly anchors: Map<string, unknown>;
  /** Values that stand there by an alias. */
  aliased: number;
  /** Aliases around the value that is read. */
  aliases: number;
}

function fromYaml(node: unknown, reader: Reader, depth: number): ConfigNode {
  const span = spanOf(node);
  if (reader.aliases > 0) reader.aliased += 1;
  const isTooMuch = reader.aliases > 0 && reader.aliased > MAX_ALIASED;
  if (depth > maxConfigDepth || isTooMuch) return { ...span, kind: 'value', value: null };
  if (isAlias(node)) {
    // Shown where the alias stands: the anchor's place is another entry's.
    reader.aliases += 1;
    const meant = fromYaml(reader.anchors.get(node.source), reader, depth + 1);
    reader.aliases -= 1;
    return { ...meant, ...span };
  }
  if (isNode(node) && node.anchor !== undefined) reader.anchors.set(node.anchor, node);
  if (isSeq(node)) {
    return { ...span, kind: 'list', items: node.items.map((item) => fromYaml(item, reader, depth + 1)) };
  }
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }): ConfigEntry => {
      const keySpan = spanOf(key);
      const read = isScalar(key) ? String(key.value) : '';
      const missing = { start: keySpan.end, end: keySpan.end, kind: 'value', value: null } as const;
      return { key: read, keySpan, value: isEmpty(value) ? missing : fromYaml(value, reader, depth + 1) };
    });
    return { ...span, kind: 'object', entries };
  }
  const value: unknown = isScalar(node) ? node.value : null;
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { ...span, kind: 'value', value: isPlain ? value : null };
}

function isEmpty(node: unknown): boolean {
  return node === null || node === undefined;
}

/** Without what comes after the value on its line. */
function spanOf(node: unknown): Span {
  const [start, end] = (node as { range?: readonly number[] | null } | null)?.range ?? [];
  return { start: start ?? 0, end: end ?? start ?? 0 };
}
