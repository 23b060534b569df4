// Another window that keeps runs: begins `count` runs in a folder, ends all but the last, says so, and waits to be killed.
import { randomUUID } from 'node:crypto';
import { encodeFrame } from '../../src/core/history/journal.ts';
import { KEPT_VERSION, type KeptHead } from '../../src/core/history/keptRun.ts';
import { HistoryStore } from '../../src/net/historyStore.ts';

/** A head as a run of a small request has one. */
export function sampleHead(owner: KeptHead['owner'], given: Partial<KeptHead> = {}): KeptHead {
  return {
    version: KEPT_VERSION,
    id: randomUUID(),
    owner,
    request: { uri: 'file:///w/chat.cbhttp', key: 'chat', label: 'Chat' },
    method: 'GET',
    target: 'fn://chat',
    startedMs: Date.now(),
    sentMs: null,
    timeoutSeconds: null,
    sent: null,
    state: 'ended',
    summary: {
      result: { status: 200, outcome: 'complete', elapsedMs: 12, eventCount: 3 },
      byteCount: 100,
      verdict: null,
      kept: null,
    },
    journalBytes: 0,
    ...given,
  };
}

/** Writes a run as one sends it: begun, then with its journal, then perhaps ended. */
export async function writeRun(
  store: HistoryStore,
  { bytes = 1000, ...given }: Partial<KeptHead> & { readonly bytes?: number } = {},
): Promise<KeptHead> {
  const head = sampleHead(store.owner, { ...given, state: 'running' });
  const file = store.file(head.id);
  file.writeHead(head);
  const frame = encodeFrame({ kind: 'chunk', atMs: 1, payload: new Uint8Array(bytes).fill(0x61) });
  file.append(frame);
  const ended = { ...head, state: given.state ?? 'ended', journalBytes: frame.length };
  file.writeHead(ended);
  await file.settle();
  return ended;
}

async function main([folder = '', count = '1']: readonly string[]): Promise<void> {
  const store = new HistoryStore(folder, randomUUID(), (error) => console.error(error));
  await store.prepare();
  for (let n = 1; n < Number(count); n++) {
    await writeRun(store);
    await store.keepWithin({ maxRuns: 1000, maxBytes: 1e9 });
  }
  const { id } = await writeRun(store, { state: 'running' });
  process.send?.(id);
  setInterval(() => undefined, 1000);
}

if (process.argv[1]?.endsWith('historyWriter.ts') === true) void main(process.argv.slice(2));
