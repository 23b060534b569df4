import * as vscode from 'vscode';
import type { Problem, Severity } from '../../core/cbhttp/document.ts';
import type { LanguageContext } from '../../core/cbhttp/languageContext.ts';
import { checkInSlices } from '../checkInSlices.ts';
import { languageId } from '../contributions.ts';
import { DisposableStore } from '../disposableStore.ts';
import { isWritable, toRange, type Documents } from '../documents.ts';
import { inSlices } from '../inSlices.ts';
import { say } from '../translate.ts';

/** What problems are found from. */
export interface DiagnosticsSources {
  readonly documents: Documents;
  readonly context: (textDocument: vscode.TextDocument) => LanguageContext;
  /** Something beside the text has changed: settings, functions, files, responses. */
  readonly onDidChangeContext: vscode.Event<unknown>;
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** So long nobody may have typed before problems are looked for, and before the word at the cursor counts, in ms. */
const PAUSE_MS = 300;
const WORD_PAUSE_MS = 1500;

/** Shows the problems of request files where they stand, a moment after the last change. */
export function registerDiagnostics(sources: DiagnosticsSources): vscode.Disposable {
  const store = new DisposableStore();
  const collection = store.add(vscode.languages.createDiagnosticCollection('cbhttp'));
  const shown = new Map<vscode.TextDocument, ShownProblems>();
  const open = (textDocument: vscode.TextDocument): void => {
    if (textDocument.languageId !== languageId || !isWritable(textDocument)) return;
    const problems = new ShownProblems(textDocument, sources, collection);
    shown.set(textDocument, problems);
    problems.update();
  };
  store.add(vscode.workspace.onDidOpenTextDocument(open));
  store.add(
    vscode.workspace.onDidCloseTextDocument((closed) => {
      shown.get(closed)?.dispose();
      shown.delete(closed);
      collection.delete(closed.uri);
    }),
  );
  store.add(vscode.workspace.onDidChangeTextDocument((event) => shown.get(event.document)?.follow(event)));
  store.add(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) =>
      shown.get(textEditor.document)?.leave(selections),
    ),
  );
  store.add(
    sources.onDidChangeContext(() => {
      for (const problems of shown.values()) problems.updateSoon();
    }),
  );
  store.add({ dispose: () => shown.forEach((problems) => problems.dispose()) });
  for (const textDocument of vscode.workspace.textDocuments) open(textDocument);
  return store;
}

/** The problems of one open document, none at the word that is being typed. */
class ShownProblems implements vscode.Disposable {
  readonly #textDocument: vscode.TextDocument;
  readonly #sources: DiagnosticsSources;
  readonly #collection: vscode.DiagnosticCollection;
  #shown: readonly vscode.Diagnostic[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** End of the word that somebody types; null where nobody does. */
  #typedAt: number | null = null;
  #withheld: readonly Problem[] = [];
  /** The update that goes on, which a newer one or the end takes the place of. */
  #run: object | null = null;

  constructor(
    textDocument: vscode.TextDocument,
    sources: DiagnosticsSources,
    collection: vscode.DiagnosticCollection,
  ) {
    this.#textDocument = textDocument;
    this.#sources = sources;
    this.#collection = collection;
  }

  follow({ contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const [change] = contentChanges;
    if (change === undefined) return; // saved, or no longer
    const isTyped =
      reason === undefined &&
      contentChanges.length === 1 &&
      vscode.window.activeTextEditor?.document === this.#textDocument;
    this.#typedAt = isTyped ? this.#wordEnd(change.rangeOffset + change.text.length) : null;
    this.updateSoon();
  }

  /** The cursor has moved: what it left is no longer being typed. */
  leave(selections: readonly vscode.Selection[]): void {
    if (this.#withheld.length === 0) return;
    const offsets = selections.map(({ active }) => this.#wordEnd(this.#textDocument.offsetAt(active)));
    if (this.#withheld.some((problem) => offsets.some((offset) => touches(problem, offset)))) return;
    this.#typedAt = null;
    this.updateSoon();
  }

  updateSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.update(), PAUSE_MS);
  }

  update(): void {
    clearTimeout(this.#timer);
    void this.#update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#run = null;
  }

  /** Blanks after a word belong to it: what comes after `POST ` or `# @ref ` is being thought of. */
  #wordEnd(offset: number): number {
    const { line, character } = this.#textDocument.positionAt(offset);
    const before = this.#textDocument.lineAt(line).text.slice(0, character);
    return offset - (before.length - before.trimEnd().length);
  }

  /** Finds and shows the problems in slices; gives up when the text changes, which brings the next update. */
  async #update(): Promise<void> {
    const run = { version: this.#textDocument.version };
    this.#run = run;
    const isStale = (): boolean => this.#run !== run || this.#textDocument.version !== run.version;
    const { documents, context } = this.#sources;
    const document = documents.get(this.#textDocument);
    const problems = await checkInSlices(document, context(this.#textDocument), isStale);
    if (problems === null || isStale()) return;
    const typedAt = this.#typedAt;
    const withheld = new Set(typedAt === null ? [] : problems.filter((problem) => touches(problem, typedAt)));
    const diagnostics: vscode.Diagnostic[] = [];
    for await (const problem of inSlices(problems)) {
      if (isStale()) return;
      if (!withheld.has(problem)) diagnostics.push(toDiagnostic(this.#textDocument, problem));
    }
    if (isStale()) return;
    this.#withheld = [...withheld];
    this.#show(diagnostics);
    if (withheld.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#typedAt = null;
      this.update();
    }, WORD_PAUSE_MS - PAUSE_MS);
  }

  #show(diagnostics: readonly vscode.Diagnostic[]): void {
    const isSame =
      diagnostics.length === this.#shown.length &&
      diagnostics.every((diagnostic, index) => isEqual(diagnostic, this.#shown[index]));
    if (isSame) return;
    this.#shown = diagnostics;
    this.#collection.set(this.#textDocument.uri, diagnostics);
  }
}

function toDiagnostic(textDocument: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
  const { code, message, severity, span } = problem;
  const diagnostic = new vscode.Diagnostic(toRange(textDocument, span), say(message), severities[severity]);
  diagnostic.source = 'cbhttp';
  if (code !== undefined) diagnostic.code = code;
  if (code === 'unreached-directive' || code === 'computed-header')
    diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}

function isEqual(a: vscode.Diagnostic, b: vscode.Diagnostic | undefined): boolean {
  return b !== undefined && a.code === b.code && a.message === b.message && a.range.isEqual(b.range);
}

function touches({ span }: Problem, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
