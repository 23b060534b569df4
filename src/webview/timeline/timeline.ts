/** The timeline: a file of its own, for the panel and for comparisons, loaded when it is first shown. */
export { ComparedTimelines } from './comparedTimelines.ts';
export { TimelineTab } from './timelineTab.ts';
