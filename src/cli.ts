/** The command-line tool: what it is told, done; see `cli/`. */
import { version } from '../package.json';
import { EXIT, usage, USAGE } from './cli/commandLine.ts';
import { parseCommand } from './cli/parseCommand.ts';
import { print, printJson, translate } from './cli/printing.ts';
import { sendCommand } from './cli/sendCommand.ts';
import { isCbError } from './core/errors.ts';
import { formatMessage, msg } from './core/message.ts';
import { errorLine } from './core/stream/transcript.ts';

for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}); // a reader that left

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = EXIT.usage;
  },
);

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === '--version' || command === '--help' || command === '-h') {
    print(`${command === '--version' ? version : USAGE}\n`);
    return EXIT.ok;
  }
  const asJson = rest.includes('--json');
  try {
    if (command === 'parse') return await parseCommand(rest);
    if (command === 'send') return await sendCommand(rest);
    throw usage(msg('Say what to do: parse or send.'));
  } catch (error) {
    if (!isCbError(error)) throw error;
    if (asJson && command === 'send') printJson(errorLine(error, translate));
    process.stderr.write(`${formatMessage(error.display, translate)}\n`);
    if (error.code === 'usage') process.stderr.write(`\n${USAGE}\n`);
    return EXIT.usage;
  }
}
