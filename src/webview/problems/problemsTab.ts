import type { Problems } from '../../protocol/answers.ts';
import type { RunSnapshot } from '../../protocol/messages.ts';
import { element, setText } from '../dom.ts';
import { FindingsTable } from './findingsTable.ts';
import { fill } from '../format.ts';
import { Poll } from '../poll.ts';
import type { ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';
import { VerdictCards } from './verdictCards.ts';

/** The verdicts on an exchange, and what the wire linter found. */
export class ProblemsTab implements TabView {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  readonly #verdicts: VerdictCards;
  readonly #findings: FindingsTable;
  readonly #totals = element('ul', 'finding-totals');
  readonly #hint = element('p', 'hint');
  readonly #scroller: HTMLElement;
  readonly #poll: Poll;
  #runId: number | null = null;
  #problems: Problems | null = null;
  #drawn: Problems | null = null;

  constructor(context: TabContext) {
    this.#context = context;
    this.#poll = new Poll(context);
    const { problems } = context.strings;
    this.#verdicts = new VerdictCards(problems, (url) => context.post({ type: 'openLink', url }));
    this.#findings = new FindingsTable(problems, context.showRow);
    this.#scroller = element('div', 'tab-scroller', {
      id: 'problems',
      role: 'region',
      attributes: { 'aria-label': problems.label, tabindex: '0' },
      children: [this.#verdicts.element, this.#findings.element, this.#totals, this.#hint],
    });
    this.element = element('div', 'problems-tab', { children: [this.#scroller] });
  }

  update(state: ViewState): void {
    const { run } = state;
    if (run === null) return;
    if (run.runId !== this.#runId) {
      this.#runId = run.runId;
      this.#problems = null;
      this.#findings.reset();
      this.#scroller.scrollTop = 0;
    }
    if (!state.isPaused) this.#fetch(run);
    this.#draw();
    this.#updateHint(run);
  }

  #fetch({ runId, phase, byteCount, stream }: RunSnapshot): void {
    this.#poll.update({
      runId,
      // After the end it is asked once more, when everything has been analysed.
      key: `${phase}:${byteCount}:${stream?.isAnalysed === true}`,
      isUrgent: phase === 'ended',
      ask: () => this.#context.ask<'problems'>({ kind: 'problems' }),
      take: ({ problems }) => (this.#problems = problems),
    });
  }

  #draw(): void {
    if (this.#problems === this.#drawn) return;
    this.#drawn = this.#problems;
    const { verdicts, findings, totals } = this.#problems ?? { verdicts: [], findings: [], totals: [] };
    this.#verdicts.update(verdicts);
    this.#findings.update(findings);
    const format = (count: number): string => this.#numbers.format(count);
    this.#totals.hidden = totals.length === 0;
    this.#totals.replaceChildren(
      ...totals.map(({ code, count, listed }) =>
        element('li', '', {
          text: fill(this.#context.strings.problems.notListed, code, format(count), format(listed)),
        }),
      ),
    );
  }

  #updateHint(run: RunSnapshot): void {
    const { none, noneSoFar, checking } = this.#context.strings.problems;
    const problems = this.#problems;
    const isClean =
      problems !== null &&
      problems.findings.length === 0 &&
      problems.verdicts.every(({ tone }) => tone !== 'bad');
    this.#hint.hidden = !isClean || (run.end?.message ?? '') !== '';
    const isAnalysed = run.stream?.isAnalysed ?? true;
    setText(this.#hint, run.phase !== 'ended' ? noneSoFar : isAnalysed ? none : checking);
  }
}
