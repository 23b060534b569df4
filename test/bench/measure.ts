import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { clickTopLens, openFile, panelFrame, runCommand } from '../support/editorActions.ts';
import type { BenchSession, ProbedWindow } from './benchSession.ts';
import type { BareRun } from './extension/extension.ts';
import type { WatchedRun } from './probe.ts';
import type { ServedRun } from './streamServer.ts';

/** A text that every event contains: with it as the filter, all rows stay, at their own places. */
const EVERY_EVENT = '"i":';
/** Five digits in a row, and how many of the numbers below a million have them. */
const SEARCHED = { text: '99999', matches: 19 };

/** Where and with what the measurements are made. */
export interface Bench {
  readonly session: BenchSession;
  /** The stream server's address, without a slash at the end. */
  readonly origin: string;
  readonly folder: string;
  /** False for a panel that has no filter and no analysis yet. */
  readonly hasFilter: boolean;
}

/** One measured run in the panel; times in ms, from the moment the server had the request where not said otherwise. */
export interface PanelRun {
  readonly paintedMs: number;
  /** From the last byte sent to the analysis shown as done; null if there is none. */
  readonly trailMs: number | null;
  /** Lengths of the frames from the request to the last row painted. */
  readonly frameLengthsMs: readonly number[];
  readonly maxRows: number;
}

/** Sends a request for the first time, from its file, and returns the panel's frame once `row` has been painted. */
export async function openPanel(
  { session, origin, folder }: Bench,
  name: string,
  url: string,
  row: number,
): Promise<Frame> {
  const { page } = session;
  await runCommand(page, 'View: Close All Editors');
  await writeFile(path.join(folder, `${name}.cbhttp`), `### ${name}\nGET ${origin}${url}\n`);
  await openFile(page, `${name}.cbhttp`);
  await clickTopLens(page, 'Send');
  const panel = panelFrame(page);
  await panel.locator(`[role=row][data-index="${row}"]`).waitFor();
  await panel.locator('#state[data-phase=ended]').waitFor();
  return session.probedFrame();
}

/** Sends a burst of so many events by Send again and follows it to its last row. */
export async function measurePanelRun(bench: Bench, frame: Frame, events: number): Promise<PanelRun> {
  const before = await servedRuns(bench);
  const expected = {
    lastRow: events - 1,
    lastText: `"i":${events - 1},"run":${before.length}`,
    untilAnalyzed: bench.hasFilter,
  };
  await frame.evaluate((run) => {
    (globalThis as ProbedWindow).benchProbe.armRun(run);
  }, expected);
  await frame.locator('#send-again').click();
  const { paintedMs, analyzedMs, frames, maxRows } = (await probed(frame)) as WatchedRun;
  const run = (await servedRuns(bench)).at(-1);
  const { requestMs = NaN, endMs } = run ?? {};
  return {
    paintedMs: paintedMs - requestMs,
    trailMs: analyzedMs === null ? null : analyzedMs - (endMs ?? NaN),
    frameLengthsMs: frames.flatMap(({ atMs, frameMs }, index) => {
      const last = frames[index - 1];
      return last === undefined || atMs < requestMs || atMs > paintedMs ? [] : [frameMs - last.frameMs];
    }),
    maxRows,
  };
}

/** Runs the bare loop in the extension host. Ms from the moment the server had the request to the last event. */
export async function measureBareRun(bench: Bench, events: number): Promise<number> {
  const url = `${bench.origin}/burst?events=${events}`;
  const bare = await bench.session.ask<BareRun>(`/bare?url=${encodeURIComponent(url)}`);
  if (bare.events !== events) throw new Error(`The bare loop counted ${bare.events} of ${events} events.`);
  const run = (await servedRuns(bench)).at(-1);
  return bare.doneMs - (run?.requestMs ?? NaN);
}

/** Ms from the sending of each of so many events, one every 100 ms, to its painted row; the run is a Send again. */
export async function measureLatencies(
  bench: Bench,
  frame: Frame,
  events: number,
): Promise<readonly number[]> {
  const { length: run } = await servedRuns(bench);
  await frame.evaluate(
    (expected) => {
      (globalThis as ProbedWindow).benchProbe.armPaced(expected);
    },
    { events, run },
  );
  await frame.locator('#send-again').click();
  const paintedMs = (await probed(frame)) as readonly number[];
  const { sentMs = [] } = (await servedRuns(bench))[run] ?? {};
  return paintedMs.map((atMs, index) => atMs - (sentMs[index] ?? NaN));
}

/** Switches a filter on that keeps every event, and waits until it has been through all of them. */
export async function filterAll(frame: Frame, events: number): Promise<void> {
  await frame.locator('#filter-text').fill(EVERY_EVENT);
  await frame.waitForFunction((count) => (globalThis as ProbedWindow).benchProbe.isFilterDone(count), events);
}

/** Ms from typing a rare text into the filter to its final number of matches painted. */
export async function measureSearch(frame: Frame): Promise<number> {
  await frame.evaluate((matches) => {
    (globalThis as ProbedWindow).benchProbe.armSearch(matches);
  }, SEARCHED.matches);
  await frame.locator('#filter-text').fill(SEARCHED.text);
  return (await probed(frame)) as number;
}

async function probed(frame: Frame): Promise<unknown> {
  return frame.evaluate(() => (globalThis as ProbedWindow).benchProbe.result());
}

async function servedRuns({ origin }: Bench): Promise<readonly ServedRun[]> {
  return (await (await fetch(`${origin}/runs`)).json()) as readonly ServedRun[];
}
