import * as vscode from 'vscode';
import type { FilterKind, FunctionType } from '../core/functions/functionList.ts';
import { asCommand } from './contributions.ts';
import type {
  EnvironmentNode,
  FolderNode,
  FunctionNode,
  NoticeNode,
  RequestNode,
  RunNode,
  RunsNode,
  TreeNode,
  UrlNode,
} from './functionNodes.ts';

/** Scheme of the addresses by which items are given badges: there is no document behind them. */
export const badgeScheme = 'cbhttp-function';

/** How a node looks. A function's tooltip is made when somebody points at it. */
export function toTreeItem(node: TreeNode): vscode.TreeItem {
  switch (node.kind) {
    case 'folder':
      return folderItem(node);
    case 'environment':
      return environmentItem(node);
    case 'function':
      return functionItem(node);
    case 'notice':
      return noticeItem(node);
    case 'url':
      return urlItem(node);
    case 'request':
      return requestItem(node);
    case 'runs':
      return runsItem(node);
    case 'run':
      return runItem(node);
  }
}

/** How long ago, in a few words of the display language. */
export function age(ms: number, now: number): string {
  const seconds = Math.min(0, Math.round((ms - now) / 1000));
  const format = new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto', style: 'short' });
  if (seconds > -60) return format.format(0, 'second');
  if (seconds > -3600) return format.format(Math.ceil(seconds / 60), 'minute');
  if (seconds > -86_400) return format.format(Math.ceil(seconds / 3600), 'hour');
  return format.format(Math.ceil(seconds / 86_400), 'day');
}

function folderItem({ name, uri }: FolderNode): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon('root-folder');
  item.tooltip = uri.path;
  item.contextValue = 'functionsFolder';
  return item;
}

function environmentItem({ profile, fetchedMs, children }: EnvironmentNode): vscode.TreeItem {
  const isLong = children.length > 50;
  const item = new vscode.TreeItem(
    vscode.l10n.t('Only deployed: {0}', profile.envId),
    isLong ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
  );
  item.description = fetchedMs === 0 ? '' : age(fetchedMs, Date.now());
  item.iconPath = new vscode.ThemeIcon('cloud');
  item.tooltip = vscode.l10n.t('Profile "{0}"', profile.name);
  item.contextValue = 'functionsEnvironment';
  return item;
}

function functionItem(node: FunctionNode): vscode.TreeItem {
  const { listed, reference, states, state } = node;
  const { name, type, local, deployed } = listed;
  // What cannot be called over HTTP has nothing below it.
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(name, type === 'Event' ? None : Collapsed);
  const description = describe(node);
  item.description = description;
  item.iconPath = iconOf(node);
  item.accessibilityInformation = { label: `${typeLabel(type, name)}, ${description}` };
  item.contextValue = [
    'function',
    type.toLowerCase(),
    local === null ? '' : 'local',
    deployed === null ? '' : 'deployed',
    local === null ? '' : (state?.kind ?? 'idle'),
  ]
    .filter((word) => word !== '')
    .join(' ');
  if (states.size > 0) item.resourceUri = badgeUri(node);
  const { folder } = reference;
  if (folder !== undefined) {
    const args = [{ reference: { ...reference, folder } }] as const;
    item.command = asCommand('cbhttp.openFunction', vscode.l10n.t('Open Function Code'), [...args]);
  }
  return item;
}

