import * as vscode from 'vscode';
import { describeResult } from '../core/cbhttp/lenses.ts';
import { asCommand } from './contributions.ts';
import type { History, KeptRun } from './history.ts';
import type { HistoryReference } from './historySource.ts';
import { say } from './translate.ts';

/** Runs up to which the list is not grouped by day. */
const MAX_UNGROUPED = 20;

/** A run in the view: what commands take. It stays the same one while the run goes on. */
interface RunNode extends HistoryReference {
  readonly kind: 'run';
  run: KeptRun;
}

/** What the view shows. */
export type HistoryNode =
  | RunNode
  | { readonly kind: 'day'; readonly id: string; readonly label: string; readonly runs: readonly KeptRun[] };

/** The runs of the history as a list, filtered, and by day where they are many. */
export class HistoryTree {
  readonly #history: History;
  readonly #nodes = new Map<string, RunNode>();
  #filter = '';
  /** What stands where, as it was drawn last. */
  #drawn = '';

  constructor(history: History) {
    this.#history = history;
  }

  /** What a run must say to be listed; empty for all. */
  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text;
  }

  /** What is said above the list; undefined for nothing. */
  get message(): string | undefined {
    if (!this.#history.isKept) {
      return vscode.l10n.t(
        'Runs are kept only until this window closes: a limit of the history is set to 0.',
      );
    }
    const isEmpty = this.#filter !== '' && this.#history.runs.length > 0 && this.#shown().length === 0;
    return isEmpty ? vscode.l10n.t('No run matches "{0}".', this.#filter) : undefined;
  }

  /** What has to be drawn again; undefined for all of it, where rows came or went. */
  changed(): HistoryNode[] | undefined {
    const runs = this.#shown();
    const drawn = runs.map(({ id }) => id).join();
    if (drawn !== this.#drawn) return undefined;
    return runs.flatMap((run) => {
      const node = this.#nodes.get(run.id);
      const isSame = node === undefined || textOf(node.run) === textOf(run);
      return isSame ? [] : [this.#node(run)];
    });
  }

  children(node: HistoryNode | undefined): HistoryNode[] {
    if (node !== undefined) return node.kind === 'day' ? node.runs.map((run) => this.#node(run)) : [];
    const runs = this.#shown();
    this.#drawn = runs.map(({ id }) => id).join();
    const known = new Set(this.#history.runs.map(({ id }) => id));
    for (const id of this.#nodes.keys()) if (!known.has(id)) this.#nodes.delete(id);
    const days = new Map<string, KeptRun[]>();
    for (const run of runs) {
      const day = dayOf(run.startedMs);
      const ofDay = days.get(day);
      if (ofDay === undefined) days.set(day, [run]);
      else ofDay.push(run);
    }
    if (runs.length <= MAX_UNGROUPED || days.size < 2) return runs.map((run) => this.#node(run));
    return [...days].map(([label, ofDay]) => ({ kind: 'day', id: `day ${label}`, label, runs: ofDay }));
  }

  #node(run: KeptRun): RunNode {
    const node = this.#nodes.get(run.id) ?? { kind: 'run', id: run.id, run };
    node.run = run;
    this.#nodes.set(run.id, node);
    return node;
  }

  #shown(): readonly KeptRun[] {
    const words = this.#filter.toLowerCase().split(/\s+/).filter((word) => word !== ''); // prettier-ignore
    if (words.length === 0) return this.#history.runs;
    return this.#history.runs.filter((run) => {
      const text = searchedText(run);
      return words.every((word) => text.includes(word));
    });
  }
}

/** A node as VS Code draws it. */
export function historyItem(node: HistoryNode): vscode.TreeItem {
  if (node.kind === 'day') {
    const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Expanded);
    item.id = node.id;
    item.contextValue = 'historyDay';
    return item;
  }
  const { run } = node;
  const { label } = run.head.request;
  const item = new vscode.TreeItem(label);
  item.id = run.id;
  item.description = describeRun(run);
  item.tooltip = tooltipOf(run);
  item.iconPath = iconOf(run);
  const kind = run.isPinned ? ' pinned' : run.isOnDisk ? '' : ' memory';
  item.contextValue = `historyRun${kind}${run.isLive ? ' live' : ''}`;
  const pinned = run.isPinned ? `, ${vscode.l10n.t('pinned')}` : '';
  item.accessibilityInformation = { label: `${label}, ${item.description}${pinned}` };
  item.command = asCommand('cbhttp.openHistoryRun', vscode.l10n.t('Open Run'), [{ id: run.id }]);
  return item;
}

/** `dev · 200 · 1.2 s · 45 events · 10:31:02` */
export function describeRun(run: KeptRun): string {
  const { sent } = run.head;
  const time = new Date(run.startedMs).toLocaleTimeString(vscode.env.language);
  const parts = [sent?.profile.name ?? '', outcomeText(run), time];
  return parts.filter((part) => part !== '').join(' · ');
}

/** All that is drawn of a run. */
function textOf(run: KeptRun): string {
  return [describeRun(run), tooltipOf(run), run.isPinned, run.isLive].join('\n');
}

function outcomeText({ head, isLive }: KeptRun): string {
  const { result } = head.summary;
  if (head.state === 'ended') return describeResult(result).map(say).join(' · ');
  const how = isLive ? vscode.l10n.t('running') : vscode.l10n.t('ended with its window');
  const { status, eventCount } = result;
  const events = eventCount === null ? [] : [vscode.l10n.t('{0} events', eventCount)];
  return [...(status === null ? [] : [String(status)]), how, ...events].join(' · ');
}

function tooltipOf(run: KeptRun): string {
  const { head } = run;
  const { verdict, kept, result } = head.summary;
  const lines = [
    `${head.sent?.method ?? head.method} ${head.sent?.url ?? head.target}`,
    new Date(run.startedMs).toLocaleString(vscode.env.language),
    outcomeText(run),
    verdict === null ? '' : say(verdict.title),
    kept === null || result.eventCount === null
      ? ''
      : vscode.l10n.t('The first {0} of {1} events were kept.', kept.events, result.eventCount),
    run.isPinned ? vscode.l10n.t('Pinned: the limits do not delete it.') : '',
    run.isOnDisk ? '' : vscode.l10n.t('Only in memory: it is gone with this window.'),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function iconOf({ head, isPinned, isLive }: KeptRun): vscode.ThemeIcon {
  const { verdict, result } = head.summary;
  if (isLive) return new vscode.ThemeIcon('sync~spin');
  const hasFailed =
    result.outcome === 'failed' || result.outcome === 'timeout' || (result.status ?? 0) >= 400;
  const [icon, color] =
    head.state !== 'ended' || result.outcome === 'cancelled'
      ? (['circle-slash', 'disabledForeground'] as const)
      : hasFailed
        ? (['error', 'list.errorForeground'] as const)
        : verdict?.tone === 'bad'
          ? (['warning', 'list.warningForeground'] as const)
          : (['pass', 'charts.green'] as const);
  return new vscode.ThemeIcon(isPinned ? 'pinned' : icon, new vscode.ThemeColor(color));
}

function searchedText(run: KeptRun): string {
  const { request, sent, method, target, summary } = run.head;
  const verdict = summary.verdict === null ? '' : say(summary.verdict.title);
  const texts = [
    request.label,
    sent?.method ?? method,
    sent?.url ?? target,
    sent?.functionName ?? '',
    verdict,
  ];
  return [...texts, describeRun(run)].join('\n').toLowerCase();
}

function dayOf(ms: number): string {
  const day = (date: Date): string =>
    date.toLocaleDateString(vscode.env.language, { year: 'numeric', month: 'long', day: 'numeric' });
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  const own = day(new Date(ms));
  if (own === day(now)) return vscode.l10n.t('Today');
  return own === day(yesterday) ? vscode.l10n.t('Yesterday') : own;
}
