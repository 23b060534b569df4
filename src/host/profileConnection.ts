import path from 'node:path';
import * as vscode from 'vscode';
import type { WireRequest } from '../core/ports.ts';
import type { Profile } from '../core/profiles/profile.ts';
import type { Secrets } from './secrets.ts';

/** How what is sent for a profile travels, besides the requests of documents: its proxy, certificates, time limit. */
export async function connectionOf(
  profile: Profile,
  url: string,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<Pick<WireRequest, 'connectTimeoutMs' | 'tls' | 'proxy'>> {
  const { name, envId, connectTimeoutMs, proxy, tls } = profile;
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const file = (written: string): string | null => (written === '' ? null : path.resolve(root, written));
  let passphrase: string | null = null;
  if (tls.passphraseSecret !== '' && url.startsWith('https:')) {
    const binding = { profile: name, envId, origin: new URL(url).origin, name: tls.passphraseSecret };
    passphrase = (await secrets.secret(binding, { signal })) ?? null;
  }
  const { rejectUnauthorized } = tls;
  return {
    connectTimeoutMs,
    proxy,
    tls: { ca: file(tls.ca), cert: file(tls.cert), key: file(tls.key), passphrase, rejectUnauthorized },
  };
}
