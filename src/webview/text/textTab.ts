import type { ChannelSnapshot, RunSnapshot, StreamSnapshot } from '../../protocol/messages.ts';
import { channelNames } from './channelNames.ts';
import { ChannelSection, type ChannelShown } from './channelSection.ts';
import { ChoiceGroup } from '../choiceGroup.ts';
import { copyButton } from '../copyButton.ts';
import { element, iconButton, setAttribute, setText } from '../dom.ts';
import { FollowEnd } from '../followEnd.ts';
import { fill } from '../format.ts';
import { Poll } from '../poll.ts';
import type { ViewState } from '../state.ts';
import type { TabContext, TabView } from '../tabView.ts';
import { TextPieces } from './textPieces.ts';

/** UTF-16 units by which what is shown may lag behind; more is fetched at once. */
const MAX_LAG = 20_000;
/** The choice of all channels: no channel's key is empty. */
const ALL = '';

/** The channels in view, and what all channels are called. */
interface ShownChannels {
  readonly names: readonly string[];
  readonly shown: ReadonlySet<ChannelSnapshot>;
}

/** The text that was assembled from the events, channel by channel, as it grows. */
export class TextTab implements TabView {
  readonly element: HTMLElement;
  readonly #context: TabContext;
  readonly #numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);
  readonly #bar: HTMLElement;
  readonly #channels: ChoiceGroup;
  readonly #figures = element('span', 'text-figures');
  readonly #markdown: HTMLButtonElement;
  readonly #toEnd: HTMLButtonElement;
  /** For the only channel in view. */
  readonly #only: Readonly<Record<'copy' | 'open', HTMLButtonElement>>;
  readonly #hint = element('p', 'hint');
  readonly #content = element('div', 'text-content');
  readonly #scroller: HTMLElement;
  readonly #end: FollowEnd;
  readonly #sections = new Map<string, ChannelSection>();
  readonly #poll: Poll;
  #pieces = new TextPieces();
  #runId: number | null = null;
  #shownKeys: readonly string[] = [];
  #chosen = ALL;
  #isMarkdown = true;

