import * as vscode from 'vscode';
import { languageId, readSetting } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';

/**
 * Where `cbhttp.associateHttpFiles` says so, gives open `.http` and `.rest` files this language, and their own one back
 * when it no longer does. Another language chosen for such a file afterwards stays.
 */
export function registerHttpAssociation(): vscode.Disposable {
  const store = new DisposableStore();
  /** The language each document had. A change of language closes and opens the same object. */
  const languageBefore = new WeakMap<vscode.TextDocument, string>();
  const update = async (document: vscode.TextDocument): Promise<void> => {
    const isWanted = isAssociated(document.uri);
    const before = languageBefore.get(document);
    if (isWanted && before === undefined && document.languageId !== languageId) {
      languageBefore.set(document, document.languageId);
      await setLanguage(document, languageId);
    } else if (!isWanted && before !== undefined) {
      languageBefore.delete(document);
      if (document.languageId === languageId) await setLanguage(document, before);
    }
  };
  store.add(vscode.workspace.onDidOpenTextDocument((document) => void update(document)));
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('cbhttp.associateHttpFiles')) updateAll();
    }),
  );
  const updateAll = (): void => vscode.workspace.textDocuments.forEach((document) => void update(document));
  updateAll();
  return store;
}

/** Whether a file is a `.http` or `.rest` file that is to have this language. */
export function isAssociated(uri: vscode.Uri): boolean {
  return /\.(?:http|rest)$/i.test(uri.path) && readSetting('cbhttp.associateHttpFiles', uri) === true;
}

async function setLanguage(document: vscode.TextDocument, language: string): Promise<void> {
  try {
    await vscode.languages.setTextDocumentLanguage(document, language);
  } catch (error) {
    if (!document.isClosed) throw error; // a document that is gone needs no language
  }
}
