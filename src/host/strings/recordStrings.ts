import * as vscode from 'vscode';
import type { RecordStrings } from '../../protocol/strings/recordStrings.ts';

/** Words of the pane that shows one record in the display language. */
export function recordStrings(): RecordStrings {
  const { t } = vscode.l10n;
  return {
    label: t('Event detail'),
    event: t('Event {0}'),
    gap: t('Gap'),
    bytes: t('Bytes'),
    bytesAt: t('{0} at {1}'),
    chunk: t('Chunk'),
    noData: t('No data.'),
    shortened: t('Only the beginning is shown. The editor shows all of it.'),
  };
}
