import * as vscode from 'vscode';
import { selectionsAt } from '../../core/cbhttp/selection/selection.ts';
import { languageId } from '../contributions.ts';
import { toRange, type Documents } from '../documents.ts';

/** "Expand Selection": variable, value, header, headers, request, section. */
export function registerSelectionRanges(documents: Documents): vscode.Disposable {
  return vscode.languages.registerSelectionRangeProvider(languageId, {
    provideSelectionRanges: (textDocument, positions) =>
      positions.map((position) => {
        const spans = selectionsAt(documents.get(textDocument), textDocument.offsetAt(position));
        return (
          spans.reduceRight<vscode.SelectionRange | undefined>(
            (parent, span) => new vscode.SelectionRange(toRange(textDocument, span), parent),
            undefined,
          ) ?? new vscode.SelectionRange(new vscode.Range(position, position))
        );
      }),
  });
}
