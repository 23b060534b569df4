import type { ContentReference, FromWebview } from '../protocol/messages.ts';
import type { PanelStrings } from '../protocol/strings/panelStrings.ts';
import { copyButton } from './copyButton.ts';
import { element, iconButton, setAttribute, setClass, setTitle, icon } from './dom.ts';
import { hasRows, isRunning, shownTab, type ViewState } from './state.ts';

/** What the toolbar does besides posting to the host. */
export interface ToolbarActions {
  readonly post: (message: FromWebview) => void;
  readonly onPause: (isPaused: boolean) => void;
}

/** The buttons beside the tabs, for the whole answer. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #pause: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  readonly #open: HTMLButtonElement;
  readonly #save: HTMLButtonElement;
  readonly #compare: HTMLButtonElement;
  readonly #pin: HTMLButtonElement;
  #state: ViewState | null = null;

  constructor(strings: PanelStrings, { post, onPause }: ToolbarActions) {
    this.#strings = strings;
    const withRun = (act: (runId: number) => void): void => {
      const runId = this.#state?.run?.runId;
      if (runId !== undefined) act(runId);
    };
    this.#pause = iconButton('pause', 'debug-pause', strings.pause, () =>
      onPause(this.#state?.isPaused !== true),
    );
    this.#copy = copyButton('copy-all', strings.copyAll, () =>
      withRun((runId) => post({ type: 'copy', runId, content: this.#content() })),
    );
    this.#open = iconButton('open-all', 'go-to-file', strings.openBeside, () =>
      withRun((runId) => post({ type: 'open', runId, content: this.#content() })),
    );
    this.#save = iconButton('save', 'save', strings.save, () =>
      withRun((runId) => post({ type: 'save', runId })),
    );
    this.#compare = iconButton('compare', 'diff', strings.compareWithPrevious, () =>
      post({ type: 'compareWithPrevious' }),
    );
    this.#pin = iconButton('pin', 'pin', strings.pin, () =>
      post({ type: 'setPinned', isPinned: this.#state?.panel.isPinned !== true }),
    );
    this.element = element('div', 'toolbar', {
      role: 'toolbar',
      attributes: { 'aria-label': strings.toolbarLabel },
      children: [this.#pause, this.#copy, this.#open, this.#save, this.#compare, this.#pin],
    });
  }

  update(state: ViewState): void {
    this.#state = state;
    const { run, panel } = state;
    const hasContent = run !== null && run.byteCount > 0;
    this.#pause.hidden = !(isRunning(state) && hasRows(run)) && !state.isPaused;
    setAttribute(this.#pause, 'aria-pressed', String(state.isPaused));
    label(this.#pause, state.isPaused ? this.#strings.resume : this.#strings.pause);
    setClass(this.#pause.firstElementChild as HTMLElement, icon(state.isPaused ? 'debug-continue' : 'debug-pause').className); // prettier-ignore
    for (const button of [this.#copy, this.#open, this.#save]) button.hidden = !hasContent;
    this.#compare.hidden = run === null || run.phase === 'preparing';
    this.#pin.hidden = !panel.canPin || run === null;
    setAttribute(this.#pin, 'aria-pressed', String(panel.isPinned));
    label(this.#pin, panel.isPinned ? this.#strings.unpin : this.#strings.pin);
    setClass(this.#pin.firstElementChild as HTMLElement, icon(panel.isPinned ? 'pinned' : 'pin').className);
  }

  /** What stands in the tab that is shown: its text, else everything that was received. */
  #content(): ContentReference {
    const run = this.#state?.run;
    const tab = this.#state === null ? null : shownTab(this.#state);
    if (run === undefined || !hasRows(run) || tab === 'body') return { kind: 'body' };
    const isText = tab === 'text';
    const channels = (isText ? run?.stream?.text.channels : undefined) ?? [];
    const channel = channels.find(({ kind }) => kind === 'content') ?? channels[0];
    return channel === undefined ? { kind: 'stream' } : { kind: 'text', channel: channel.key };
  }
}

function label(button: HTMLButtonElement, text: string): void {
  setTitle(button, text);
  setAttribute(button, 'aria-label', text);
}
