import * as vscode from 'vscode';
import type { EndReason } from '../../core/stream/exchange.ts';

/** Where a run stands, in the display language. */
export function phaseStrings(): Readonly<
  Record<'preparing' | 'connecting' | 'streaming' | 'receiving', string>
> {
  const { t } = vscode.l10n;
  return {
    preparing: t('Preparing'),
    connecting: t('Waiting for the response'),
    streaming: t('Streaming'),
    receiving: t('Receiving'),
  };
}

/** How a run ended, in the display language. */
export function reasonStrings(): Readonly<Record<EndReason, string>> {
  const { t } = vscode.l10n;
  return {
    complete: t('Complete'),
    cancelled: t('Cancelled'),
    timeout: t('Time limit reached'),
    'connect-timeout': t('No connection in time'),
    'headers-timeout': t('No response in time'),
    'idle-timeout': t('Silent for too long'),
    reset: t('Connection broken'),
    truncated: t('Cut off'),
    error: t('Failed'),
  };
}
