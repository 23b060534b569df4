import * as vscode from 'vscode';
import type { Severity } from '../core/cbhttp/document.ts';
import type { FunctionIssue } from '../core/functions/issue.ts';
import { DisposableStore } from './disposableStore.ts';
import { checkFolder, checkFunction, type CheckedText } from './checkedFiles.ts';
import { concerns } from './fileChanges.ts';
import { FileTexts } from './fileTexts.ts';
import { registerFunctionFixes } from './functionFixes.ts';
import { say } from './translate.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** What the checks of functions' files are made from. */
export interface FunctionProblemsDeps {
  readonly functions: WorkspaceFunctions;
  readonly log: vscode.LogOutputChannel;
}

/** So long nobody may have typed before a file is checked again, in ms. */
const PAUSE_MS = 300;
/** Functions checked at the same time. */
const PARALLEL = 8;

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Shows what is wrong in the configs, the scf_bootstrap and the start file of each function, live, with fixes. */
export function registerFunctionProblems(deps: FunctionProblemsDeps): vscode.Disposable {
  const store = new DisposableStore();
  const problems = store.add(new FunctionProblems(deps));
  store.add(
    registerFunctionFixes({
      checkedText: (uri) => problems.checkedText(uri),
      functions: deps.functions,
      onDidFix: (uri) => problems.touch(uri),
    }),
  );
  return store;
}

/** One thing that is checked as a whole: a folder's configs, or a function's own files. */
type Check = () => Promise<readonly CheckedText[]>;

/** The problems of all functions' files. */
class FunctionProblems implements vscode.Disposable {
  readonly #deps: FunctionProblemsDeps;
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(vscode.languages.createDiagnosticCollection('cbhttp.functions'));
  readonly #texts = new FileTexts();
  /** By the check that found it, then by its file's URI. */
  readonly #found = new Map<string, ReadonlyMap<string, CheckedText>>();
  #checks: ReadonlyMap<string, Check> = new Map();
  /** The checks that have to do with a file, by its URI. */
  readonly #checksOf = new Map<string, Set<string>>();
  readonly #waiting = new Set<string>();
  #work: Promise<void> = Promise.resolve();
  /** Documents that somebody types in. */
  readonly #typed = new Map<string, vscode.Uri>();
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: FunctionProblemsDeps) {
    this.#deps = deps;
    this.#store.add(deps.functions.onDidChange(() => this.#checkAll()));
    this.#store.add(deps.functions.onDidTouchFile((uri) => this.touch(uri)));
    this.#store.add(vscode.workspace.onDidOpenTextDocument(({ uri }) => this.touch(uri)));
    this.#store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.touch(uri)));
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#checkAll()));
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#checksOf.has(document.uri.toString())) this.#touchSoon(document.uri);
      }),
    );
    this.#store.add({ dispose: () => clearTimeout(this.#timer) });
    this.#checkAll();
  }

  /** A file as it was checked last; undefined for one that is not. */
  checkedText(uri: vscode.Uri): CheckedText | undefined {
    const key = uri.toString();
    for (const check of this.#checksOf.get(key) ?? []) {
      const found = this.#found.get(check)?.get(key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Checks again what has to do with a file, or with those in a folder. */
  touch(uri: vscode.Uri): void {
    for (const [file, checks] of this.#checksOf) if (concerns(uri, file)) this.#run(checks);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #touchSoon(uri: vscode.Uri): void {
    this.#typed.set(uri.toString(), uri);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const typed of this.#typed.values()) this.touch(typed);
      this.#typed.clear();
    }, PAUSE_MS);
  }

  #checkAll(): void {
    const { functions } = this.#deps;
    const checks = new Map<string, Check>();
    for (const { workspaceFolder, functions: all } of functions.known()) {
      checks.set(`folder ${workspaceFolder.uri.toString()}`, () =>
        checkFolder(workspaceFolder.uri, this.#texts, functions),
      );
      for (const one of all) {
        if (functions.factsOf(one.folder)?.hasBootstrap !== true) continue;
        checks.set(`function ${one.folder.toString()}`, () => checkFunction(one, this.#texts));
      }
    }
    this.#checks = checks;
    this.#run([...checks.keys(), ...this.#found.keys()]);
  }

  /** One after another, and those that come meanwhile together. */
  #run(names: Iterable<string>): void {
    const isWaiting = this.#waiting.size > 0;
    for (const name of names) this.#waiting.add(name);
    if (isWaiting || this.#waiting.size === 0) return;
    this.#work = this.#work.then(async () => {
      const left = [...this.#waiting].values();
      this.#waiting.clear();
      const work = async (): Promise<void> => {
        for (const name of left) await this.#check(name);
      };
      await Promise.all(Array.from({ length: PARALLEL }, work));
    });
  }

  async #check(name: string): Promise<void> {
    const former = this.#found.get(name) ?? new Map<string, CheckedText>();
    const found = new Map<string, CheckedText>();
    try {
      for (const one of (await this.#checks.get(name)?.()) ?? []) found.set(one.uri.toString(), one);
    } catch (error) {
      this.#deps.log.error('The files of functions could not be checked', error);
    }
    if (this.#store.isDisposed) return;
    if (this.#checks.has(name)) this.#found.set(name, found);
    else this.#found.delete(name);
    for (const key of former.keys()) if (!found.has(key)) this.#checksOf.get(key)?.delete(name);
    for (const key of found.keys()) {
      const checks = this.#checksOf.get(key) ?? new Set();
      this.#checksOf.set(key, checks.add(name));
    }
    for (const [key, { uri }] of new Map([...former, ...found])) {
      if (written(former.get(key)) !== written(found.get(key))) this.#show(uri);
    }
  }

  #show(uri: vscode.Uri): void {
    const key = uri.toString();
    const checks = [...(this.#checksOf.get(key) ?? [])];
    const all = checks.flatMap((check) => this.#found.get(check)?.get(key) ?? []);
    this.#collection.set(
      uri,
      all.flatMap((checked) => checked.issues.map((issue) => toDiagnostic(checked, issue))),
    );
  }
}

function toDiagnostic({ rangeOf }: CheckedText, issue: FunctionIssue): vscode.Diagnostic {
  const range = rangeOf(issue.span);
  const diagnostic = new vscode.Diagnostic(range, say(issue.message), severities[issue.severity]);
  diagnostic.source = 'cbhttp';
  diagnostic.code = issue.code;
  return diagnostic;
}

/** What is shown of a file: the same as long as nothing of it is another than before. */
function written(checked: CheckedText | undefined): string {
  if (checked === undefined || checked.issues.length === 0) return '';
  return JSON.stringify(
    checked.issues.map(({ code, message, span }) => [code, message, checked.rangeOf(span)]),
  );
}
