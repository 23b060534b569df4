import type * as vscode from 'vscode';
import { requestLabel } from '../core/cbhttp/document.ts';
import type { LocatedRequest } from './documents.ts';

/** The request that a run is of. */
export interface RunSubject {
  /** Of its document. */
  readonly uri: vscode.Uri;
  /** See `requestKeys`. */
  readonly key: string;
  /** What the request is called. */
  readonly label: string;
  /** As written. */
  readonly method: string;
  readonly target: string;
  /** The request in its document, as it was sent; null for a run that the history kept. */
  readonly located: LocatedRequest | null;
}

/** The subject of a run that is about to begin. */
export function subjectOf(located: LocatedRequest): RunSubject {
  const { textDocument, request, key } = located;
  const { method, target } = request;
  return { uri: textDocument.uri, key, label: requestLabel(request), method, target, located };
}
