import type { TokenStorage } from '../../src/net/tokens.ts';

/** Keeps in memory what SecretStorage would keep. */
export class MemoryStorage implements TokenStorage {
  readonly values = new Map<string, string>();

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.values.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.values.delete(key);
    return Promise.resolve();
  }
}
