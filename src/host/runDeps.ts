import type * as vscode from 'vscode';
import type { PreparedRequest } from '../core/profiles/prepare.ts';
import type { ExchangePorts } from '../core/stream/exchange.ts';
import type { FollowListener } from '../core/stream/resume/followStream.ts';
import type { JsonPathEngine } from '../core/stream/search/jsonPathMatcher.ts';
import type { Run } from './run.ts';
import type { StreamSettings } from './streamSettings.ts';

/** What a run needs from outside. */
export interface RunDeps {
  readonly ports: ExchangePorts;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn' | 'error'>;
  /** Is told what the run is told; null where nothing is kept of it. */
  readonly recorder: ((run: Run) => RunRecorder | null) | null;
  readonly settings: StreamSettings;
  readonly loadJsonPath: () => Promise<JsonPathEngine>;
  /** The time limit in s that the workspace's cloudbaserc.json sets for a function; null where it says nothing. */
  readonly functionTimeout: (functionName: string) => Promise<number | null>;
  /** Whether the function is one of the workspace that does not run. */
  readonly canStart: (functionName: string) => boolean;
}

/** Where a run writes what it will be known by later. */
export interface RunRecorder extends FollowListener {
  /** What will be sent, just before it is. */
  onPrepared(prepared: PreparedRequest): void;
  /** The run is gone; where it was going on, its end is still told. */
  onDispose(): void;
}

/** What a run was before it was told of anything that came. */
export interface ReplayedRun {
  /** Without secrets; null where it was not sent. */
  readonly prepared: PreparedRequest | null;
  /** ms since 1970. */
  readonly sentMs: number;
  readonly timeoutSeconds: number | null;
  /** What is said at its end besides, in the user's language. */
  readonly notes: readonly string[];
  /** True where only its beginning was kept. */
  readonly isCut: boolean;
}
