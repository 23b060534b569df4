import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Host } from './hosts.ts';
import { startOwnedProcess } from './ownedProcess.ts';
import { runQuietly } from './quietCommand.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

/** How to start a VS Code server. */
export interface ServerOptions {
  readonly host: Host;
  /** User settings, on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** An existing user-data folder, used as it is and left there; a fresh one with `settings` when left out. */
  readonly userDataDir?: string;
  /** An existing folder of installed extensions, left there; an empty one when left out. */
  readonly extensionsDir?: string;
  /** A packaged extension to install first. */
  readonly vsix?: string;
  /** The server asks for this token; without one, anybody on this machine may open it (tests only). */
  readonly connectionToken?: string;
  /** Lets the page load an extension under development and run a suite; suppresses toasts on newer versions. */
  readonly smokeTestDriver?: boolean;
  /** False switches workspace trust off, so that every folder is trusted. */
  readonly workspaceTrust?: boolean;
  /** The environment of the server and its extension host; this process's own one when left out. */
  readonly env?: NodeJS.ProcessEnv;
}

/** What the page's address is made from. */
export interface PageAddress {
  /** An absolute folder, or a `.code-workspace` file. */
  readonly workspace: string;
  /** An absolute file to open. */
  readonly openFile?: string;
  /** Further pairs of VS Code's own payload. */
  readonly payload?: readonly (readonly [string, string])[];
}

/** A running VS Code server, with a user-data folder of its own that goes with it. */
export interface VsCodeServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The address to open in a browser, connection token included. */
  pageUrl(address: PageAddress): string;
  /** How the page names a file of this machine. */
  remoteUri(file: string): string;
  /** Why extension hosts ended that did not end soundly, one line each. */
  readonly extensionHostCrashes: readonly string[];
  /** Where all is that VS Code and its extensions write. */
  readonly dataDir: string;
  /** The server's own output. */
  readonly lines: readonly string[];
  /** Settles with the exit code, or the signal's name, when the server ends. */
  readonly exited: Promise<number | string>;
  /** The extension hosts' logs and those of the extensions in them, each under its file's name. */
  logs(): Promise<string>;
  dispose(): Promise<void>;
}

/** Keeps pictures and clicks free of what is not under test. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
};

const noGallery = '{"serviceUrl":"http://127.0.0.1:9/none","itemUrl":"","resourceUrlTemplate":""}';

/** Starts VS Code's server build on a free port of the loopback interface. The caller disposes it. */
export async function startVsCodeServer(options: ServerOptions): Promise<VsCodeServer> {
  const { host, vsix, connectionToken, smokeTestDriver = false, workspaceTrust = false } = options;
  const temporary = await makeTemporaryFolder();
  const dataDir = temporary.dir;
  const userDataDir = options.userDataDir ?? path.join(dataDir, 'user');
  if (options.userDataDir === undefined) {
    await writeUserSettings(userDataDir, options.settings);
  }
  const main = path.join(host.lib, 'out', 'server-main.js');
  const folders = [
    '--accept-server-license-terms',
    ...['--user-data-dir', userDataDir],
    ...['--server-data-dir', path.join(dataDir, 'server')],
    ...['--extensions-dir', options.extensionsDir ?? path.join(dataDir, 'extensions')],
    ...['--telemetry-level', 'off'],
  ];
  const env = {
    ...withoutVsCode(options.env ?? process.env),
    EXTENSIONS_GALLERY: noGallery,
    // Where it puts its sockets, which it does not remove.
    XDG_RUNTIME_DIR: dataDir,
  };
  try {
    if (vsix !== undefined) {
      const args = [main, ...folders, '--install-extension', vsix];
      await runQuietly({ command: host.node, args, cwd: dataDir, env });
    }
    const server = await startOwnedProcess({
      name: `VS Code ${host.version}`,
      command: host.node,
      args: [
        main,
        ...folders,
        ...['--host', '127.0.0.1', '--port', '0'],
        ...(connectionToken === undefined
          ? ['--without-connection-token']
          : ['--connection-token', connectionToken]),
        ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
        ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      ],
      cwd: dataDir,
      env,
    });
    const extensionHostCrashes: string[] = [];
    server.onLine((line) => {
      const code = /Extension Host Process exited with code: (\S+?),/.exec(line)?.[1];
      if (code !== undefined && code !== '0') {
        extensionHostCrashes.push(line);
      }
    });
    const dispose = async () => {
      await server.end();
      await temporary.dispose();
    };
    try {
      const [, port] = await server.waitForLine(/Extension host agent listening on (\d+)/, 30_000);
      const authority = `127.0.0.1:${port}`;
      const remoteUri = (file: string) => `vscode-remote://${authority}${file}`;
      return {
        origin: `http://${authority}`,
        pageUrl: (address) => pageUrl(`http://${authority}/`, address, remoteUri, connectionToken),
        remoteUri,
        extensionHostCrashes,
        dataDir,
        lines: server.lines,
        exited: server.exited,
        logs: () => readLogs([userDataDir, path.join(dataDir, 'server')]),
        dispose,
      };
    } catch (error) {
      await server.end();
      throw error;
    }
  } catch (error) {
    await temporary.dispose();
    throw error;
  }
}

/** Makes the user settings of a fresh user-data folder: the quiet ones, and `settings` on top. */
export async function writeUserSettings(
  userDataDir: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const userDir = path.join(userDataDir, 'User');
  await mkdir(userDir, { recursive: true });
  await writeFile(
    path.join(userDir, 'settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  );
}

function pageUrl(
  root: string,
  { workspace, openFile, payload = [] }: PageAddress,
  remoteUri: (file: string) => string,
  connectionToken: string | undefined,
): string {
  const url = new URL(root);
  if (connectionToken !== undefined) {
    url.searchParams.set('tkn', connectionToken);
  }
  url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
  const pairs = [
    ['skipWelcome', 'true'],
    ...(openFile === undefined ? [] : [['openFile', remoteUri(openFile)]]),
    ...payload,
  ];
  url.searchParams.set('payload', JSON.stringify(pairs));
  return url.href;
}

/** Started from VS Code's own terminal, its variables would lead the server astray. */
function withoutVsCode(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('VSCODE_') && name !== 'ELECTRON_RUN_AS_NODE'),
  );
}

async function readLogs(dirs: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const dir of dirs) {
    const names = await readdir(dir, { recursive: true }).catch(() => []);
    for (const name of names.filter((file) => /exthost.*\.log$/.test(file))) {
      parts.push(`===== ${name}`, await readFile(path.join(dir, name), 'utf8'));
    }
  }
  return parts.join('\n');
}
