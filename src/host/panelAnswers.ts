import { textOf } from '../core/stream/record.ts';
import { resumeMessages } from '../core/stream/resume/resumeMessage.ts';
import { countTimelineBins, rowAt, type TimeRange } from '../core/stream/timing/timelineBins.ts';
import type { AnswerTo, ChunkRow, PanelAnswer, Timeline } from '../protocol/answers.ts';
import type { Row } from '../protocol/messages.ts';
import { MAX_ROWS_PER_QUERY, MAX_TEXT_PER_QUERY, type PanelQuery } from '../protocol/queries.ts';
import { problemsOf, timingOf } from './problems.ts';
import type { Run } from './run.ts';
import type { RunStream } from './runStream.ts';
import { say } from './translate.ts';

/** Bytes of data a row shows, of a record's detail, and of one chunk. */
const PREVIEW_BYTES = 300;
const DETAIL_BYTES = 1_000_000;
const CHUNK_BYTES = 64 * 1024;

/** The counts of what is no stream. */
const NO_BINS = {
  fromMs: 0,
  events: [],
  heartbeats: [],
  bytes: [],
  chunks: [],
  totals: { heartbeats: 0, chunks: 0 },
  chunkAtMs: [],
};

/** What is asked about a run; logs may stand alone. */
export type RunQuery = Exclude<PanelQuery, { readonly kind: 'logs' | 'log' }>;

/** What a panel asked about its run; null where it cannot be answered: a stale filter, a row out of range. */
export function answerQuery(run: Run, query: RunQuery): PanelAnswer | null {
  switch (query.kind) {
    case 'problems':
      return { kind: 'problems', problems: problemsOf(run) };
    case 'timeline':
      return { kind: 'timeline', timeline: timelineOf(run, query.bins, rangeOf(query)) };
    case 'body':
      return run.body.answer(query.from ?? 0);
    default:
      return run.stream === undefined ? null : answerAboutStream(run.stream, query);
  }
}

function answerAboutStream(
  stream: RunStream,
  query: Exclude<RunQuery, { readonly kind: 'problems' | 'timeline' | 'body' }>,
): PanelAnswer | null {
  const { store } = stream;
  switch (query.kind) {
    case 'rows':
      return rowsAnswer(stream, query.filterId, query.from, query.count);
    case 'record':
      return recordAnswer(stream, query.row);
    case 'types':
      return {
        kind: 'types',
        types: store
          .typeCounts()
          .map(([type, count]) => ({ type, count }))
          .filter(({ count }) => count > 0),
        others: store.unnumberedTypeCount,
      };
    case 'text': {
      const { channel: key, from } = query;
      const channel = stream.analysis.assembly.channels.find((one) => one.key === key);
      if (channel === undefined || from > channel.length) return null;
      const text = channel.slice(from, from + MAX_TEXT_PER_QUERY);
      return { kind: 'text', channel: key, from, text, length: channel.length };
    }
    case 'rowAt':
      return { kind: 'rowAt', row: rowAt(store, query.atMs) };
    case 'chunks': {
      const { from, count } = query;
      const to = Math.min(store.chunkCount, from + Math.min(count, MAX_ROWS_PER_QUERY));
      const chunks: ChunkRow[] = [];
      for (let index = from; index < to; index++) chunks.push(chunkRow(stream, index));
      return { kind: 'chunks', from, chunks };
    }
    case 'chunk': {
      const { index } = query;
      if (index >= store.chunkCount) return null;
      const { byteOffset, byteLength } = store.chunk(index);
      const bytes = store.bytes(byteOffset, byteOffset + Math.min(byteLength, CHUNK_BYTES)).slice();
      return { kind: 'chunk', index, bytes, isShortened: byteLength > CHUNK_BYTES };
    }
  }
}

/** Rows of the index that a `filterId` names; null if that is stale. */
export function rowsAnswer(
  stream: RunStream,
  filterId: number,
  from: number,
  count: number,
): AnswerTo<'rows'> | null {
  const index = stream.index(filterId);
  if (index === null) return null;
  const to = Math.min(index.length, from + Math.min(count, MAX_ROWS_PER_QUERY));
  const rows: Row[] = [];
  for (let position = from; position < to; position++) {
    const row = readRow(stream, index.row(position));
    if (row !== null) rows.push(row);
  }
  return { kind: 'rows', filterId, from, rows };
}

/** What a line of the grid shows: of nothing more than it has room for. */
function readRow(stream: RunStream, row: number): Row | null {
  const { store } = stream;
  if (row >= store.length) return null;
  return {
    row,
    kind: store.kind(row),
    eventIndex: store.eventIndex(row),
    atMs: store.atMs(row),
    gapMs: store.gapMs(row),
    eventType: store.type(row).slice(0, PREVIEW_BYTES),
    id: store.id(row, PREVIEW_BYTES),
    preview: toPreview(previewText(stream, row)),
    text: stream.text(row, row + 1),
    isDuplicate: stream.analysis.resumes.isDuplicate(row),
  };
}

