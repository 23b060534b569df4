import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';

/**
 * The bytes of a file that a body names. Nothing outside the workspace is read, also not through a link.
 * @param file as written: absolute, or from the document's folder
 * @param where.folder the document's
 * @param where.root the workspace's
 * @throws CbError `body-file`; the signal's reason when aborted
 */
export async function readBodyFile(
  file: string,
  where: { readonly folder: string; readonly root: string },
  { signal }: { readonly signal: AbortSignal },
): Promise<Uint8Array> {
  try {
    const real = await realpath(path.resolve(where.folder, file));
    if (!isInside(real, await realpath(where.root))) throw outsideWorkspace(file);
    if (!(await stat(real)).isFile()) throw new CbError('body-file', msg('{0} is no file.', file));
    return await readFile(real, { signal });
  } catch (cause) {
    if (cause instanceof CbError || signal.aborted) throw cause;
    // Where a link that leads nowhere would have led is nobody's business.
    if (!isInside(path.resolve(where.folder, file), path.resolve(where.root))) throw outsideWorkspace(file);
    throw unreadable(file, cause);
  }
}

/** The error for a file that is not of the workspace. */
export function outsideWorkspace(file: string): CbError {
  return new CbError('body-file', msg('{0} is outside the workspace, so it is not sent.', file));
}

/** The error for a file that is not there or cannot be read. */
export function unreadable(file: string, cause: unknown): CbError {
  const code = (cause as { readonly code?: unknown } | null)?.code;
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR' || code === 'FileNotFound';
  const message = isMissing
    ? msg('There is no file {0}. Paths are relative to the request’s file.', file)
    : msg('{0} cannot be read ({1}).', file, typeof code === 'string' ? code : String(cause));
  return new CbError('body-file', message, { cause });
}

function isInside(file: string, root: string): boolean {
  const relative = path.relative(root, file);
  return (
    relative !== '' &&
    relative !== '..' &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}
