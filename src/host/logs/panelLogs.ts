import type * as vscode from 'vscode';
import type { Transport } from '../../core/ports.ts';
import { redactText } from '../../core/profiles/redact.ts';
import type { LogAnswer, LogMessage, LogQuery, LogsSnapshot } from '../../protocol/logs.ts';
import type { Credentials } from '../credentials.ts';
import type { LocalFunctions } from '../localFunctions.ts';
import type { Run } from '../run.ts';
import type { Secrets } from '../secrets.ts';
import type { WorkspaceFunctions } from '../workspaceFunctions.ts';

/** UTF-16 units of a line in its row, and in full. */
const PREVIEW_LENGTH = 300;
const DETAIL_LENGTH = 1_000_000;

/** What logs come from, and with what. */
export interface LogsDeps {
  readonly functions: WorkspaceFunctions;
  readonly local: Pick<LocalFunctions, 'active' | 'output' | 'onDidOutput'>;
  readonly transport: Transport;
  readonly credentials: Pick<Credentials, 'accountKey'>;
  /** Of a client certificate. */
  readonly secrets: Secrets;
  readonly log: vscode.LogOutputChannel;
}

/** What logs are told apart by. */
export type LoggedRun = Pick<Run, 'sentMs' | 'prepared' | 'response' | 'ended' | 'onDidChange'>;

/** The lines of one function's log, for a panel. Its owner disposes it, and with it what is being asked. */
export interface PanelLogs extends vscode.Disposable {
  /** There are other lines, or something else is to be said of them; often, so coalesce. */
  readonly onDidChange: vscode.Event<void>;
  snapshot(): LogsSnapshot;
  /** Null for what is out of range, or of a list that is no more. */
  answer(query: LogQuery): LogAnswer | null;
  act(message: LogMessage): void;
}

/** A line's beginning as a row shows it, without secrets. */
export function previewOf(text: string, secrets: readonly string[]): string {
  return redactText(text, secrets).slice(0, PREVIEW_LENGTH).replace(/\s+/g, ' ');
}

/** A line in full, without secrets. */
export function fullText(
  text: string,
  secrets: readonly string[],
): { readonly text: string; readonly isShortened: boolean } {
  const shown = redactText(text, secrets);
  return { text: shown.slice(0, DETAIL_LENGTH), isShortened: shown.length > DETAIL_LENGTH };
}