function previewText(stream: RunStream, row: number): string {
  const { store } = stream;
  switch (store.kind(row)) {
    case 'retry':
      return `${store.text(row)} ms`;
    case 'resumed':
      return resumeWords(stream, row)[0] ?? '';
    default:
      return store.text(row, PREVIEW_BYTES);
  }
}

/** What is said of a break, in the user's language; sentence by sentence. */
function resumeWords(stream: RunStream, row: number): readonly string[] {
  const finding = stream.analysis.resumes.findings.find(({ point }) => point.row === row);
  return finding === undefined ? [] : resumeMessages(finding).map(say);
}

function recordAnswer(stream: RunStream, row: number): AnswerTo<'record'> | null {
  const { store } = stream;
  const stored = store.get(row, DETAIL_BYTES);
  const shown = readRow(stream, row);
  if (stored === undefined || shown === null) return null;
  const byteOffset = store.byteOffset(row);
  const byteLength = store.byteEnd(row) - byteOffset;
  const data = stored.record.kind === 'resumed' ? resumeWords(stream, row).join('\n') : textOf(stored.record);
  const record = {
    ...shown,
    lastEventId: stored.record.kind === 'event' ? stored.record.lastEventId : '',
    byteOffset,
    byteLength,
    chunkIndex: store.chunkOf(row),
    data,
    // More bytes than were decoded may be field names and ids: the text that is longer is.
    isShortened: byteLength > DETAIL_BYTES && store.text(row, DETAIL_BYTES + 4).length > data.length,
  };
  return { kind: 'record', record };
}

function chunkRow(stream: RunStream, index: number): ChunkRow {
  const { store } = stream;
  const { resumes } = store;
  const { atMs, byteOffset, byteLength, rowsBefore } = store.chunk(index);
  const rowsAfter = index + 1 < store.chunkCount ? store.chunk(index + 1).rowsBefore : store.length;
  const beginning = store.bytes(byteOffset, byteOffset + Math.min(byteLength, PREVIEW_BYTES));
  return {
    index,
    atMs,
    gapMs: atMs - (index === 0 ? 0 : store.chunk(index - 1).atMs),
    byteOffset,
    byteLength,
    rowCount:
      rowsAfter - rowsBefore - resumes.filter(({ row }) => row >= rowsBefore && row < rowsAfter).length,
    preview: toPreview(new TextDecoder().decode(beginning).replace(/\r\n|[\r\n]/g, '⏎')),
    text: stream.text(rowsBefore, rowsAfter),
  };
}

/** The range a query names; null for all. */
function rangeOf({ fromMs, toMs }: { readonly fromMs?: number; readonly toMs?: number }): TimeRange | null {
  return fromMs === undefined || toMs === undefined ? null : { fromMs, toMs };
}

/** A run over time: its moments, and counts in bins over a range, or from sending to now. */
export function timelineOf(run: Run, bins: number, range: TimeRange | null): Timeline {
  const timing = timingOf(run);
  const endMs = Math.max(timing.durationMs, timing.lastByteAtMs ?? 0);
  const rowOf = (eventIndex: number | null): number | null =>
    eventIndex === null ? null : (run.stream?.store.eventRow(eventIndex) ?? null);
  const counted =
    run.stream === undefined
      ? { ...NO_BINS, binMs: Math.max(1, endMs) }
      : countTimelineBins(run.stream.store, range ?? { fromMs: 0, toMs: endMs }, bins);
  const { gaps, stalls, headersAtMs, firstByteAtMs, firstEventAtMs, firstTextAtMs } = timing;
  return {
    endMs,
    ...counted,
    stalls: stalls.map((stall) => ({ ...stall, row: rowOf(stall.eventIndex) })),
    headersAtMs,
    firstByteMs: firstByteAtMs ?? run.bytesAtMs?.first ?? null,
    firstEventMs: firstEventAtMs,
    firstTextMs: firstTextAtMs,
    end:
      run.ended === undefined
        ? null
        : { atMs: run.ended.atMs, callback: run.ended.exchange.reason === 'complete' ? 'success' : 'fail' },
    lastByteMs: timing.lastByteAtMs ?? run.bytesAtMs?.last ?? null,
    eventsPerSecond: timing.eventsPerSecond,
    gaps:
      gaps === null
        ? null
        : {
            p50: gaps.p50Ms,
            p95: gaps.p95Ms,
            max: gaps.maxMs,
            maxBefore: gaps.maxEventIndex,
            maxBeforeRow: rowOf(gaps.maxEventIndex) ?? 0,
          },
  };
}

/** On one line, no longer than a row can show. */
function toPreview(text: string): string {
  return text.slice(0, PREVIEW_BYTES).replace(/\s+/g, ' ');
}
