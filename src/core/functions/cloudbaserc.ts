import { msg, type Message } from '../message.ts';
import type { ServiceRoute } from '../profiles/serviceRoutes.ts';
import { itemsOf, textOf, valueOf, type ConfigNode } from './configFormats.ts';
import { fillTemplates, hasTemplate, type TemplateValues } from './configTemplates.ts';
import { joinFolders } from './folders.ts';
import { functionItems, type FunctionItem } from './functionItems.ts';
import { issue, type FunctionIssue } from './issue.ts';

/** A function as the workspace declares it. A template that has no value stands in its texts as it is written. */
export interface DeclaredFunction {
  readonly name: string;
  /** A missing `type` means an event function. Source: facts sheet, section 6. */
  readonly type: 'HTTP' | 'Event';
  /** The function's folder, relative to the config's, `/` between parts; or absolute. */
  readonly folder: string;
  readonly runtime: string;
  /** Seconds an invocation may take; null where it says nothing, or nothing sound. */
  readonly timeoutSeconds: number | null;
  /** MB; null where it says nothing, or nothing sound. */
  readonly memoryMb: number | null;
  /** `envVariables` of the function and, below them, of the project. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where its name stands in the config's text; 0 where it stands nowhere. */
  readonly nameOffset: number;
  /** `framework`: run by functions-framework's tcb-ff, not by a scf_bootstrap. */
  readonly kind: 'bootstrap' | 'framework';
}

/** A function and the item of the config that declares it. */
export interface DeclaredItem {
  readonly declared: DeclaredFunction;
  readonly item: FunctionItem;
}

/** What a config says. */
export interface Cloudbaserc {
  /** Empty where it has none. */
  readonly envId: string;
  /** Of the access service, `gateway.routes`. */
  readonly routes: readonly ServiceRoute[];
  readonly functions: readonly DeclaredFunction[];
  /** The same functions with what is written of them, for checks. */
  readonly items: readonly DeclaredItem[];
  /** What cannot be read, and templates without a value; all that could be read is there all the same. */
  readonly issues: readonly FunctionIssue[];
}

/** Longest time of an invocation in s, by the protocol. Source: facts sheet, section 6; @cloudbase/cli 2.12.10. */
export const maxTimeoutSeconds = { HTTP: 900, WS: 7200 } as const;

/** Reads the values of a cloudbaserc.json, of its kin, or of package.json's key `cloudbase`. Never throws. */
export function readCloudbaserc(
  root: ConfigNode | null,
  variables: TemplateValues['variables'] = {},
): Cloudbaserc {
  const issues: FunctionIssue[] = [];
  if (root?.kind !== 'object') {
    const span = root ?? { start: 0, end: 0 };
    issues.push(issue('config-shape', 'error', msg('A config should be an object.'), span));
    return { envId: '', routes: [], functions: [], items: [], issues };
  }
  const written = textOf(valueOf(root, 'envId'))?.trim() ?? '';
  const reader = createReader({ variables, envId: '' }, issues);
  const envId = written === '' ? '' : reader.text(valueOf(root, 'envId'), 'information').trim();
  const inside = createReader({ variables, envId }, issues);
  const list = valueOf(root, 'functions');
  if (list !== undefined && list.kind !== 'list') {
    issues.push(issue('config-shape', 'error', msg('"functions" should be a list.'), list));
  }
  const functionRoot = inside.text(valueOf(root, 'functionRoot')) || './functions';
  const items = functionItems(root).flatMap((item): DeclaredItem[] => {
    const declared = readFunction(item, functionRoot, inside, issues);
    return declared === null ? [] : [{ declared, item }];
  });
  const functions = items.map(({ declared }) => declared);
  return { envId, routes: readRoutes(root, inside), functions, items, issues };
}

/** Texts with their templates filled in; each one without a value is told of once. */
interface Reader {
  /** Empty where there is no text. */
  readonly text: (node: ConfigNode | undefined, severity?: 'warning' | 'information') => string;
}

