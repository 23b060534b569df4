import * as vscode from 'vscode';
import type { TextStrings } from '../../protocol/strings/textStrings.ts';

/** Words of the tab of the assembled text in the display language. */
export function textStrings(): TextStrings {
  const { t } = vscode.l10n;
  return {
    label: t('Text'),
    channels: t('Parts of the text'),
    all: t('All'),
    answer: t('Answer'),
    reasoning: t('Reasoning'),
    refusal: t('Refusal'),
    toolCall: t('Tool call'),
    labelled: t('{0} ({1})'),
    characters: t('{0} {0|character|characters}'),
    followEnd: t('Follow the end of the text'),
    shortened: t('Only the first {0} characters are shown. The editor shows all of them.'),
    noTextYet: t('No text has come yet.'),
    noText: t(
      'No text was found in the events: they follow no convention of a chat model that is known here. The setting cbhttp.stream.textPath can name the place of the text, as a JSONPath.',
    ),
  };
}
