import { format, parseArgs } from 'node:util';
import { launchChromium } from './chromium.ts';
import { cleanUpNow } from './cleanUp.ts';
import { setDisplayLanguage } from './displayLanguage.ts';
import { installHost, isHostName } from './hosts.ts';
import { until } from './until.ts';
import { startVsCodeServer } from './vscodeServer.ts';

const timeLimitMs = 300_000;

/** VS Code's own chatter, which arrives by the same way as the suite's lines. */
const chatter = new RegExp(
  [
    /Creating a socket|Resolv(?:ing|ed) connection token|\[reconnection-grace-time\]/,
    /open-vsx\.org|ECONNREFUSED 127\.0\.0\.1:9|builtin extensions cache/,
    /Service ?Worker|AgentHost|AccountPolicyGate|ChatSessionStore|vsda|\[lifecycle\]/i,
    /waiting for authentication provider|workbench contribution|\(Canceled: Canceled\)/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/**
 * Runs a suite in the extension host of the VS Code that CBHTTP_TEST_HOST names, taking VS Code's own flags, and
 * returns the exit code. CBHTTP_TEST_TRUST=restricted keeps workspace trust on although the runner always switches it off.
 */
async function runSuite(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
      locale: { type: 'string' },
    },
  });
  const { extensionDevelopmentPath, extensionTestsPath, locale } = values;
  const { 'user-data-dir': userDataDir, 'extensions-dir': extensionsDir } = values;
  const [workspace] = positionals;
  const hostName = process.env['CBHTTP_TEST_HOST'];
  if (
    typeof extensionDevelopmentPath !== 'string' ||
    typeof extensionTestsPath !== 'string' ||
    typeof userDataDir !== 'string' ||
    typeof extensionsDir !== 'string' ||
    workspace === undefined ||
    !isHostName(hostName)
  ) {
    throw new Error('Needs the flags that @vscode/test-electron passes, a workspace and CBHTTP_TEST_HOST.');
  }

  const server = await startVsCodeServer({
    host: await installHost(hostName),
    userDataDir,
    extensionsDir,
    smokeTestDriver: true,
    workspaceTrust: process.env['CBHTTP_TEST_TRUST'] === 'restricted',
  });
  try {
    const { browser, close } = await launchChromium();
    try {
      const page = await browser.newPage();
      await setDisplayLanguage(page, locale === 'zh-cn' ? locale : 'en');
      await page.exposeFunction('codeAutomationLog', (level: string, args: unknown[]) => {
        const text = format(...args);
        // The suite's report comes as `log` or `info`, by VS Code's version; a stack of the page's script in anything
        // else is VS Code's.
        const isOwnError = !['log', 'info'].includes(level) && text.includes('/static/out/vs/');
        if (!isOwnError && !chatter.test(text)) {
          process[level === 'error' ? 'stderr' : 'stdout'].write(`${text}\n`);
        }
      });
      const exited = new Promise<number>((resolve) => {
        void page.exposeFunction('codeAutomationExit', resolve);
      });
      const url = server.pageUrl({
        workspace,
        payload: [
          ['extensionDevelopmentPath', server.remoteUri(extensionDevelopmentPath)],
          ['extensionTestsPath', server.remoteUri(extensionTestsPath)],
        ],
      });
      await page.goto(url);
      const code = await withinLimit(exited);
      // An extension host that dies makes VS Code report success, so its server has the last word.
      await page.close();
      await until(() => server.lines.some((line) => line.includes('Extension Host Process exited')), 2000);
      for (const crash of server.extensionHostCrashes) {
        console.error(crash);
      }
      return server.extensionHostCrashes.length > 0 ? 1 : code;
    } finally {
      await close();
    }
  } finally {
    await server.dispose();
  }
}

async function withinLimit(exited: Promise<number>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<number>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The suite did not end within ${timeLimitMs / 1000} s.`));
    }, timeLimitMs);
  });
  return Promise.race([exited, limit]).finally(() => {
    clearTimeout(timer);
  });
}

// The runner holds the other end of this pipe: when it is gone, nobody waits for the suite any more.
process.stdin.resume().once('end', () => {
  void cleanUpNow().finally(() => process.exit(1));
});

runSuite().then(
  (code) => process.exit(code),
  async (error: unknown) => {
    console.error(error);
    await cleanUpNow();
    process.exit(1);
  },
);
