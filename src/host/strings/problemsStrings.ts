import * as vscode from 'vscode';
import type { ProblemsStrings } from '../../protocol/strings/problemsStrings.ts';

/** Words of the tab of verdicts and findings in the display language. */
export function problemsStrings(): ProblemsStrings {
  const { t } = vscode.l10n;
  return {
    label: t('Problems'),
    tones: { good: t('Good'), neutral: t('Note'), bad: t('Problem') },
    advice: t('What to do'),
    findings: t('Findings'),
    severities: { error: t('Error'), warning: t('Warning'), info: t('Info') },
    severity: t('Severity'),
    message: t('Message'),
    event: t('Event'),
    offset: t('Byte'),
    showEvent: t('Show event {0}'),
    notListed: t('{0}: {1} found, the first {2} are listed.'),
    showMore: t('Show {0} more'),
    none: t('No problems found.'),
    noneSoFar: t('No problems found so far.'),
    checking: t('What was received is still being checked.'),
  };
}
