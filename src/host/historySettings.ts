import type { HistoryLimits } from '../core/history/limits.ts';
import { readSetting } from './contributions.ts';

const MEGABYTE = 1024 * 1024;
const DEFAULT_RUNS = 20;
const DEFAULT_MEGABYTES = 50;

/** What is kept at most; what is not as it should be counts as its default. */
export function readHistoryLimits(): HistoryLimits {
  return {
    maxRuns: Math.floor(atLeastZero(readSetting('cbhttp.history.maxRuns'), DEFAULT_RUNS)),
    maxBytes: atLeastZero(readSetting('cbhttp.history.maxMegabytes'), DEFAULT_MEGABYTES) * MEGABYTE,
  };
}

function atLeastZero(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? value : otherwise;
}
