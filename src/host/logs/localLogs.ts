import * as vscode from 'vscode';
import { requestIdsOf, RequestLines, type WrittenLine } from '../../core/functions/requestLines.ts';
import { withoutColors } from '../../core/functions/withoutColors.ts';
import { redactText } from '../../core/profiles/redact.ts';
import type { LogAnswer, LogDetail, LogQuery, LogRow, LogsSnapshot } from '../../protocol/logs.ts';
import { MAX_ROWS_PER_QUERY } from '../../protocol/queries.ts';
import { DisposableStore } from '../disposableStore.ts';
import type { LogSource } from './logSource.ts';
import { fullText, previewOf, type LoggedRun, type LogsDeps, type PanelLogs } from './panelLogs.ts';

/** Lines kept beside a run. */
const MAX_LINES = 5000;

/** What a function on this machine writes, live, and which of it belongs to a run. */
export class LocalLogs implements PanelLogs {
  readonly #name: string;
  readonly #run: LoggedRun;
  readonly #lines = new RequestLines(MAX_LINES);
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  /** What the lines were told apart by last. */
  #followed: readonly unknown[] = [];
  #ids: readonly string[] = [];

  readonly onDidChange = this.#changed.event;

  constructor(
    { name, folder }: Extract<LogSource, { readonly kind: 'local' }>,
    run: LoggedRun,
    { local }: { readonly local: Pick<LogsDeps['local'], 'output' | 'onDidOutput'> },
  ) {
    this.#name = name;
    this.#run = run;
    for (const line of local.output(folder)) this.#add(line);
    this.#store.add(
      local.onDidOutput((written) => {
        if (written.folder.toString() !== folder.toString()) return;
        this.#add(written.line);
        this.#changed.fire();
      }),
    );
    this.#store.add(run.onDidChange(() => this.#follow()));
    this.#follow();
  }

  snapshot(): LogsSnapshot {
    const lines = this.#lines;
    return {
      listId: lines.listId,
      functionName: this.#name,
      hasRequest: true,
      requestIds: this.#ids.map((id) => redactText(id, this.#secrets)),
      counts: { all: lines.count('all'), request: lines.count('request') },
      idCount: lines.idCount,
      search: null,
    };
  }

  answer(query: LogQuery): LogAnswer | null {
    const { listId, view } = query;
    if (listId !== this.#lines.listId) return null;
    if (query.kind === 'log') {
      const { row } = query;
      const log = this.#detail(this.#lines.line(view, row));
      return log && { kind: 'log', listId, view, row, log };
    }
    const { from, count } = query;
    const to = Math.min(this.#lines.count(view), from + Math.min(count, MAX_ROWS_PER_QUERY));
    const rows: LogRow[] = [];
    for (let row = from; row < to; row++) {
      const line = this.#lines.line(view, row);
      if (line !== undefined) rows.push(this.#row(line));
    }
    return { kind: 'logs', listId, view, from, rows };
  }

  /** Nothing is searched: the lines come by themselves. */
  act(): void {}

  dispose(): void {
    this.#store.dispose();
  }

  get #secrets(): readonly string[] {
    return this.#run.prepared?.secrets ?? [];
  }

  #add({ atMs, stream, text }: WrittenLine): void {
    this.#lines.add({ atMs, stream, text: withoutColors(text) });
  }

  #follow(): void {
    const { sentMs, prepared, response, ended } = this.#run;
    const known = [sentMs, response?.received, ended];
    if (sentMs === undefined || known.every((one, index) => one === this.#followed[index])) return;
    this.#followed = known;
    this.#ids = requestIdsOf(prepared?.wire.headers ?? [], response?.received.headers ?? []);
    const toMs = ended === undefined ? null : sentMs + ended.atMs;
    this.#lines.follow({ ids: this.#ids, fromMs: sentMs, toMs });
    this.#changed.fire();
  }

  #row({ atMs, stream, text, relation }: NonNullable<ReturnType<RequestLines['line']>>): LogRow {
    return { atMs, time: '', stream, preview: previewOf(text, this.#secrets), relation };
  }

  #detail(line: ReturnType<RequestLines['line']>): LogDetail | null {
    const { sentMs } = this.#run;
    if (line === undefined) return null;
    const sinceMs = sentMs === undefined ? null : line.atMs - sentMs;
    return { ...this.#row(line), sinceMs, ...fullText(line.text, this.#secrets) };
  }
}
