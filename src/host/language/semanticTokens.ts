import * as vscode from 'vscode';
import type { LanguageContext } from '../../core/cbhttp/languageContext.ts';
import { semanticTokensOf, type SemanticToken } from '../../core/cbhttp/tokens/semanticTokens.ts';
import { languageId } from '../contributions.ts';
import { toRange, type Documents } from '../documents.ts';

/** The ids stand in package.json too, where they are described and given a scope. */
const tokenTypes: Readonly<Record<SemanticToken['kind'], string>> = {
  unresolvedVariable: 'cbhttpUnresolvedVariable',
  unknownFunction: 'cbhttpUnknownFunction',
};
const legend = new vscode.SemanticTokensLegend(Object.values(tokenTypes));

/** Tells names that mean something from those that do not, in what is in view. */
export function registerSemanticTokens(
  documents: Documents,
  context: (textDocument: vscode.TextDocument) => LanguageContext,
): vscode.Disposable {
  return vscode.languages.registerDocumentRangeSemanticTokensProvider(
    languageId,
    {
      provideDocumentRangeSemanticTokens: (textDocument, range) => {
        const span = { start: textDocument.offsetAt(range.start), end: textDocument.offsetAt(range.end) };
        const builder = new vscode.SemanticTokensBuilder(legend);
        for (const token of semanticTokensOf(documents.get(textDocument), span, context(textDocument))) {
          builder.push(toRange(textDocument, token.span), tokenTypes[token.kind]);
        }
        return builder.build();
      },
    },
    legend,
  );
}
