import type { Span } from '../../cbhttp/document.ts';
import { nearest } from '../../cbhttp/actions/nearest.ts';
import { msg } from '../../message.ts';
import { maxTimeoutSeconds, type DeclaredItem } from '../cloudbaserc.ts';
import { entryOf, textOf, valueOf, type ConfigEntry, type ConfigNode } from '../configFormats.ts';
import { hasTemplate } from '../configTemplates.ts';
import { functionKeys, looseFunctionKeys, meantKey } from '../functionItems.ts';
import { editFix, issue, type FunctionIssue, type IssueFix } from '../issue.ts';
import { insertEntry, replaceKey } from './configEdits.ts';

/** What is known of a function's folder. */
export interface FolderFacts {
  readonly isThere: boolean;
  readonly hasBootstrap: boolean;
  /** functions-framework is among its dependencies. */
  readonly usesFramework: boolean;
}

/** A config to be checked. */
export interface CheckedConfig {
  readonly text: string;
  readonly root: ConfigNode;
  readonly items: readonly DeclaredItem[];
}

/** Keys of a config. Source: the vendor's schema and page "Config File"; `framework` belongs to older ones. */
const rootKeys = [
  ...['$schema', 'version', 'envId', 'region', 'functionRoot', 'functionDefaultConfig', 'functions'],
  ...['hosting', 'integrations', 'database', 'gateway', 'envOverrides', 'servers', 'app', 'ai'],
  ...['privateSettings', 'lowcodeCustomComponents', 'framework'],
];
const itemKeys: readonly string[] = [...functionKeys, ...looseFunctionKeys];

/** MB. Source: facts sheet, section 6. */
const LEAST_MEMORY = 64;
const MEMORY_STEP = 128;
const MOST_MEMORY = 3072;

/**
 * Checks what a config says of its functions: names, types, ranges, keys, and what their folders lack.
 * @param factsOf what is known of a folder, as `DeclaredFunction.folder` names it; undefined while it is not known
 */
export function checkConfig(
  config: CheckedConfig,
  factsOf: (folder: string) => FolderFacts | undefined,
): readonly FunctionIssue[] {
  const issues: FunctionIssue[] = [...checkKeys(config.root, rootKeys, 'likely')];
  const defaults = valueOf(config.root, 'functionDefaultConfig');
  if (defaults !== undefined) issues.push(...checkKeys(defaults, itemKeys, 'all'));
  const names = new Set<string>();
  for (const one of config.items) {
    const { declared, item } = one;
    issues.push(...checkName(one, names));
    names.add(declared.name);
    for (const node of [item.node, valueOf(item.node, 'config')]) {
      if (node !== undefined) issues.push(...checkKeys(node, itemKeys, 'all'));
    }
    issues.push(...checkTimeout(one), ...checkMemory(one));
    const facts = factsOf(declared.folder);
    if (facts !== undefined) issues.push(...checkFolder(config, one, facts));
  }
  return onceEach(issues);
}

function checkName({ declared, item }: DeclaredItem, names: ReadonlySet<string>): FunctionIssue[] {
  const node = item.own('name')?.value;
  if (node === undefined || hasTemplate(declared.name)) return [];
  if (names.has(declared.name)) {
    const message = msg('"{0}" is declared twice: tcb takes the first.', declared.name);
    return [issue('duplicate-function', 'error', message, node)];
  }
  if (/^[a-zA-Z][a-zA-Z0-9_-]{0,58}[a-zA-Z0-9]$/.test(declared.name)) return [];
  const message = msg(
    'A name has 2 to 60 letters, digits, "-" and "_"; it begins with a letter and ends with a letter or digit.',
  );
  return [issue('function-name', 'warning', message, node)];
}

/** @param which `likely`: only those that are a slip of the pen for a known one */
function checkKeys(node: ConfigNode, known: readonly string[], which: 'likely' | 'all'): FunctionIssue[] {
  if (node.kind !== 'object') return [];
  return node.entries.flatMap(({ key, keySpan }): FunctionIssue[] => {
    if (known.includes(key) || (which === 'all' && known.includes(meantKey(key)))) return [];
    const meant = nearest(key, known);
    if (meant !== undefined) {
      const message = msg('tcb does not know the key "{0}". Is "{1}" meant?', key, meant);
      const fix = editFix(msg('Change it to "{0}"', meant), replaceKey(keySpan, key, meant));
      return [issue('unknown-key', 'warning', message, keySpan, fix)];
    }
    const message = msg('tcb does not know the key "{0}" and passes over it.', key);
    return which === 'likely' ? [] : [issue('unknown-key', 'information', message, keySpan)];
  });
}

