import type { ComparedRun, ComparisonSnapshot, FromComparison } from '../../protocol/comparison.ts';
import type { ComparisonStrings } from '../../protocol/strings/comparisonStrings.ts';
import { element, icon, iconButton, setAttribute, setClass, setText, setTitle } from '../dom.ts';
import { fill, formatBytes, formatElapsed, statusClass } from '../format.ts';

/** The top of the page: the verdict, what is done with all of it, and the two runs. */
export class CompareHeader {
  readonly element: HTMLElement;
  readonly #mark = element('span', 'mark', { attributes: { 'aria-hidden': 'true' } });
  readonly #verdict = element('span', 'verdict', { id: 'verdict', attributes: { role: 'status' } });
  readonly #sendBoth: HTMLButtonElement;
  readonly #texts: HTMLButtonElement;
  readonly #left: RunCard;
  readonly #right: RunCard;

  constructor(strings: ComparisonStrings, post: (message: FromComparison) => void) {
    this.#left = new RunCard('A', strings.runA, strings);
    this.#right = new RunCard('B', strings.runB, strings);
    this.#sendBoth = iconButton('send-both', 'debug-restart', strings.sendBoth, () =>
      post({ type: 'sendBoth' }),
    );
    this.#texts = iconButton('open-texts', 'book', strings.openTexts, () =>
      post({ type: 'openDiff', content: { kind: 'text' } }),
    );
    const toolbar = element('div', 'toolbar', {
      role: 'toolbar',
      attributes: { 'aria-label': strings.toolbarLabel },
      children: [
        this.#sendBoth,
        iconButton('open-bodies', 'diff', strings.openBodies, () =>
          post({ type: 'openDiff', content: { kind: 'body' } }),
        ),
        this.#texts,
        iconButton('swap', 'arrow-swap', strings.swap, () => post({ type: 'swap' })),
      ],
    });
    this.element = element('header', 'status-bar', {
      children: [
        element('div', 'request-line', { children: [this.#mark, this.#verdict, toolbar] }),
        element('div', 'run-cards', { children: [this.#left.element, this.#right.element] }),
      ],
    });
  }

  update({ left, right, verdict, tone, hasTexts, canSendBoth }: ComparisonSnapshot): void {
    const marks = {
      good: 'codicon codicon-pass mark-passed',
      neutral: 'codicon codicon-circle-large-outline',
      bad: 'codicon codicon-diff-modified mark-differs',
    };
    setClass(this.#mark, `mark ${marks[tone]}`);
    setAttribute(this.#verdict, 'data-tone', tone);
    setText(this.#verdict, verdict);
    this.#sendBoth.hidden = !canSendBoth;
    this.#texts.hidden = !hasTexts;
    this.#left.update(left);
    this.#right.update(right);
  }
}

/** One of the runs: request, profile, status, time. */
class RunCard {
  readonly element: HTMLElement;
  readonly #strings: ComparisonStrings;
  readonly #clock = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  readonly #label = element('span', 'run-label');
  readonly #profile = element('span', 'run-profile');
  readonly #code = element('span', 'code');
  readonly #state = element('span', 'figure run-state');
  readonly #figures = element('span', 'figure');

  constructor(letter: string, name: string, strings: ComparisonStrings) {
    this.#strings = strings;
    this.element = element('section', 'run-card', {
      id: `run-${letter}`,
      attributes: { 'aria-label': name },
      children: [
        element('span', 'run-letter', { text: letter, attributes: { 'aria-hidden': 'true' } }),
        element('span', 'run-facts', {
          children: [
            element('span', 'run-line', { children: [this.#label, icon('dash'), this.#profile] }),
            element('span', 'run-line', { children: [this.#code, this.#state, this.#figures] }),
          ],
        }),
      ],
    });
  }

  update(run: ComparedRun): void {
    const { label, profile, status, statusText, phase, reason, sentMs, elapsedMs, isStream } = run;
    setText(this.#label, label);
    setTitle(this.#label, `${run.method} ${run.url}`);
    setText(this.#profile, profile);
    (this.#profile.previousElementSibling as HTMLElement).hidden = profile === '';
    this.#code.hidden = status === null;
    if (status !== null) {
      setText(this.#code, `${status} ${statusText}`.trimEnd());
      setClass(this.#code, `code code-${statusClass(status)}`);
    }
    setAttribute(this.#state, 'data-phase', phase);
    const { reasons, phases } = this.#strings;
    setText(this.#state, phase === 'ended' ? (reason === null ? '' : reasons[reason]) : phases[phase]);
    const figures = [
      isStream
        ? fill(this.#strings.events, this.#numbers.format(run.eventCount))
        : formatBytes(run.byteCount),
      formatElapsed(elapsedMs, phase === 'ended'),
      sentMs === null ? '' : this.#clock.format(sentMs),
    ];
    setText(this.#figures, figures.filter((one) => one !== '').join(' · '));
  }
}
