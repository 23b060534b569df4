import type * as vscode from 'vscode';
import { tabs, type Tab } from '../protocol/messages.ts';
import type { RequestReference } from './contributions.ts';

const KEY = 'cbhttp.tabs';
/** Requests that are remembered, the ones used last. */
const MAX_REQUESTS = 200;

/** Which tab of its panel was looked at last, by request, kept with the workspace. */
export class TabMemory {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get(request: RequestReference): Tab | null {
    const kept = this.#entries().find(([name]) => name === nameOf(request));
    return tabs.find((tab) => tab === kept?.[1]) ?? null;
  }

  set(request: RequestReference, tab: Tab): void {
    const name = nameOf(request);
    const others = this.#entries().filter(([one]) => one !== name);
    void this.#memory.update(KEY, [...others, [name, tab]].slice(-MAX_REQUESTS));
  }

  #entries(): [string, string][] {
    return this.#memory.get<[string, string][]>(KEY, []);
  }
}

function nameOf({ uri, key }: RequestReference): string {
  return `${uri}\n${key}`;
}
