/**
 * What runs inside the panel's own frame during a measurement: looks once per frame, and takes the time after that
 * frame was painted. Built as a script that leaves its exports in `benchProbe`. Each `arm…` begins to look; `result`
 * settles with what was seen. Times are ms of the system's clock unless said otherwise.
 */

/** What to wait for after Send. */
export interface RunToWatch {
  /** Position of the last row, 0-based. */
  readonly lastRow: number;
  /** What that row says, in this run and no other. */
  readonly lastText: string;
  /** Whether to go on until `#state` says that the analysis is done. */
  readonly untilAnalyzed: boolean;
}

/** One run as the panel showed it. */
export interface WatchedRun {
  /** When the last row had been painted. */
  readonly paintedMs: number;
  /** When the analysis had been shown as done; null if that was not waited for. */
  readonly analyzedMs: number | null;
  /** When each frame was made, and its own time stamp, whose differences are the frames' lengths. */
  readonly frames: readonly { readonly atMs: number; readonly frameMs: number }[];
  /** The most row elements that were in the page at once. */
  readonly maxRows: number;
}

let pending: Promise<unknown> | undefined;

/** Settles with what the last `arm…` was to see. */
export function result(): Promise<unknown> {
  return pending ?? Promise.reject(new Error('Nothing was armed.'));
}

/** Watches a run that is sent after this, up to its last row. Result: {@link WatchedRun}. */
export function armRun({ lastRow, lastText, untilAnalyzed }: RunToWatch): void {
  const frames: { atMs: number; frameMs: number }[] = [];
  let maxRows = 0;
  let hasBegun = false;
  let paintedMs: number | undefined;
  let analyzedMs: number | undefined;
  pending = eachFrame((frameMs, afterPaint) => {
    frames.push({ atMs: Date.now(), frameMs });
    maxRows = Math.max(maxRows, document.querySelectorAll('[role=row]').length);
    const state = document.getElementById('state');
    // What the panel says before that is about the run before.
    hasBegun ||= state?.dataset['phase'] !== 'ended';
    if (paintedMs === undefined && rowText(lastRow).includes(lastText)) {
      hasBegun = true;
      afterPaint((atMs) => (paintedMs ??= atMs));
    }
    if (hasBegun && analyzedMs === undefined && state?.dataset['analysis'] === 'done') {
      afterPaint((atMs) => (analyzedMs ??= atMs));
    }
    if (paintedMs === undefined || (untilAnalyzed && analyzedMs === undefined)) return undefined;
    return { paintedMs, analyzedMs: untilAnalyzed ? (analyzedMs ?? null) : null, frames, maxRows };
  });
}

/**
 * Watches the rows of a slow run. Result: for each event, when its row or a later one had been painted: a row may come
 * and be scrolled away between two frames.
 */
export function armPaced({ events, run }: { readonly events: number; readonly run: number }): void {
  const paintedMs: number[] = [];
  let seen = 0;
  pending = eachFrame((_frameMs, afterPaint) => {
    let newest = seen;
    for (const row of document.querySelectorAll<HTMLElement>('[role=row][data-index]')) {
      const index = Number(row.dataset['index']);
      if (row.textContent.includes(`"i":${index},"run":${run},`)) newest = Math.max(newest, index + 1);
    }
    const arrived = newest - seen;
    seen = newest;
    if (arrived > 0) afterPaint((atMs) => paintedMs.push(...new Array<number>(arrived).fill(atMs)));
    return paintedMs.length === events ? paintedMs : undefined;
  });
}

/** Watches the next text typed into the filter. Result: ms until the final number of matches is painted. */
export function armSearch(matches: number): void {
  let typedMs: number | undefined;
  let doneMs: number | undefined;
  document.getElementById('filter-text')?.addEventListener('input', () => (typedMs = Date.now()), {
    capture: true,
    once: true,
  });
  pending = eachFrame((_frameMs, afterPaint) => {
    if (typedMs !== undefined && doneMs === undefined && isFilterDone(matches)) {
      afterPaint((atMs) => (doneMs = atMs));
    }
    return doneMs === undefined || typedMs === undefined ? undefined : doneMs - typedMs;
  });
}

/** True if the filter's final number of matches is shown, and is this one. */
export function isFilterDone(matches: number): boolean {
  const count = document.getElementById('filter-count');
  const numbers = count?.textContent.match(/\d[\d,.]*/g) ?? [];
  return (
    count?.dataset['done'] === 'true' && numbers.some((text) => Number(text.replace(/\D/g, '')) === matches)
  );
}

function rowText(position: number): string {
  return document.querySelector(`[role=row][data-index="${position}"]`)?.textContent ?? '';
}

/**
 * Looks once per frame until there is a result. A message sent from within a frame is delivered when the frame has
 * been drawn: that is when what was handed to `afterPaint` is called.
 */
function eachFrame<T>(
  look: (frameMs: number, afterPaint: (take: (atMs: number) => void) => void) => T | undefined,
): Promise<T> {
  return new Promise((resolve) => {
    const takers: ((atMs: number) => void)[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const atMs = Date.now();
      for (const take of takers.splice(0)) take(atMs);
    };
    const frame = (frameMs: number): void => {
      const seen = look(frameMs, (take) => takers.push(take));
      if (takers.length > 0) port2.postMessage(null);
      if (seen === undefined) requestAnimationFrame(frame);
      else {
        port1.close();
        resolve(seen);
      }
    };
    requestAnimationFrame(frame);
  });
}
