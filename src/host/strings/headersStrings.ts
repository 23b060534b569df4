import * as vscode from 'vscode';
import type { HeadersStrings } from '../../protocol/strings/headersStrings.ts';

/** Words of the tab of headers in the display language. */
export function headersStrings(): HeadersStrings {
  const { t } = vscode.l10n;
  return {
    label: t('Headers'),
    response: t('Response headers'),
    request: t('Request headers'),
    name: t('Name'),
    value: t('Value'),
    copyResponse: t('Copy response headers'),
    copyRequest: t('Copy request headers'),
    noResponseYet: t('No response has come yet.'),
    noResponse: t('No response came.'),
    noHeaders: t('No headers.'),
    masked: t('*** stands for a secret: it was sent, but is neither shown nor copied.'),
  };
}
