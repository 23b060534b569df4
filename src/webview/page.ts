import { tabs, type FromWebview, type Tab } from '../protocol/messages.ts';
import type { PanelStrings } from '../protocol/strings/panelStrings.ts';
import { Announcer } from './announcer.ts';
import { element } from './dom.ts';
import { EventsTab } from './events/eventsTab.ts';
import { Lost } from './lost.ts';
import type { PanelClient } from './panelClient.ts';
import { Problem } from './problem.ts';
import { listRowHeight } from './rowHeight.ts';
import { problemCount, shownTab, tabsOf, type ViewState } from './state.ts';
import { StatusBar } from './statusBar.ts';
import { TabBar, tabPanel } from './tabBar.ts';
import type { OtherTabs } from './tabs.ts';
import type { TabContext } from './tabView.ts';
import { Toolbar } from './toolbar.ts';

/** The whole page: its root element, and what draws it. */
export interface Page {
  readonly element: HTMLElement;
  /** Draws a state; cheap where nothing has changed. */
  readonly update: (state: ViewState, nowMs: number) => void;
  /** Draws what changes by time alone. */
  readonly tick: (state: ViewState, nowMs: number) => void;
}

/** What the page needs from its script. */
export interface PagePorts {
  readonly strings: PanelStrings;
  readonly client: PanelClient;
  readonly post: (message: FromWebview) => void;
  readonly redraw: () => void;
}

/** Builds the page and ties what the user does to the client and the host. */
export function page({ strings, client, post, redraw }: PagePorts): Page {
  const rowHeight = listRowHeight();
  const sendAgain = (): void => post({ type: 'sendAgain' });
  const tabBar = new TabBar(tabs, 'problems', strings, (tab) => client.dispatch({ type: 'setTab', tab }));
  const toolbar = new Toolbar(strings, {
    post,
    onPause: (isPaused) => client.dispatch({ type: 'setPaused', isPaused }),
  });
  const statusBar = new StatusBar(strings, toolbar.element, {
    onCancel: () => post({ type: 'cancel' }),
    onSendAgain: sendAgain,
    onResume: () => post({ type: 'resume' }),
    onCopyUrl: (text) => post({ type: 'copyText', text }),
  });
  const context: TabContext = {
    strings,
    ask: (query) => client.ask(query),
    post,
    redraw,
    showRow: (row) => client.dispatch({ type: 'showRow', row }),
    selectRow: (row) => client.dispatch({ type: 'selectRow', row }),
    selectRange: (range) => client.dispatch({ type: 'selectRange', range }),
  };
  const events = new EventsTab(context, client, rowHeight);
  const panels = new Map<Tab, HTMLElement>(tabs.map((tab) => [tab, tabPanel(tab)]));
  panels.get('events')?.append(events.element);
  /** The others are loaded when one of them is first shown. */
  let others: OtherTabs | null = null;
  let isLoading = false;
  const loadOthers = async (): Promise<void> => {
    if (isLoading) return;
    isLoading = true;
    const { createTabs } = await import('./tabs.ts');
    if (others !== null) return;
    others = createTabs(context, rowHeight);
    for (const [tab, view] of Object.entries(others)) panels.get(tab as Tab)?.append(view.element);
    redraw();
  };
  const lost = new Lost(strings, sendAgain);
  const problem = new Problem(
    strings,
    (url) => post({ type: 'openLink', url }),
    () => post({ type: 'startFunction' }),
  );
  const announcer = new Announcer(strings);
  const drawTab = (state: ViewState): void => {
    const shown = shownTab(state);
    for (const [tab, panel] of panels) panel.hidden = tab !== shown;
    if (shown === null) return;
    if (shown === 'events') events.update(state);
    else if (others === null) void loadOthers();
    else others[shown].update(state);
  };
  return {
    element: element('main', 'page', {
      children: [
        statusBar.element,
        problem.element,
        lost.element,
        tabBar.element,
        ...panels.values(),
        announcer.element,
      ],
    }),
    update: (state, nowMs) => {
      for (const part of [statusBar, problem, lost, toolbar, announcer]) part.update(state, nowMs);
      tabBar.update(tabsOf(state), shownTab(state), problemCount(state));
      drawTab(state);
    },
    tick: (state, nowMs) => {
      statusBar.update(state, nowMs);
      if (shownTab(state) === 'timeline') drawTab(state);
    },
  };
}