function createReader(values: TemplateValues, issues: FunctionIssue[]): Reader {
  const told = new Set<number>(); // what the project says is read for each function
  return {
    text: (node, severity = 'warning') => {
      const { text, missing } = fillTemplates(textOf(node) ?? '', values);
      if (node === undefined || missing.length === 0) return text;
      if (told.has(node.start)) return text;
      told.add(node.start);
      issues.push(issue('unresolved-template', severity, explainMissing(missing.join(', '), values), node));
      return text;
    },
  };
}

function explainMissing(names: string, { variables }: TemplateValues): Message {
  return variables === null
    ? msg('{0} has no value here: .env files are read in trusted workspaces only.', names)
    : msg('{0} has no value. Set it in .env or .env.local beside this file.', names);
}

function readFunction(
  item: FunctionItem,
  functionRoot: string,
  reader: Reader,
  issues: FunctionIssue[],
): DeclaredFunction | null {
  const nameNode = item.own('name')?.value;
  const name = reader.text(nameNode);
  if (name === '') {
    issues.push(issue('function-without-name', 'error', msg('A function without a name.'), item.node));
    return null;
  }
  const text = (key: string): string => reader.text(item.field(key)?.value);
  const isWebSocket = text('protocolType').toUpperCase() === 'WS';
  const most = maxTimeoutSeconds[isWebSocket ? 'WS' : 'HTTP'];
  return {
    name,
    type: text('type').toUpperCase() === 'HTTP' ? 'HTTP' : 'Event',
    folder: folderOf(text('dir'), functionRoot, name),
    runtime: text('runtime'),
    timeoutSeconds: within(numberIn(item, 'timeout', reader), most),
    memoryMb: within(numberIn(item, 'memorySize', reader), Infinity),
    environment: readEnvironment(item, reader),
    nameOffset: nameNode?.start ?? 0,
    kind: 'bootstrap',
  };
}

function folderOf(directory: string, functionRoot: string, name: string): string {
  return directory === '' ? joinFolders(functionRoot, name) : joinFolders(directory, '');
}

/** A number, or a text that is one once its template is filled in; NaN for anything else. */
function numberIn(item: FunctionItem, key: string, reader: Reader): number {
  const node = item.field(key)?.value;
  if (node?.kind === 'value' && typeof node.value === 'number') return node.value;
  const text = reader.text(node).trim();
  return text === '' ? NaN : Number(text);
}

function within(value: number, most: number): number | null {
  return value >= 1 && value <= most && Number.isFinite(value) ? value : null;
}

function readEnvironment(item: FunctionItem, reader: Reader): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const node of [item.shared('envVariables')?.value, item.own('envVariables')?.value]) {
    for (const { key, value } of node?.kind === 'object' ? node.entries : []) {
      if (value.kind !== 'value' || value.value === null) continue;
      found.set(key, typeof value.value === 'string' ? reader.text(value) : String(value.value));
    }
  }
  return Object.fromEntries(found);
}

/** `gateway.routes[]`: path, target (`function:<name>`), domain. Source: facts sheet, section 6. */
function readRoutes(root: ConfigNode, reader: Reader): ServiceRoute[] {
  return itemsOf(valueOf(valueOf(root, 'gateway'), 'routes')).flatMap((node): ServiceRoute[] => {
    const path = reader.text(valueOf(node, 'path')).trim();
    const target = reader.text(valueOf(node, 'target')).trim();
    const domain = reader.text(valueOf(node, 'domain')).trim();
    const functionName = /^function:(.+)$/.exec(target)?.[1] ?? null;
    if (path === '' || [path, target, domain].some(hasTemplate)) return []; // it leads nowhere yet
    const isDefaultDomain = domain === '' || /\.tcloudbase\.com$/i.test(domain);
    return [{ domain: domain || null, isDefaultDomain, path, functionName, isEnabled: true }];
  });
}
