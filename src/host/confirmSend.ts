import * as vscode from 'vscode';
import { requestLabel, type CbRequest } from '../core/cbhttp/document.ts';
import { CbError, isCbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import { profileFor } from '../core/profiles/profileFor.ts';
import type { ProfileSet } from '../core/profiles/profile.ts';
import { withoutUserInfo } from '../core/profiles/redact.ts';
import { describeProfile } from './profiles.ts';

/** Why a workspace that is not trusted sends nothing. */
export function untrusted(): CbError {
  return new CbError('untrusted-workspace', msg('Nothing is sent from a workspace that is not trusted.'));
}

/** Asks before a request with `@note`, or one that goes to a protected profile; true to go on. */
export async function confirmSend(
  request: CbRequest,
  profiles: ProfileSet,
  profileName?: string,
): Promise<boolean> {
  const note = request.directives.findLast(({ word }) => word === 'note');
  let profile;
  try {
    profile = profileFor(request, profiles, profileName);
  } catch (error) {
    if (!isCbError(error)) throw error;
    return true; // an unknown profile: the send itself says so, in the panel
  }
  if (note === undefined && !profile.protected) return true;
  const label = requestLabel(request);
  const question = profile.protected
    ? vscode.l10n.t('Send "{0}" to the protected profile "{1}"?', label, profile.name)
    : vscode.l10n.t('Send "{0}"?', label);
  const send = vscode.l10n.t('Send');
  const target = `${request.method} ${withoutUserInfo(request.target)}`;
  const detail = [
    note?.value ?? '',
    target,
    profile.protected ? describeProfile(profile) : '',
    profile.protected ? vscode.l10n.t('The profile is protected: you are asked before each send.') : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, send)) === send;
}
