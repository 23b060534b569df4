import { open, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { CbError } from '../core/errors.ts';
import { failed } from '../core/failures/failed.ts';
import type { BodySource } from '../core/ports.ts';

/** Bytes of a file up to which it is read at once; and of a piece of a larger one. */
const MAX_WHOLE = 1_000_000;
const PIECE = 262_144;

/** Where files are found: those a body names. */
export interface BodyPlace {
  /** The document's folder. */
  readonly folder: string;
  /** The workspace's. */
  readonly root: string;
}

/**
 * The bytes of a file that a body names. Nothing outside the workspace is read, also not through a link.
 * @param file as written: absolute, or from the document's folder
 * @throws CbError `body-file`; the signal's reason when aborted
 */
export function readBodyFile(
  file: string,
  place: BodyPlace,
  { signal }: { readonly signal: AbortSignal },
): Promise<Uint8Array> {
  return findBodyFile(file, place, signal, (real) => readFile(real, { signal }));
}

/** The same; a file over 1 MB is read as it is sent, a piece at a time. @throws CbError `body-file` */
export function openBodyFile(
  file: string,
  place: BodyPlace,
  { signal }: { readonly signal: AbortSignal },
): Promise<Uint8Array | BodySource> {
  return findBodyFile(file, place, signal, async (real, size) =>
    size <= MAX_WHOLE
      ? readFile(real, { signal })
      : { byteLength: size, open: () => readPieces(real, file, size) },
  );
}

async function findBodyFile<T>(
  file: string,
  { folder, root }: BodyPlace,
  signal: AbortSignal,
  read: (real: string, size: number) => Promise<T>,
): Promise<T> {
  try {
    const real = await realpath(path.resolve(folder, file));
    if (!isInside(real, await realpath(root))) throw outsideWorkspace(file);
    const found = await stat(real);
    if (!found.isFile()) throw failed('body-file-no-file', [file]);
    return await read(real, found.size);
  } catch (cause) {
    if (cause instanceof CbError || signal.aborted) throw cause;
    // Where a link that leads nowhere would have led is nobody's business.
    if (!isInside(path.resolve(folder, file), path.resolve(root))) throw outsideWorkspace(file);
    throw unreadable(file, cause);
  }
}

/** The pieces of a file that has so many bytes. @throws CbError `body-file` where it has others, or cannot be read */
async function* readPieces(real: string, file: string, size: number): AsyncGenerator<Uint8Array> {
  let handle;
  try {
    handle = await open(real);
    let at = 0;
    for (;;) {
      const { bytesRead, buffer } = await handle.read({
        buffer: Buffer.allocUnsafeSlow(PIECE),
        position: at,
      });
      at += bytesRead;
      if (at > size || (bytesRead === 0 && at < size)) {
        throw failed('body-file-changed', [file]);
      }
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw cause instanceof CbError ? cause : unreadable(file, cause);
  } finally {
    await handle?.close();
  }
}

/** The error for a file that is not of the workspace. */
export function outsideWorkspace(file: string): CbError {
  return failed('body-file-outside', [file]);
}

/** The error for a file that is not there or cannot be read. */
export function unreadable(file: string, cause: unknown): CbError {
  const code = (cause as { readonly code?: unknown } | null)?.code;
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR' || code === 'FileNotFound';
  if (isMissing) return failed('body-file-missing', [file], { cause });
  return failed('body-file', [file, typeof code === 'string' ? code : String(cause)], { cause });
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
