import type { TextEdit } from '../../cbhttp/actions/codeAction.ts';
import { readCloudbaserc } from '../cloudbaserc.ts';
import { isYaml, valueOf, type ConfigNode, type ParseConfig } from '../configFormats.ts';
import { addToJson } from './jsonEntry.ts';
import type { FunctionEntry } from './scaffold.ts';
import { addToYaml } from './yamlEntry.ts';

/** A config's text that a function is added to. */
export interface ConfigToEdit {
  /** The name of its file. */
  readonly file: string;
  readonly text: string;
  /** Of the file's format. */
  readonly parse: ParseConfig;
}

/**
 * The edits that put a function at the end of a config's `functions`; comments and layout stay. Null where that cannot
 * be done without guessing: the text is broken, or the list is written in a way that is not understood.
 */
export function addFunctionEntry(config: ConfigToEdit, entry: FunctionEntry): readonly TextEdit[] | null {
  const { file, text, parse } = config;
  const root = rootOf(config);
  if (root?.kind !== 'object') return null;
  const edits = (isYaml(file, text) ? addToYaml : addToJson)(text, root, entry);
  if (edits === null) return null;
  // Read again: what was written is worth nothing if it is not found there.
  const edited = rootOf({ file, text: applyTextEdits(text, edits), parse });
  const before = namesIn(root);
  const after = namesIn(edited);
  const isAdded = after.length === before.length + 1 && after.at(-1) === entry.name;
  return isAdded && before.every((name, index) => name === after[index]) ? edits : null;
}

/** The text of a config that is made for a first function. */
export function newConfigText(entry: FunctionEntry): string {
  const config = {
    $schema: 'https://static.cloudbase.net/cli/cloudbaserc.schema.json',
    version: '2.0',
    // Which environment is said where it is deployed from: in .env, or by `tcb fn deploy -e`.
    envId: '{{env.ENV_ID}}',
    functionRoot: './functions',
    functions: [entry],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** A text after edits that do not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (edited, { span, text: written }) => edited.slice(0, span.start) + written + edited.slice(span.end),
      text,
    );
}

function rootOf({ file, text, parse }: ConfigToEdit): ConfigNode | null {
  const { root, problem } = parse(text);
  if (problem !== null) return null;
  return file === 'package.json' ? (valueOf(root, 'cloudbase') ?? null) : root;
}

function namesIn(root: ConfigNode | null): readonly string[] {
  return readCloudbaserc(root).functions.map(({ name }) => name);
}
