import type { LogDetail } from '../../protocol/logs.ts';
import type { LogsStrings } from '../../protocol/strings/logsStrings.ts';
import { visibleControls } from '../content/visibleControls.ts';
import { copyButton } from '../copyButton.ts';
import { element, iconButton, setText } from '../dom.ts';
import { splitter } from '../splitter.ts';
import { clockTime } from './clockTime.ts';

/** Lowest height of the pane, and of what stays above it, in px. */
const MIN_HEIGHT = 88;
const MIN_ABOVE = 88;

/** What the user does in the pane. */
export interface LogPaneActions {
  readonly onClose: () => void;
  readonly onCopy: () => void;
}

/** One line of a log, whole. */
export class LogPane {
  readonly element: HTMLElement;
  readonly #strings: LogsStrings;
  readonly #title = element('h2', 'pane-title');
  readonly #facts = element('p', 'note');
  readonly #text: HTMLElement;

  constructor(strings: LogsStrings, { onClose, onCopy }: LogPaneActions) {
    this.#strings = strings;
    this.#text = element('pre', 'text', {
      id: 'log-text',
      role: 'region',
      attributes: { 'aria-label': strings.columnText, tabindex: '0' },
    });
    const bar = element('div', 'pane-bar', {
      children: [
        this.#title,
        copyButton('copy-log', strings.copy, onCopy),
        iconButton('close-log', 'close', strings.close, onClose),
      ],
    });
    const pane = element('section', 'detail log-pane', {
      id: 'log',
      attributes: { 'aria-label': strings.detailLabel },
      children: [bar, this.#facts, this.#text],
    });
    const bounds = (): { height: number; min: number; max: number } => ({
      height: pane.clientHeight,
      min: MIN_HEIGHT,
      max: Math.max(MIN_HEIGHT, (this.element.parentElement?.clientHeight ?? 0) - MIN_ABOVE),
    });
    const onResize = (height: number): void => void (pane.style.height = `${height}px`);
    this.element = element('div', 'detail-holder', {
      children: [splitter({ label: strings.detailLabel, controls: 'log', bounds, onResize }), pane],
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') onClose();
    });
  }

  show({ atMs, time, stream, relation, sinceMs, text, isShortened }: LogDetail): void {
    const { holdsId, meanwhile, sinceSending, beginning } = this.#strings;
    const at = atMs === null ? time : clockTime(atMs);
    setText(this.#title, [at, stream].filter((part) => part !== '').join(' · '));
    const facts = [
      sinceMs === null ? '' : `${sinceSending}: ${Math.round(sinceMs)} ms`,
      relation === null ? '' : relation === 'id' ? holdsId : meanwhile,
      isShortened ? beginning : '',
    ].filter((part) => part !== '');
    this.#facts.hidden = facts.length === 0;
    setText(this.#facts, facts.join(' · '));
    setText(this.#text, visibleControls(text));
    this.#text.scrollTop = 0;
  }
}
