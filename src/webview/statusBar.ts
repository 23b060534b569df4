import type { RunSnapshot } from '../protocol/messages.ts';
import type { PanelStrings } from '../protocol/strings/panelStrings.ts';
import { assertNever } from './assertNever.ts';
import { copyButton } from './copyButton.ts';
import { element, icon, iconButton, setAttribute, setClass, setText, setTitle } from './dom.ts';
import { fill, formatBytes, formatElapsed, statusClass } from './format.ts';
import { elapsedAt, hasRows, isRunning, type ViewState } from './state.ts';

/** What the user can do from the status bar. */
export interface StatusBarActions {
  readonly onCancel: () => void;
  readonly onSendAgain: () => void;
  readonly onResume: () => void;
  readonly onCopyUrl: (url: string) => void;
}

/** The two lines at the top: what was sent, with its buttons, and how it goes. */
export class StatusBar {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  readonly #progress = element('div', 'progress', { attributes: { 'aria-hidden': 'true' } });
  readonly #method = element('span', 'method', { id: 'method' });
  readonly #url = element('span', 'url', { id: 'url' });
  readonly #cancel: HTMLButtonElement;
  readonly #sendAgain: HTMLButtonElement;
  readonly #resume: HTMLButtonElement;
  readonly #copyUrl: HTMLButtonElement;
  readonly #resumed = element('span', 'resumed', { id: 'resumed' });
  readonly #unverified = element('span', 'unverified', { id: 'unverified' });
  #shownUrl = '';
  readonly #mark = element('span', 'mark', { attributes: { 'aria-hidden': 'true' } });
  readonly #state = element('span', 'state', { id: 'state' });
  readonly #code = element('span', 'code', { id: 'status-code' });
  readonly #events = element('span', 'figure', { id: 'event-count' });
  readonly #bytes = element('span', 'figure', { id: 'byte-count' });
  readonly #elapsed = element('span', 'figure', { id: 'elapsed' });
  readonly #rate = element('span', 'figure', { id: 'rate' });
  readonly #liveness = element('span', 'liveness', { id: 'liveness' });
  readonly #shield = icon('shield');
  readonly #profileName = element('span', 'profile-name');
  readonly #profile = element('span', 'profile', {
    id: 'profile',
    children: [this.#shield, this.#profileName],
  });

  constructor(strings: PanelStrings, toolbar: HTMLElement, actions: StatusBarActions) {
    this.#strings = strings;
    this.#cancel = element('button', 'text-button', {
      id: 'cancel',
      attributes: { type: 'button' },
      children: [icon('debug-stop'), element('span', '', { text: strings.cancel })],
    });
    this.#cancel.addEventListener('click', actions.onCancel);
    this.#resume = element('button', 'text-button', {
      id: 'resume',
      title: strings.resumeStreamHint,
      attributes: { type: 'button' },
      children: [icon('debug-continue'), element('span', '', { text: strings.resumeStream })],
    });
    this.#resume.addEventListener('click', actions.onResume);
    this.#copyUrl = copyButton('copy-url', strings.copyUrl, () => actions.onCopyUrl(this.#shownUrl));
    setText(this.#unverified, strings.unverified);
    setTitle(this.#unverified, strings.unverifiedHint);
    this.#sendAgain = iconButton('send-again', 'debug-restart', strings.sendAgain, actions.onSendAgain);
    this.element = element('header', 'status-bar', {
      children: [
        this.#progress,
        element('div', 'request-line', {
          children: [
            this.#method,
            this.#url,
            this.#copyUrl,
            this.#cancel,
            this.#resume,
            this.#sendAgain,
            toolbar,
          ],
        }),
        element('div', 'state-line', {
          children: [
            element('span', 'state-group', { children: [this.#mark, this.#state] }),
            this.#code,
            this.#events,
            this.#bytes,
            this.#elapsed,
            this.#rate,
            this.#liveness,
            this.#resumed,
            this.#unverified,
            this.#profile,
          ],
        }),
      ],
    });
  }

  update(state: ViewState, nowMs: number): void {
    const { run } = state;
    this.element.hidden = run === null;
    if (run === null) return;
    this.#updateRequest(run, isRunning(state));
    this.#updateState(run, elapsedAt(state, nowMs));
    this.#updateFigures(run);
    this.#updateElapsed(run, elapsedAt(state, nowMs));
    this.#updateLiveness(run);
    const resumed = run.stream?.resumed ?? '';
    this.#resumed.hidden = resumed === '';
    setText(this.#resumed, resumed);
    setTitle(this.#resumed, resumed);
    const { connection } = run.sent;
    this.#unverified.hidden = connection === null || connection.tlsVersion === null || connection.isVerified;
  }

  /** While it runs, the function's own time limit runs down beside it, where it is known. */
  #updateElapsed(run: RunSnapshot, elapsedMs: number): void {
    const isFinal = run.phase === 'ended';
    const elapsed = formatElapsed(elapsedMs, isFinal);
    const limitMs = run.functionTimeoutMs;
    if (isFinal || limitMs === null) {
      setText(this.#elapsed, elapsed);
      setTitle(this.#elapsed, '');
      return;
    }
    const leftMs = Math.max(0, limitMs - elapsedMs);
    setText(this.#elapsed, `${elapsed} / ${formatElapsed(limitMs, false).replace('.0', '')}`);
    setTitle(this.#elapsed, fill(this.#strings.timeLeft, formatElapsed(leftMs, false)));
    this.#elapsed.classList.toggle('ending', leftMs < 0.1 * limitMs);
  }

  #updateLiveness({ stream, phase }: RunSnapshot): void {
    const rate = stream?.text.rate ?? null;
    this.#rate.hidden = rate === null;
    if (rate !== null) {
      const words =
        rate.unit === 'tokens' ? this.#strings.tokensPerSecond : this.#strings.charactersPerSecond;
      setText(this.#rate, fill(words, this.#numbers.format(Number(rate.perSecond.toPrecision(3)))));
    }
    const words = phase === 'streaming' ? (stream?.liveness.words ?? '') : '';
    this.#liveness.hidden = words === '';
    setText(this.#liveness, words);
  }

  #updateRequest(run: RunSnapshot, isRunningNow: boolean): void {
    setText(this.#method, run.method);
    setText(this.#url, run.url);
    setTitle(this.#url, run.url);
    this.#shownUrl = run.url;
    const focused = document.activeElement;
    this.#cancel.hidden = !isRunningNow;
    this.#resume.hidden = !run.canResume;
    if (focused === this.#cancel && !isRunningNow) (run.canResume ? this.#resume : this.#sendAgain).focus();
    if (focused === this.#resume && isRunningNow) this.#cancel.focus();
    this.#progress.hidden = run.phase !== 'connecting';
    this.#profile.hidden = run.profile === '';
    this.#shield.hidden = !run.isProtected;
    setText(this.#profileName, run.profile);
    setTitle(this.#profile, run.isProtected ? this.#strings.protectedProfile : run.profile);
  }

  #updateState(run: RunSnapshot, elapsedMs: number): void {
    const { response } = run;
    setAttribute(this.#state, 'data-phase', run.phase);
    setAttribute(this.#state, 'data-reason', run.end?.reason ?? null);
    setAttribute(this.#state, 'data-analysis', run.stream?.isAnalysed === true ? 'done' : null);
    setText(
      this.#state,
      run.wait === null ? stateWords(run, this.#strings) : waitWords(run.wait, elapsedMs, this.#strings),
    );
    setClass(this.#mark, `mark ${markClass(run)}`);
    this.#code.hidden = response === null;
    if (response === null) return;
    setText(this.#code, `${response.status} ${response.statusText}`.trimEnd());
    setTitle(this.#code, `HTTP/${response.httpVersion} ${response.status} ${response.statusText}`.trimEnd());
    setClass(this.#code, `code code-${statusClass(response.status)}`);
  }

  #updateFigures(run: RunSnapshot): void {
    this.#events.hidden = !hasRows(run);
    this.#bytes.hidden = run.response === null;
    setText(this.#events, fill(this.#strings.events, this.#numbers.format(run.eventCount)));
    setText(this.#bytes, formatBytes(run.byteCount));
    setTitle(this.#bytes, fill(this.#strings.bytes, this.#numbers.format(run.byteCount)));
  }
}

/** Where a run stands, in words. */
export function stateWords(run: RunSnapshot, strings: PanelStrings): string {
  switch (run.phase) {
    case 'preparing':
    case 'connecting':
    case 'streaming':
    case 'receiving':
      return strings[run.phase];
    case 'waiting':
      return fill(strings.waiting, '…'); // the bar counts down
    case 'ended':
      return run.end === null ? '' : strings.reasons[run.end.reason];
    default:
      return assertNever(run.phase);
  }
}

/** How long it still waits to be sent again. */
function waitWords(
  { untilMs, attempt, attempts }: NonNullable<RunSnapshot['wait']>,
  elapsedMs: number,
  strings: PanelStrings,
): string {
  const left = formatElapsed(Math.max(0, untilMs - elapsedMs), false);
  return attempt === 0
    ? fill(strings.waiting, left)
    : fill(strings.waitingAttempt, left, String(attempt), String(attempts));
}

/** A dot while it lives, a Codicon once it has ended. */
function markClass(run: RunSnapshot): string {
  if (run.end === null) return `dot dot-${run.phase} dot-${run.stream?.liveness.state ?? 'active'}`;
  if (run.end.reason === 'cancelled') return 'codicon codicon-circle-slash';
  if (run.end.reason !== 'complete') return 'codicon codicon-error mark-failed';
  return `codicon codicon-pass${(run.response?.status ?? 0) < 400 ? ' mark-passed' : ''}`;
}
