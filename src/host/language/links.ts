import * as vscode from 'vscode';
import { linksOf, type DocumentLink } from '../../core/cbhttp/links/links.ts';
import { languageId } from '../contributions.ts';
import { toRange, type Documents } from '../documents.ts';

/** Opens body files and URLs by a click. */
export function registerLinks(documents: Documents): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(languageId, {
    provideDocumentLinks: (textDocument) =>
      linksOf(documents.get(textDocument)).flatMap((link) => {
        const target = targetOf(textDocument, link);
        return target === undefined
          ? []
          : [new vscode.DocumentLink(toRange(textDocument, link.span), target)];
      }),
  });
}

/** Undefined for files outside the workspace, which are not sent either. */
function targetOf(
  { uri, isUntitled }: vscode.TextDocument,
  { kind, target }: DocumentLink,
): vscode.Uri | undefined {
  if (kind === 'url') {
    // A Uri would decode %26 to &. VS Code's own links, which take the text, are left to those.
    return target.includes('%') ? undefined : vscode.Uri.parse(target, true);
  }
  if (isUntitled) return undefined;
  const path = target.replaceAll('\\', '/');
  const file = path.startsWith('/') ? uri.with({ path }) : vscode.Uri.joinPath(uri, '..', path);
  return vscode.workspace.getWorkspaceFolder(file) === undefined ? undefined : file;
}
