import * as vscode from 'vscode';
import { foldsOf, type Fold } from '../../core/cbhttp/folding/folding.ts';
import { languageId } from '../contributions.ts';
import type { Documents } from '../documents.ts';

const kinds: Readonly<Record<Fold['kind'], vscode.FoldingRangeKind | undefined>> = {
  region: vscode.FoldingRangeKind.Region,
  comment: vscode.FoldingRangeKind.Comment,
  block: undefined,
};

/** Folds requests, comments, scripts and bodies. */
export function registerFolding(documents: Documents): vscode.Disposable {
  return vscode.languages.registerFoldingRangeProvider(languageId, {
    provideFoldingRanges: (textDocument) =>
      foldsOf(documents.get(textDocument)).map(
        ({ startLine, endLine, kind }) => new vscode.FoldingRange(startLine, endLine, kinds[kind]),
      ),
  });
}
