import * as vscode from 'vscode';
import type { CredentialState } from '../core/profiles/credentials/given.ts';
import { gatewayBase } from '../core/profiles/credentials/place.ts';
import { secretNamesOf } from '../core/profiles/plainSecrets.ts';
import type { Profile, Route } from '../core/profiles/profile.ts';
import type { Credentials } from './credentials.ts';
import { describeKind } from './credentialKinds.ts';
import type { Secrets } from './secrets.ts';

/** What this machine has of a profile's credentials. */
export interface ProfileSecrets {
  readonly state: CredentialState;
  /** Names of `$secret` values that the profile uses and this machine lacks. */
  readonly missing: readonly string[];
}

/** As far as credentials and secrets were loaded. */
export function secretsOf(profile: Profile, credentials: Credentials, secrets: Secrets): ProfileSecrets {
  const known = secrets.names(profile);
  return {
    state: credentials.state(profile),
    missing: secretNamesOf(profile).filter((name) => !known.includes(name)),
  };
}

/** A route in words. */
export function describeRoute(route: Route): string {
  switch (route) {
    case 'gateway':
      return vscode.l10n.t('HTTP API');
    case 'service':
      return vscode.l10n.t('HTTP access service');
    case 'local':
      return vscode.l10n.t('this machine');
  }
}

/** Environment, else host, of a profile; empty where neither is said. */
export function shortPlace(profile: Profile): string {
  const { route, envId, baseUrl, functions } = profile;
  if (route !== 'local' && envId !== '') return envId;
  if (route === 'local' && baseUrl === '' && Object.keys(functions).length > 0) return '127.0.0.1';
  const url = baseUrl === '' && route === 'local' ? 'http://127.0.0.1:9000' : baseUrl;
  return URL.canParse(url) ? new URL(url).host : url;
}

/** What a profile's credential is, and whether this machine has it; empty where it needs none. */
export function describeCredential({ auth, route }: Profile, { state, missing }: ProfileSecrets): string[] {
  const lines: string[] = [];
  if (auth !== 'none' && route !== 'local') {
    const kind = describeKind(auth);
    switch (state) {
      case 'missing':
        lines.push(vscode.l10n.t('Credential: {0}, not on this machine yet', kind));
        break;
      case 'set':
        lines.push(vscode.l10n.t('Credential: {0}, set on this machine', kind));
        break;
      case 'signed-in':
        lines.push(vscode.l10n.t('Credential: {0}, signed in', kind));
        break;
      case 'none-needed':
        lines.push(vscode.l10n.t('Credential: {0}', kind));
        break;
    }
  }
  if (missing.length > 0)
    lines.push(vscode.l10n.t('Secrets not on this machine yet: {0}', missing.join(', ')));
  return lines;
}

/** Everything about a profile, line by line; no secret. */
export function profileFacts(profile: Profile, secrets: ProfileSecrets, isActive: boolean): string[] {
  const { name, route, envId, site, region, qualifier, subPath, tls, proxy, variables, headers } = profile;
  const address = route === 'local' ? profile.baseUrl || 'http://127.0.0.1:9000' : gatewayBase(profile);
  const ownAddresses = Object.entries(profile.functions).map(([name, written]) => `${name} → ${written}`);
  const names = (map: Readonly<Record<string, string>>): string => Object.keys(map).join(', ');
  const lines = [
    isActive ? vscode.l10n.t('Profile "{0}", the active one', name) : vscode.l10n.t('Profile "{0}"', name),
    profile.protected ? vscode.l10n.t('Protected: asks before each send') : '',
    vscode.l10n.t('Route: {0}', describeRoute(route)),
    envId === '' ? '' : vscode.l10n.t('Environment: {0}', envId),
    address === undefined
      ? ''
      : vscode.l10n.t('Address: {0}', route === 'service' ? profile.baseUrl : address),
    ownAddresses.length === 0 ? '' : vscode.l10n.t('Functions: {0}', ownAddresses.join(', ')),
    route === 'gateway' && site === 'intl' ? vscode.l10n.t('Site: international') : '',
    route === 'local' ? '' : vscode.l10n.t('Region: {0}', region),
    qualifier === '' ? '' : vscode.l10n.t('Version: {0}', qualifier),
    subPath === 'body' ? vscode.l10n.t('Sub-path: in the body') : '',
    ...describeCredential(profile, secrets),
    tls.rejectUnauthorized ? '' : vscode.l10n.t('Certificates are not checked'),
    proxy === null ? '' : vscode.l10n.t('Proxy: {0}', withoutUser(proxy)),
    Object.keys(headers).length === 0 ? '' : vscode.l10n.t('Headers: {0}', names(headers)),
    Object.keys(variables).length === 0 ? '' : vscode.l10n.t('Variables: {0}', names(variables)),
  ];
  return lines.filter((line) => line !== '' && !line.endsWith(': '));
}

function withoutUser(proxy: string): string {
  if (!URL.canParse(proxy)) return proxy;
  const url = new URL(proxy);
  url.username = '';
  url.password = '';
  return url.href;
}
