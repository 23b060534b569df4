import * as vscode from 'vscode';
import { gatewayBase } from '../core/profiles/credentials/place.ts';
import type { Profile } from '../core/profiles/profile.ts';
import { checkConnection, type CheckStep } from '../net/connectionCheck.ts';
import { createManagementApi } from '../net/managementApi.ts';
import type { ProfileCommandsDeps } from './profileCommands.ts';
import { connectionOf } from './profileConnection.ts';
import { say } from './translate.ts';

const ICONS = { ok: 'pass', warning: 'warning', failed: 'error', skipped: 'dash' } as const;

/** Checks a profile's connection, step by step in a notification; its report stays in the log. */
export async function checkProfile(
  profile: Profile,
  resource: vscode.Uri | undefined,
  deps: ProfileCommandsDeps,
): Promise<readonly CheckStep[] | undefined> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Nothing is sent from a workspace that is not trusted.'),
    );
    return undefined;
  }
  const { log } = deps;
  log.info(vscode.l10n.t('Checking the profile "{0}"', profile.name));
  const steps = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Checking the profile "{0}"', profile.name),
      cancellable: true,
    },
    async (progress, token) => {
      const abort = new AbortController();
      const listener = token.onCancellationRequested(() => abort.abort());
      const report = ({ outcome, message, advice }: CheckStep): void => {
        const text = [message, ...(advice === null ? [] : [advice])].map(say).join(' ');
        progress.report({ message: text });
        if (outcome === 'failed') log.error(text);
        else if (outcome === 'warning') log.warn(text);
        else log.info(text);
      };
      try {
        return await run(profile, resource, deps, report, abort.signal);
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        throw error;
      } finally {
        listener.dispose();
      }
    },
  );
  if (steps === undefined) log.info(vscode.l10n.t('The check was cancelled.'));
  else void showReport(profile, steps, log);
  return steps;
}

async function run(
  profile: Profile,
  resource: vscode.Uri | undefined,
  { transport, credentials, functions, secrets, userAgent }: ProfileCommandsDeps,
  report: (step: CheckStep) => void,
  signal: AbortSignal,
): Promise<readonly CheckStep[]> {
  const { region, managementUrl } = profile;
  await Promise.all([functions.folders(), credentials.load()]);
  const connection = await connectionOf(profile, gatewayBase(profile) ?? '', secrets, signal);
  return checkConnection(
    profile,
    {
      transport,
      credentials,
      connection,
      managementApi: async (options) => {
        const key = await credentials.accountKey(profile, options);
        return key && createManagementApi({ transport, credentials: key, region, managementUrl, connection });
      },
      routes: functions.configOf(resource).routes,
      userAgent,
      now: () => performance.now(),
    },
    report,
    { signal },
  );
}

async function showReport(
  { name }: Profile,
  steps: readonly CheckStep[],
  log: vscode.LogOutputChannel,
): Promise<void> {
  const failed = steps.find(({ outcome }) => outcome === 'failed');
  const warned = steps.find(({ outcome }) => outcome === 'warning');
  const details = vscode.l10n.t('Show Details');
  let answer: string | undefined;
  if (failed !== undefined) {
    const message = vscode.l10n.t('The profile "{0}" does not work yet: {1}', name, say(failed.message));
    answer = await vscode.window.showErrorMessage(message, details);
  } else if (warned !== undefined) {
    const message = vscode.l10n.t('The profile "{0}" works, but: {1}', name, say(warned.message));
    answer = await vscode.window.showWarningMessage(message, details);
  } else {
    const message = vscode.l10n.t('The profile "{0}" works: {1}', name, summaryOf(steps));
    answer = await vscode.window.showInformationMessage(message, details);
  }
  if (answer !== details) return;
  const items = steps.map(({ outcome, message, advice }) => ({
    label: `$(${ICONS[outcome]}) ${say(message)}`,
    ...(advice === null ? {} : { detail: say(advice) }),
  }));
  const title = vscode.l10n.t('Connection of the Profile "{0}"', name);
  const placeHolder = vscode.l10n.t('Also in the log, which Enter opens');
  if ((await vscode.window.showQuickPick(items, { title, placeHolder })) !== undefined) log.show();
}

/** What says most: what was listed, else that the credential is taken, else that somebody answers. */
function summaryOf(steps: readonly CheckStep[]): string {
  const last = steps.findLast(({ outcome }) => outcome === 'ok');
  return last === undefined ? '' : say(last.message);
}
