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
    sent: t('How it was sent'),
    profile: t('Profile'),
    route: t('Route'),
    noRoute: t('none: the URL is as written'),
    functionName: t('Function'),
    redirect: t('Redirect ({0})'),
    version: t('HTTP version'),
    connection: t('Connection'),
    reused: t('used again'),
    fresh: t('new'),
    server: t('Server address'),
    proxyAddress: t('Proxy address'),
    proxy: t('Proxy'),
    certificate: t('Certificate'),
    checked: t('checked'),
    notChecked: t('NOT checked: the profile sets rejectUnauthorized to false'),
    masked: t('*** stands for a secret: it was sent, but is neither shown nor copied.'),
  };
}
