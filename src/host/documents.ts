import * as vscode from 'vscode';
import {
  placedRequests,
  requestAtLine,
  requestKeys,
  type CbDocument,
  type CbRequest,
  type PlacedRequest,
} from '../core/cbhttp/document.ts';
import { parseCbhttp } from '../core/cbhttp/parse.ts';
import { updateDocument } from '../core/cbhttp/update.ts';
import { languageId } from './contributions.ts';

/** A request of an open document, as its text is now, saved or not. */
export interface LocatedRequest {
  readonly textDocument: vscode.TextDocument;
  readonly document: CbDocument;
  readonly placed: PlacedRequest;
  readonly request: CbRequest;
  readonly key: string;
}

/** The parsed text of open documents, for every feature: each is parsed once and then kept up with its edits. */
export class Documents implements vscode.Disposable {
  readonly #parsed = new WeakMap<vscode.TextDocument, { version: number; document: CbDocument }>();
  readonly #listener = vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event));

  /** The document's text as it is now. */
  get(textDocument: vscode.TextDocument): CbDocument {
    const known = this.#parsed.get(textDocument);
    if (known?.version === textDocument.version) return known.document;
    const document = parseCbhttp(textDocument.getText());
    this.#parsed.set(textDocument, { version: textDocument.version, document });
    return document;
  }

  /** All requests of a document, in order. */
  requests(textDocument: vscode.TextDocument): LocatedRequest[] {
    const document = this.get(textDocument);
    return placedRequests(document).map((placed) => locate(textDocument, document, placed));
  }

  /**
   * The request of that key, or undefined if neither an open document nor a file has it any more. Opens the file if
   * needed; an untitled document that was closed is not made anew.
   */
  async find(uri: vscode.Uri, key: string): Promise<LocatedRequest | undefined> {
    const textDocument =
      vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString()) ??
      (uri.scheme === 'untitled' ? undefined : await openIfThere(uri));
    if (textDocument === undefined) return undefined;
    const document = this.get(textDocument);
    const placed = placedRequests(document)[requestKeys(document).indexOf(key)];
    return placed && locate(textDocument, document, placed);
  }

  /** As {@link Documents.find}, and tells the user where it is gone. */
  async findOrTell(uri: vscode.Uri, key: string): Promise<LocatedRequest | undefined> {
    const located = await this.find(uri, key);
    if (located === undefined) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The request is no longer in {0}: it was renamed or removed.', uri.path),
      );
    }
    return located;
  }

  /** The request under the cursor of an editor, or undefined. */
  atCursor(editor: vscode.TextEditor): LocatedRequest | undefined {
    if (editor.document.languageId !== languageId) return undefined;
    const document = this.get(editor.document);
    const placed = requestAtLine(document, editor.selection.active.line);
    return placed && locate(editor.document, document, placed);
  }

  dispose(): void {
    this.#listener.dispose();
  }

  /** Parses what was edited; where the edits do not lead from the known text to this one, the next reader parses all. */
  #follow({ document: textDocument, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const known = this.#parsed.get(textDocument);
    if (known === undefined || known.version === textDocument.version) return;
    this.#parsed.delete(textDocument);
    if (known.version + 1 !== textDocument.version) return;
    const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      offset: rangeOffset,
      length: rangeLength,
      text,
    }));
    const document = updateDocument(known.document, changes);
    const length = textDocument.offsetAt(new vscode.Position(textDocument.lineCount, 0));
    if (document.length !== length) return;
    this.#parsed.set(textDocument, { version: textDocument.version, document });
  }
}

function locate(
  textDocument: vscode.TextDocument,
  document: CbDocument,
  placed: PlacedRequest,
): LocatedRequest {
  const key = requestKeys(document)[placed.index] ?? '';
  return { textDocument, document, placed, request: placed.request, key };
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
