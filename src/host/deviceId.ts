import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';

const DEVICE_KEY = 'cbhttp.deviceId';

/** The id of this installation for anonymous sign-ins, made on first use. */
export function createDeviceId(storage: vscode.SecretStorage): () => Promise<string> {
  let known: Promise<string> | undefined;
  const find = async (): Promise<string> => {
    const stored = await storage.get(DEVICE_KEY);
    if (stored !== undefined) return stored;
    const made = randomUUID();
    await storage.store(DEVICE_KEY, made);
    return made;
  };
  return () => (known ??= find());
}
