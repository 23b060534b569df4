/** Loaded when the tree of functions is first shown, or one of its commands is run. */
import * as vscode from 'vscode';
import {
  filterKinds,
  isEmptyFilter,
  NO_FILTER,
  type FunctionFilter,
} from '../core/functions/functionList.ts';
import type { Transport } from '../core/ports.ts';
import type { ProfileReference } from './contributions.ts';
import type { Credentials } from './credentials.ts';
import { DeployedFunctions } from './deployedFunctions.ts';
import { DisposableStore } from './disposableStore.ts';
import type { FunctionActionsDeps } from './functionActions.ts';
import type * as actionsModule from './functionActions.ts';
import { age, badgeOf, describeFilterKind, toTreeItem } from './functionItems.ts';
import type { FunctionNode, TreeNode } from './functionNodes.ts';
import { FunctionRoots, type Roots } from './functionRoots.ts';
import { profilesFor } from './profiles.ts';
import type { Secrets } from './secrets.ts';
import { Turns } from './turns.ts';

/** What the view is made of. */
export interface FunctionsViewDeps extends Omit<FunctionActionsDeps, 'deployed'> {
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly secrets: Secrets;
  /** A folder of this machine for what is kept of environments. */
  readonly cacheDir: string;
}

/** The tree and what its commands do. Owns what is known of environments. */
export class FunctionsView implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #deps: FunctionActionsDeps;
  readonly deployed: DeployedFunctions;
  readonly tree: FunctionsTree;

  constructor(deps: FunctionsViewDeps) {
    this.deployed = this.#store.add(new DeployedFunctions(deps));
    this.#deps = { ...deps, deployed: this.deployed };
    this.tree = this.#store.add(new FunctionsTree(this.#deps));
    this.#store.add(vscode.window.registerFileDecorationProvider({ provideFileDecoration: badgeOf }));
  }

  async commands(): Promise<ReturnType<typeof actionsModule.functionCommands>> {
    return (await loadActions()).functionCommands(this.#deps);
  }

  /** Shows what a filter lets through; asks for one where none is given. */
  async filter(given?: { readonly text?: string; readonly kinds?: readonly string[] }): Promise<void> {
    if (given === undefined) {
      await (await loadActions()).askFilter(this.tree.filter, (filter) => this.tree.setFilter(filter));
      return;
    }
    const kinds = filterKinds.filter((kind) => given.kinds?.includes(kind));
    this.tree.setFilter({ text: given.text ?? '', kinds });
  }

  /** Lists the environment of a profile again, the active one where none is named; asks for what that needs. */
  async retry(reference?: ProfileReference): Promise<void> {
    const { functions } = this.#deps;
    const uri = reference?.uri === undefined ? undefined : vscode.Uri.parse(reference.uri);
    await functions.folders(); // their envId may be the profile's
    const { profiles, active } = profilesFor(uri, functions);
    const profile = profiles.find(({ name }) => name === reference?.profile) ?? active;
    await this.deployed.refresh(profile, { asks: true });
  }

  dispose(): void {
    this.#store.dispose();
  }
}

const NO_ROOTS: Roots = { nodes: [], functions: [], total: 0, listing: undefined, folders: [], content: [] };

/**
 * The functions of the workspace and of the active profile's environment, live: local ones at once, deployed ones as
 * soon as anything is known of them. What a function has below it is loaded when somebody opens it.
 */
