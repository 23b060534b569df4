import { installHost, isHostName } from './hosts.ts';
import type { Host } from './hosts.ts';

/** The VS Code that this run is about: the one CBHTTP_TEST_HOST names, else the newest. */
export async function testHost(): Promise<Host> {
  const name = process.env['CBHTTP_TEST_HOST'] ?? 'newest';
  if (!isHostName(name)) {
    throw new Error(`CBHTTP_TEST_HOST is "${name}"; known are floor and newest.`);
  }
  return installHost(name);
}
