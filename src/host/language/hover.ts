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
      if (hover === null) return null;
      const parts = withoutSaid(hover.parts, problemsAt(textDocument, position));
      if (parts.length === 0) return null;
      return new vscode.Hover(toMarkdown(parts), toRange(textDocument, hover.span));
    },
  });
}

/** What the editor shows above the hover. */
function problemsAt({ uri }: vscode.TextDocument, position: vscode.Position): ReadonlySet<string> {
  const problems = vscode.languages
    .getDiagnostics(uri)
    .filter(({ range, severity }) => severity !== vscode.DiagnosticSeverity.Hint && range.contains(position));
  return new Set(problems.map(({ message }) => message));
}

/** Nothing twice, and no heading by itself. */
function withoutSaid(parts: readonly HoverPart[], said: ReadonlySet<string>): readonly HoverPart[] {
  const rest = parts.filter((part) => part.kind !== 'text' || !said.has(say(part.message)));
  return rest.length < parts.length && rest.every(({ kind }) => kind === 'heading') ? [] : rest;
}

/** Texts of files and answers go in as text or code, never as Markdown. Facts stand line below line. */
function toMarkdown(parts: readonly HoverPart[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  parts.forEach((part, index) => {
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
        appendFact(markdown, part);
        markdown.appendMarkdown(parts[index + 1]?.kind === 'fact' ? '  \n' : '\n\n');
        break;
    }
  });
  return markdown;
}

function appendFact(markdown: vscode.MarkdownString, fact: HoverPart & { kind: 'fact' }): void {
  const { label, value, link } = fact;
  if (link === undefined) {
    markdown.appendText(vscode.l10n.t('{0}: {1}', say(label), value));
    return;
  }
  markdown.appendText(vscode.l10n.t('{0}: {1}', say(label), ''));
  markdown.appendMarkdown('[').appendText(value).appendMarkdown(`](${link})`);
}
