/**
 * Loaded by the Node.js of a function that is debugged, before its code: opens the inspector and waits for the
 * debugger, in the first process that runs code of the workspace, so that neither npm before it nor what it starts
 * later stops to wait. Runs in any Node.js that functions are written for.
 */
import { realpathSync } from 'node:fs';
import { open, waitForDebugger } from 'node:inspector';
import { basename, relative } from 'node:path';
import { isMainThread } from 'node:worker_threads';

/** The port of the inspector, and the workspace folder. */
const { CBHTTP_INSPECT_PORT: port, CBHTTP_INSPECT_ROOT: root } = process.env;

if (isMainThread && port !== undefined && root !== undefined && isOwn(process.argv[1] ?? '', root)) {
  delete process.env['CBHTTP_INSPECT_PORT'];
  open(Number(port), '127.0.0.1');
  waitForDebugger();
}

function isOwn(main: string, folder: string): boolean {
  if (/^tcb-ff(?:\.js)?$/.test(basename(main))) return true;
  try {
    const below = relative(realpathSync(folder), realpathSync(main));
    return !/^\.\.(?:[\\/]|$)|^[A-Za-z]:|(?:^|[\\/])node_modules[\\/]/.test(below);
  } catch {
    return false; // no file, such as code given on the command line
  }
}
