import type { FromWebview, PanelStrings } from '../protocol/messages.ts';
import { Announcer } from './announcer.ts';
import { Body } from './body.ts';
import { Detail } from './detail.ts';
import { element } from './dom.ts';
import { EventGrid } from './grid.ts';
import { Headers } from './headers.ts';
import { Hint } from './hint.ts';
import type { PanelClient } from './panelClient.ts';
import { Problem } from './problem.ts';
import type { ViewState } from './state.ts';
import { StatusBar } from './statusBar.ts';

/** The whole page: its root element, and what draws it. */
export interface Page {
  readonly element: HTMLElement;
  /** Draws a state; cheap where nothing has changed. */
  readonly update: (state: ViewState, nowMs: number) => void;
  /** Draws what changes by time alone. */
  readonly tick: (state: ViewState, nowMs: number) => void;
}

/** Builds the page and ties what the user does to the client and the host. */
export function page(strings: PanelStrings, client: PanelClient, post: (message: FromWebview) => void): Page {
  const close = (): void => {
    client.dispatch({ type: 'closeDetail' });
    grid.focus();
  };
  const statusBar = new StatusBar(strings, {
    onCancel: () => post({ type: 'cancel' }),
    onSendAgain: () => post({ type: 'sendAgain' }),
  });
  const headers = new Headers(strings, (section, isOpen) =>
    client.dispatch({ type: 'toggleSection', section, isOpen }),
  );
  const grid: EventGrid = new EventGrid(strings, client.rows, rowHeight(), {
    activeRow: () => client.state.activeRow,
    onWant: (from, to) => client.wantRows(from, to),
    onSelect: (row, follow) => client.dispatch({ type: 'select', row, follow }),
    onFollow: (follow) => client.dispatch({ type: 'setFollow', follow }),
    onScrolled: (topRow) => client.dispatch({ type: 'scrolled', topRow }),
    onClose: close,
    onCopy: () => client.copyRecord(),
  });
  const detail = new Detail(strings, {
    onClose: close,
    onCopy: () => client.copyRecord(),
    onResize: (height) => client.dispatch({ type: 'resizeDetail', height }),
  });
  const body = new Body(strings, () => client.copyBody());
  const parts = [
    statusBar,
    headers,
    new Problem(),
    new Hint(strings),
    grid,
    body,
    detail,
    new Announcer(strings),
  ];
  return {
    element: element('main', 'page', { children: parts.map((part) => part.element) }),
    update: (state, nowMs) => {
      for (const part of parts) part.update(state, nowMs);
    },
    tick: (state, nowMs) => statusBar.update(state, nowMs),
  };
}

/** VS Code's lists have 22 px per row; a larger font gets more. */
function rowHeight(): number {
  const fontSize = Number.parseFloat(getComputedStyle(document.body).fontSize);
  return Math.max(22, Math.ceil(fontSize * 1.6));
}
