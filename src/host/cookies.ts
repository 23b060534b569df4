import * as vscode from 'vscode';
import { MASK } from '../core/profiles/redact.ts';
import type { CookieJars } from '../net/cookieJars.ts';
import { registerCommand, type ProfileReference } from './contributions.ts';
import { DisposableStore } from './disposableStore.ts';
import { profilesFor, shownRequestEditor } from './profiles.ts';
import type { WorkspaceFunctions } from './workspaceFunctions.ts';

/** The commands that show the cookies of a profile, and forget them. */
export function registerCookies(jars: CookieJars, functions: WorkspaceFunctions): vscode.Disposable {
  const store = new DisposableStore();
  store.add(
    registerCommand('cbhttp.showCookies', async (given) => showCookies(jars, profileOf(given, functions))),
  );
  store.add(
    registerCommand('cbhttp.clearCookies', async (given) => {
      const profile = profileOf(given, functions);
      (await jars(profile)).clear();
      vscode.window.setStatusBarMessage(vscode.l10n.t('The cookies of "{0}" are forgotten.', profile), 5000);
    }),
  );
  return store;
}

/** Values stay hidden: a cookie often stands for a sign-in. A button copies one. */
async function showCookies(jars: CookieJars, profile: string): Promise<void> {
  const jar = await jars(profile);
  const cookies = jar.list();
  const copy = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy value') };
  const clear = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: vscode.l10n.t('Forget all') };
  const picker = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly value: string }>();
  picker.title = vscode.l10n.t('Cookies of the profile "{0}"', profile);
  picker.placeholder =
    cookies.length === 0
      ? vscode.l10n.t('No server has set a cookie since this window opened.')
      : vscode.l10n.t('Kept until this window closes');
  picker.matchOnDescription = true;
  picker.buttons = cookies.length === 0 ? [] : [clear];
  picker.items = cookies.map(({ name, value, domain, path, expiresMs }) => ({
    label: `${name}=${MASK}`,
    description: `${domain}${path}`,
    ...(expiresMs !== null && {
      detail: vscode.l10n.t('until {0}', new Date(expiresMs).toLocaleString(vscode.env.language)),
    }),
    value,
    buttons: [copy],
  }));
  picker.onDidTriggerButton(() => {
    jar.clear();
    picker.hide();
  });
  picker.onDidTriggerItemButton(({ item }) => void vscode.env.clipboard.writeText(item.value));
  picker.onDidAccept(() => picker.hide());
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

function profileOf(given: ProfileReference | undefined, functions: WorkspaceFunctions): string {
  return given?.profile ?? profilesFor(shownRequestEditor()?.document.uri, functions).active.name;
}
