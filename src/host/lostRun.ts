import type { LostRun, RunSnapshot } from '../protocol/messages.ts';

/** UTF-16 units of a URL that are kept. */
const MAX_URL_LENGTH = 2000;

const PHASES = ['preparing', 'waiting', 'connecting', 'streaming', 'receiving', 'ended'] as const;
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

/** What is to be known of a run when its window is gone: no event's text, no header. */
export function lostRunOf({ method, url, profile, phase, end, eventCount, byteCount }: RunSnapshot): LostRun {
  const shownUrl = url.slice(0, MAX_URL_LENGTH);
  return { method, url: shownUrl, profile, phase, reason: end?.reason ?? null, eventCount, byteCount };
}

/** What {@link lostRunOf} gave, perhaps in another version; null for what does not fit. */
export function readLostRun(kept: unknown): LostRun | null {
  const value = asObject(kept);
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

/** Which panel a page was, by the state it kept over a reload of the window: untrusted, null where it kept none. */
export function readPanelId(state: unknown): string | null {
  const panelId = asObject(state)?.['panelId'];
  return typeof panelId === 'string' ? panelId : null;
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
