import { msg, type Message } from '../message.ts';
import {
  readCloudbaserc,
  type Cloudbaserc,
  type DeclaredFunction,
  type DeclaredItem,
} from './cloudbaserc.ts';
import {
  configNames,
  frameworkConfigName,
  isCode,
  isYaml,
  parseJsonConfig,
  valueOf,
  type ConfigNode,
  type ParseConfig,
  type ParsedConfig,
} from './configFormats.ts';
import { hasTemplate } from './configTemplates.ts';
import { readFunctionsConfig } from './functionsConfig.ts';
import { issue, type FunctionIssue } from './issue.ts';

/** A folder whose config is read. */
export interface ConfigFolder {
  /** The names of the files it holds. */
  readonly names: ReadonlySet<string>;
  /** The text of one of them. */
  readonly read: (name: string) => Promise<string>;
  /** The parser for YAML, loaded. */
  readonly parseYaml: () => Promise<ParseConfig>;
  /** The variables of the folder's `.env` files; null where they may not be read. */
  readonly readVariables: (() => Promise<Readonly<Record<string, string>>>) | null;
}

/** An issue and the file of the folder it is about. */
export interface ConfigIssue {
  readonly file: string;
  readonly issue: FunctionIssue;
}

/** What a folder declares. */
export interface WorkspaceConfig extends Pick<Cloudbaserc, 'envId' | 'routes'> {
  readonly functions: readonly { readonly declared: DeclaredFunction; readonly file: string }[];
  /** What cannot be read, in the order of the files. */
  readonly issues: readonly ConfigIssue[];
  /** The config that counts; null where there is none, or it cannot be read. */
  readonly config: ReadConfig | null;
}

/** A config as it was read, for checks. */
export interface ReadConfig {
  readonly file: string;
  readonly text: string;
  readonly root: ConfigNode;
  readonly items: readonly DeclaredItem[];
}

/** A folder without any config. */
export const noConfig: WorkspaceConfig = { envId: '', routes: [], functions: [], issues: [], config: null };

/**
 * Reads what a folder declares: the first config the tcb command would take, and the functions of a
 * cloudbase-functions.json that it does not name. Never throws for what the files say; a file that is there and cannot
 * be read becomes an issue.
 */
export async function readWorkspaceConfig(folder: ConfigFolder): Promise<WorkspaceConfig> {
  const chosen = await choose(folder);
  const main = chosen.text === null ? noConfig : await readMain(folder, chosen.name, chosen.text);
  const framework = await readFramework(folder);
  const names = new Set(main.functions.map(({ declared }) => declared.name));
  const added = framework.functions.filter(({ declared }) => !names.has(declared.name));
  return {
    ...main,
    functions: [...main.functions, ...added],
    issues: [...chosen.issues, ...main.issues, ...framework.issues],
  };
}

interface Chosen {
  readonly name: string;
  /** Null where none is to be read. */
  readonly text: string | null;
  readonly issues: readonly ConfigIssue[];
}

/** Finds the config that counts, and says of the others that they do not. */
async function choose(folder: ConfigFolder): Promise<Chosen> {
  const issues: ConfigIssue[] = [];
  let chosen: { readonly name: string; readonly text: string | null } | null = null;
  for (const name of ['package.json', ...configNames]) {
    if (!folder.names.has(name)) continue;
    if (chosen !== null) {
      const message = msg('tcb takes {0} and passes over this file.', chosen.name);
      issues.push(atStart(name, 'config-ignored', 'information', message));
      continue;
    }
    if (isCode(name)) {
      const message = msg('Functions of {0} are not listed: it is a program, and it is not run.', name);
      issues.push(atStart(name, 'config-code', 'warning', message));
      chosen = { name, text: null };
      continue;
    }
    const text = await readText(folder, name, issues);
    if (text === null ? name === 'package.json' : !isConfig(name, text)) continue;
    chosen = { name, text };
  }
  return { name: chosen?.name ?? '', text: chosen?.text ?? null, issues };
}

/** A package.json counts where it has the key; an empty file is none. */
function isConfig(name: string, text: string): boolean {
  if (name !== 'package.json') return text.trim() !== '';
  return text.includes('"cloudbase"') && valueOf(parseJsonConfig(text).root, 'cloudbase')?.kind === 'object';
}

async function readMain(folder: ConfigFolder, name: string, text: string): Promise<WorkspaceConfig> {
  const { root, problem } = await parse(folder, name, text);
  if (problem !== null) {
    return { ...noConfig, issues: [{ file: name, issue: syntaxIssue(problem) }] };
  }
  const config = name === 'package.json' ? (valueOf(root, 'cloudbase') ?? null) : root;
  const issues: ConfigIssue[] = [];
  const variables = hasTemplate(text) ? await readVariables(folder, issues) : {};
  const { envId, routes, items, issues: found } = readCloudbaserc(config, variables);
  return {
    envId,
    routes,
    functions: items.map(({ declared }) => ({ declared, file: name })),
    issues: [...issues, ...found.map((one) => ({ file: name, issue: one }))],
    config: config === null ? null : { file: name, text, root: config, items },
  };
}

async function readFramework(folder: ConfigFolder): Promise<Pick<WorkspaceConfig, 'functions' | 'issues'>> {
  const file = frameworkConfigName;
  if (!folder.names.has(file)) return noConfig;
  const issues: ConfigIssue[] = [];
  const text = await readText(folder, file, issues);
  if (text === null) return { functions: [], issues };
  return readFrameworkText(file, text);
}

/** Reads the text of a cloudbase-functions.json. */
export function readFrameworkText(file: string, text: string): Pick<WorkspaceConfig, 'functions' | 'issues'> {
  const { root, problem } = parseJsonConfig(text);
  if (problem !== null) return { functions: [], issues: [{ file, issue: syntaxIssue(problem) }] };
  const { functions, issues } = readFunctionsConfig(root);
  return {
    functions: functions.map((declared) => ({ declared, file })),
    issues: issues.map((one) => ({ file, issue: one })),
  };
}

async function parse(folder: ConfigFolder, name: string, text: string): Promise<ParsedConfig> {
  return isYaml(name, text) ? (await folder.parseYaml())(text) : parseJsonConfig(text);
}

async function readVariables(
  folder: ConfigFolder,
  issues: ConfigIssue[],
): Promise<Readonly<Record<string, string>> | null> {
  try {
    return (await folder.readVariables?.()) ?? null;
  } catch (error) {
    issues.push(unreadableFile('.env', error));
    return {};
  }
}

/** Null where it cannot be read: then an issue says so. */
async function readText(folder: ConfigFolder, name: string, issues: ConfigIssue[]): Promise<string | null> {
  try {
    return (await folder.read(name)).replace(/^\uFEFF/, '');
  } catch (error) {
    issues.push(unreadableFile(name, error));
    return null;
  }
}

function unreadableFile(file: string, error: unknown): ConfigIssue {
  const reason = error instanceof Error ? error.message : String(error);
  return atStart(file, 'config-unreadable', 'error', msg('This file cannot be read: {0}', reason));
}

function syntaxIssue({ message, span }: NonNullable<ParsedConfig['problem']>): FunctionIssue {
  return issue('config-syntax', 'error', message, span);
}

function atStart(
  file: string,
  code: FunctionIssue['code'],
  severity: FunctionIssue['severity'],
  message: Message,
): ConfigIssue {
  return { file, issue: issue(code, severity, message, { start: 0, end: 0 }) };
}
