import * as vscode from 'vscode';
import { inlayHintsOf } from '../../core/cbhttp/inlay/inlayHints.ts';
import type { LanguageContext } from '../../core/cbhttp/languageContext.ts';
import { languageId } from '../contributions.ts';
import { DisposableStore } from '../disposableStore.ts';
import type { Documents } from '../documents.ts';

/** What inlay hints need. */
export interface InlayHintsDeps {
  readonly documents: Documents;
  readonly context: (textDocument: vscode.TextDocument) => LanguageContext;
  /** What {@link context} knows is another than before: settings, trust, functions. */
  readonly onDidChangeContext: vscode.Event<unknown>;
  /** The setting `cbhttp.inlayHints.enabled`. */
  readonly isEnabled: (resource: vscode.Uri) => boolean;
}

/** Profile and host behind each function target. */
export function registerInlayHints(deps: InlayHintsDeps): vscode.Disposable {
  const { documents, context, onDidChangeContext, isEnabled } = deps;
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(onDidChangeContext(() => changed.fire()));
  store.add(
    vscode.languages.registerInlayHintsProvider(languageId, {
      onDidChangeInlayHints: changed.event,
      provideInlayHints: (textDocument, range) => {
        if (!isEnabled(textDocument.uri)) return [];
        const span = { start: textDocument.offsetAt(range.start), end: textDocument.offsetAt(range.end) };
        return inlayHintsOf(documents.get(textDocument), span, context(textDocument)).map(
          ({ offset, profile, host, url }) => {
            const hint = new vscode.InlayHint(textDocument.positionAt(offset), `${profile} · ${host}`);
            hint.paddingLeft = true;
            hint.tooltip = vscode.l10n.t('By the profile "{0}": {1}', profile, url);
            return hint;
          },
        );
      },
    }),
  );
  return store;
}
