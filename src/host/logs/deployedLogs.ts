import * as vscode from 'vscode';
import { CbError, isCbError } from '../../core/errors.ts';
import { adviceLines, explainError } from '../../core/failures/explain.ts';
import { logQuery, logTime, type DeployedLog } from '../../core/functions/deployedLogs.ts';
import { holdsId, requestIdsOf } from '../../core/functions/requestLines.ts';
import { withoutColors } from '../../core/functions/withoutColors.ts';
import type { Profile } from '../../core/profiles/profile.ts';
import { redactText, secretForms } from '../../core/profiles/redact.ts';
import { prettyJson } from '../../core/stream/prettyJson.ts';
import type {
  LogAnswer,
  LogChoice,
  LogMessage,
  LogQuery,
  LogRange,
  LogRow,
  LogSearchSnapshot,
  LogsSnapshot,
} from '../../protocol/logs.ts';
import { MAX_ROWS_PER_QUERY } from '../../protocol/queries.ts';
import { accountApi } from '../accountApi.ts';
import { DisposableStore } from '../disposableStore.ts';
import { say } from '../translate.ts';
import type { LogSource } from './logSource.ts';
import { fullText, previewOf, type LoggedRun, type LogsDeps, type PanelLogs } from './panelLogs.ts';

const MINUTE_MS = 60_000;
/** ms before and after a run that are searched with it. */
const AROUND_MS = 5 * MINUTE_MS;
const LENGTH_MS = { hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS, week: 7 * 24 * 60 * MINUTE_MS } as const;
/** Zone of China in minutes: that of most of the service's regions. */
const CHINA_OFFSET = 480;

/** What searching needs. */
type SearchDeps = Pick<LogsDeps, 'transport' | 'credentials' | 'secrets' | 'log'>;

/** What was searched, so that the next page is of the same. */
interface Search {
  readonly query: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly utcOffsetMinutes: number;
}

/** A deployed function's lines by the management API, page by page, whenever the user asks for them. */
export class DeployedLogs implements PanelLogs {
  readonly #name: string;
  readonly #profile: Profile;
  readonly #run: LoggedRun | null;
  readonly #deps: SearchDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  #state: LogSearchSnapshot['state'] = 'idle';
  #failure = '';
  #choice: LogChoice | null = null;
  #search: Search | null = null;
  #logs: DeployedLog[] = [];
  #next: string | null = null;
  #listId = 0;
  /** Of the account: neither shown nor copied. */
  #accountSecrets: readonly string[] = [];
  #abort = new AbortController();

  readonly onDidChange = this.#changed.event;

  /** @param run that the logs are beside; null for those of a function alone */
  constructor(
    { name, profile }: Extract<LogSource, { readonly kind: 'deployed' }>,
    run: LoggedRun | null,
    deps: SearchDeps,
  ) {
    this.#name = name;
    this.#profile = profile;
    this.#run = run;
    this.#deps = deps;
  }

