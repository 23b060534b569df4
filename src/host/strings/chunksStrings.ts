import * as vscode from 'vscode';
import type { ChunksStrings } from '../../protocol/strings/chunksStrings.ts';

/** The words of the chunks tab in the display language. */
export function chunksStrings(): ChunksStrings {
  const { t } = vscode.l10n;
  return {
    label: t('Network chunks'),
    columnIndex: '#',
    columnTime: t('Time'),
    columnGap: t('Gap'),
    columnSize: t('Size'),
    columnOffset: t('Offset'),
    columnRecords: t('Records'),
    columnText: t('Text'),
    waiting: t('No chunk has come yet.'),
    none: t('The stream ended without a chunk.'),
    detailLabel: t('Chunk detail'),
    title: t('Chunk {0}'),
    byteCount: t('{0} {0|byte|bytes}'),
    byteRange: t('{0} to {1}'),
    recordsCompleted: t('Records completed'),
    view: t('Show as'),
    text: t('Text'),
    hex: t('Hex'),
    copyText: t('Copy the text'),
    close: t('Close'),
    firstBytes: t('Only the first {0} of {1} bytes are shown.'),
  };
}