  constructor(context: TabContext) {
    this.#context = context;
    this.#poll = new Poll(context);
    const { text, content } = context.strings;
    this.#channels = new ChoiceGroup(text.channels, (channel) => {
      this.#chosen = channel;
      this.#end.reset(this.#end.isFollowing);
      context.redraw();
    });
    this.#markdown = element('button', 'choice', { text: content.markdown, attributes: { type: 'button' } });
    this.#markdown.addEventListener('click', () => {
      this.#isMarkdown = !this.#isMarkdown;
      context.redraw();
    });
    this.#toEnd = iconButton('follow-text', 'arrow-down', text.followEnd, () => {
      this.#end.follow();
      this.#scroller.focus();
    });
    this.#only = {
      copy: copyButton('copy-text', context.strings.copy, () => this.#hand('copy')),
      open: iconButton('open-text', 'go-to-file', content.openInEditor, () => this.#hand('open')),
    };
    const { copy, open } = this.#only;
    this.#bar = element('div', 'view-bar', {
      children: [this.#channels.element, this.#figures, this.#toEnd, this.#markdown, copy, open],
    });
    this.#scroller = element('div', 'text-scroller', {
      id: 'text',
      role: 'region',
      attributes: { 'aria-label': text.label, tabindex: '0' },
      children: [this.#content],
    });
    this.element = element('div', 'text-tab', { children: [this.#bar, this.#hint, this.#scroller] });
    this.#end = new FollowEnd(this.#scroller, this.#content, () => context.redraw());
  }

  update(state: ViewState): void {
    const { run } = state;
    const stream = run?.stream ?? null;
    if (run !== null && run.runId !== this.#runId) this.#reset(run);
    const channels = stream?.text.channels ?? [];
    this.#showHint(run, stream);
    this.#bar.hidden = channels.length === 0;
    this.#scroller.hidden = channels.length === 0;
    if (run === null || stream === null || channels.length === 0) return;
    const isLive = run.phase !== 'ended';
    this.#end.setLive(isLive);
    this.#toEnd.hidden = !isLive || this.#end.isFollowing;
    const isChosen = channels.some(({ key }) => key === this.#chosen);
    const shown = isChosen ? channels.filter(({ key }) => key === this.#chosen) : channels;
    const names = channelNames(channels, this.#context.strings.text);
    this.#updateChoices(channels, names, isChosen ? this.#chosen : ALL);
    this.#updateFigures(shown);
    this.#updateSections(run, stream, { names, shown: new Set(shown) });
    if (!state.isPaused) this.#fetch(run.runId, shown, isLive);
  }

  #reset(run: RunSnapshot): void {
    this.#runId = run.runId;
    this.#pieces = new TextPieces();
    this.#sections.clear();
    this.#content.replaceChildren();
    this.#end.reset(run.phase !== 'ended');
  }

  #showHint(run: RunSnapshot | null, stream: StreamSnapshot | null): void {
    const { noText, noTextYet } = this.#context.strings.text;
    const isShown = stream !== null && stream.text.channels.length === 0;
    this.#hint.hidden = !isShown;
    setText(this.#hint, run?.phase === 'ended' && stream?.isAnalysed === true ? noText : noTextYet);
  }

  #updateChoices(channels: readonly ChannelSnapshot[], names: readonly string[], chosen: string): void {
    const choices = channels.map(({ key }, index) => ({ value: key, label: names[index] ?? '' }));
    const all = { value: ALL, label: this.#context.strings.text.all };
    this.#channels.update(choices.length < 2 ? [] : [all, ...choices], chosen);
  }

  #updateFigures(shown: readonly ChannelSnapshot[]): void {
    const length = shown.reduce((sum, channel) => sum + channel.length, 0);
    setText(this.#figures, fill(this.#context.strings.text.characters, this.#numbers.format(length)));
    setAttribute(this.#markdown, 'aria-pressed', String(this.#isMarkdown));
    this.#markdown.hidden = shown.every(({ kind }) => kind === 'tool');
    this.#shownKeys = shown.map(({ key }) => key);
    for (const button of Object.values(this.#only)) button.hidden = shown.length > 1;
  }

  #updateSections(run: RunSnapshot, stream: StreamSnapshot, { names, shown }: ShownChannels): void {
    const hasEnded = run.phase === 'ended' && stream.isAnalysed;
    stream.text.channels.forEach((channel, index) => {
      const section = this.#section(channel.key);
      section.element.hidden = !shown.has(channel);
      if (section.element.hidden) return;
      const text = this.#pieces.text(channel.key);
      const isShortened = this.#pieces.isFull(channel);
      section.update({
        runId: run.runId,
        name: names[index] ?? '',
        text,
        isShortened,
        isFinal: hasEnded && (isShortened || text.length >= channel.length),
        as: this.#formOf(channel),
        isAlone: shown.size === 1,
      });
    });
  }

  #formOf({ kind }: ChannelSnapshot): ChannelShown['as'] {
    if (kind === 'tool') return 'tool';
    return this.#isMarkdown ? 'markdown' : 'plain';
  }

  #section(channel: string): ChannelSection {
    let section = this.#sections.get(channel);
    if (section === undefined) {
      section = new ChannelSection(this.#context, channel);
      this.#sections.set(channel, section);
      this.#content.append(section.element);
    }
    return section;
  }

  #hand(type: 'copy' | 'open'): void {
    const [key] = this.#shownKeys;
    if (key !== undefined) this.#section(key).hand(type);
  }

  #fetch(runId: number, shown: readonly ChannelSnapshot[], isLive: boolean): void {
    const next = this.#pieces.next(shown);
    if (next === null) return;
    const { channel, from, lag } = next;
    this.#poll.update({
      runId,
      key: `${channel}:${from}:${lag}`,
      isUrgent: !isLive || from === 0 || lag > MAX_LAG,
      ask: () => this.#context.ask({ kind: 'text', channel, from }),
      take: (answer) => this.#pieces.accept(answer),
    });
  }
}
