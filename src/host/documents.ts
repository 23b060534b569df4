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

  /**
   * The request of that key, or undefined if neither an open document nor a file has it any more. Opens the file if
   * needed; an untitled document that was closed is not made anew.
   */
  async find(uri: vscode.Uri, key: string): Promise<LocatedRequest | undefined> {
    const textDocument =
      vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString()) ??
      (uri.scheme === 'untitled' ? undefined : await openIfThere(uri));
    return textDocument && this.requests(textDocument).find((one) => one.key === key);
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

/** True for a document one writes in; false for the read-only copies of diffs and source control. */
export function isWritable(textDocument: vscode.TextDocument): boolean {
  const { scheme } = textDocument.uri;
  return scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}

async function openIfThere(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined; // deleted, or no longer to be read: the caller says that the request is gone
  }
}

/** A span as the editor's range. */
export function toRange(
  textDocument: vscode.TextDocument,
  span: { readonly start: number; readonly end: number },
): vscode.Range {
  return new vscode.Range(textDocument.positionAt(span.start), textDocument.positionAt(span.end));
}
