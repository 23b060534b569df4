import * as vscode from 'vscode';
import type { ContentStrings } from '../../protocol/strings/contentStrings.ts';

/** Words of rendered content in the display language. */
export function contentStrings(): ContentStrings {
  const { t } = vscode.l10n;
  return {
    openInEditor: t('Open in editor'),
    viewAs: t('Show as'),
    asTree: t('Tree'),
    asFormatted: t('Formatted'),
    asImage: t('Image'),
    asRaw: t('Raw'),
    markdown: t('Markdown'),
    markdownShortened: t('From here on the text is plain: it is too long to be rendered as Markdown.'),
    htmlSource: t('Source'),
    htmlPreview: t('Preview'),
    htmlPreviewNote: t('Scripts, forms, links and everything the page would load are left out.'),
    htmlTooLong: t('The page is too long for a preview.'),
    firstBytes: t('Only the first {0} of {1} bytes are shown.'),
    imageSize: t('{0} × {1} pixels, {2}'),
    imageBroken: t('The image cannot be shown. It can be saved.'),
    imageFullSize: t('Actual size'),
    jsonSearch: t('Search'),
    jsonMatch: t('{0} of {1}'),
    jsonNoMatch: t('No results'),
    jsonPrevious: t('Previous match'),
    jsonNext: t('Next match'),
    jsonCopyValue: t('Copy value'),
    jsonCopyPath: t('Copy path'),
  };
}
