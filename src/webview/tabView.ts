import type { AnswerTo } from '../protocol/answers.ts';
import type { FromWebview } from '../protocol/messages.ts';
import type { PanelStrings } from '../protocol/strings/panelStrings.ts';
import type { PanelQuery } from '../protocol/queries.ts';
import type { TimeRange, ViewState } from './state.ts';

/** What one tab shows. */
export interface TabView {
  /** The page gives it its role and id, and hides it. */
  readonly element: HTMLElement;
  /** Draws a state; called only while the tab is shown, also when only time has passed. Cheap where nothing changed. */
  update(state: ViewState): void;
}

/** What a tab needs from the page it is in. */
export interface TabContext {
  readonly strings: PanelStrings;
  /** Asks the host; null where it cannot answer. */
  readonly ask: <K extends PanelQuery['kind']>(
    query: Extract<PanelQuery, { readonly kind: K }>,
  ) => Promise<AnswerTo<K> | null>;
  readonly post: (message: FromWebview) => void;
  /** Shows a record, by its number among all records, in the tab of the events. */
  readonly showRow: (row: number) => void;
  /** Selects a record without leaving the tab. */
  readonly selectRow: (row: number) => void;
  /** Selects a range of time, for all tabs; null for none. */
  readonly selectRange: (range: TimeRange | null) => void;
  /** Something that was asked for has come: draw, soon. */
  readonly redraw: () => void;
}
