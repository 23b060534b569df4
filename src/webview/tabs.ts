import type { Tab } from '../protocol/messages.ts';
import { BodyTab } from './bodyTab.ts';
import { ChunksTab } from './chunksTab.ts';
import { HeadersTab } from './headersTab.ts';
import { ProblemsTab } from './problemsTab.ts';
import type { TabContext, TabView } from './tabView.ts';
import { TextTab } from './textTab.ts';
import { TimelineTab } from './timelineTab.ts';

/** Every tab but that of the events, which is there from the start. */
export type OtherTabs = Readonly<Record<Exclude<Tab, 'events'>, TabView>>;

/** Makes them. This module is a file of its own, loaded when one of them is first shown. */
export function createTabs(context: TabContext, rowHeight: number): OtherTabs {
  return {
    text: new TextTab(context),
    timeline: new TimelineTab(context),
    chunks: new ChunksTab(context, rowHeight),
    body: new BodyTab(context),
    headers: new HeadersTab(context),
    problems: new ProblemsTab(context),
  };
}
