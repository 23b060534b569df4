import * as vscode from 'vscode';
import { hoverAt } from '../../core/cbhttp/hover/hover.ts';
import type { HoverPart } from '../../core/cbhttp/hover/hoverPart.ts';
import type { LanguageContext } from '../../core/cbhttp/languageContext.ts';
import { languageId } from '../contributions.ts';
import { toRange, type Documents } from '../documents.ts';
import { say } from '../translate.ts';

/** Says what stands under the pointer. */
export function registerHover(
  documents: Documents,
  context: (textDocument: vscode.TextDocument) => LanguageContext,
): vscode.Disposable {
  return vscode.languages.registerHoverProvider(languageId, {
    provideHover: (textDocument, position) => {
      const offset = textDocument.offsetAt(position);
      const hover = hoverAt(documents.get(textDocument), offset, context(textDocument));
      return hover && new vscode.Hover(toMarkdown(hover.parts), toRange(textDocument, hover.span));
    },
  });
}

/** Texts of files and answers go in as text or code, never as Markdown. */
function toMarkdown(parts: readonly HoverPart[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  for (const part of parts) {
    switch (part.kind) {
      case 'heading':
        markdown.appendMarkdown('**').appendText(part.text).appendMarkdown('**\n\n');
        break;
      case 'text':
        markdown.appendText(say(part.message)).appendMarkdown('\n\n');
        break;
      case 'value':
        markdown.appendCodeblock(part.text, 'plaintext');
        break;
      case 'fact':
        markdown.appendText(vscode.l10n.t('{0}: {1}', say(part.label), part.value)).appendMarkdown('\n\n');
        break;
    }
  }
  return markdown;
}
