import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';

/**
 * The variables of the `.env` files in the folders, those of an earlier folder first.
 * @throws CbError `settings` for one that is there and cannot be read; the signal's reason when aborted
 */
export async function readDotenv(
  folders: readonly string[],
  { signal }: { readonly signal: AbortSignal },
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const folder of folders.toReversed()) {
    const file = path.join(folder, '.env');
    try {
      Object.assign(
        found,
        parseEnv((await readFile(file, { encoding: 'utf8', signal })).replace(/^\uFEFF/, '')),
      );
    } catch (cause) {
      if (signal.aborted) throw cause;
      const code = (cause as NodeJS.ErrnoException).code;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') {
        throw new CbError('settings', msg('{0} cannot be read ({1}).', file, String(cause)), { cause });
      }
    }
  }
  return found;
}
