import * as vscode from 'vscode';
import { bodyFiles, type FolderEntry } from '../../core/cbhttp/complete/bodyFiles.ts';
import { completionsAt, TRIGGER_CHARACTERS } from '../../core/cbhttp/complete/complete.ts';
import type { Completion, CompletionKind } from '../../core/cbhttp/complete/completion.ts';
import { limitOffers } from '../../core/cbhttp/complete/limitOffers.ts';
import type { LanguageContext } from '../../core/cbhttp/languageContext.ts';
import { languageId } from '../contributions.ts';
import { toRange, type Documents } from '../documents.ts';
import { say } from '../translate.ts';

/** Offers what can stand at the cursor. */
export function registerCompletion(
  documents: Documents,
  context: (textDocument: vscode.TextDocument) => LanguageContext,
): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    provideCompletionItems: async (textDocument, position, token, { triggerKind, triggerCharacter }) => {
      const document = documents.get(textDocument);
      const offset = textDocument.offsetAt(position);
      const trigger =
        triggerKind === vscode.CompletionTriggerKind.TriggerCharacter ? triggerCharacter : undefined;
      const offers = completionsAt(document, offset, context(textDocument), trigger);
      const files = await bodyFiles(document, offset, (folder) => listFolder(textDocument, folder));
      if (token.isCancellationRequested) return [];
      const shown = limitOffers([...offers, ...files], (start) =>
        textDocument.getText(new vscode.Range(textDocument.positionAt(start), position)),
      );
      const items = shown.offers.map((offer, index) => toItem(textDocument, position, offer, index));
      return new vscode.CompletionList(items, !shown.isComplete);
    },
  };
  return vscode.languages.registerCompletionItemProvider(languageId, provider, ...TRIGGER_CHARACTERS);
}

function toItem(
  textDocument: vscode.TextDocument,
  position: vscode.Position,
  offer: Completion,
  index: number,
): vscode.CompletionItem {
  const detail = typeof offer.detail === 'object' ? say(offer.detail) : offer.detail;
  // As a description it shows on every row; a detail alone only on the chosen one.
  const label = detail === undefined ? offer.label : { label: offer.label, description: detail };
  const item = new vscode.CompletionItem(label, KINDS[offer.kind]);
  const replacing = toRange(textDocument, offer.span);
  item.range = { inserting: new vscode.Range(replacing.start, position), replacing };
  item.insertText = offer.isSnippet === true ? new vscode.SnippetString(offer.insertText) : offer.insertText;
  item.sortText = `${offer.group}${String(index).padStart(5, '0')}`;
  if (detail !== undefined) item.detail = detail;
  item.documentation = documentationOf(offer);
  if (offer.filterText !== undefined) item.filterText = offer.filterText;
  if (offer.commitCharacters !== undefined) item.commitCharacters = [...offer.commitCharacters];
  if (offer.opensNext === true) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}

function documentationOf({ documentation, preview }: Completion): vscode.MarkdownString | string {
  const text = documentation === undefined ? '' : say(documentation);
  if (preview === undefined) return text;
  return new vscode.MarkdownString().appendText(text).appendCodeblock(preview, languageId);
}

/** Nothing outside the workspace: no file there is sent either. */
async function listFolder(
  { uri, isUntitled }: vscode.TextDocument,
  folder: string,
): Promise<readonly FolderEntry[]> {
  if (isUntitled) return [];
  const at = folder.startsWith('/') ? uri.with({ path: folder }) : vscode.Uri.joinPath(uri, '..', folder);
  if (vscode.workspace.getWorkspaceFolder(at) === undefined) return [];
  try {
    const entries = await vscode.workspace.fs.readDirectory(at);
    return entries.map(([name, type]) => ({ name, isFolder: (type & vscode.FileType.Directory) !== 0 }));
  } catch {
    return []; // half a path, mostly
  }
}

const KINDS: Readonly<Record<CompletionKind, vscode.CompletionItemKind>> = {
  method: vscode.CompletionItemKind.Keyword,
  function: vscode.CompletionItemKind.Function,
  path: vscode.CompletionItemKind.Reference,
  scheme: vscode.CompletionItemKind.Keyword,
  header: vscode.CompletionItemKind.Field,
  value: vscode.CompletionItemKind.Value,
  directive: vscode.CompletionItemKind.Keyword,
  profile: vscode.CompletionItemKind.EnumMember,
  variable: vscode.CompletionItemKind.Variable,
  'system-variable': vscode.CompletionItemKind.Constant,
  secret: vscode.CompletionItemKind.Constant,
  request: vscode.CompletionItemKind.Reference,
  template: vscode.CompletionItemKind.Snippet,
  key: vscode.CompletionItemKind.Property,
  file: vscode.CompletionItemKind.File,
  folder: vscode.CompletionItemKind.Folder,
};
