import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { NamedFunction } from './contributions.ts';
import { canAskForLogs } from './logs/logSource.ts';
import type { LogsDeps } from './logs/panelLogs.ts';
import { openEditorSurface } from './panelSurface.ts';
import { profilesFor } from './profiles.ts';
import type { PanelActions, StreamPanel } from './streamPanel.ts';

/** VS Code does not bring panels of this type back after a reload: nobody would have asked for their search. */
const VIEW_TYPE = 'cbhttp.logs';

const NO_ACTIONS: PanelActions = {
  sendAgain: () => {},
  startFunction: () => {},
  resume: () => {},
  compareWithPrevious: () => {},
  copyAs: () => {},
  tabOf: () => null,
  rememberTab: () => {},
  rememberRun: () => {},
};

/** What showing logs needs. */
export interface FunctionLogsDeps extends LogsDeps {
  readonly extensionUri: vscode.Uri;
  readonly makePanel: (...made: ConstructorParameters<typeof StreamPanel>) => StreamPanel;
}

/** Panels with the logs of deployed functions alone, one for each function and profile. Owns them. */
export class FunctionLogs implements vscode.Disposable {
  readonly #deps: FunctionLogsDeps;
  readonly #panels = new Map<string, StreamPanel>();

  constructor(deps: FunctionLogsDeps) {
    this.#deps = deps;
  }

  /** Shows the log of the last hour, in the environment of the active profile. */
  async show({ name, resource, folder }: NamedFunction): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Nothing is sent from a workspace that is not trusted.'),
      );
      return;
    }
    const { functions } = this.#deps;
    await functions.folders(); // their envId may be the profile's
    const { active: profile } = profilesFor(resource ?? folder, functions);
    if (!canAskForLogs(profile)) {
      void offerOtherProfile(profile.name);
      return;
    }
    const key = JSON.stringify([name, profile.name, profile.envId]);
    const panel = this.#panels.get(key) ?? this.#open(key, name);
    panel.surface.reveal();
    panel.showLogs({ kind: 'deployed', name, profile }, vscode.l10n.t('{0}: logs', name));
  }

  dispose(): void {
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  #open(key: string, name: string): StreamPanel {
    const { extensionUri, log, makePanel } = this.#deps;
    const { Active, Beside } = vscode.ViewColumn;
    const column = vscode.window.activeTextEditor === undefined ? Active : Beside;
    const surface = openEditorSurface(extensionUri, name, column, VIEW_TYPE);
    const panel = makePanel(surface, {
      extensionUri,
      panelId: randomUUID(),
      actions: NO_ACTIONS,
      log,
      logs: this.#deps,
    });
    this.#panels.set(key, panel);
    panel.onDidDispose(() => this.#panels.delete(key));
    return panel;
  }
}

async function offerOtherProfile(name: string): Promise<void> {
  const edit = vscode.l10n.t('Edit Profile');
  const message = vscode.l10n.t(
    'Logs are read with the key of an account. The profile "{0}" needs an envId, and auth "secretKey" or "cliLogin".',
    name,
  );
  if ((await vscode.window.showWarningMessage(message, edit)) === edit) {
    await vscode.commands.executeCommand('cbhttp.editProfile', { profile: name });
  }
}
