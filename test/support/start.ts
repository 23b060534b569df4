import { parseArgs } from 'node:util';
import { cleanUpNow, isStopping } from './cleanUp.ts';
import { findLeftovers, markDescendants } from './leftovers.ts';
import { packageExtension } from './packageExtension.ts';
import { startCheck } from './startCheck.ts';
import { startDesktop } from './startDesktop.ts';
import { startInBrowser } from './startInBrowser.ts';

const usage = `npm start                             the newest VS Code in your browser, with the sample functions
npm start -- --desktop                the installed desktop VS Code instead
npm start -- --check --screenshot FILE [--locale zh-cn] [--theme light|dark|hc|hc-light] [--profile NAME]
                                      without a person: sends the first request of stream.cbhttp, saves a picture`;

/** `npm start`: builds the extension, starts the sample functions, and opens both in a VS Code. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      desktop: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      screenshot: { type: 'string' },
      locale: { type: 'string' },
      theme: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const mark = markDescendants();
  console.log('Building the extension.');
  await packageExtension();
  if (values.desktop) {
    await startDesktop();
  } else if (values.check) {
    await startCheck(values);
  } else {
    await startInBrowser();
  }
  const leftovers = await findLeftovers(mark);
  if (leftovers.length > 0) {
    throw new Error(`Still running:\n${leftovers.join('\n')}`);
  }
}

main().catch(async (error: unknown) => {
  if (!isStopping()) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof Error && error.cause !== undefined) {
      console.error('Because:', error.cause instanceof Error ? error.cause.message : error.cause);
    }
    await cleanUpNow();
    process.exit(1);
  }
});
