import {
  comparisonTabs,
  type ComparisonSnapshot,
  type ComparisonTab,
  type FromComparison,
  type SavedComparison,
  type ToComparison,
} from '../../protocol/comparison.ts';
import type { ComparisonStrings } from '../../protocol/strings/comparisonStrings.ts';
import { element } from '../dom.ts';
import { listRowHeight } from '../rowHeight.ts';
import { TabBar, tabPanel } from '../tabBar.ts';
import { CompareClient } from './compareClient.ts';
import { CompareEvents } from './compareEvents.ts';
import { CompareHeader } from './compareHeader.ts';
import { CompareOverview } from './compareOverview.ts';
import { CompareTimeline } from './compareTimeline.ts';

/** What the page needs from its script. */
export interface ComparePagePorts {
  readonly strings: ComparisonStrings;
  readonly saved: Pick<SavedComparison, 'tab' | 'onlyDifferences'>;
  readonly post: (message: FromComparison) => void;
  readonly save: (saved: SavedComparison) => void;
}

/** The page of a comparison: its root element, and what takes the host's messages. */
export interface ComparePage {
  readonly element: HTMLElement;
  readonly receive: (message: ToComparison) => void;
}

/** Builds the page. */
export function comparePage({ strings, saved, post, save }: ComparePagePorts): ComparePage {
  let shown = saved.tab;
  let frame = 0;
  const redraw = (): void => {
    frame ||= requestAnimationFrame(draw);
  };
  const client = new CompareClient(saved.onlyDifferences, { post, onChange: redraw });
  const tabs = new TabBar(comparisonTabs, 'events', strings, (tab) => {
    shown = tab;
    redraw();
  });
  const header = new CompareHeader(strings, post);
  const views: Readonly<
    Record<ComparisonTab, { readonly element: HTMLElement; update(snapshot: ComparisonSnapshot): void }>
  > = {
    overview: new CompareOverview(strings),
    events: new CompareEvents(strings, { client, post, redraw, rowHeight: listRowHeight() }),
    timeline: new CompareTimeline(strings, { client, post, redraw }),
  };
  const panels = new Map(
    comparisonTabs.map((tab) => {
      const panel = tabPanel(tab);
      panel.append(views[tab].element);
      return [tab, panel] as const;
    }),
  );
  const page = element('main', 'page comparison', {
    children: [header.element, tabs.element, ...panels.values()],
  });
  page.hidden = true;
  function draw(): void {
    frame = 0;
    const { comparison } = client;
    if (comparison === null) return;
    page.hidden = false;
    page.setAttribute('data-live', String(comparison.isLive));
    header.update(comparison);
    tabs.update(comparisonTabs, shown, comparison.events?.differenceCount ?? 0);
    for (const [tab, panel] of panels) panel.hidden = tab !== shown;
    views[shown].update(comparison);
    const { left, right } = comparison;
    save({ tab: shown, onlyDifferences: client.onlyDifferences, runs: [left.id, right.id] });
  }
  return { element: page, receive: (message) => client.receive(message) };
}
