import { hostNames, installHost, removeHost } from './hosts.ts';

/** `npm run hosts`: installs both VS Code builds; `--fresh` removes the cached ones first. */
async function main(): Promise<void> {
  for (const name of hostNames) {
    if (process.argv.includes('--fresh')) {
      await removeHost(name);
    }
    const host = await installHost(name);
    console.log(`VS Code ${host.version} (${name}) is ready.`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
