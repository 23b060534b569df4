import * as vscode from 'vscode';
import {
  filterFunctions,
  mergeFunctions,
  type FunctionFilter,
  type FunctionState,
  type ListedFunction,
} from '../core/functions/functionList.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { asCommand } from './contributions.ts';
import { DeployedFunctions, type DeployedListing } from './deployedFunctions.ts';
import type { FunctionNode, NoticeNode, TreeNode } from './functionNodes.ts';
import type { FunctionStates } from './functionStates.ts';
import type { LocalState } from './localFunctions.ts';
import { profilesFor } from './profiles.ts';
import type { FunctionsFolder, WorkspaceFunction, WorkspaceFunctions } from './workspaceFunctions.ts';

/** Where the first level of the tree comes from. */
export interface FunctionRootsDeps {
  readonly functions: WorkspaceFunctions;
  readonly deployed: DeployedFunctions;
  /** Undefined where nothing is run on this machine. */
  readonly local: FunctionStates | undefined;
  /** How many problems the files of a function's folder have. */
  readonly problemCount: (folder: vscode.Uri) => number;
}

/** The first level of the tree, and what it was made of. */
export interface Roots {
  readonly nodes: readonly TreeNode[];
  /** Every function's, also below folders. */
  readonly functions: readonly FunctionNode[];
  /** Functions before the filter. */
  readonly total: number;
  /** Of the one environment that is shown; undefined where each has a node. */
  readonly listing: DeployedListing | undefined;
  /** What it was made of: while these are the same, the tree is. */
  readonly folders: readonly FunctionsFolder[];
  readonly content: readonly unknown[];
}

/** One workspace folder and what its profile's environment has; without a folder, a window without any. */
interface Group {
  readonly folder: FunctionsFolder | undefined;
  readonly profile: Profile;
  readonly listing: DeployedListing | undefined;
}

/**
 * Makes the nodes of the first levels. A function keeps its node as long as there is one of its name at its place, so
 * that VS Code can be told of that one alone.
 */
export class FunctionRoots {
  readonly #deps: FunctionRootsDeps;
  #known: ReadonlyMap<string, FunctionNode> = new Map();

  constructor(deps: FunctionRootsDeps) {
    this.#deps = deps;
  }

