import * as vscode from 'vscode';
import type { BodyStrings } from '../../protocol/strings/bodyStrings.ts';

/** Words of the tab of a body in the display language. */
export function bodyStrings(): BodyStrings {
  const { t } = vscode.l10n;
  return {
    label: t('Response body'),
    empty: t('The response has no body.'),
    waiting: t('Nothing of the body has come yet.'),
    shortened: t('Only the beginning of {0} is shown. The editor and a saved file have all of it.'),
    imageTooLarge: t('The image is too large to be shown here. It can be saved.'),
  };
}
