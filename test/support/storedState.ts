import type { Page } from 'playwright-core';
import { eventually } from './until.ts';

/** Settles when VS Code has stored a state in its page that matches: it does so some seconds after a change. */
export async function storedState(page: Page, pattern: RegExp): Promise<void> {
  await eventually(
    'the stored state',
    async () => (await stored(page)).some((value) => pattern.test(value)),
    30_000,
  );
}

/** All that VS Code has stored in its page; `forget` renames something in values that hold `of`. */
export async function stored(
  page: Page,
  forget?: { readonly of: string; readonly name: string },
): Promise<string[]> {
  return page.evaluate(async (rename) => {
    const found: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(new Error(`${name} cannot be opened`));
      });
      for (const store of database.objectStoreNames) {
        const cursors = database.transaction(store, 'readwrite').objectStore(store).openCursor();
        await new Promise<void>((resolve) => {
          cursors.onsuccess = () => {
            const cursor = cursors.result;
            if (cursor === null) return resolve();
            const value = String(cursor.value);
            found.push(value);
            if (rename && value.includes(rename.of))
              cursor.update(value.replaceAll(rename.name, 'forgotten'));
            cursor.continue();
          };
        });
      }
      database.close();
    }
    return found;
  }, forget);
}
