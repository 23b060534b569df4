import * as vscode from 'vscode';

/** What is wrong with a new profile's name; undefined for nothing. It has to stand behind `# @profile`. */
export function checkName(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name === '') return vscode.l10n.t('A profile needs a name.');
  if (name.startsWith('$') || /[\s"{}]/.test(name)) {
    return vscode.l10n.t('A name has no blanks, quotes or braces, and does not begin with $.');
  }
  return taken.has(name) ? vscode.l10n.t('There is a profile "{0}" already.', name) : undefined;
}
