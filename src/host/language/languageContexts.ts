import * as vscode from 'vscode';
import type { FunctionInfo, LanguageContext } from '../../core/cbhttp/languageContext.ts';
import { shownExchange } from '../../core/cbhttp/variables/rememberExchange.ts';
import { pathsByFunction } from '../../core/functions/requestIndex.ts';
import type { WorkspaceExchanges } from '../exchangeMemory.ts';
import { DisposableStore } from '../disposableStore.ts';
import type { LocalFunctions } from '../localFunctions.ts';
import { profilesFor } from '../profiles.ts';
import type { Secrets } from '../secrets.ts';
import type { WorkspaceFunctions } from '../workspaceFunctions.ts';
import { EnvironmentFiles } from './environmentFiles.ts';
import { KnownFiles } from './knownFiles.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** Where the language features learn what they know of the workspace. */
export interface LanguageContextsDeps {
  readonly functions: WorkspaceFunctions;
  readonly local: LocalFunctions;
  readonly index: WorkspaceIndex;
  readonly exchanges: WorkspaceExchanges;
  readonly secrets: Secrets;
}

/** What the language features know beside a document's text, kept until something of it changes. */
export class LanguageContexts implements vscode.Disposable {
  readonly #deps: LanguageContextsDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #dotenv = this.#store.add(new EnvironmentFiles());
  readonly #files = this.#store.add(new KnownFiles());
  readonly #known = new Map<string, LanguageContext>();
  #functions: readonly FunctionInfo[] | undefined;

  /** Something the features know is another than before. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: LanguageContextsDeps) {
    this.#deps = deps;
    const forget = (): void => {
      this.#known.clear();
      this.#functions = undefined;
      this.#changed.fire();
    };
    for (const event of [
      deps.functions.onDidChange,
      deps.local.onDidChange,
      deps.index.onDidChange,
      deps.exchanges.onDidChange,
      deps.secrets.onDidChange,
      this.#dotenv.onDidChange,
      this.#files.onDidChange,
      vscode.workspace.onDidGrantWorkspaceTrust,
    ]) {
      this.#store.add(event(forget));
    }
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('cbhttp')) forget();
      }),
    );
    void deps.index.files();
    void deps.secrets.load();
  }

  /** For one document; the same object as long as nothing of it has changed. */
  readonly of = (textDocument: vscode.TextDocument): LanguageContext => {
    const key = textDocument.uri.toString();
    let context = this.#known.get(key);
    if (context === undefined) {
      context = this.#make(textDocument.uri);
      this.#known.set(key, context);
    }
    return context;
  };

  dispose(): void {
    this.#store.dispose();
  }

  #make(document: vscode.Uri): LanguageContext {
    const { index, exchanges, secrets, local } = this.#deps;
    const profiles = profilesFor(document, this.#deps.functions);
    const isTrusted = vscode.workspace.isTrusted;
    const uri = document.toString();
    const others = [...index.known()].filter(([file]) => file !== uri);
    return {
      profiles,
      functions: (this.#functions ??= this.#readFunctions()),
      addresses: {
        routes: this.#deps.functions.configOf(document).routes,
        runningPort: (name) => local.runningPort(name, document),
      },
      lastExchange: (requestName) => {
        const exchange = exchanges.forDocument(document).last(requestName);
        return exchange && shownExchange(exchange);
      },
      secretNames: (name) => {
        const profile = profiles.profiles.find((one) => one.name === name);
        return profile === undefined ? [] : secrets.names(profile);
      },
      environmentNames: isTrusted ? Object.keys(process.env) : [],
      dotenvNames: isTrusted ? this.#dotenv.names(document) : [],
      otherRequestNames: others.flatMap(([, { requests }]) => requests.flatMap(({ name }) => name ?? [])),
      fileExists: (path) => this.#files.exists(document, path),
      isOutside: (path) => isOutside(document, path),
    };
  }

  #readFunctions(): readonly FunctionInfo[] {
    const paths = pathsByFunction(this.#deps.index.known());
    return this.#deps.functions.known().flatMap(({ functions }) =>
      functions.map(({ declared, folder }) => ({
        name: declared.name,
        kind: declared.type === 'HTTP' ? ('http' as const) : ('event' as const),
        folderUri: folder.toString(),
        paths: paths.get(declared.name) ?? [],
      })),
    );
  }
}

/** True for a path that leads out of the workspace; undefined where there is none. */
function isOutside(document: vscode.Uri, path: string): boolean | undefined {
  if (vscode.workspace.getWorkspaceFolder(document) === undefined) return undefined;
  const file = path.startsWith('/') ? document.with({ path }) : vscode.Uri.joinPath(document, '..', path);
  return vscode.workspace.getWorkspaceFolder(file) === undefined;
}
