import type { LostRun } from '../protocol/messages.ts';
import type { PanelRequest } from './streamPanel.ts';

const PHASES = ['preparing', 'connecting', 'streaming', 'receiving', 'ended'] as const;
const REASONS = [
  'complete',
  'cancelled',
  'timeout',
  'connect-timeout',
  'headers-timeout',
  'idle-timeout',
  'reset',
  'truncated',
  'error',
] as const;

/** What a page kept of its request and run over a reload of the window; untrusted, null where it does not fit. */
export function readPageState(value: unknown): { request: PanelRequest; lost: LostRun | null } | null {
  const state = asObject(value);
  const request = asObject(state?.['request']);
  if (request === null) return null;
  const { uri, key, label } = request;
  if (typeof uri !== 'string' || typeof key !== 'string' || typeof label !== 'string') return null;
  return { request: { uri, key, label }, lost: readLostRun(asObject(state?.['lastRun'])) };
}

function readLostRun(value: Record<string, unknown> | null): LostRun | null {
  if (value === null) return null;
  const { method, url, profile, eventCount, byteCount } = value;
  const phase = PHASES.find((one) => one === value['phase']);
  const isComplete =
    typeof method === 'string' &&
    typeof url === 'string' &&
    typeof profile === 'string' &&
    typeof eventCount === 'number' &&
    typeof byteCount === 'number';
  if (!isComplete || phase === undefined) return null;
  const reason = REASONS.find((one) => one === value['reason']) ?? null;
  return { method, url, profile, phase, reason, eventCount, byteCount };
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
