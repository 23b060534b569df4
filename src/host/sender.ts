import * as vscode from 'vscode';
import { requestLabel, type CbRequest } from '../core/cbhttp/document.ts';
import { CbError, isCbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { SecretStore } from '../core/ports.ts';
import { prepareRequest, profileFor } from '../core/profiles/prepare.ts';
import type { ProfileSet } from '../core/profiles/profile.ts';
import { withoutUserInfo } from '../core/profiles/redact.ts';
import type { ExchangePorts } from '../core/stream/exchange.ts';
import type { LocatedRequest } from './documents.ts';
import { profilesFor } from './profiles.ts';
import { Run } from './run.ts';
import { StreamPanel } from './streamPanel.ts';

/** What sending needs. */
export interface SenderDeps {
  readonly extensionUri: vscode.Uri;
  readonly ports: ExchangePorts;
  readonly secrets: SecretStore;
  readonly log: vscode.LogOutputChannel;
  /** `name/version`. */
  readonly userAgent: string;
  /** The request as its document has it now, for Send again. */
  readonly locate: (uri: vscode.Uri, key: string) => Promise<LocatedRequest | undefined>;
}

/** Sends requests, each in a panel of its own that a resend uses again. Owns the panels. */
export class Sender implements vscode.Disposable {
  readonly #deps: SenderDeps;
  readonly #panels = new Map<string, StreamPanel>();
  readonly #changedRunning = new vscode.EventEmitter<void>();
  #runCount = 0;

  /** A request has started or stopped running. */
  readonly onDidChangeRunning = this.#changedRunning.event;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  isRunning(uri: vscode.Uri, key: string): boolean {
    return this.#panels.get(panelKey(uri, key))?.run?.isRunning === true;
  }

  cancel(uri: vscode.Uri, key: string): void {
    this.#panels.get(panelKey(uri, key))?.run?.cancel();
  }

  /**
   * Sends a request; a run of the same request that is still going is cancelled first. Resolves at the exchange's
   * end, with false where the user, asked, would not send; what went wrong stands in the panel.
   */
  async send(located: LocatedRequest): Promise<boolean> {
    const { ports, log, secrets, userAgent } = this.#deps;
    const { textDocument, document, request, key } = located;
    const profiles = profilesFor(textDocument.uri);
    if (vscode.workspace.isTrusted && !(await confirmSend(request, profiles))) return false;
    const run = new Run(++this.#runCount, located, ports, log);
    this.#panelFor(textDocument.uri, key, requestLabel(request)).show(run, requestLabel(request));
    this.#changedRunning.fire();
    await run.start((signal) => {
      if (!vscode.workspace.isTrusted) {
        throw new CbError(
          'untrusted-workspace',
          msg('Nothing is sent from a workspace that is not trusted.'),
        );
      }
      return prepareRequest(document, request, { profiles, secrets, userAgent, signal });
    });
    this.#changedRunning.fire();
    return true;
  }

  dispose(): void {
    for (const panel of [...this.#panels.values()]) panel.dispose();
    this.#changedRunning.dispose();
  }

  #panelFor(uri: vscode.Uri, key: string, title: string): StreamPanel {
    const id = panelKey(uri, key);
    const known = this.#panels.get(id);
    if (known !== undefined) return known;
    const used = [...this.#panels.values()].at(-1)?.column;
    const isCovering = used === vscode.window.activeTextEditor?.viewColumn;
    const column = used === undefined || isCovering ? vscode.ViewColumn.Beside : used;
    const panel = new StreamPanel(this.#deps.extensionUri, title, column, {
      sendAgain: () => {
        this.#sendAgain(uri, key).catch((error: unknown) => this.#deps.log.error(String(error)));
      },
    });
    this.#panels.set(id, panel);
    panel.onDidDispose(() => {
      this.#panels.delete(id);
      this.#changedRunning.fire();
    });
    return panel;
  }

  async #sendAgain(uri: vscode.Uri, key: string): Promise<void> {
    const located = await this.#deps.locate(uri, key);
    if (located !== undefined) {
      await this.send(located);
      return;
    }
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The request is no longer in {0}: it was renamed or removed.', uri.path),
    );
  }
}

/** Asks before a request with `@note`, or one that goes to a protected profile; true to go on. */
async function confirmSend(request: CbRequest, profiles: ProfileSet): Promise<boolean> {
  const note = request.directives.findLast(({ word }) => word === 'note');
  let profile;
  try {
    profile = profileFor(request, profiles);
  } catch (error) {
    if (!isCbError(error)) throw error;
    return true; // an unknown profile: the send itself says so, in the panel
  }
  if (note === undefined && !profile.protected) return true;
  const label = requestLabel(request);
  const question = profile.protected
    ? vscode.l10n.t('Send "{0}" to the protected profile "{1}"?', label, profile.name)
    : vscode.l10n.t('Send "{0}"?', label);
  const send = vscode.l10n.t('Send');
  const target = `${request.method} ${withoutUserInfo(request.target)}`;
  const detail = note === undefined || note.value === '' ? target : `${note.value}\n${target}`;
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, send)) === send;
}

function panelKey(uri: vscode.Uri, key: string): string {
  return `${uri.toString()}\n${key}`;
}
