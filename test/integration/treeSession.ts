import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LastResult } from '../../src/core/cbhttp/lenses.ts';
import { Credentials } from '../../src/host/credentials.ts';
import { Documents } from '../../src/host/documents.ts';
import type { TreeNode } from '../../src/host/functionNodes.ts';
import { FunctionsView } from '../../src/host/functionsView.ts';
import type { LocalState } from '../../src/host/localFunctions.ts';
import { profilesFor } from '../../src/host/profiles.ts';
import type { RecentRun } from '../../src/host/recentRuns.ts';
import { RequestFiles } from '../../src/host/requestFiles.ts';
import { Secrets } from '../../src/host/secrets.ts';
import { WorkspaceFunctions } from '../../src/host/workspaceFunctions.ts';
import { createTokenSource } from '../../src/net/tokens.ts';
import { createHttpTransport } from '../../src/net/httpTransport.ts';
import { KeptCredentials } from '../../src/net/keptCredentials.ts';
import { MemoryStorage } from '../support/memoryStorage.ts';
import { until } from '../support/until.ts';

/** What a row of the tree says. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly contextValue: string;
}

/** The account's key in {@link TreeSession.storage}. */
export const accountKey = { secretId: 'AKIDtree', secretKey: 'tree-key' };

/** Keeps in memory what the editor's secret storage would, and tells of it. */
export class TestSecrets extends MemoryStorage implements vscode.SecretStorage {
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;

  override async store(key: string, value: string): Promise<void> {
    await super.store(key, value);
    this.#changed.fire({ key });
  }

  override async delete(key: string): Promise<void> {
    await super.delete(key);
    this.#changed.fire({ key });
  }

  keys(): Promise<string[]> {
    return Promise.resolve([...this.values.keys()]);
  }
}

/** The view of the functions as the extension makes it, with storage, sends and running functions of the test. */
export class TreeSession implements vscode.Disposable {
  readonly view: FunctionsView;
  readonly functions: WorkspaceFunctions;
  /** What is run on this machine, by folder. */
  readonly states = new Map<string, LocalState>();
  readonly results = new Map<string, LastResult>();
  readonly runs: RecentRun[] = [];
  /** What VS Code was told to ask for again; undefined for all. */
  readonly told: (TreeNode | TreeNode[] | undefined)[] = [];
  readonly #ran = new vscode.EventEmitter<void>();
  readonly #sent = new vscode.EventEmitter<void>();
  readonly #storage: TestSecrets;
  readonly #toDispose: vscode.Disposable[];

  constructor(storage: TestSecrets, cacheDir: string) {
    const log = vscode.window.createOutputChannel('tree test', { log: true });
    const documents = new Documents();
    const transport = createHttpTransport({ editor: () => null, environment: {} });
    const memento: vscode.Memento = {
      get: () => undefined,
      update: () => Promise.resolve(),
      keys: () => [],
    };
    const credentials = new Credentials({ storage, workspaceState: memento, transport, userAgent: 'test/1' });
    const secrets = new Secrets(storage);
    const requestFiles = new RequestFiles(documents, log);
    this.#storage = storage;
    this.functions = new WorkspaceFunctions(log);
    this.view = new FunctionsView({
      functions: this.functions,
      local: { onDidChange: this.#ran.event, state: (folder) => this.states.get(folder.toString()) },
      sender: {
        onDidChangeRunning: this.#sent.event,
        isRunning: () => false,
        lastResult: (uri, key) => this.results.get(`${uri}\n${key}`),
        recentRuns: () => this.runs,
        reveal: () => false,
      },
      documents,
      requestFiles,
      log,
      transport,
      credentials,
      secrets,
      cacheDir,
    });
    this.#toDispose = [
      this.view.tree.onDidChangeTreeData((nodes) => this.told.push(nodes)),
      ...[
        this.view,
        requestFiles,
        this.functions,
        credentials,
        secrets,
        documents,
        log,
        this.#ran,
        this.#sent,
      ],
      { dispose: () => transport.dispose() },
    ];
  }

  /** Tells of {@link states}. */
  tellOfStates(): void {
    this.#ran.fire();
  }

  /** Tells of {@link results} and {@link runs}. */
  tellOfSends(): void {
    this.#sent.fire();
  }

  /** Enters the account's key for the active profile, as a user would have. */
  async enterKey(): Promise<void> {
    await this.functions.folders();
    const kept = new KeptCredentials({
      storage: this.#storage,
      tokens: createTokenSource({
        transport: createHttpTransport({ editor: () => null, environment: {} }),
        storage: this.#storage,
        deviceId: () => Promise.resolve('test'),
        userAgent: 'test/1',
      }),
      cliLeaves: { read: () => undefined, write: () => Promise.resolve() },
      questions: {
        enter: () => Promise.resolve(accountKey),
        otherOrigin: () => Promise.resolve(undefined),
        useCliLogin: () => Promise.resolve(false),
        describe: (kind) => kind,
      },
      onDidChange: () => {},
    });
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    await kept.accountKey(profilesFor(folder?.uri, this.functions).active, new AbortController());
  }

  nodes(parent?: TreeNode): Promise<TreeNode[]> {
    return this.view.tree.getChildren(parent);
  }

  async row(node: TreeNode): Promise<Row> {
    const { label, description, contextValue = '' } = await this.view.tree.getTreeItem(node);
    return { label: label as string, description: description as string, contextValue };
  }

  /** What the tree shows below a node, or at its root. */
  async rows(parent?: TreeNode): Promise<Row[]> {
    return Promise.all((await this.nodes(parent)).map((node) => this.row(node)));
  }

  async labels(parent?: TreeNode): Promise<string[]> {
    return (await this.rows(parent)).map(({ label }) => label);
  }

  /** The node of that label below a node, or at the root. */
  async node(label: string, parent?: TreeNode): Promise<TreeNode> {
    for (const node of await this.nodes(parent)) if ((await this.row(node)).label === label) return node;
    throw new Error(`No "${label}" in the tree`);
  }

  dispose(): void {
    for (const one of this.#toDispose) one.dispose();
  }
}

/** Sets profiles for the time of an action; settles each time when they hold. */
export async function withProfiles(
  profiles: Readonly<Record<string, object>>,
  action: () => Promise<void>,
): Promise<void> {
  const configuration = () => vscode.workspace.getConfiguration('cbhttp');
  const before = ['profiles', 'activeProfile'].map((name) => configuration().inspect(name)?.workspaceValue);
  const write = async (values: readonly unknown[]): Promise<void> => {
    const [written, active] = values;
    await configuration().update('profiles', written, vscode.ConfigurationTarget.Workspace);
    await configuration().update('activeProfile', active, vscode.ConfigurationTarget.Workspace);
    const holds = () =>
      JSON.stringify(configuration().inspect('profiles')?.workspaceValue) === JSON.stringify(written);
    await until(holds, 5000);
  };
  await write([profiles, Object.keys(profiles)[0]]);
  try {
    await action();
  } finally {
    await write(before);
  }
}

/** A folder of this machine that goes with the action. */
export async function withFolder(action: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'cbhttp-tree-'));
  try {
    await action(dir);
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