function checkTimeout({ item }: DeclaredItem): FunctionIssue[] {
  const protocol = textOf(item.field('protocolType')?.value)?.toUpperCase() === 'WS' ? 'WS' : 'HTTP';
  const most = maxTimeoutSeconds[protocol];
  const entry = item.field('timeout');
  const seconds = numberOf(entry);
  if (entry === undefined || seconds === undefined) return [];
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= most) return [];
  const message = msg('timeout is a whole number of seconds from 1 to {0}.', most);
  const fixed = Math.min(most, Math.max(1, Math.round(seconds)));
  return [issue('timeout-range', 'warning', message, entry.value, ...numberFix(entry, fixed))];
}

function checkMemory({ item }: DeclaredItem): FunctionIssue[] {
  const entry = item.field('memorySize');
  const memory = numberOf(entry);
  if (entry === undefined || memory === undefined) return [];
  const isStep = memory % MEMORY_STEP === 0 && memory >= MEMORY_STEP && memory <= MOST_MEMORY;
  if (isStep || memory === LEAST_MEMORY) return [];
  const message = msg('memorySize is 64 or a multiple of 128 up to 3072 (MB).');
  const steps = Math.round(Math.min(memory, MOST_MEMORY) / MEMORY_STEP) * MEMORY_STEP;
  const fixed = memory <= LEAST_MEMORY ? LEAST_MEMORY : Math.max(MEMORY_STEP, steps);
  return [issue('memory-range', 'warning', message, entry.value, ...numberFix(entry, fixed))];
}

/** The number that stands there; NaN for what is none, undefined for nothing and for a template. */
function numberOf(entry: ConfigEntry | undefined): number | undefined {
  if (entry?.value.kind !== 'value') return entry === undefined ? undefined : NaN;
  const { value } = entry.value;
  if (typeof value !== 'string') return typeof value === 'number' ? value : NaN;
  return hasTemplate(value) ? undefined : value.trim() === '' ? NaN : Number(value);
}

function numberFix(entry: ConfigEntry, fixed: number): IssueFix[] {
  if (Number.isNaN(fixed)) return [];
  return [editFix(msg('Change it to {0}', fixed), { span: spanOf(entry.value), text: String(fixed) })];
}

function checkFolder(config: CheckedConfig, { declared, item }: DeclaredItem, facts: FolderFacts) {
  const { name, type, folder } = declared;
  const nameEntry = item.own('name');
  if (nameEntry === undefined || hasTemplate(folder)) return [];
  const place = item.own('dir')?.value ?? nameEntry.value;
  if (!facts.isThere) {
    return [issue('missing-folder', 'warning', msg('The folder {0} is not there.', folder), place)];
  }
  if (facts.hasBootstrap && type !== 'HTTP') return checkType(config, item.node, nameEntry, item.own('type'));
  const isImage = item.field('imageConfig') !== undefined || declared.runtime.toLowerCase() === 'customimage';
  if (facts.hasBootstrap || type !== 'HTTP' || isImage) return [];
  const fix: IssueFix = {
    kind: 'create-bootstrap',
    title: msg('Create scf_bootstrap in {0}', folder),
    functionName: name,
  };
  const [severity, message] = facts.usesFramework
    ? ([
        'information',
        msg('Locally tcb-ff runs it. To be deployed, it needs scf_bootstrap in {0}.', folder),
      ] as const)
    : ([
        'warning',
        msg('An HTTP function is started by scf_bootstrap, which {0} does not have.', folder),
      ] as const);
  return [issue('missing-bootstrap', severity, message, place, fix)];
}

function checkType(
  config: CheckedConfig,
  node: ConfigNode,
  nameEntry: ConfigEntry,
  typeEntry: ConfigEntry | undefined,
): FunctionIssue[] {
  if (typeEntry !== undefined && hasTemplate(textOf(typeEntry.value) ?? '')) return [];
  const message = msg(
    'The folder has scf_bootstrap, but without "type": "HTTP" tcb deploys the function as an event function.',
  );
  const isBare = entryOf(node, 'name') !== nameEntry; // in the older nested config
  const title = msg('Set "type" to "HTTP"');
  if (typeEntry !== undefined) {
    const edit = { span: spanOf(typeEntry.value), text: '"HTTP"' };
    return [issue('function-type', 'warning', message, typeEntry.value, editFix(title, edit))];
  }
  const edit = insertEntry(config.text, nameEntry, 'type', 'HTTP');
  return [
    issue('function-type', 'warning', message, nameEntry.value, ...(isBare ? [] : [editFix(title, edit)])),
  ];
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** What the project says of all functions is found at each of them. */
function onceEach(issues: readonly FunctionIssue[]): FunctionIssue[] {
  const known = new Set<string>();
  return issues.filter(({ code, span }) => {
    const key = `${code} ${span.start}`;
    return !known.has(key) && known.add(key);
  });
}