  /** Waits for the disk alone, configs and what was listed before: what is deployed now comes later. */
  async read(filter: FunctionFilter): Promise<Roots> {
    const { functions, deployed } = this.#deps;
    const opened = (resource: vscode.Uri | undefined): Promise<void> =>
      deployed.opened(profilesFor(resource, functions).active);
    // Most profiles name their environment themselves, and need not wait for a config.
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) void opened(uri);
    const folders = await functions.folders();
    if (folders.length === 0) await opened(undefined);
    await Promise.all(folders.map(({ workspaceFolder }) => opened(workspaceFolder.uri)));
    const groups = folders.map((folder) => this.#group(folder));
    const filled = groups.filter(({ folder }) => folder !== undefined && hasSomething(folder));
    const isShown = filterFunctions(filter);
    const made: FunctionNode[] = [];
    const nodesOf = (
      listed: readonly ListedFunction<WorkspaceFunction>[],
      { folder, listing }: Group,
    ): FunctionNode[] => {
      const nodes = listed.map((one) => this.#node(one, folder?.workspaceFolder.uri, listing !== undefined));
      made.push(...nodes);
      return nodes.filter(({ listed: one, states }) => isShown(one, states));
    };
    const only = filled.length > 1 ? undefined : (filled[0] ?? groups[0] ?? this.#group(undefined));
    const nodes =
      only === undefined ? this.#severalFolders(filled, groups, nodesOf) : this.#oneList(only, nodesOf);
    this.#known = new Map(made.map((node) => [node.id, node]));
    const asked = groups.length > 0 ? groups : [this.#group(undefined)];
    const content = asked.flatMap(({ profile, listing }) => this.contentOf(profile, listing));
    return { nodes, functions: made, total: made.length, listing: only?.listing, folders, content };
  }

  /** What the tree shows of a listing; the rest is its age. */
  contentOf(profile: Profile, listing: DeployedListing | undefined): readonly unknown[] {
    const isMissing = this.#deps.deployed.isCredentialMissing(profile);
    return [isMissing, listing?.functions, listing?.routes, listing?.failure];
  }

  /** Looks again at what runs; the nodes that are another than before. */
  refreshStates(functions: readonly FunctionNode[]): FunctionNode[] {
    return functions.filter((node) => {
      const { state, problemCount } = node;
      this.#look(node);
      return state !== node.state || problemCount !== node.problemCount;
    });
  }

  #group(folder: FunctionsFolder | undefined): Group {
    const { functions, deployed } = this.#deps;
    const profile = profilesFor(folder?.workspaceFolder.uri, functions).active;
    return { folder, profile, listing: deployed.listing(profile) };
  }

  #oneList(group: Group, nodesOf: NodesOf): readonly TreeNode[] {
    const { folder, profile, listing } = group;
    const nodes = nodesOf(mergeFunctions(folder?.functions ?? [], listing?.functions ?? []), group);
    const notices = this.#notices(profile, listing, folder?.workspaceFolder.uri);
    const hint = nodes.length > 0 ? notListed(profile, folder?.workspaceFolder.uri) : [];
    return [...problemsOf(folder), ...notices, ...nodes, ...hint];
  }

  /** A level of folders, and of the environments for what no folder has. */
  #severalFolders(filled: readonly Group[], groups: readonly Group[], nodesOf: NodesOf): readonly TreeNode[] {
    const folders = filled.flatMap((group): readonly TreeNode[] => {
      const { folder, listing } = group;
      if (folder === undefined) return [];
      const { name, uri } = folder.workspaceFolder;
      const merged = mergeFunctions(folder.functions, listing?.functions ?? []);
      const own = nodesOf(
        merged.filter(({ local }) => local !== null),
        group,
      );
      const children = [...problemsOf(folder), ...own];
      return children.length === 0 ? [] : [{ kind: 'folder', name, uri, children }];
    });
    const seen = new Set<string>();
    const environments = groups.flatMap((group): readonly TreeNode[] => {
      const { profile, listing, folder } = group;
      const place = JSON.stringify([profile.name, profile.auth, profile.envId, profile.managementUrl]);
      if (seen.has(place)) return [];
      seen.add(place);
      const local = new Set(
        groups
          .filter((other) => other.profile.envId === profile.envId)
          .flatMap((other) => other.folder?.functions.map(({ declared }) => declared.name) ?? []),
      );
      const rest = (listing?.functions ?? []).filter(({ name }) => !local.has(name));
      const children = [
        ...this.#notices(profile, listing, folder?.workspaceFolder.uri),
        ...nodesOf(mergeFunctions<WorkspaceFunction>([], rest), group),
      ];
      const fetchedMs = listing?.fetchedMs ?? 0;
      return children.length === 0 ? [] : [{ kind: 'environment', profile, fetchedMs, children }];
    });
    return [...folders, ...environments];
  }

