/** Loaded when a request is first copied as code. */
import * as vscode from 'vscode';
import { codeTargets, type CodeTarget } from '../core/code/targets.ts';
import type { CodeRequest } from '../core/code/codeRequest.ts';
import type { SentRoute } from '../core/profiles/sentRoute.ts';
import type { CopyAsParts } from './registerCopyAs.ts';
import type { GivenTarget } from './contributions.ts';
import type { LocatedRequest } from './documents.ts';
import { say, translate } from './translate.ts';

/** Under this key the workspace remembers the target that was used last. */
const LAST_KEY = 'cbhttp.copyAs.last';

/** Copies a request as code, or opens it in an editor; secrets are placeholders unless the user asks twice. */
export async function copyAs(located: LocatedRequest, given: GivenTarget, deps: CopyAsParts): Promise<void> {
  const picked = given.target === undefined ? await pickTarget(deps.memory) : findTarget(given);
  if (picked === undefined) return;
  const { target, opens } = picked;
  await deps.memory.update(LAST_KEY, target.id);
  const { profile, route } = given;
  const request = await requestFor(located, { target, profile, route, withSecrets: false }, deps);
  const code = request === undefined ? undefined : write(target, request);
  if (request === undefined || code === undefined) return;
  if (opens) {
    const document = await vscode.workspace.openTextDocument({ language: target.languageId, content: code });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
    return;
  }
  await vscode.env.clipboard.writeText(code);
  const message = vscode.l10n.t('Copied as {0}', labelOf(target));
  if (request.secrets.length === 0) {
    vscode.window.setStatusBarMessage(message, 3000);
    return;
  }
  void offerSecrets(message, located, { target, profile, route, withSecrets: true }, request, deps);
}

/** What code is wanted. */
interface Wanted {
  readonly target: CodeTarget;
  readonly profile: string | undefined;
  readonly route: SentRoute | undefined;
  readonly withSecrets: boolean;
}

/** Says which placeholders there are, and copies the values instead where the user says so, twice. */
async function offerSecrets(
  message: string,
  located: LocatedRequest,
  wanted: Wanted,
  { secrets }: CodeRequest,
  deps: CopyAsParts,
): Promise<void> {
  const names = secrets.map(({ variable }) => variable).join(', ');
  const withValues = vscode.l10n.t('Copy with the Real Values…');
  const choices = vscode.workspace.isTrusted ? [withValues] : [];
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0}. Secrets are left out: {1}', message, names),
    ...choices,
  );
  if (answer !== withValues) return;
  const copy = vscode.l10n.t('Copy Secrets');
  const confirmed = await vscode.window.showWarningMessage(
    vscode.l10n.t('Copy the request with its secrets in plain text?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Whoever reads the clipboard, or what it is pasted into, has them then: {0}',
        secrets.map(({ what }) => what).join(', '),
      ),
    },
    copy,
  );
  if (confirmed !== copy) return;
  const { target } = wanted;
  const request = await requestFor(located, wanted, deps);
  const code = request === undefined ? undefined : write(target, request);
  if (code === undefined) return;
  await vscode.env.clipboard.writeText(code);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied as {0}, with its secrets', labelOf(target)), 5000);
}

/** The request, prepared as for sending; what is wrong with it is said. */
async function requestFor(
  located: LocatedRequest,
  { target, profile: profileName, route, withSecrets }: Wanted,
  deps: CopyAsParts,
): Promise<CodeRequest | undefined> {
  const { isCbError, prepareForCode, sharedOptions } = await import('./sending.ts');
  const { uri } = located.textDocument;
  const { credentials, consent, functions, local, listRoutes, userAgent } = deps;
  await functions.folders();
  const { routes } = functions.configOf(uri);
  const cancel = new AbortController();
  const options = {
    ...sharedOptions(uri, deps),
    profiles: deps.profilesFor(uri, functions),
    profileName,
    route,
    credentials,
    consent,
    functions: { routes, runningPort: (name: string) => local.runningPort(name, uri) },
    // It asks the account's API, which a workspace that is not trusted must not.
    ...(vscode.workspace.isTrusted ? { listRoutes } : {}),
    userAgent,
    signal: cancel.signal,
  };
  try {
    return await prepareForCode(located.document, located.placed, options, {
      view: target.view,
      withSecrets,
    });
  } catch (error) {
    if (!isCbError(error)) throw error;
    if (error.code !== 'cancelled') void vscode.window.showWarningMessage(say(error.display));
    return undefined;
  } finally {
    cancel.abort();
  }
}

function write(target: CodeTarget, request: CodeRequest): string | undefined {
  const code = target.write(request, translate);
  if (typeof code === 'string') return code;
  void vscode.window.showWarningMessage(say(code.reason));
  return undefined;
}

function labelOf({ label, streams }: CodeTarget): string {
  return streams === true ? vscode.l10n.t('{0}, event stream', label) : label;
}

/** A target, and whether its code is opened in an editor. */
interface Picked {
  readonly target: CodeTarget;
  readonly opens: boolean;
}

function findTarget({ target: id, opens = false }: GivenTarget): Picked | undefined {
  const target = codeTargets.find((one) => one.id === id);
  return target && { target, opens };
}

interface TargetItem extends vscode.QuickPickItem {
  readonly target: CodeTarget;
}

/** Asks for a target, the last one first. The button of one opens its code in an editor. */
function pickTarget(memory: vscode.Memento): Promise<Picked | undefined> {
  const last = memory.get<string>(LAST_KEY);
  const open = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: vscode.l10n.t('Open in Editor') };
  const sorted = [...codeTargets].sort((one, other) => Number(other.id === last) - Number(one.id === last));
  const picker = vscode.window.createQuickPick<TargetItem>();
  picker.title = vscode.l10n.t('Copy Request as Code');
  picker.placeholder = vscode.l10n.t('Secrets become placeholders');
  picker.matchOnDetail = true;
  picker.items = sorted.map((target) => ({
    label: labelOf(target),
    detail: target.detail === null ? '' : say(target.detail),
    buttons: [open],
    target,
  }));
  return new Promise((resolve) => {
    picker.onDidTriggerItemButton(({ item }) => {
      resolve({ target: item.target, opens: true });
      picker.hide();
    });
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      resolve(item && { target: item.target, opens: false });
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