function describe({ listed, state, isListingKnown }: FunctionNode): string {
  const { type, local, deployed } = listed;
  const parts = [
    state === undefined ? '' : describeState(state),
    type === 'HTTP' ? 'HTTP' : type === 'Event' ? vscode.l10n.t('Event') : vscode.l10n.t('type not told'),
    local === null
      ? vscode.l10n.t('only deployed')
      : deployed !== null
        ? vscode.l10n.t('deployed')
        : isListingKnown
          ? vscode.l10n.t('only here')
          : '',
    deployed === null || deployed.status === '' || deployed.status === 'Active' ? '' : deployed.status,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function describeState(state: NonNullable<FunctionNode['state']>): string {
  switch (state.kind) {
    case 'starting':
      return vscode.l10n.t('starting');
    case 'running':
      return state.isDebugging
        ? vscode.l10n.t('debugging on {0}', state.port)
        : vscode.l10n.t('running on {0}', state.port);
    case 'failed':
      return state.exitCode === null
        ? vscode.l10n.t('failed')
        : vscode.l10n.t('failed, exit code {0}', state.exitCode);
  }
}

function typeLabel(type: FunctionType, name: string): string {
  switch (type) {
    case 'HTTP':
      return vscode.l10n.t('HTTP function {0}', name);
    case 'Event':
      return vscode.l10n.t('Event function {0}', name);
    case 'unknown':
      return vscode.l10n.t('Function {0}', name);
  }
}

function iconOf({ listed, state, states }: FunctionNode): vscode.ThemeIcon {
  if (state?.kind === 'starting') return new vscode.ThemeIcon('loading~spin');
  if (state?.kind === 'running') {
    const green = new vscode.ThemeColor('testing.iconPassed');
    return new vscode.ThemeIcon(state.isDebugging ? 'debug-alt' : 'play-circle', green);
  }
  if (states.has('failed'))
    return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  switch (listed.type) {
    case 'HTTP':
      return new vscode.ThemeIcon(listed.local === null ? 'cloud' : 'globe');
    case 'Event':
      return new vscode.ThemeIcon('zap');
    case 'unknown':
      return new vscode.ThemeIcon('question');
  }
}

function badgeUri({ reference, states, problemCount }: FunctionNode): vscode.Uri {
  const state = states.has('failed') ? 'failed' : states.has('running') ? 'running' : '';
  return vscode.Uri.from({
    scheme: badgeScheme,
    path: `/${reference.name}`,
    query: `${state},${problemCount}`,
  });
}

/** The badge of an item, by its address; undefined for addresses that are not ours. */
export function badgeOf({ scheme, query }: vscode.Uri): vscode.FileDecoration | undefined {
  if (scheme !== badgeScheme) return undefined;
  const [state, count = '0'] = query.split(',');
  const problems = Number(count);
  if (problems > 0) {
    const text =
      problems === 1
        ? vscode.l10n.t('1 problem in its files')
        : vscode.l10n.t('{0} problems in its files', problems);
    const badge = problems > 99 ? '99' : String(problems);
    return new vscode.FileDecoration(badge, text, new vscode.ThemeColor('list.warningForeground'));
  }
  if (state === 'failed') {
    const color = new vscode.ThemeColor('list.errorForeground');
    return new vscode.FileDecoration('!', vscode.l10n.t('failed'), color);
  }
  if (state !== 'running') return undefined;
  return new vscode.FileDecoration(
    '▶',
    vscode.l10n.t('running'),
    new vscode.ThemeColor('testing.iconPassed'),
  );
}

const COLORS: Partial<Record<NoticeNode['icon'], string>> = {
  error: 'list.errorForeground',
  warning: 'list.warningForeground',
};

function noticeItem(node: NoticeNode): vscode.TreeItem {
  const { label, description, tooltip, icon, contextValue, command } = node;
  const item = new vscode.TreeItem(label);
  item.description = description;
  item.tooltip = tooltip;
  // A reader says both; the reason stands in the description.
  item.accessibilityInformation = { label: `${label}, ${description}` };
  const color = COLORS[icon];
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = contextValue;
  item.command = command;
  return item;
}

function urlItem(node: UrlNode): vscode.TreeItem {
  const { label, url, tooltip } = node;
  const item = new vscode.TreeItem(label);
  item.description = url;
  item.tooltip = tooltip;
  item.iconPath = new vscode.ThemeIcon('link');
  item.contextValue = 'functionUrl';
  item.command = asCommand('cbhttp.copyFunctionUrl', vscode.l10n.t('Copy URL'), [node]);
  return item;
}

function requestItem(node: RequestNode): vscode.TreeItem {
  const { uri, label, line, at, isRunning, result, hasFailed } = node;
  const item = new vscode.TreeItem(label);
  item.description = result === '' ? line : result;
  item.tooltip = [label, line, result].filter((part) => part !== '').join('\n');
  item.iconPath = isRunning
    ? new vscode.ThemeIcon('loading~spin')
    : resultIcon(result === '' ? undefined : hasFailed);
  item.contextValue = isRunning ? 'savedRequest running' : 'savedRequest';
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [vscode.Uri.parse(uri), { selection: new vscode.Range(at, 0, at, 0) }],
  };
  return item;
}

function runsItem({ runs }: RunsNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Recent runs'), vscode.TreeItemCollapsibleState.Collapsed);
  item.description = String(runs.length);
  item.iconPath = new vscode.ThemeIcon('history');
  item.contextValue = 'functionRuns';
  return item;
}

function runItem(node: RunNode): vscode.TreeItem {
  const { run, result, hasFailed, uri, key } = node;
  const item = new vscode.TreeItem(run.label);
  item.description = `${result} · ${new Date(run.endedMs).toLocaleTimeString(vscode.env.language)}`;
  item.tooltip = `${run.label}\n${item.description}`;
  item.iconPath = resultIcon(hasFailed);
  item.contextValue = 'functionRun';
  item.command = asCommand('cbhttp.showRun', vscode.l10n.t('Show'), [{ uri, key }]);
  return item;
}

function resultIcon(hasFailed: boolean | undefined): vscode.ThemeIcon {
  if (hasFailed === undefined) return new vscode.ThemeIcon('circle-outline');
  return hasFailed
    ? new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'))
    : new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
}

/** What a filter lets through, in words. */
export function describeFilterKind(kind: FilterKind): string {
  switch (kind) {
    case 'HTTP':
      return vscode.l10n.t('HTTP functions');
    case 'Event':
      return vscode.l10n.t('Event functions');
    case 'unknown':
      return vscode.l10n.t('Functions whose type is not told');
    case 'local':
      return vscode.l10n.t('In the workspace');
    case 'deployed':
      return vscode.l10n.t('Deployed');
    case 'running':
      return vscode.l10n.t('Running on this machine');
    case 'failed':
      return vscode.l10n.t('Failed');
    case 'problems':
      return vscode.l10n.t('With problems');
  }
}
