import * as vscode from 'vscode';
import { describeResult, type LastResult } from '../core/cbhttp/lenses.ts';
import { functionFacts } from '../core/functions/functionFacts.ts';
import { functionUrls, type FunctionUrl } from '../core/functions/functionUrls.ts';
import { requestsByFunction, type LocatedIndexedRequest } from '../core/functions/requestIndex.ts';
import { asCommand, type NamedFunction } from './contributions.ts';
import type { FunctionActionsDeps } from './functionActions.ts';
import type { FunctionNode, RequestNode, RunNode, TreeNode, UrlNode } from './functionNodes.ts';
import { describeRoute } from './profileFacts.ts';
import { profilesFor } from './profiles.ts';
import { say } from './translate.ts';

/** What a function has below it: saved requests, the ways to call it, what was sent lately. */
export async function functionChildren(
  { reference }: FunctionNode,
  deps: FunctionActionsDeps,
): Promise<readonly TreeNode[]> {
  const requests = (await requestsOf(reference, deps)).map((one) => requestNode(one, deps));
  const urls = (await urlsOf(reference, deps)).map(urlNode);
  const runs = deps.sender.recentRuns(reference.name).map((run): RunNode => {
    const { request, result } = run;
    return { kind: 'run', ...request, run, result: resultText(result), hasFailed: hasFailed(result) };
  });
  return [
    ...(requests.length > 0 ? requests : [newRequest(reference)]),
    ...urls,
    ...(runs.length > 0 ? [{ kind: 'runs' as const, runs }] : []),
  ];
}

/** Everything about a function, for its tooltip. */
export function functionTooltip({ listed, reference, state, problemCount }: FunctionNode): string {
  return [
    ...functionFacts(listed).map(say),
    state?.kind === 'failed' ? vscode.l10n.t('Failed on this machine: {0}', state.message) : '',
    problemCount > 0 ? vscode.l10n.t('Problems in its files: {0}', problemCount) : '',
    reference.folder?.fsPath ?? '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** The saved requests that call a function. Where several folders have one of its name, those of its own folder. */
export async function requestsOf(
  { name, folder }: NamedFunction,
  { requestFiles, functions }: Pick<FunctionActionsDeps, 'requestFiles' | 'functions'>,
): Promise<readonly LocatedIndexedRequest[]> {
  const index = await requestFiles.index();
  const found = requestsByFunction(await index.files()).get(name) ?? [];
  const owners = (await functions.folders()).filter((one) =>
    one.functions.some(({ declared }) => declared.name === name),
  );
  if (owners.length < 2 || folder === undefined) return found;
  const own = workspaceFolderOf(folder);
  return found.filter(({ uri }) => workspaceFolderOf(vscode.Uri.parse(uri)) === own);
}

/** The ways to call a function with the active profile, and on this machine. */
export async function urlsOf(
  { name, folder, resource }: NamedFunction,
  { functions, deployed, local }: FunctionActionsDeps,
): Promise<readonly FunctionUrl[]> {
  const at = resource ?? folder;
  await functions.folders(); // their envId may be the profile's
  const profile = profilesFor(at, functions).active;
  const routes = [...functions.configOf(at).routes, ...(deployed.listing(profile)?.routes ?? [])];
  const state = folder === undefined ? undefined : local?.state(folder);
  const port = state?.kind === 'running' ? state.port : undefined;
  return functionUrls(name, { profile, routes, isLocal: folder !== undefined, port });
}

/** How a send went, in words. */
export function resultText(result: LastResult): string {
  return describeResult(result).map(say).join(' · ');
}

function requestNode({ uri, request }: LocatedIndexedRequest, { sender }: FunctionActionsDeps): RequestNode {
  const { key, label, method, target, line } = request;
  const result = sender.lastResult(uri, key);
  return {
    kind: 'request',
    uri,
    key,
    label,
    line: `${method} ${target}`,
    at: line,
    isRunning: sender.isRunning(vscode.Uri.parse(uri), key),
    result: result === undefined ? '' : resultText(result),
    hasFailed: result !== undefined && hasFailed(result),
  };
}

function urlNode({ route, url, isDefaultDomain }: FunctionUrl): UrlNode {
  const note = isDefaultDomain
    ? vscode.l10n.t('The environment’s own domain: for development, rate-limited')
    : '';
  const tooltip = [describeRoute(route), url, note].filter((line) => line !== '').join('\n');
  return { kind: 'url', url, label: describeRoute(route), tooltip };
}

function newRequest(reference: NamedFunction): TreeNode {
  return {
    kind: 'notice',
    label: vscode.l10n.t('New request'),
    description: vscode.l10n.t('no saved request calls it'),
    tooltip: vscode.l10n.t('Writes a request to "{0}" into a request file', reference.name),
    icon: 'add',
    contextValue: 'newRequest',
    command: asCommand('cbhttp.newRequest', vscode.l10n.t('New Request'), [{ reference }]),
  };
}

function hasFailed({ outcome, status }: LastResult): boolean {
  return outcome === 'failed' || outcome === 'timeout' || (status !== null && status >= 400);
}

function workspaceFolderOf(uri: vscode.Uri): string | undefined {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
}
