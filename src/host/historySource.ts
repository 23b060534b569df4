import type { Run } from './run.ts';

/** What the history offers of the runs it kept. */
export interface RunSource {
  /**
   * A kept run as it was, to its end; whoever opens it disposes it.
   * @throws Error, in the user's language, where it is no longer kept
   */
  open(id: string): Promise<Run>;
  /** The run that a panel showed before the window was reloaded; undefined where it is not kept. */
  reopen(id: string): Promise<Run | undefined>;
  /** The run of the same request before it, opened; undefined where none is kept. */
  previous(run: Run): Promise<Run | undefined>;
}

/** A kept run that a command is about: an item of the view, or its id alone. */
export interface HistoryReference {
  /** `Run.id`. */
  readonly id: string;
}
