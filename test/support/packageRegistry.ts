import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { repositoryDir } from './paths.ts';

/** An npm registry on this machine with the packages that are installed in the checkout. */
export interface PackageRegistry {
  /** The environment that leads npm to it and keeps npm's own files in a folder. */
  environment(cacheDir: string): Readonly<Record<string, string>>;
  /** Names of the packages that were downloaded. */
  readonly downloaded: readonly string[];
  dispose(): Promise<void>;
}

interface InstalledPackage {
  readonly dir: string;
  readonly manifest: { readonly name: string; readonly version: string };
}

/** Starts it: `npm install` is real then, without the network. The caller disposes it. */
export async function startPackageRegistry(): Promise<PackageRegistry> {
  const packages: InstalledPackage[] = [];
  await collect(path.join(repositoryDir, 'node_modules'), packages);
  const downloaded: string[] = [];
  let origin = '';
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = decodeURIComponent(request.url ?? '').slice(1);
    const tarball = /^tarballs\/(\d+)\.tgz$/.exec(url);
    const found = tarball === null ? undefined : packages[Number(tarball[1])];
    if (found !== undefined) {
      downloaded.push(found.manifest.name);
      pack(found.dir, response);
      return;
    }
    const versions = packages.flatMap(({ manifest }, index) =>
      manifest.name === url
        ? [[manifest.version, { ...manifest, dist: { tarball: `${origin}/tarballs/${index}.tgz` } }] as const]
        : [],
    );
    const [latest] = versions;
    response.writeHead(latest === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify(
        latest === undefined
          ? { error: `not here: ${url}` }
          : { name: url, 'dist-tags': { latest: latest[0] }, versions: Object.fromEntries(versions) },
      ),
    );
  };
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    downloaded,
    environment: (cacheDir) => ({
      npm_config_registry: `${origin}/`,
      npm_config_cache: path.join(cacheDir, 'npm'),
      npm_config_userconfig: path.join(cacheDir, 'npmrc'),
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
    }),
    dispose: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The packages of a `node_modules` folder, and those that some of them have to themselves. */
async function collect(modules: string, packages: InstalledPackage[]): Promise<void> {
  for (const name of await readdir(modules).catch(() => [])) {
    const dir = path.join(modules, name);
    if (name.startsWith('.')) continue;
    if (name.startsWith('@')) {
      await collect(dir, packages);
      continue;
    }
    const text = await readFile(path.join(dir, 'package.json'), 'utf8').catch(() => '{}');
    const manifest = JSON.parse(text) as Partial<InstalledPackage['manifest']>;
    const { name: own, version } = manifest;
    if (own === undefined || version === undefined) continue;
    packages.push({ dir, manifest: { ...manifest, name: own, version } });
    await collect(path.join(dir, 'node_modules'), packages);
  }
}

function pack(dir: string, response: ServerResponse): void {
  const args = ['-czf', '-', '--exclude=./node_modules', '--transform=s,^\\.,package,', '-C', dir, '.'];
  const tar = spawn('tar', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
  tar.stdout.pipe(response);
}
