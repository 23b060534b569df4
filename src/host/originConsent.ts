import * as vscode from 'vscode';
import type { OriginConsent, SecretUse } from '../core/ports.ts';
import { createSingleFlight } from '../net/singleFlight.ts';

const MEMORY_KEY = 'cbhttp.originConsent';

/** A use of something secret that the user has let go to an origin. Holds no value. */
export interface Consent {
  readonly profile: string;
  readonly envId: string;
  readonly origin: string;
  readonly what: string;
}

/** Remembers, for all windows, which origins the user let something secret go to. */
export class OriginConsents implements OriginConsent {
  readonly #memory: vscode.Memento;
  readonly #asking = createSingleFlight<boolean>();

  constructor(globalState: vscode.Memento) {
    this.#memory = globalState;
  }

  allows({ binding, what }: SecretUse, { signal }: { readonly signal: AbortSignal }): Promise<boolean> {
    const wanted: Consent = { profile: binding.profile, envId: binding.envId, origin: binding.origin, what };
    if (this.list().some((one) => isSame(one, wanted))) return Promise.resolve(true);
    return this.#asking.join(JSON.stringify(wanted), () => this.#ask(wanted), signal);
  }

  /** What was allowed, the oldest first. */
  list(): readonly Consent[] {
    return this.#memory.get<readonly Consent[]>(MEMORY_KEY) ?? [];
  }

  /** Asks again next time. */
  async forget(consents: readonly Consent[]): Promise<void> {
    const kept = this.list().filter((one) => !consents.some((other) => isSame(one, other)));
    await this.#memory.update(MEMORY_KEY, kept);
  }

  async #ask(wanted: Consent): Promise<boolean> {
    const { profile, envId, origin, what } = wanted;
    const before = this.list()
      .filter((one) => one.what === what && one.profile === profile)
      .map((one) => one.origin);
    const detail = [
      vscode.l10n.t('Profile: {0}', envId === '' ? profile : `${profile} (${envId})`),
      before.length === 0
        ? vscode.l10n.t('It was sent nowhere yet.')
        : vscode.l10n.t('Until now it was sent to {0}.', before.join(', ')),
    ].join('\n');
    const send = vscode.l10n.t('Send');
    const question = vscode.l10n.t('Send {0} to {1}?', what, origin);
    const picked = await vscode.window.showWarningMessage(question, { modal: true, detail }, send);
    if (picked !== send) return false;
    await this.#memory.update(MEMORY_KEY, [...this.list(), wanted]);
    return true;
  }
}

/**
 * Asks what to do with something secret that was entered for other origins than those the settings name now. Undefined
 * where the user wants neither.
 * @param what as shown, e.g. `$secret name`
 */
export async function askOtherOrigin(
  { what, profile, envId }: { readonly what: string; readonly profile: string; readonly envId: string },
  entered: readonly string[],
  wanted: readonly string[],
): Promise<'same' | 'another' | undefined> {
  const same = vscode.l10n.t('Send It There Too');
  const another = vscode.l10n.t('Enter Another');
  const detail = [
    vscode.l10n.t('Profile: {0}', envId === '' ? profile : `${profile} (${envId})`),
    vscode.l10n.t('It was entered for {0}.', entered.join(', ')),
    vscode.l10n.t('Now it would go to {0}.', wanted.join(', ')),
    vscode.l10n.t(
      'Allow this only if you know that address: requests and settings may come with a repository.',
    ),
  ].join('\n');
  const question = vscode.l10n.t('Send {0} to another address?', what);
  const picked = await vscode.window.showWarningMessage(question, { modal: true, detail }, another, same);
  if (picked === same) return 'same';
  return picked === another ? 'another' : undefined;
}

function isSame(one: Consent, other: Consent): boolean {
  return (
    one.what === other.what &&
    one.origin === other.origin &&
    one.profile === other.profile &&
    one.envId === other.envId
  );
}