  snapshot(): LogsSnapshot {
    const { name: profile, envId } = this.#profile;
    const { fromMs, toMs, utcOffsetMinutes } = this.#search ?? { fromMs: 0, toMs: 0, utcOffsetMinutes: 0 };
    const time = (ms: number): string => (this.#search === null ? '' : logTime(ms, utcOffsetMinutes));
    return {
      listId: this.#listId,
      functionName: this.#name,
      hasRequest: this.#run !== null,
      requestIds: this.#ids.map((id) => redactText(id, this.#secrets)),
      counts: { all: this.#logs.length, request: 0 },
      idCount: 0,
      search: {
        envId,
        profile,
        state: this.#state,
        failure: this.#failure,
        hasMore: this.#next !== null,
        choice: this.#choice ?? this.#proposed(),
        ranges: this.#ranges,
        utcOffsets: [...new Set([CHINA_OFFSET, 0, -new Date().getTimezoneOffset()])],
        from: time(fromMs),
        to: time(toMs),
      },
    };
  }

  answer(query: LogQuery): LogAnswer | null {
    const { listId, view } = query;
    if (listId !== this.#listId || view !== 'all') return null;
    if (query.kind === 'log') {
      const { row } = query;
      const log = this.#logs[row];
      if (log === undefined) return null;
      const text = fullText(withAllFields(log), this.#secrets);
      return { kind: 'log', listId, view, row, log: { ...this.#row(log), sinceMs: null, ...text } };
    }
    const { from, count } = query;
    const rows = this.#logs.slice(from, from + Math.min(count, MAX_ROWS_PER_QUERY));
    return { kind: 'logs', listId, view, from, rows: rows.map((log) => this.#row(log)) };
  }

  act(message: LogMessage): void {
    switch (message.type) {
      case 'searchLogs':
        void this.search(message.choice);
        return;
      case 'moreLogs':
        if (this.#search !== null && this.#next !== null) void this.#read(this.#search, this.#next);
        return;
      case 'cancelLogs':
        this.#abort.abort();
        return;
    }
  }

  /** Searches; asks for the account's key where there is none. Resolves at the end, whatever that is; never rejects. */
  search(choice: LogChoice = this.#proposed()): Promise<void> {
    const { id, range, utcOffsetMinutes } = choice;
    const requestId = id === null ? undefined : this.#ids[id];
    const isPossible = this.#ranges.includes(range) && (id === null || requestId !== undefined);
    if (!isPossible) return Promise.resolve();
    this.#choice = choice;
    this.#search = {
      query: logQuery(requestId === undefined ? { functionName: this.#name } : { requestId }),
      ...this.#span(range),
      utcOffsetMinutes,
    };
    this.#logs = [];
    this.#next = null;
    this.#listId++;
    return this.#read(this.#search);
  }

  dispose(): void {
    this.#abort.abort();
    this.#store.dispose();
  }

  async #read(search: Search, context?: string): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#tell('searching');
    try {
      const page = await this.#ask(search, context, abort.signal);
      abort.signal.throwIfAborted();
      if (page !== null) {
        this.#logs.push(...page.logs);
        this.#next = page.next;
      }
      this.#tell(page === null ? this.#calm : 'found');
    } catch (error) {
      if (this.#abort !== abort || this.#store.isDisposed) return; // another search has begun
      const isCancelled = abort.signal.aborted || (isCbError(error) && error.code === 'cancelled');
      if (isCancelled) this.#tell(this.#calm);
      else this.#tell('failed', this.#describe(error));
    }
  }

  /** Null where the user gave no key. */
  async #ask(search: Search, context: string | undefined, signal: AbortSignal) {
    const key = await this.#deps.credentials.accountKey(this.#profile, { signal });
    if (key === undefined) return null;
    this.#accountSecrets = secretForms([key.secretId, key.secretKey, key.sessionToken ?? '']);
    const api = await accountApi(this.#profile, key, this.#deps, { signal });
    const { envId } = this.#profile;
    const page = context === undefined ? {} : { context };
    return api.searchLogs({ envId, ...search, ...page }, { signal });
  }

  /** What it is after a search that came to nothing. */
  get #calm(): 'idle' | 'found' {
    return this.#logs.length > 0 ? 'found' : 'idle';
  }

  #tell(state: LogSearchSnapshot['state'], failure = ''): void {
    if (this.#store.isDisposed) return;
    this.#state = state;
    this.#failure = failure;
    this.#changed.fire();
  }

  #describe(error: unknown): string {
    if (!isCbError(error)) this.#deps.log.error(error instanceof Error ? error : String(error));
    const shown = isCbError(error)
      ? error
      : new CbError('network', {
          text: '{0}',
          args: [error instanceof Error ? error.message : String(error)],
        });
    const { name: profile } = this.#profile;
    const explained = explainError(shown, { route: null, functionName: this.#name, profile });
    const words = [explained.message, ...adviceLines(explained)].map(say).join(' ');
    this.#deps.log.warn(`Logs of ${this.#name}: ${redactText(words, this.#secrets)}`);
    return redactText(words, this.#secrets);
  }

  get #ids(): readonly string[] {
    const { prepared, response } = this.#run ?? {};
    return requestIdsOf(prepared?.wire.headers ?? [], response?.received.headers ?? []);
  }

  get #secrets(): readonly string[] {
    return [...this.#accountSecrets, ...(this.#run?.prepared?.secrets ?? [])];
  }

  get #ranges(): readonly LogRange[] {
    return this.#run === null ? ['hour', 'day', 'week'] : ['run', 'hour', 'day'];
  }

  #proposed(): LogChoice {
    const id = this.#ids.length > 0 ? 0 : null;
    return { id, range: this.#run === null ? 'hour' : 'run', utcOffsetMinutes: CHINA_OFFSET };
  }

  #span(range: LogRange): { readonly fromMs: number; readonly toMs: number } {
    const now = Date.now();
    if (range !== 'run') return { fromMs: now - LENGTH_MS[range], toMs: now };
    const sentMs = this.#run?.sentMs ?? now;
    const ended = this.#run?.ended;
    const endMs = ended === undefined ? now : sentMs + ended.atMs;
    return { fromMs: sentMs - AROUND_MS, toMs: endMs + AROUND_MS };
  }

  #row({ time, level, text, requestId }: DeployedLog): LogRow {
    const ids = this.#ids;
    const isOfRequest = ids.includes(requestId) || holdsId(text, ids);
    return {
      atMs: null,
      time,
      stream: redactText(level, this.#secrets),
      preview: previewOf(withoutColors(text), this.#secrets),
      relation: isOfRequest ? 'id' : null,
    };
  }
}

/** Its words and below them all that the service knows of it. */
function withAllFields({ text, content }: DeployedLog): string {
  const words = withoutColors(text);
  return text === content ? (prettyJson(content) ?? words) : `${words}\n\n${prettyJson(content) ?? content}`;
}
