import type { AnswerTo } from '../../protocol/answers.ts';
import type { RunSnapshot } from '../../protocol/messages.ts';
import type { PanelStrings } from '../../protocol/strings/panelStrings.ts';
import { BodyContent } from './bodyContent.ts';
import { ChoiceGroup } from '../choiceGroup.ts';
import { MAX_PLAIN_LENGTH } from '../content/plainText.ts';
import { contentKind, type ContentKind } from '../content/contentKind.ts';
import { element, setText } from '../dom.ts';
import { fill, formatBytes } from '../format.ts';
import { Poll } from '../poll.ts';
import type { ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';
import { visibleLine } from '../content/visibleControls.ts';

/** An answer, and whether it was asked for when all of the body was there. */
interface Body {
  readonly answer: AnswerTo<'body'>;
  readonly kind: ContentKind;
  readonly isFinal: boolean;
}

/** The body of an answer that is no event stream: raw while it comes, then as what it is. */
export class BodyTab implements TabView {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #bar: HTMLElement;
  readonly #facts = element('span', 'view-facts');
  readonly #views: ChoiceGroup;
  readonly #hint = element('p', 'hint');
  readonly #note = element('p', 'note');
  readonly #content: BodyContent;
  readonly #poll: Poll;
  #runId: number | null = null;
  #body: Body | null = null;
  /** What is drawn: a body, and whether raw. */
  #drawn: { readonly body: Body; readonly isRaw: boolean } | null = null;
  /** The user wants what came, rather than what it is. */
  #isRaw = false;
  /** True if the body is shown as what it is, or could be. */
  #hasView = false;

  constructor(context: TabContext) {
    this.#context = context;
    this.#poll = new Poll(context);
    const { strings, post } = context;
    this.#views = new ChoiceGroup(strings.content.viewAs, (view) => {
      this.#isRaw = view === 'raw';
      context.redraw();
    });
    this.#content = new BodyContent(strings, post);
    this.#bar = element('div', 'view-bar', {
      children: [this.#facts, this.#views.element],
    });
    this.element = element('div', 'body-tab', {
      children: [this.#bar, this.#hint, this.#note, this.#content.element],
    });
  }

  update(state: ViewState): void {
    const { run } = state;
    if (run === null) return;
    const isLive = run.phase !== 'ended';
    if (run.runId !== this.#runId) this.#reset(run.runId, isLive);
    if (!isLive) this.#content.end();
    if (!state.isPaused) this.#fetch(run, isLive);
    this.#updateHint(run, isLive);
    this.#draw(run);
    this.#updateBar(run);
  }

  #reset(runId: number, isLive: boolean): void {
    this.#runId = runId;
    this.#body = null;
    this.#drawn = null;
    this.#hasView = false;
    this.#content.reset(isLive);
  }

  #fetch({ runId, response, byteCount }: RunSnapshot, isLive: boolean): void {
    if (response === null || response.format === 'event-stream' || byteCount === 0) return;
    const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    // Half an image is none, and it would be fetched whole each time.
    if (isLive && contentKind(type, null) === 'image') return;
    const isCut = this.#body?.answer.isShortened === true;
    if (isCut) {
      // All that is handed over is here.
      if (!isLive && this.#body?.isFinal === false) this.#body = { ...this.#body, isFinal: true };
      return;
    }
    this.#poll.update({
      runId,
      key: `${byteCount}:${isLive}`,
      isUrgent: !isLive || this.#body === null,
      ask: () => this.#context.ask<'body'>({ kind: 'body' }),
      take: (answer) => {
        const kind = answer.wanted ?? contentKind(answer.contentType, answer.text);
        this.#body = { answer, kind, isFinal: !isLive };
      },
    });
  }

  #updateHint({ response, byteCount }: RunSnapshot, isLive: boolean): void {
    const { empty, waiting } = this.#context.strings.body;
    this.#hint.hidden = response === null || byteCount > 0;
    setText(this.#hint, isLive ? waiting : empty);
  }

  #draw(run: RunSnapshot): void {
    const body = this.#body;
    const isRaw = this.#isRaw;
    if (body === null || (this.#drawn?.body === body && this.#drawn.isRaw === isRaw)) return;
    this.#drawn = { body, isRaw };
    const { answer, kind, isFinal } = body;
    const isTooLarge = kind === 'image' && answer.isShortened;
    const canView = (isFinal || answer.text === null) && !isTooLarge;
    const wantsRaw = isRaw && answer.text !== null;
    if (!wantsRaw) this.#hasView = canView && this.#content.show(kind, answer, run.byteCount);
    if (wantsRaw || !this.#hasView) this.#content.showRaw(answer.text ?? '');
    this.#content.element.hidden = isTooLarge && answer.text === null;
  }

  #updateBar(run: RunSnapshot): void {
    const { strings } = this.#context;
    const answer = this.#body?.answer;
    const view = this.#body === null ? null : viewName(this.#body.kind, strings);
    const isChoice = view !== null && (answer?.text ?? null) !== null && (this.#hasView || this.#isRaw);
    this.#views.update(
      isChoice && this.#body?.isFinal === true
        ? [
            { value: 'view', label: view },
            { value: 'raw', label: strings.content.asRaw },
          ]
        : [],
      this.#isRaw ? 'raw' : 'view',
    );
    const size = formatBytes(run.byteCount);
    const type = visibleLine(answer?.contentType ?? '');
    this.#bar.hidden = run.byteCount === 0;
    setText(this.#facts, type === '' ? size : `${type} · ${size}`);
    const isPlain = this.#isRaw || !this.#hasView;
    const isCut = answer?.isShortened === true || (isPlain && (answer?.text?.length ?? 0) > MAX_PLAIN_LENGTH);
    this.#note.hidden = !isCut || this.#body?.kind === 'binary';
    const { shortened, imageTooLarge } = strings.body;
    setText(this.#note, this.#body?.kind === 'image' ? imageTooLarge : fill(shortened, size));
  }
}

/** What the view of a body is called beside its raw text; null where there is no choice of these two. */
function viewName(kind: ContentKind, { content }: PanelStrings): string | null {
  const names: Partial<Record<ContentKind, string>> = {
    json: content.asTree,
    xml: content.asFormatted,
    markdown: content.markdown,
    image: content.asImage,
  };
  return names[kind] ?? null;
}
