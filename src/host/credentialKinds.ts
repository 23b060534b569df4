import * as vscode from 'vscode';
import type { CredentialKind } from '../core/ports.ts';
import { givenFields } from '../core/profiles/credentials/given.ts';
import type { Auth } from '../core/profiles/profile.ts';

/** A kind of credential in words. */
export function describeKind(kind: CredentialKind): string {
  switch (kind) {
    case 'apiKey':
      return vscode.l10n.t('API key');
    case 'publishableKey':
      return vscode.l10n.t('publishable key');
    case 'accessToken':
      return vscode.l10n.t('access token');
    case 'anonymous':
      return vscode.l10n.t('anonymous sign-in');
    case 'secretKey':
      return vscode.l10n.t('secret key of the account');
    case 'cliLogin':
      return vscode.l10n.t('login of the tcb command');
  }
}

/** True where the user enters something for that kind. */
export function isEntered(kind: Auth): kind is CredentialKind {
  return kind !== 'none' && givenFields(kind).length > 0;
}
