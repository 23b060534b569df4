import type { Tab } from '../protocol/messages.ts';
import { BodyTab } from './body/bodyTab.ts';
import { ChunksTab } from './chunks/chunksTab.ts';
import { HeadersTab } from './headers/headersTab.ts';
import { LazyTab } from './lazyTab.ts';
import { LogsTab } from './logs/logsTab.ts';
import { ProblemsTab } from './problems/problemsTab.ts';
import type { TabContext, TabView } from './tabView.ts';
import { TextTab } from './text/textTab.ts';

/** Every tab but that of the events, which is there from the start. */
export type OtherTabs = Readonly<Record<Exclude<Tab, 'events'>, TabView>>;

/** Makes them. This module is a file of its own, loaded when one of them is first shown. */
export function createTabs(context: TabContext, rowHeight: number): OtherTabs {
  return {
    text: new TextTab(context),
    timeline: new LazyTab(
      context,
      async () => new (await import('./timeline/timeline.ts')).TimelineTab(context),
    ),
    chunks: new ChunksTab(context, rowHeight),
    body: new BodyTab(context),
    headers: new HeadersTab(context),
    logs: new LogsTab(context, rowHeight),
    problems: new ProblemsTab(context),
  };
}