  /** What keeps the deployed functions from being shown, with what to do about it. */
  #notices(
    profile: Profile,
    listing: DeployedListing | undefined,
    uri: vscode.Uri | undefined,
  ): readonly NoticeNode[] {
    const reference = { profile: profile.name, ...(uri === undefined ? {} : { uri: uri.toString() }) };
    if (this.#deps.deployed.isCredentialMissing(profile)) {
      const isCli = profile.auth === 'cliLogin';
      return [
        {
          kind: 'notice',
          ...reference,
          label: vscode.l10n.t('List deployed functions…'),
          description: isCli
            ? vscode.l10n.t('needs the login of the tcb command')
            : vscode.l10n.t('needs the account’s secret key'),
          tooltip: vscode.l10n.t(
            'The profile "{0}" has no credential of its account on this machine, or none for the management API’s address.',
            profile.name,
          ),
          icon: 'key',
          contextValue: 'missingCredential',
          command: asCommand('cbhttp.retryDeployed', vscode.l10n.t('Sign In'), [reference]),
        },
      ];
    }
    if (listing === undefined || listing.failure === null) return [];
    const { failure, functions } = listing;
    return [
      {
        kind: 'notice',
        ...reference,
        label: vscode.l10n.t('Deployed functions could not be listed'),
        description: failure,
        tooltip:
          functions.length === 0
            ? failure
            : `${failure}\n${vscode.l10n.t('What is shown was listed before.')}`,
        icon: 'error',
        contextValue: 'deployedFailure',
        command: asCommand('cbhttp.retryDeployed', vscode.l10n.t('Try Again'), [reference]),
      },
    ];
  }

  #node(
    listed: ListedFunction<WorkspaceFunction>,
    resource: vscode.Uri | undefined,
    isListingKnown: boolean,
  ): FunctionNode {
    const { name, local } = listed;
    const folder = local?.folder;
    const id = `${resource?.toString() ?? ''}\n${folder?.toString() ?? ''}\n${name}`;
    const reference = {
      name,
      ...(folder === undefined ? {} : { folder }),
      ...(resource === undefined ? {} : { resource }),
    };
    const known = this.#known.get(id);
    const node: FunctionNode = known ?? {
      kind: 'function',
      id,
      reference,
      listed,
      isListingKnown,
      state: undefined,
      problemCount: 0,
      states: new Set(),
    };
    node.listed = listed;
    node.isListingKnown = isListingKnown;
    this.#look(node);
    return node;
  }

  #look(node: FunctionNode): void {
    const { folder } = node.reference;
    node.state = folder === undefined ? undefined : this.#deps.local?.state(folder);
    node.problemCount = folder === undefined ? 0 : this.#deps.problemCount(folder);
    node.states = statesOf(node.state, node.problemCount, node.listed);
  }
}

type NodesOf = (listed: readonly ListedFunction<WorkspaceFunction>[], group: Group) => FunctionNode[];

const NO_STATES: ReadonlySet<FunctionState> = new Set();

function statesOf(
  state: LocalState | undefined,
  problemCount: number,
  { deployed }: ListedFunction,
): ReadonlySet<FunctionState> {
  const isDeployedFailed = deployed !== null && /Failed$/i.test(deployed.status);
  if (state === undefined && problemCount === 0 && !isDeployedFailed) return NO_STATES;
  const states = new Set<FunctionState>();
  if (state?.kind === 'running' || state?.kind === 'starting') states.add('running');
  if (state?.kind === 'failed' || isDeployedFailed) states.add('failed');
  if (problemCount > 0) states.add('problems');
  return states;
}

function hasSomething({ functions, problems }: FunctionsFolder): boolean {
  return functions.length > 0 || problems.length > 0;
}

function problemsOf(folder: FunctionsFolder | undefined): readonly NoticeNode[] {
  return (folder?.problems ?? []).map(({ file, message, at, severity }) => {
    const place = `${basename(file)}:${at.line + 1}:${at.character + 1}`;
    return {
      kind: 'notice',
      label: message,
      description: place,
      tooltip: `${message}\n${place}`,
      icon: severity === 'error' ? 'error' : 'warning',
      contextValue: 'problem',
      command: {
        command: 'vscode.open',
        title: vscode.l10n.t('Open'),
        arguments: [file, { selection: new vscode.Range(at, at) }],
      },
    };
  });
}

/** Below the functions: why only those of the workspace are shown. */
function notListed(profile: Profile, uri: vscode.Uri | undefined): readonly NoticeNode[] {
  const { name, route, envId } = profile;
  if (!vscode.workspace.isTrusted || route === 'local' || envId === '') return [];
  if (DeployedFunctions.canList(profile)) return [];
  const reference = { profile: name, ...(uri === undefined ? {} : { uri: uri.toString() }) };
  return [
    {
      kind: 'notice',
      ...reference,
      label: vscode.l10n.t('Deployed functions are not listed'),
      description: vscode.l10n.t('profile "{0}"', name),
      tooltip: vscode.l10n.t(
        'Deployed functions are listed for profiles whose "auth" is secretKey or cliLogin. This one has: {0}',
        profile.auth,
      ),
      icon: 'info',
      contextValue: 'notListed',
      command: asCommand('cbhttp.editProfile', vscode.l10n.t('Open Settings'), [reference]),
    },
  ];
}

function basename(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
