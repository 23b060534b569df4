import * as vscode from 'vscode';
import type { ExchangeMemory, RememberedExchange } from '../core/cbhttp/variables/exchange.ts';

/** Bytes of memory for all exchanges together. */
const MAX_BYTES = 64_000_000;

interface Kept {
  readonly name: string;
  readonly exchange: RememberedExchange;
  readonly bytes: number;
}

/** The last exchange of each named request, as long as the window is open; the oldest give way. */
export class WorkspaceExchanges implements vscode.Disposable {
  readonly #kept = new Map<string, Kept>();
  readonly #changed = new vscode.EventEmitter<void>();
  #bytes = 0;

  /** An exchange has been added, or some are forgotten. */
  readonly onDidChange = this.#changed.event;

  /** What a document's requests find: its own exchanges before those of other documents. */
  forDocument(uri: vscode.Uri): ExchangeMemory {
    return {
      last: (name) => {
        const own = this.#kept.get(idOf(uri, name));
        const found = own ?? [...this.#kept.values()].findLast((kept) => kept.name === name);
        return found?.exchange;
      },
    };
  }

  /** Keeps the exchange of a named request. */
  add(uri: vscode.Uri, name: string, exchange: RememberedExchange, bytes: number): void {
    const id = idOf(uri, name);
    this.#bytes += bytes - (this.#kept.get(id)?.bytes ?? 0);
    this.#kept.delete(id);
    this.#kept.set(id, { name, exchange, bytes });
    for (const [oldest, kept] of this.#kept) {
      if (this.#bytes <= MAX_BYTES || oldest === id) break;
      this.#kept.delete(oldest);
      this.#bytes -= kept.bytes;
    }
    this.#changed.fire();
  }

  /** Forgets a document's exchanges. */
  forget(uri: vscode.Uri): void {
    const own = [...this.#kept].filter(([id]) => id.startsWith(`${uri.toString()}\n`));
    for (const [id, kept] of own) {
      this.#kept.delete(id);
      this.#bytes -= kept.bytes;
    }
    if (own.length > 0) this.#changed.fire();
  }

  dispose(): void {
    this.#kept.clear();
    this.#changed.dispose();
  }
}

function idOf(uri: vscode.Uri, name: string): string {
  return `${uri.toString()}\n${name}`;
}
