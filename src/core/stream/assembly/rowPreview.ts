import type { EventStore } from '../eventStore.ts';
import type { ChannelKind } from './channel.ts';
import type { AssemblySink } from './convention.ts';
import { asObject, asText } from './jsonShape.ts';
import { createReaders } from './readers.ts';
import type { AssemblyOptions } from './textAssembly.ts';

/** Rows, and bytes of them, that are read for one preview: what events say in pieces, they say in short ones. */
const MAX_ROWS = 20;
const MAX_BYTES = 8192;
const MAX_LENGTH = 300;

/** What events say by a convention of chat models: it tells rows apart whose JSON begins alike. */
export interface TextPreview {
  readonly kind: ChannelKind;
  /** Not empty, at most 300 UTF-16 units. Of a tool call the tool's name, if told, and its arguments. */
  readonly text: string;
}

/**
 * What the first rows from `from` up to `to`, not included, say first, read as if nothing had come before them. Null
 * where they say nothing.
 */
export function previewOf(
  store: EventStore,
  { from, to }: { readonly from: number; readonly to: number },
  { select }: AssemblyOptions = {},
): TextPreview | null {
  const readers = createReaders();
  const first = firstText(select !== undefined);
  const end = Math.min(to, from + MAX_ROWS, store.length);
  for (let row = from, bytes = 0; row < end; row++) {
    bytes += store.byteEnd(row) - store.byteOffset(row);
    if (bytes > MAX_BYTES) break;
    const value = store.kind(row) === 'event' ? parseJson(store.text(row)) : undefined;
    const json = asObject(value);
    if (json !== undefined) readers.some(({ read }) => read(json, first.sink));
    if (value === undefined || select === undefined) continue;
    for (const found of select(value))
      first.add('content', '', typeof found === 'number' ? `${found}` : found);
  }
  return first.preview();
}

/** Takes the text that is begun first; others are passed over. */
function firstText(hasPath: boolean): {
  readonly sink: AssemblySink;
  readonly add: (kind: ChannelKind, id: string, delta: unknown, name?: unknown) => void;
  readonly preview: () => TextPreview | null;
} {
  let begun: { readonly kind: ChannelKind; readonly id: string } | null = null;
  let name = '';
  let text = '';
  const add = (kind: ChannelKind, id: string, delta: unknown, toolName?: unknown): void => {
    if (asText(delta) === '' && asText(toolName) === '') return;
    begun ??= { kind, id };
    if (begun.kind !== kind || begun.id !== id) return;
    name ||= asText(toolName);
    text += asText(delta);
  };
  const pass = (): void => undefined;
  const sink: AssemblySink = {
    text: (kind, id, delta) => {
      if (kind !== 'content' || !hasPath) add(kind, id, delta);
    },
    tool: (id, call) => add('tool', id, call.delta, call.name),
    paragraph: pass,
    usage: pass,
    model: pass,
    finish: pass,
    terminate: pass,
    fail: pass,
  };
  const preview = (): TextPreview | null => {
    if (begun === null) return null;
    const written = name === '' || text === '' ? name + text : `${name} ${text}`;
    return { kind: begun.kind, text: written.slice(0, MAX_LENGTH) };
  };
  return { sink, add, preview };
}

/** The value of a JSON object or array; undefined for anything else, in which no convention says a word. */
function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: it is shown as it is
  }
}
