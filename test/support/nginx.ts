import { mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { findProgram, installDebianPackages } from './debianPackage.ts';
import { startOwnedProcess } from './ownedProcess.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';
import { until } from './until.ts';

/** An nginx on this machine only. */
export interface Nginx {
  /** Without a slash at the end. */
  readonly origin: string;
  /** Ends it and removes its folder. */
  dispose(): Promise<void>;
}

const READY_MS = 10_000;

/**
 * Starts nginx as a reverse proxy; on Debian as root it is installed when missing.
 * @param locations first segment of the path, which the server behind does not see, to directives of its location
 */
export async function startNginx(
  upstreamPort: number,
  locations: Readonly<Record<string, readonly string[]>>,
): Promise<Nginx> {
  const program = await findNginx();
  const temporary = await makeTemporaryFolder();
  const port = await findFreePort();
  const file = path.join(temporary.dir, 'nginx.conf');
  await mkdir(path.join(temporary.dir, 'temp'));
  await writeFile(file, configuration(port, upstreamPort, locations));
  const nginx = await startOwnedProcess({
    name: 'nginx',
    command: program,
    args: ['-p', temporary.dir, '-c', file, '-e', 'stderr'],
  }).catch(async (error: unknown) => {
    await temporary.dispose();
    throw error;
  });
  const dispose = async (): Promise<void> => {
    await nginx.end();
    await temporary.dispose();
  };
  let hasEnded = false;
  void nginx.exited.then(() => {
    hasEnded = true;
  });
  await until(async () => hasEnded || (await accepts(port)), READY_MS);
  if (hasEnded || !(await accepts(port))) {
    await dispose();
    throw new Error(`nginx does not listen on port ${port}:\n${nginx.lines.join('\n')}`);
  }
  return { origin: `http://127.0.0.1:${port}`, dispose };
}

/** The system's program. Rejects with what to install. */
async function findNginx(): Promise<string> {
  const find = () => findProgram(['nginx'], ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin']);
  const found = await find();
  if (found !== undefined) return found;
  const installed = (await installDebianPackages(['nginx'])) ? await find() : undefined;
  if (installed === undefined) throw new Error('No nginx: install one (Debian: apt-get install nginx).');
  return installed;
}

/** Everything it writes goes into its own folder, or to stderr. */
function configuration(
  port: number,
  upstreamPort: number,
  locations: Readonly<Record<string, readonly string[]>>,
): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path temp/${name};`,
  );
  const places = Object.entries(locations).map(
    ([name, directives]) => `
    location /${name}/ {
      proxy_pass http://127.0.0.1:${upstreamPort}/;
      ${directives.join('\n      ')}
    }`,
  );
  return `
daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? `user ${userInfo().username};` : ''}
pid nginx.pid;
events {}
http {
  access_log off;
  ${temp.join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    ${places.join('\n')}
  }
}
`;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
