import type { CbErrorCode } from '../errors.ts';
import { msg, type Message } from '../message.ts';
import type { Route } from '../profiles/profile.ts';

/** What the advice depends on. */
export interface FailedExchange {
  readonly code: CbErrorCode;
  readonly route: Route | null;
  readonly functionName: string | null;
  readonly profile: string;
}

/** What a user can do about a failure: the likeliest first, none where the error's own words say it all. */
export function adviseOn({ code, route, functionName, profile }: FailedExchange): readonly Message[] {
  switch (code) {
    case 'connection-refused':
      if (route !== 'local' || functionName === null) {
        return [msg('Check the address, and that a server listens there.')];
      }
      return [
        msg(
          'Is the function "{0}" running? Start it: the command stands in its scf_bootstrap.',
          functionName,
        ),
        msg('If it listens on another port, name that in cbhttp.profiles.{0}.functions.', profile),
      ];
    case 'dns':
    case 'unreachable':
      return route === 'gateway'
        ? [msg('Check the envId and site of the profile "{0}", and the network.', profile)]
        : [msg('Check the host name and the network.')];
    case 'tls':
      return [msg('Check the server’s certificate: self-signed, expired, or issued for another name?')];
    case 'connect-timeout':
      return [msg('Check the network, or raise connectTimeoutMs of the profile "{0}".', profile)];
    case 'headers-timeout':
    case 'idle-timeout':
      return [
        msg(
          'Raise @idle-timeout or idleTimeoutMs, or have the function send a comment (": keep-alive") now and then.',
        ),
      ];
    case 'timeout':
      return [
        msg('Raise @timeout or timeoutMs of the profile "{0}" if the exchange may take longer.', profile),
      ];
    case 'reset':
      return [msg('Did the function crash, restart, or reach its timeout? Its log says so.')];
    case 'truncated':
      return [msg('The server or a proxy ended the response early.')];
    case 'missing-credential':
      return [msg('Run "CloudBase Functions: Set Credential of Profile", or send again to be asked.')];
    case 'missing-secret':
      return [msg('Run "CloudBase Functions: Set Secret", or send again to be asked.')];
    case 'untrusted-workspace':
      return [msg('Trust the workspace to send requests: command "Workspaces: Manage Workspace Trust".')];
    case 'usage':
    case 'parse':
    case 'settings':
    case 'unresolved-variable':
    case 'unknown-profile':
    case 'no-url':
    case 'body-file':
    case 'tls-file':
    case 'invalid-url':
    case 'invalid-header':
    case 'unsupported':
    case 'credential-refused':
    case 'token-refused':
    case 'cli-login':
    case 'management-api':
    case 'sub-path-body':
    case 'cancelled':
    case 'proxy':
    case 'protocol':
    case 'decompression':
    case 'too-many-redirects':
    case 'event-too-large':
    case 'network':
      return [];
  }
}
