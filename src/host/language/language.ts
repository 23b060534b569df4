import type * as vscode from 'vscode';
import { readSetting } from '../contributions.ts';
import { registerDiagnostics } from './diagnostics.ts';
import { DisposableStore } from '../disposableStore.ts';
import type { Documents } from '../documents.ts';
import { findCode } from '../functionCode.ts';
import type { WorkspaceFunctions } from '../workspaceFunctions.ts';
import { registerCodeActions } from './codeActions.ts';
import { registerCompletion } from './completion.ts';
import { registerCopyUrl } from './copyUrl.ts';
import { registerDefinition } from './definition.ts';
import { registerFolding } from './folding.ts';
import { registerFormatting } from './formatting.ts';
import { registerHighlight } from './highlight.ts';
import { registerHover } from './hover.ts';
import { registerInlayHints } from './inlayHints.ts';
import { LanguageContexts, type LanguageContextsDeps } from './languageContexts.ts';
import { registerLinks } from './links.ts';
import { registerPasteImport } from './pasteImport.ts';
import { registerReferences } from './references.ts';
import { registerRename } from './rename.ts';
import { registerSelectionRanges } from './selectionRanges.ts';
import { registerSemanticTokens } from './semanticTokens.ts';
import { registerSymbols } from './symbols.ts';

export { importRequest } from '../importRequest.ts';
export { addWxTypes } from '../importRequestTypes.ts';

/** What the language features are made of. */
export interface LanguageDeps extends LanguageContextsDeps {
  readonly documents: Documents;
  readonly functions: WorkspaceFunctions;
  readonly log: vscode.LogOutputChannel;
  /** The user's settings.json; there may be none at that place. */
  readonly userSettings: vscode.Uri;
}

/** All features of request files beside the lenses. Loaded when the first request file is opened. */
export function registerLanguage(deps: LanguageDeps): vscode.Disposable {
  const { documents, functions, index, secrets, userSettings } = deps;
  const store = new DisposableStore();
  const contexts = store.add(new LanguageContexts(deps));
  const context = contexts.of;
  for (const registered of [
    registerCompletion(documents, context),
    registerHover(documents, context),
    registerCopyUrl(documents, context),
    registerDiagnostics({ documents, context, onDidChangeContext: contexts.onDidChange }),
    registerCodeActions(documents, context),
    registerSymbols(documents, index),
    registerFolding(documents),
    registerSelectionRanges(documents),
    registerDefinition({ documents, index, context, userSettings, findCode }),
    registerReferences({ documents, index, context, userSettings }),
    registerRename({ documents, index, context }),
    registerHighlight(documents),
    registerLinks(documents),
    registerPasteImport({ functions, secrets }),
    registerSemanticTokens(documents, context),
    registerInlayHints({
      documents,
      context,
      onDidChangeContext: contexts.onDidChange,
      isEnabled: (resource) => readSetting('cbhttp.inlayHints.enabled', resource) !== false,
    }),
    registerFormatting({
      documents,
      layOutJson: (resource) => readSetting('cbhttp.format.jsonBodies', resource) === true,
    }),
  ]) {
    store.add(registered);
  }
  return store;
}