export class FunctionsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #deps: FunctionActionsDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>());
  readonly #described = this.#store.add(new vscode.EventEmitter<void>());
  readonly #roots: FunctionRoots;
  readonly #turns = new Turns();
  readonly #opened = new Set<FunctionNode>();
  /** By file: how many problems of ours it has; only those with any. */
  readonly #problems = new Map<string, number>();
  #shown: Roots = NO_ROOTS;
  /** How many readings are on their way, and whether something was told of meanwhile. */
  #readings = 0;
  #isMissed = false;
  #filter: FunctionFilter = NO_FILTER;

  readonly onDidChangeTreeData = this.#changed.event;
  /** What stands beside and above the tree may be another than before: age, filter, running functions. */
  readonly onDidDescribe = this.#described.event;

  constructor(deps: FunctionActionsDeps) {
    this.#deps = deps;
    const { functions, deployed, local, sender, requestFiles } = deps;
    this.#roots = new FunctionRoots({
      functions,
      deployed,
      local,
      problemCount: (folder) => this.#problemCount(folder),
    });
    const all = (): void => this.#changed.fire(undefined);
    const store = this.#store;
    store.add(functions.onDidChange(() => this.#followFunctions()));
    store.add(deployed.onDidChange(() => this.#followDeployed()));
    store.add(vscode.workspace.onDidGrantWorkspaceTrust(all));
    store.add(vscode.workspace.onDidChangeWorkspaceFolders(all));
    store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('cbhttp')) all();
      }),
    );
    if (local !== undefined) store.add(local.onDidChange(() => this.#followStates()));
    store.add(sender.onDidChangeRunning(() => this.#refreshOpened()));
    store.add(requestFiles.onDidChange(() => this.#refreshOpened()));
    this.#countProblems(vscode.languages.getDiagnostics().map(([uri]) => uri));
    store.add(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (this.#countProblems(uris)) this.#followStates();
      }),
    );
  }

  get filter(): FunctionFilter {
    return this.#filter;
  }

  /** Shows what a filter lets through. */
  setFilter(filter: FunctionFilter): void {
    this.#filter = filter;
    this.#changed.fire(undefined);
    this.#described.fire();
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    // Of a function there may be thousands at once.
    const turn = node.kind === 'function' ? this.#turns.next() : undefined;
    if (turn !== undefined) await turn;
    return toTreeItem(node);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return this.#readRoots();
    switch (node.kind) {
      case 'folder':
      case 'environment':
        return [...node.children];
      case 'function': {
        this.#opened.add(node);
        return [...(await (await loadActions()).functionChildren(node, this.#deps))];
      }
      case 'runs':
        return [...node.runs];
      default:
        return [];
    }
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    if (node.kind === 'function') item.tooltip = (await loadActions()).functionTooltip(node);
    return item;
  }

  /** Beside the view's title: the environment and how old its listing is. */
  get description(): string {
    const { listing } = this.#shown;
    if (listing === undefined) return '';
    const { envId, fetchedMs, isRefreshing } = listing;
    const parts = [
      envId,
      fetchedMs === 0 ? '' : age(fetchedMs, Date.now()),
      isRefreshing ? vscode.l10n.t('refreshing…') : '',
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }

  get isFiltered(): boolean {
    return !isEmptyFilter(this.#filter);
  }

  /** There is nothing to show but the wish for a credential: the view's welcome says it better. */
  get isOnlyCredentialMissing(): boolean {
    const { nodes } = this.#shown;
    return (
      nodes.length > 0 &&
      nodes.every((node) => node.kind === 'notice' && node.contextValue === 'missingCredential')
    );
  }

  /** Above the tree: what the filter lets through; empty without one. */
  get message(): string {
    if (!this.isFiltered) return '';
    const { text, kinds } = this.#filter;
    const { nodes, total } = this.#shown;
    const shown = countFunctions(nodes);
    return vscode.l10n.t(
      'Filter: {0} ({1} of {2})',
      [text.trim(), ...kinds.map(describeFilterKind)].filter((part) => part !== '').join(' · '),
      shown,
      total,
    );
  }

  /** On the view's icon: how many functions run on this machine. */
  get badge(): vscode.ViewBadge | undefined {
    const value = this.#shown.functions.filter(({ state }) => state?.kind === 'running').length;
    if (value === 0) return undefined;
    const tooltip =
      value === 1 ? vscode.l10n.t('1 function runs') : vscode.l10n.t('{0} functions run', value);
    return { value, tooltip };
  }

  /** Lists the environments again that are shown. */
  async refreshDeployed(options: { readonly onlyIfOld?: boolean } = {}): Promise<void> {
    const { functions, deployed } = this.#deps;
    await functions.folders(); // their envId may be a profile's
    const folders = vscode.workspace.workspaceFolders ?? [];
    const resources = folders.length === 0 ? [undefined] : folders.map(({ uri }) => uri);
    const profiles = resources.map((uri) => profilesFor(uri, functions).active);
    await Promise.all(profiles.map((profile) => deployed.refresh(profile, options)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #readRoots(): Promise<TreeNode[]> {
    this.#readings++;
    let roots: Roots;
    try {
      roots = await this.#roots.read(this.#filter);
    } finally {
      this.#readings--;
    }
    const there = new Set(roots.functions);
    for (const node of this.#opened) if (!there.has(node)) this.#opened.delete(node);
    this.#shown = roots;
    this.#described.fire();
    if (this.#isMissed && this.#readings === 0) {
      this.#isMissed = false;
      this.#followFunctions();
      this.#followDeployed();
    }
    return this.isOnlyCredentialMissing ? [] : [...roots.nodes];
  }

  /** The profiles that hold for the workspace's folders, with their listings. */
  #listings() {
    const { functions, deployed } = this.#deps;
    const folders = functions.known();
    const resources = folders.length === 0 ? [undefined] : folders.map((one) => one.workspaceFolder.uri);
    return resources.map((uri) => {
      const { active: profile } = profilesFor(uri, functions);
      return { profile, listing: deployed.listing(profile) };
    });
  }

  /** What is read just now need not be asked for again. */
  #followFunctions(): void {
    if (this.#readings > 0) this.#isMissed = true;
    else if (this.#deps.functions.known() !== this.#shown.folders) this.#changed.fire(undefined);
  }

  #followDeployed(): void {
    if (this.#readings > 0) {
      this.#isMissed = true;
      return;
    }
    const listings = this.#listings();
    const content = listings.flatMap(({ profile, listing }) => this.#roots.contentOf(profile, listing));
    const before = this.#shown.content;
    if (content.length !== before.length || content.some((one, index) => one !== before[index])) {
      this.#changed.fire(undefined);
      return;
    }
    const { listing: shown } = this.#shown;
    const found = listings.find(({ listing }) => listing?.envId === shown?.envId)?.listing;
    if (shown !== undefined && found !== undefined) this.#shown = { ...this.#shown, listing: found };
    this.#described.fire();
  }

  #followStates(): void {
    const changed = this.#roots.refreshStates(this.#shown.functions);
    if (changed.length === 0) return;
    this.#changed.fire(this.#filter.kinds.length > 0 ? undefined : changed);
    this.#described.fire();
  }

  #refreshOpened(): void {
    if (this.#opened.size > 0) this.#changed.fire([...this.#opened]);
  }

  /** @returns whether any file has another number than before */
  #countProblems(uris: readonly vscode.Uri[]): boolean {
    let isChanged = false;
    for (const uri of uris) {
      const file = uri.toString();
      const own = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'cbhttp');
      if (own.length === (this.#problems.get(file) ?? 0)) continue;
      isChanged = true;
      if (own.length === 0) this.#problems.delete(file);
      else this.#problems.set(file, own.length);
    }
    return isChanged;
  }

  #problemCount(folder: vscode.Uri): number {
    if (this.#problems.size === 0) return 0;
    const start = `${folder.toString()}/`;
    let count = 0;
    for (const [file, problems] of this.#problems) if (file.startsWith(start)) count += problems;
    return count;
  }
}

/** What is needed only once somebody does something with a function. */
function loadActions(): Promise<typeof actionsModule> {
  return import('./functionActions.ts');
}

function countFunctions(nodes: readonly TreeNode[]): number {
  let count = 0;
  for (const node of nodes) {
    if (node.kind === 'function') count++;
    else if (node.kind === 'folder' || node.kind === 'environment') count += countFunctions(node.children);
  }
  return count;
}
