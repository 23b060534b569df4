import * as vscode from 'vscode';
import type { PreparedRequest } from '../../core/profiles/prepare.ts';
import type { Profile } from '../../core/profiles/profile.ts';
import type { LogsDeps } from './panelLogs.ts';

/** Where the logs of a function are. */
export type LogSource =
  /** The extension runs it on this machine, or did. */
  | { readonly kind: 'local'; readonly name: string; readonly folder: vscode.Uri }
  /** In the cloud, for an account whose key the profile has. */
  | { readonly kind: 'deployed'; readonly name: string; readonly profile: Profile };

/** True for a profile with the key of an account, which the management API takes. */
export function canAskForLogs({ auth, envId }: Profile): boolean {
  return envId !== '' && (auth === 'secretKey' || auth === 'cliLogin');
}

/** Where the logs of the function that a request goes to are; null where there are none to be had. */
export function logSourceOf(
  prepared: PreparedRequest,
  document: vscode.Uri,
  deps: Pick<LogsDeps, 'local' | 'functions'>,
): LogSource | null {
  const { functionName, route, profile } = prepared;
  if (functionName !== null && (route === 'gateway' || route === 'service')) {
    return canAskForLogs(profile) ? { kind: 'deployed', name: functionName, profile } : null;
  }
  return localSource(prepared, document, deps);
}

function localSource(
  { wire, functionName }: PreparedRequest,
  document: vscode.Uri,
  { local, functions }: Pick<LogsDeps, 'local' | 'functions'>,
): LogSource | null {
  const { hostname, port } = new URL(wire.url);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return null;
  const active = local.active();
  const asked = active.find((run) => run.port === Number(port));
  if (asked !== undefined) return { kind: 'local', name: asked.name, folder: asked.workspaceFunction.folder };
  // One that has crashed: what it wrote last is what matters.
  const own = vscode.workspace.getWorkspaceFolder(document);
  const ended = functions
    .known()
    .filter(({ workspaceFolder }) => own === undefined || workspaceFolder.index === own.index)
    .flatMap((folder) => folder.functions)
    .find(({ declared }) => declared.name === functionName);
  const isEnded =
    ended !== undefined &&
    local.output(ended.folder).length > 0 &&
    !active.some(({ workspaceFunction }) => workspaceFunction.folder.toString() === ended.folder.toString());
  return isEnded ? { kind: 'local', name: ended.declared.name, folder: ended.folder } : null;
}
