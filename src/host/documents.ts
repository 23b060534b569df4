import * as vscode from 'vscode';
import { requestAtLine, requestKeys, type CbDocument, type CbRequest } from '../core/cbhttp/document.ts';
import { parseCbhttp } from '../core/cbhttp/parse.ts';
import { languageId } from './contributions.ts';

/** A request of an open document, as its text is now, saved or not. */
export interface LocatedRequest {
  readonly textDocument: vscode.TextDocument;
  readonly document: CbDocument;
  readonly request: CbRequest;
  readonly key: string;
}

/** Parses each version of an open document once, for every feature. */
export class Documents {
  readonly #parsed = new WeakMap<
    vscode.TextDocument,
    { version: number; document: CbDocument; keys: readonly string[] }
  >();

  parse(textDocument: vscode.TextDocument): { document: CbDocument; keys: readonly string[] } {
    const known = this.#parsed.get(textDocument);
    if (known?.version === textDocument.version) return known;
    const document = parseCbhttp(textDocument.getText());
    const parsed = { version: textDocument.version, document, keys: requestKeys(document) };
    this.#parsed.set(textDocument, parsed);
    return parsed;
  }

  /** All requests of a document, in order. */
  requests(textDocument: vscode.TextDocument): LocatedRequest[] {
    const { document, keys } = this.parse(textDocument);
    return document.requests.map((request) => ({
      textDocument,
      document,
      request,
      key: keys[request.index] ?? '',
    }));
  }

  /** The request of that key, or undefined if the text no longer has it. Opens the document if needed. */
  async find(uri: vscode.Uri, key: string): Promise<LocatedRequest | undefined> {
    const textDocument = await vscode.workspace.openTextDocument(uri);
    return this.requests(textDocument).find((one) => one.key === key);
  }

  /** The request under the cursor of an editor, or undefined. */
  atCursor(editor: vscode.TextEditor): LocatedRequest | undefined {
    if (editor.document.languageId !== languageId) return undefined;
    const { document, keys } = this.parse(editor.document);
    const request = requestAtLine(document, editor.selection.active.line);
    if (request === undefined) return undefined;
    return { textDocument: editor.document, document, request, key: keys[request.index] ?? '' };
  }
}

/** A span as the editor's range. */
export function toRange(
  textDocument: vscode.TextDocument,
  span: { readonly start: number; readonly end: number },
): vscode.Range {
  return new vscode.Range(textDocument.positionAt(span.start), textDocument.positionAt(span.end));
}
