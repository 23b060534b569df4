import * as vscode from 'vscode';
import type { Severity } from '../core/cbhttp/document.ts';
import { languageId } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { isWritable, toRange, type Documents } from './documents.ts';
import { say } from './translate.ts';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Shows the parser's problems where they stand. */
export function registerDiagnostics(documents: Documents): vscode.Disposable {
  const store = new DisposableStore();
  const collection = store.add(vscode.languages.createDiagnosticCollection('cbhttp'));
  const update = (textDocument: vscode.TextDocument): void => {
    if (textDocument.languageId !== languageId || !isWritable(textDocument)) return;
    const diagnostics = documents.parse(textDocument).document.problems.map((problem) => {
      const range = toRange(textDocument, problem.span);
      const diagnostic = new vscode.Diagnostic(range, say(problem.message), severities[problem.severity]);
      diagnostic.source = 'cbhttp';
      return diagnostic;
    });
    collection.set(textDocument.uri, diagnostics);
  };
  store.add(vscode.workspace.onDidOpenTextDocument(update));
  store.add(vscode.workspace.onDidChangeTextDocument((event) => update(event.document)));
  store.add(vscode.workspace.onDidCloseTextDocument((closed) => collection.delete(closed.uri)));
  for (const textDocument of vscode.workspace.textDocuments) update(textDocument);
  return store;
}
