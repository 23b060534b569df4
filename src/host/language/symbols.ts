import * as vscode from 'vscode';
import { shift } from '../../core/cbhttp/document.ts';
import { symbolsOf, type DocumentSymbol } from '../../core/cbhttp/symbols/symbols.ts';
import { languageId } from '../contributions.ts';
import { DisposableStore } from '../disposableStore.ts';
import { toRange, type Documents } from '../documents.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

const kinds: Readonly<Record<DocumentSymbol['kind'], vscode.SymbolKind>> = {
  request: vscode.SymbolKind.Method,
  variable: vscode.SymbolKind.Variable,
  section: vscode.SymbolKind.Namespace,
};

/** Outline, breadcrumbs and "Go to Symbol" of a file; "Go to Symbol in Workspace" over all requests. */
export function registerSymbols(documents: Documents, index: WorkspaceIndex): vscode.Disposable {
  const store = new DisposableStore();
  store.add(
    vscode.languages.registerDocumentSymbolProvider(languageId, {
      provideDocumentSymbols: (textDocument) => {
        const document = documents.get(textDocument);
        return symbolsOf(document).flatMap((symbols, index) =>
          symbols.map((symbol) => toSymbol(textDocument, symbol, document.offsets[index] ?? 0)),
        );
      },
    }),
  );
  store.add(
    vscode.languages.registerWorkspaceSymbolProvider({
      provideWorkspaceSymbols: (query) => findRequests(index, query),
    }),
  );
  return store;
}

function toSymbol(
  textDocument: vscode.TextDocument,
  { name, detail, kind, span, selectionSpan, children }: DocumentSymbol,
  offset: number,
): vscode.DocumentSymbol {
  const shown = new vscode.DocumentSymbol(
    name,
    detail,
    kinds[kind],
    toRange(textDocument, shift(span, offset)),
    toRange(textDocument, shift(selectionSpan, offset)),
  );
  shown.children = children.map((child) => toSymbol(textDocument, child, offset));
  return shown;
}

async function findRequests(index: WorkspaceIndex, query: string): Promise<vscode.SymbolInformation[]> {
  const found: vscode.SymbolInformation[] = [];
  for (const [file, { requests }] of await index.files()) {
    const uri = vscode.Uri.parse(file, true);
    for (const { label, method, target, line } of requests) {
      if (!hasInOrder(label.toLowerCase(), query.toLowerCase())) continue;
      const location = new vscode.Location(uri, new vscode.Position(line, 0));
      // VS Code adds the file's name itself.
      const sent = `${method} ${target}`;
      const container = sent === label ? '' : sent;
      found.push(new vscode.SymbolInformation(label, kinds.request, container, location));
    }
  }
  return found;
}

/** True if the text has the query's characters in their order, which is what VS Code's own matching asks for. */
function hasInOrder(text: string, query: string): boolean {
  let at = 0;
  for (const character of query) {
    if (/\s/.test(character)) continue;
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
