import * as vscode from 'vscode';
import { isToken } from '../core/profiles/credentials/tokens.ts';
import {
  givenFields,
  type CredentialEntry,
  type GivenCredential,
  type GivenField,
} from '../core/profiles/credentials/given.ts';
import { describeKind } from './credentialKinds.ts';

/** Asks for what a credential consists of, field by field; undefined where the user gives up. */
export async function askForCredential(
  entry: CredentialEntry,
  token?: vscode.CancellationToken,
): Promise<GivenCredential | undefined> {
  const fields = givenFields(entry.kind);
  const title = vscode.l10n.t('Profile "{0}": {1}', entry.profile, describeKind(entry.kind));
  const given: Partial<Record<GivenField, string>> = {};
  for (const [index, { field, isOptional, isHidden }] of fields.entries()) {
    const steps = fields.length > 1 ? ` (${index + 1}/${fields.length})` : '';
    const typed = await vscode.window.showInputBox(
      {
        title: title + steps,
        prompt: promptFor(field, entry),
        placeHolder: isOptional ? vscode.l10n.t('may stay empty') : '',
        password: isHidden,
        ignoreFocusOut: true,
        validateInput: (value) => {
          const text = value.trim();
          return text === '' || isToken(text)
            ? undefined
            : vscode.l10n.t('A credential has no blanks inside.');
        },
      },
      token,
    );
    if (typed === undefined || (typed.trim() === '' && !isOptional)) return undefined;
    if (typed.trim() !== '') given[field] = typed.trim();
  }
  return given;
}

function promptFor(field: GivenField, { kind, origins }: CredentialEntry): string {
  const places = origins.join(', ');
  switch (field) {
    case 'value':
      return [
        valueName(kind),
        vscode.l10n.t('It is kept in the secret storage and sent to {0} only.', places),
      ].join(' ');
    case 'refreshToken':
      return vscode.l10n.t('Refresh token that belongs to it: with it, the access token is renewed.');
    case 'secretId':
      return vscode.l10n.t(
        'SecretId of the Tencent Cloud account. Tokens got with it go to {0} only.',
        places,
      );
    case 'secretKey':
      return vscode.l10n.t('SecretKey. It is kept in the secret storage and never sent, it only signs.');
    case 'sessionToken':
      return vscode.l10n.t('Session token, where the key is a temporary one.');
  }
}

function valueName(kind: CredentialEntry['kind']): string {
  switch (kind) {
    case 'publishableKey':
      return vscode.l10n.t('Publishable key of the environment.');
    case 'accessToken':
      return vscode.l10n.t('Access token.');
    default:
      return vscode.l10n.t('API key of the environment.');
  }
}
