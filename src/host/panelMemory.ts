import type * as vscode from 'vscode';
import type { LostRun } from '../protocol/messages.ts';
import { readLostRun } from './lostRun.ts';
import type { PanelRequest } from './streamPanel.ts';

const KEY = 'cbhttp.panels';
/** Panels that are remembered, the ones used last. */
const MAX_PANELS = 50;

/** What is remembered of a panel. */
export interface KeptPanel {
  readonly panelId: string;
  readonly request: PanelRequest;
  /** What the run goes by in the history; null where nobody remembers. */
  readonly runId: string | null;
  readonly lost: LostRun;
}

/**
 * What each open panel's run came to, kept with the workspace: the host sees a run's end also where no page is there to
 * see it, and VS Code keeps this sooner than the state of a page.
 */
export class PanelMemory {
  readonly #memory: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(memory: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memory = memory;
  }

  get(panelId: string): KeptPanel | null {
    return this.#panels().find((kept) => kept.panelId === panelId) ?? null;
  }

  /**
   * The panel with this title, for a page that kept nothing; null unless only one request can be meant.
   * @param others panels it is not
   */
  find(title: string, others: ReadonlySet<string>): KeptPanel | null {
    const found = this.#panels().filter(
      ({ panelId, request }) => request.label === title && !others.has(panelId),
    );
    const last = found.at(-1);
    const isOne = found.every(
      ({ request }) => request.uri === last?.request.uri && request.key === last.request.key,
    );
    return isOne ? (last ?? null) : null;
  }

  set({ panelId, request, runId, lost }: KeptPanel): void {
    const { uri, key, label, profileName, route } = request;
    const kept = {
      uri,
      key,
      label,
      ...(profileName !== undefined && { profileName }),
      ...(route !== undefined && { route }),
    };
    this.#replace(panelId, [{ panelId, request: kept, runId, lost }]);
  }

  /** The user closed the panel. */
  delete(panelId: string): void {
    this.#replace(panelId, []);
  }

  #replace(panelId: string, added: readonly KeptPanel[]): void {
    const others = this.#panels().filter((kept) => kept.panelId !== panelId);
    void this.#memory.update(KEY, [...others, ...added].slice(-MAX_PANELS));
  }

  /** Another version of the extension may have written them. */
  #panels(): KeptPanel[] {
    const kept = this.#memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept.map(readKeptPanel).filter((panel) => panel !== null) : [];
  }
}

function readKeptPanel(value: unknown): KeptPanel | null {
  const { panelId, request, runId, lost } = (value ?? {}) as Record<string, unknown>;
  const { uri, key, label, profileName, route } = (request ?? {}) as Record<string, unknown>;
  const run = readLostRun(lost);
  const isComplete =
    typeof panelId === 'string' &&
    typeof uri === 'string' &&
    typeof key === 'string' &&
    typeof label === 'string';
  if (!isComplete || run === null) return null;
  const chosen = {
    ...(typeof profileName === 'string' && { profileName }),
    ...(route === 'local' && { route: 'local' as const }),
  };
  const known = typeof runId === 'string' ? runId : null;
  return { panelId, request: { uri, key, label, ...chosen }, runId: known, lost: run };
}
