/** Something that has to be ended before this process may go. */
type CleanUp = () => void | Promise<void>;

const pending = new Set<CleanUp>();
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
let listening = false;
let stopping = false;

/**
 * Registers `cleanUp` to run when this process is told to stop by SIGINT, SIGTERM or SIGHUP. Returns a function that
 * takes it back, to be called by whoever ended the thing in the ordinary way.
 */
export function cleanUpOnSignal(cleanUp: CleanUp): () => void {
  listenForSignals();
  pending.add(cleanUp);
  return () => {
    pending.delete(cleanUp);
  };
}

/** Runs everything registered, latest first; one that throws does not stop the rest. */
export async function cleanUpNow(): Promise<void> {
  const all = [...pending].reverse();
  pending.clear();
  for (const cleanUp of all) {
    try {
      await cleanUp();
    } catch (error) {
      console.error('Ending something failed:', error);
    }
  }
}

/** True once this process was told to stop: what ends from then on was meant to. */
export function isStopping(): boolean {
  return stopping;
}

function listenForSignals(): void {
  if (listening) {
    return;
  }
  listening = true;
  for (const [signal, number] of Object.entries(signalNumbers)) {
    // A terminal's Ctrl-C may arrive twice, directly and passed on by npm: the listener stays, the second does nothing.
    process.on(signal, () => {
      if (!stopping) {
        stopping = true;
        void cleanUpNow().finally(() => process.exit(128 + number));
      }
    });
  }
}
